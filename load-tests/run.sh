#!/usr/bin/env bash
# Starts the packaged service on a database, asks it as in the scenarios, and prints what came of it:
#
#   hackathon  80 people with a key each and a million requests between them
#   cold       a release is published while readers ask: nothing that is kept answers any longer
#   bulk       all rows as CSV and NDJSON, and page by page to the end
#   abusers    readers beside floods, forged keys, bad questions, huge bodies and deep documents
#   soak       readers who come and go; memory, descriptors and connections before and after
#
#   load-tests/run.sh [options] [FOLDER]
#
# FOLDER keeps the generated files and the imported database, so that the next run starts at once; without it, both
# are made in a temporary folder. It may be that of bench/questions.sh. Only loopback is used, and everything is
# bounded in number and in time. Status 1 where a scenario fails its assertions.
#
#   -s "SCENARIOS"  some only, for instance -s "hackathon bulk"
#   -n REQUESTS     of the hackathon (1000000)
#   -u USERS        of the hackathon and the cold cache (80)
#   -q QUESTIONS    different ones that are asked (1000)
#   -d SECONDS      of the cold cache and of the abusers (60)
#   -t MINUTES      of the soak (3)
#   -m MONTHS       months of 2024 in a new FOLDER (12)
#   -l LINES        lines of each in a new FOLDER (3000000)
#   -j JAR          quarkus-run.jar to measure (target/quarkus-app/quarkus-run.jar)
#   -o OPTIONS      more JVM options for the service, for instance -o "-Xmx384m"; what counts is a run without
#   -g OPTIONS      JVM options of Gatling (-Xms1g -Xmx1g -XX:+UseParallelGC)
#   -r FOLDER       for Gatling's reports (target/gatling of this folder)
#   -i              import into FOLDER again, with these -m and -l
#
# Needs the packaged jar (mvn -DskipTests package), a JDK, Maven, curl and Linux' /proc. The JDK is that of JAVA_HOME,
# or else of the PATH, for both the service and Gatling.
set -euo pipefail
export LC_ALL=C.UTF-8 # a point in decimals

usage() { sed -n '/^# Starts/,/^set /{/^set /d;s/^# \{0,1\}//;p}' "$0"; }
refuse() { echo "$1" >&2; echo "load-tests/run.sh -h tells what there is" >&2; exit 2; }

months=12 lines=3000000 again= options=
all="hackathon cold bulk abusers soak"
scenarios=$all requests=1000000 users=80 questions=1000 seconds=60 minutes=3
generator="-Xms1g -Xmx1g -XX:+UseParallelGC"
load=$(cd "$(dirname "$0")" && pwd)
jar=$load/../target/quarkus-app/quarkus-run.jar reports=$load/target/gatling
while getopts ":s:n:u:q:d:t:m:l:j:o:g:r:ih" option; do
  case $option in
    s) scenarios=$OPTARG ;; n) requests=$OPTARG ;; u) users=$OPTARG ;; q) questions=$OPTARG ;; d) seconds=$OPTARG ;;
    t) minutes=$OPTARG ;; m) months=$OPTARG ;; l) lines=$OPTARG ;; j) jar=$OPTARG ;; o) options=$OPTARG ;;
    g) generator=$OPTARG ;; r) reports=$OPTARG ;; i) again=yes ;; h) usage; exit ;;
    :) refuse "-$OPTARG needs a value" ;;
    *) refuse "there is no option -$OPTARG" ;;
  esac
