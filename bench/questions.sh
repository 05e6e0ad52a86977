#!/usr/bin/env bash
# Measures how the service answers questions, against floors measured in the same run:
#
#   cached   requests a second of a cached answer and of its 304, against a Vert.x route that returns the same bytes
#   covered  uncached questions that a rollup covers, against the service's own SQL on one prepared connection
#   random   uncached questions drawn at random, by one client and by two, and how time grows with rows scanned
#   pages    pages of 10,000 rows by 16 clients, for the memory they take
#
# and the memory of the service's process (without PostgreSQL's processes) after each of them.
#
#   bench/questions.sh [options] [FOLDER]
#
# FOLDER keeps the generated files and the imported database, so that the next run starts at once; without it, both
# are made in a temporary folder. About 3 GB for the default data. Everything is bounded in number and in time.
#
#   -m MONTHS   months of 2024 in a new FOLDER (12)
#   -l LINES    lines of each in a new FOLDER (3000000)
#   -r ROUNDS   rounds of service and route (5)
#   -d SECONDS  of each wrk run (5)
#   -v COUNT    covered questions of each shape (30)
#   -n COUNT    random questions for each number of clients, and large pages (500)
#   -s SECONDS  at most for each list of questions (60)
#   -w SECONDS  to warm up, for each kind of request (5)
#   -p "PARTS"  some parts only, for instance -p "cached random"
#   -j JAR      quarkus-run.jar to measure (target/quarkus-app/quarkus-run.jar)
#   -o OPTIONS  more JVM options for the service, for instance -o "-Xmx256m"; what counts is a run without
#   -S SEED     of the random questions (1)
#   -i          import into FOLDER again, with these -m and -l: needed when the import stores something new
#
# Needs the packaged jar (mvn -DskipTests package), a JDK, wrk, curl and Linux' /proc.
set -euo pipefail
export LC_ALL=C.UTF-8 # a point in decimals

months=12 lines=3000000 rounds=5 duration=5 count=500 seconds=60 warm=5 variations=30 seed=1 again=
parts="cached covered random pages" options=
here=$(cd "$(dirname "$0")" && pwd)
jar=$here/../target/quarkus-app/quarkus-run.jar
while getopts "m:l:r:d:n:s:w:v:p:j:o:S:i" option; do
  case $option in
    m) months=$OPTARG ;; l) lines=$OPTARG ;; r) rounds=$OPTARG ;; d) duration=$OPTARG ;; n) count=$OPTARG ;;
    s) seconds=$OPTARG ;; w) warm=$OPTARG ;; v) variations=$OPTARG ;; p) parts=$OPTARG ;; j) jar=$OPTARG ;;
    o) options=$OPTARG ;; S) seed=$OPTARG ;; i) again=yes ;; *) exit 2 ;;
  esac
done
shift $((OPTIND - 1))
jar=$(realpath "$jar")
[ -f "$jar" ] || { echo "no $jar: run mvn -DskipTests package first" >&2; exit 1; }
for tool in java javac wrk curl; do
  command -v "$tool" > /dev/null || { echo "$tool is needed" >&2; exit 1; }
done