done
shift $((OPTIND - 1))
[ $# -le 1 ] || refuse "one FOLDER at most"
for scenario in $scenarios; do
  [[ " $all " == *" $scenario "* ]] || refuse "there is no scenario $scenario; there are: $all"
done
for number in "$requests" "$users" "$questions" "$seconds" "$minutes" "$months" "$lines"; do
  [[ $number =~ ^[1-9][0-9]{0,8}$ ]] || refuse "« $number » is no number above 0"
done
[ "$months" -le 12 ] || refuse "12 months at most"
[ -f "$jar" ] || { echo "no $jar: run mvn -DskipTests package first" >&2; exit 1; }
jar=$(realpath "$jar")
mkdir -p "$reports"
reports=$(realpath "$reports")
here=$load # of the report
if [ -n "${JAVA_HOME:-}" ]; then PATH=$JAVA_HOME/bin:$PATH; fi
. "$load/../bench/harness.sh"
need java mvn curl

# ---- the service, limited as in an event

# What an organiser configures: a plan that nobody of the event reaches, and whose owners go before the public.
event=(-Dopendamir.access.enabled=true)
for policy in burst=10000000:60s daily=1000000000:86400s requests=10000000:60s; do
  quota=${policy#*=}
  event+=("-Dopendamir.access.plans.hackathon.${policy%%=*}.quota=${quota%:*}"
    "-Dopendamir.access.plans.hackathon.${policy%%=*}.window=${quota#*:}")
done
event+=(-Dopendamir.access.plans.hackathon.concurrency=64 -Dopendamir.access.plans.hackathon.priority=1)

serve() { # starts it, and creates the keys where FOLDER has none yet
  start_service -Dquarkus.http.host=127.0.0.1 "${event[@]}"
  keys=$work/data/load-keys
  if [ ! -f "$keys" ] || [ "$(wc -l < "$keys")" -lt "$users" ]; then
    echo "creating $users keys" >&2
    (umask 077; : > "$keys.part")
    local number
    for number in $(seq "$users"); do
      java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC "${event[@]}" -jar "$jar" keys create \
        --owner "load test $number" --plan hackathon >> "$keys.part" 2> "$run/out" || { cat "$run/out" >&2; exit 1; }
    done
    mv "$keys.part" "$keys"
  fi
  # Everybody of the event has tried the key before: a service that knows no key yet looks each of them up.
  local key
  while read -r key; do
    curl -sf -o /dev/null -H "X-API-Key: $key" "http://127.0.0.1:$port/v1/limits"
  done < "$keys"
}

# ---- what is counted at the service

# Bytes: what its process wrote, by the kernel's count: heads and bodies as they go over the wire, compressed, without
# what TCP adds; and with its statements to PostgreSQL, which are few.
counted() { # WHAT: bytes, processor (ms), resident (MB), descriptors, connections
  case $1 in
    bytes) awk '/^wchar/ { print $2 }' "/proc/$service/io" ;;
    processor) awk -v hz="$(getconf CLK_TCK)" '{ sub(/.*\) /, ""); print ($12 + $13) * 1000 / hz }' "/proc/$service/stat" ;;
    resident) awk '/^VmRSS/ { print int($2 / 1024) }' "/proc/$service/status" ;;
    descriptors) find "/proc/$service/fd" -mindepth 1 | wc -l ;;
    connections) awk -v at="$(printf ':%04X' "$port")" 'index($2, at) && $4 == "01"' /proc/net/tcp /proc/net/tcp6 | wc -l ;;
  esac
}
held() { echo "$(counted resident) MB resident, $(counted descriptors) descriptors, $(counted connections) connections"; }

# ---- Gatling

compile_load() {
  quietly mvn -B -ntp -q -f "$load" test-compile dependency:build-classpath -Dmdep.includeScope=test \
    "-Dmdep.outputFile=$run/classpath"
}

gatling() { # SIMULATION [-Dname=value...]
  local simulation=$1
  shift
  mkdir -p "$run/gatling"
  # shellcheck disable=SC2086
  java $generator --add-opens=java.base/java.lang=ALL-UNNAMED "-DbaseUrl=http://127.0.0.1:$port" "-Dkeys=$keys" \
    "-Dquestions=$questions" "-Dnotes=$run/notes" "$@" -cp "$load/target/test-classes:$(cat "$run/classpath")" \
    io.gatling.app.Gatling -s "fr.opendamir.load.$simulation" -rf "$run/gatling" > "$run/gatling.out" 2>&1 &
  loop=$!
  local status=0
  wait "$loop" || status=$?
  loop=
  return "$status"
}

table() { # REPORT: the rows of its table of statistics
  awk '
    /ellipsed-name">/ { name = $0; sub(/.*ellipsed-name">/, "", name); sub(/<.*/, "", name) }
    /class="value [a-z]+ col-[0-9]+">/ && name != "" {
      column = $0; sub(/.* col-/, "", column); sub(/".*/, "", column)
      value = $0; sub(/[^>]*>/, "", value); sub(/<.*/, "", value); gsub(/,/, "", value); of[column] = value
      if (column == 14) {
        printf "%-32s %9s %7s %9.0f %7s %7s %7s %7s\n", name, of[2], of[4], of[6], of[8], of[10], of[11], of[12]
        name = ""
      }
    }' "$1/index.html"
}