temporary=
if [ $# -gt 0 ]; then
  mkdir -p "$1"
  work=$(realpath "$1")
  # Its database may be removed here: never that of anybody else.
  if [ ! -f "$work/bench-questions" ] && [ -n "$(ls -A "$work")" ]; then
    echo "$work is neither empty nor made by this script" >&2
    exit 1
  fi
else
  work=$(mktemp -d)
  temporary=$work
fi
touch "$work/bench-questions"
run=$work/run
server_settings=$work/data/postgres/postgresql.auto.conf

# ---- what was started is stopped, and what was changed is put back, however this ends

service= route= loop=
stop() { # PID: asks it to end, waits for it
  [ -n "$1" ] || return 0
  kill "$1" 2> /dev/null || true
  wait "$1" 2> /dev/null || true
}
stop_service() { stop "$service"; service=; }
stop_route() { stop "$route"; route=; }
log_nothing() { if [ -f "$work/settings" ]; then mv "$work/settings" "$server_settings"; fi; }
finish() {
  stop "$loop"
  stop_route
  stop_service
  log_nothing
  [ -z "$temporary" ] || rm -rf "$temporary"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# In the background and waited for, so that an interrupt is heeded at once.
quietly() { "$@" > "$run/out" 2>&1 & loop=$!; wait "$loop" || { cat "$run/out" >&2; exit 1; }; loop=; }
shown() { "$@" & loop=$!; wait "$loop" || exit 1; loop=; }

# ---- data

rm -rf "$run"
mkdir -p "$run/classes"
cd "$work"
# A run that was killed may have left both behind: settings, and a server that goes on by them.
log_nothing
if [ -f "$work/data/postgres/postmaster.pid" ]; then
  left=$(head -1 "$work/data/postgres/postmaster.pid")
  if grep -q postgres "/proc/$left/cmdline" 2> /dev/null; then
    echo "a PostgreSQL server still runs on $work/data: end it (pid $left) first" >&2
    exit 1
  fi
fi
if [ -n "$again" ]; then rm -rf "$work/data"; fi
if [ ! -f "$work/data/complete" ]; then
  rm -rf "$work/data"
  generated=$work/generated-$lines
  mkdir -p "$generated"
  files=()
  for month in $(seq -f %02g "$months"); do
    file=$generated/A2024$month-synthetic.csv.gz
    files+=("$file")
    if [ ! -f "$file" ]; then
      echo "generating 2024-$month" >&2
      quietly java -jar "$jar" generate --month "2024-$month" --lines "$lines" -o "$run/part.csv.gz"
      mv "$run/part.csv.gz" "$file"
    fi
  done
  echo "importing" >&2
  # --accept-loss, for small files lose more detail than the import accepts by itself.
  quietly java -jar "$jar" import --accept-loss "${files[@]}"
  echo "$months months of $lines lines" > "$work/data/complete"
fi

# ---- programs of the harness, with the libraries of the service: the same Vert.x, the same PostgreSQL client

classpath="$run/classes:$(dirname "$jar")/lib/main/*"
javac -proc:none -d "$run/classes" -cp "$classpath" "$here"/questions/*.java
program() { shown java -cp "$classpath" "$@"; }

# ---- service

start_service() {
  # Port 0: a free one, which the log tells.
  : > "$run/service.log"
  # shellcheck disable=SC2086
  java $options -Dquarkus.http.port=0 -Dquarkus.management.port=0 -jar "$jar" > "$run/service.log" 2>&1 &
  service=$!
  port=
  for _ in $(seq 300); do
    port=$(sed -nE 's/.*Listening on: https?:\/\/[^ ]*:([0-9]+).*/\1/p' "$run/service.log" | head -1)
    if [ -n "$port" ]; then break; fi
    kill -0 "$service" 2> /dev/null || break
    sleep 0.2
  done
  [ -n "$port" ] || { cat "$run/service.log" >&2; echo "the service does not start" >&2; exit 1; }
  database_port=$(sed -n 4p "$work/data/postgres/postmaster.pid")
}

memory_table=$run/memory
memory() { # PHASE
  awk -v phase="$1" '/^VmHWM/ { peak = $2 } /^VmRSS/ { now = $2 }
    END { printf "%-28s %8.0f MB %8.0f MB\n", phase, now / 1024, peak / 1024 }' \
    "/proc/$service/status" >> "$memory_table"
}

# ---- cached answers

question="/v1/aggregates?group_by=month,sex&measures=reimbursed"

rate() { # PORT SECONDS [HEADER]: requests a second of wrk
  wrk -t2 -c32 -d"$2s" --timeout 10s ${3:+-H "$3"} ${4:+-H "$4"} "http://localhost:$1$question" > "$run/wrk" &
  loop=$!
  wait "$loop" || exit 1
  loop=
  if grep -qE 'Non-2xx|Socket errors' "$run/wrk"; then
    grep -E 'Non-2xx|Socket errors' "$run/wrk" | sed "s/^ */port $1: /" >> "$run/wrk-errors"
  fi
  result=$(awk '/^Requests\/sec/ { print $2 }' "$run/wrk")
}

tag() { # [HEADER]: entity tag of the answer, which the route must give too
  curl -sf -o "$run/body" -D "$run/headers" ${1:+-H "$1"} "http://localhost:$port$question"
  curl -sf ${1:+-H "$1"} "http://localhost:$route_port$question" | cmp - "$run/body"
  tr -d '\r' < "$run/headers" | sed -nE 's/^etag: *//Ip'
}

compare() { # NAME TARGET [HEADER...]: rounds of service and route, alternating
  local name=$1 target=$2
  shift 2
  rate "$port" "$warm" "$@"
  rate "$route_port" "$warm" "$@"
  : > "$run/rates"
  for _ in $(seq "$rounds"); do
    rate "$port" "$duration" "$@"
    local of_service=$result
    if [ "$result" = 0.00 ]; then echo "port $port: no answer within $duration s" >> "$run/wrk-errors"; fi
    rate "$route_port" "$duration" "$@"
    echo "$of_service $result" >> "$run/rates"
  done
  awk -v name="$name" -v target="$target" '
    function median(values, n,   i, j, t) {
      for (i = 2; i <= n; i++)
        for (j = i; j > 1 && values[j - 1] > values[j]; j--) { t = values[j]; values[j] = values[j - 1]; values[j - 1] = t }
      return n % 2 ? values[(n + 1) / 2] : (values[n / 2] + values[n / 2 + 1]) / 2
    }
    { service[NR] = $1; route[NR] = $2; ratio = $1 / $2
      if (NR == 1 || ratio < least) least = ratio
      if (NR == 1 || ratio > most) most = ratio }
    END { s = median(service, NR); r = median(route, NR)
      printf "%-12s %12.0f %12.0f %7.3f  %5.3f to %5.3f  %6.2f %s\n", name, s, r, s / r, least, most, target, (s / r >= target ? "met" : "MISSED") }
  ' "$run/rates"
}

cached() {
  : > "$run/route.log"
  java -cp "$classpath" BareRoute "$port" "$question" > "$run/route.log" 2>&1 &
  route=$!
  route_port=
  for _ in $(seq 100); do
    route_port=$(sed -nE 's/^bare route on port ([0-9]+)$/\1/p' "$run/route.log")
    if [ -n "$route_port" ]; then break; fi
    kill -0 "$route" 2> /dev/null || break
    sleep 0.1
  done
  [ -n "$route_port" ] || { cat "$run/route.log" >&2; exit 1; }
  local gzip="Accept-Encoding: gzip" plain_tag gzip_tag plain_size gzip_size
  plain_tag=$(tag) plain_size=$(wc -c < "$run/body")
  gzip_tag=$(tag "$gzip") gzip_size=$(wc -c < "$run/body")
  echo "GET $question"
  echo "$plain_size bytes, gzip $gzip_size; wrk -t2 -c32, $rounds x $duration s of each, alternating; medians of requests/s"
  printf '%-12s %12s %12s %7s  %-14s  %6s\n' "" service "bare route" ratio "of single rounds" target
  compare "200" 0.70
  compare "200 gzip" 0.70 "$gzip"
  compare "304" 0.85 "If-None-Match: $plain_tag"
  compare "304 gzip" 0.85 "If-None-Match: $gzip_tag" "$gzip"
  if [ -s "$run/wrk-errors" ]; then
    echo "NOT VALID: errors of wrk (the service is on port $port):"
    sort "$run/wrk-errors" | uniq -c | head -10
  fi
  stop_route
}

# ---- report

wanted() { [[ " $parts " == *" $1 "* ]]; }

report() {
  echo "Questions, $(date -u +%Y-%m-%dT%H:%MZ)"
  echo "version $(git -C "$here" rev-parse --short HEAD 2> /dev/null || echo unknown), $(nproc) cores," \
    "$(awk '/MemTotal/ { printf "%.0f GB", $2 / 1048576 }' /proc/meminfo)," \
    "$(java -version 2>&1 | head -1), service options: ${options:-none}"

  if wanted covered; then
    # The statements of the service, from a first start with a server that logs them.
    cp "$server_settings" "$work/settings"
    cat >> "$server_settings" <<-SETTINGS
	logging_collector = on
	log_destination = 'jsonlog'
	log_directory = '$run'
	log_filename = 'statements.log'
	log_rotation_size = 0
	log_statement = 'all'
	SETTINGS
    start_service
    program RecordStatements "$port" "$database_port" "$run/statements.json" "$variations" "$seconds" \
      "$run/covered.json" > "$run/recorded"
    stop_service
    log_nothing
  fi

  start_service
  echo "data: $(cat "$work/data/complete")"
  memory "started"

  if wanted cached; then
    printf '\ncached\n'
    cached
    memory "after cached"
  fi
  if wanted covered; then
    printf '\ncovered, uncached (ms)\n'
    cat "$run/recorded"
    program CoveredQuestions "$port" "$database_port" "$run/covered.json" "$warm" "$seconds"
    memory "after covered"
  fi
  if wanted random; then
    printf '\nrandom, uncached (seed %s)\n' "$seed"
    program RandomQuestions "$port" "$seed" "$count" "$seconds" "$run/random.csv"
    memory "after random"
  fi
  if wanted pages; then
    printf '\npages of 10,000 rows\n'
    program LargePages "$port" 16 "$count" "$seconds"
    memory "after pages"
  fi

  printf '\n%-28s %11s %11s   (process of the service)\n' memory resident peak
  cat "$memory_table"
  awk '{ peak = $(NF - 1) } END { print "target peak < 700 MB: " (peak < 700 ? "met" : "MISSED") }' "$memory_table"
  stop_service
}

# Not a pipe, which would run the report in a shell whose processes are out of reach here.
report > >(tee "$work/report.txt")