scenario() { # NAME SIMULATION [-Dname=value...]: runs it and prints its table
  local name=$1 bytes processor before began status=0 took report
  shift
  : > "$run/notes"
  before=$(held) bytes=$(counted bytes) processor=$(counted processor) began=$(date +%s%N)
  printf '\n%s (load before:%s)\n' "$name" "$(uptime | sed 's/.*load average://')"
  gatling "$@" || status=$?
  took=$(( ($(date +%s%N) - began) / 1000000 ))
  bytes=$(($(counted bytes) - bytes)) processor=$(($(counted processor) - processor))
  report=$(find "$run/gatling" -mindepth 1 -maxdepth 1 -type d -newer "$run/notes" | sort | tail -1)
  if [ -z "$report" ] || [ ! -f "$report/index.html" ]; then
    cat "$run/gatling.out" >&2
    echo "$name: Gatling gave no report" >&2
    missed=1
    return
  fi
  printf '%-32s %9s %7s %9s %7s %7s %7s %7s   (ms)\n' "" requests failed "/s" p50 p95 p99 max
  table "$report"
  cat "$run/notes"
  awk -v bytes="$bytes" -v requests="$(table "$report" | awk 'NR == 1 { print $(NF - 6) }')" \
    -v rate="$(table "$report" | awk 'NR == 1 { print $(NF - 4) }')" -v processor="$processor" 'BEGIN {
    each = requests > 0 ? bytes / requests : 0
    printf "sent: %.3f GB, %.0f bytes a request; processor of the service: %.0f µs a request\n",
      bytes / 1e9, each, processor * 1000 / (requests > 0 ? requests : 1)
    if (each * rate > 0)
      printf "650 GB would be %.0f million requests, and take %.1f hours at this rate\n",
        650e9 / each / 1e6, 650e9 / (each * rate) / 3600
  }'
  echo "before: $before"
  echo "after:  $(held)"
  awk '/: (true|false) \(actual/ { sub(/^Global/, "all"); print "  " $0 }' "$run/gatling.out"
  rm -rf "${reports:?}/$name"
  mv "$report" "$reports/$name"
  echo "report: $reports/$name/index.html ($((took / 1000)) s with its making)"
  if [ "$status" != 0 ]; then
    grep -A12 -E '^---- Errors' "$run/gatling.out" | tail -12 | grep '^>' || true
    echo "$name: FAILED"
    missed=1
  fi
}

# ---- scenarios

hackathon() {
  serve
  scenario hackathon HackathonDaySimulation "-Drequests=$requests" "-Dusers=$users"
  stop_service
}

# On a copy of the database, which would have a month more otherwise.
publishing=
cold() {
  local month=$run/A202501-synthetic.csv.gz
  echo "copying the database, for a release that is published" >&2
  mv "$work/data" "$work/data-kept"
  kept=$work/data-kept
  cp -r --reflink=auto "$kept" "$work/data"
  serve
  quietly java -jar "$jar" generate --month 2025-01 --lines 50000 --replace -o "$month"
  # While readers ask, and when what they ask is in memory.
  (sleep $((seconds / 3)); exec java -Xmx1g -jar "$jar" import --accept-loss "$month") > "$run/import.log" 2>&1 &
  publishing=$!
  scenario cold ColdCacheSimulation "-Dseconds=$seconds" "-Dusers=$users" -Dpublished=true
  wait "$publishing" || { cat "$run/import.log"; missed=1; }
  publishing=
  stop_service
  restore
}

kept=
restore() {
  if [ -n "$kept" ] && [ -d "$kept" ]; then
    rm -rf "${work:?}/data"
    mv "$kept" "$work/data"
  fi
  kept=
}

bulk() {
  serve
  scenario bulk BulkReadersSimulation
  stop_service
}

abusers() {
  serve
  scenario abusers AbusersSimulation "-Dseconds=$seconds"
  stop_service
}

soak() {
  serve
  scenario soak SoakSimulation "-Dminutes=$minutes"
  sleep 3 # connections are closed, and the service has noticed
  echo "later:  $(held)"
  stop_service
}

open_folder "$@"
trap 'stop "$publishing"; stop_service; restore; finish' EXIT
# A run that was killed may have left the kept database aside.
if [ -d "$work/data-kept" ]; then kept=$work/data-kept; restore; fi
prepare_data
compile_load

report() {
  report_head "Load tests"
  echo "data: $(cat "$work/data/complete"); $questions different questions, drawn by Zipf's law"
  local name
  for name in $scenarios; do "$name"; done
}

missed=0
# Not a pipe, which would run the report in a shell whose processes are out of reach here.
report > >(tee "$work/report-load.txt")
exit "$missed"
