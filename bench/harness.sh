# Parts of bench/questions.sh and bench/graphql.sh, which source this file: data in a folder, the service on it, and
# wrk against two servers in turn. Everything started here is ended, and what was changed is put back, however a
# script ends.
#
# Uses the options of the scripts: months, lines, again (of the data), jar, options (of the service), rounds,
# duration, warm (of wrk), parts.
# shellcheck shell=bash

need() { # TOOL...
  [ -f "$jar" ] || { echo "no $jar: run mvn -DskipTests package first" >&2; exit 1; }
  local tool
  for tool in "$@"; do
    command -v "$tool" > /dev/null || { echo "$tool is needed" >&2; exit 1; }
  done
}

# ---- folder: its path in $work, that of the run in $run

temporary=
open_folder() { # [FOLDER]
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
  trap finish EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  rm -rf "$run"
  mkdir -p "$run/classes"
  cd "$work"
}

# ---- processes

service= route= floor= loop=
stop() { # PID: asks it to end, waits for it
  [ -n "$1" ] || return 0
  kill "$1" 2> /dev/null || true
  wait "$1" 2> /dev/null || true
}
stop_service() { stop "$service"; service=; }
stop_route() { stop "$route"; route=; }
stop_floor() { stop "$floor"; floor=; }
log_nothing() { if [ -f "$work/settings" ]; then mv "$work/settings" "$server_settings"; fi; }
finish() {
  stop "$loop"
  stop_route
  stop_floor
  stop_service
  log_nothing
  [ -z "$temporary" ] || rm -rf "$temporary"
}

# In the background and waited for, so that an interrupt is heeded at once.
quietly() { "$@" > "$run/out" 2>&1 & loop=$!; wait "$loop" || { cat "$run/out" >&2; exit 1; }; loop=; }
shown() { "$@" & loop=$!; wait "$loop" || exit 1; loop=; }

# ---- data

prepare_data() {
  # A run that was killed may have left both behind: settings, and a server that goes on by them.
  log_nothing
  if [ -f "$work/data/postgres/postmaster.pid" ]; then
    local left
    left=$(head -1 "$work/data/postgres/postmaster.pid")
    if grep -q postgres "/proc/$left/cmdline" 2> /dev/null; then
      echo "a PostgreSQL server still runs on $work/data: end it (pid $left) first" >&2
      exit 1
    fi
  fi
  if [ -n "$again" ]; then rm -rf "$work/data"; fi
  if [ ! -f "$work/data/complete" ]; then
    rm -rf "$work/data"
    local generated=$work/generated-$lines files=() month file
    mkdir -p "$generated"
    for month in $(seq -f %02g "$months"); do
      file=$generated/A2024$month-synthetic.csv.gz
      files+=("$file")
      if [ ! -f "$file" ]; then
        echo "generating 2024-$month" >&2
        quietly java -jar "$jar" generate --month "2024-$month" --lines "$lines" --replace -o "$run/part.csv.gz"
        mv "$run/part.csv.gz" "$file"
      fi
    done
    echo "importing" >&2
    # --accept-loss, for small files lose more detail than the import accepts by itself.
    quietly java -jar "$jar" import --accept-loss "${files[@]}"
    echo "$months months of $lines lines" > "$work/data/complete"
  fi
}

# ---- programs of the harness, with the libraries of the service: the same Vert.x, the same PostgreSQL client

compile_programs() { # SOURCE...
  classpath="$run/classes:$(dirname "$jar")/lib/main/*"
  javac -proc:none -d "$run/classes" -cp "$classpath" "$@"
}
program() { shown java -cp "$classpath" "$@"; }

# ---- servers, on free ports which they tell

port_told() { # PID LOG PATTERN: sets told to what the first group of the pattern matches
  told=
  for _ in $(seq 300); do
    told=$(sed -nE "s/$3/\\1/p" "$2" | head -1)
    if [ -n "$told" ]; then return; fi
    kill -0 "$1" 2> /dev/null || break
    sleep 0.2
  done
  cat "$2" >&2
  echo "a server does not start" >&2
  exit 1
}
quarkus_port='.*Listening on: https?:\/\/[^ ]*:([0-9]+).*'

# One caller asks all there is to measure: callers are limited, as users meet the service, by quotas that nobody reaches.
limited=(-Dopendamir.access.enabled=true -Dopendamir.access.address-salt=bench-bench-bench)
for plan in anonymous registered; do
  limited+=("-Dopendamir.access.plans.$plan.concurrency=64")
  for policy in burst daily requests; do
    limited+=("-Dopendamir.access.plans.$plan.$policy.quota=1000000000")
  done
done

keys_made() { # COUNT: sets keys; while the service runs
  keys=()
  local number
  for number in $(seq "$1"); do
    java -jar "$jar" keys create --owner "bench $number" --plan registered > "$run/key" 2>> "$run/out"
    keys+=("$(grep -oE 'odk_[A-Za-z0-9_]+' "$run/key" | head -1)")
  done
}

launcher=$(cd "$(dirname "${BASH_SOURCE[0]}")/../bin" && pwd)/open-damir-api

# In the background: the service with the settings of its users, which the launcher has, on free ports; without an archive of classes.
launched() { # [JVM OPTION...]
  OPENDAMIR_JAR=$jar OPENDAMIR_ARCHIVE= OPENDAMIR_JAVA_OPTIONS="$options $* -Dquarkus.http.port=0 -Dquarkus.management.port=0" \
    exec "$launcher" serve
}

start_service() { # [JVM OPTION...]
  : > "$run/service.log"
  launched "${limited[@]}" "$@" > "$run/service.log" 2>&1 &
  service=$!
  port_told "$service" "$run/service.log" "$quarkus_port"
  port=$told
  database_port=$(sed -n 4p "$work/data/postgres/postmaster.pid")
  # The owner of the embedded database signs in with a password, which its folder has.
  PGPASSWORD=$(sed 's/.*://' "$work"/data/postgres/opendamir.pgpass)
  export PGPASSWORD
}

# A service whose server logs all statements; stop_recorded_service before anything is measured.
start_recorded_service() { # [JVM OPTION...]
  cp "$server_settings" "$work/settings"
  cat >> "$server_settings" <<-SETTINGS
	logging_collector = on
	log_destination = 'jsonlog'
	log_directory = '$run'
	log_filename = 'statements.log'
	log_rotation_size = 0
	log_statement = 'all'
	SETTINGS
  start_service "$@"
}
stop_recorded_service() {
  stop_service
  log_nothing
}

start_route() { # PATH
  : > "$run/route.log"
  java -cp "$classpath" BareRoute "$port" "$1" > "$run/route.log" 2>&1 &
  route=$!
  port_told "$route" "$run/route.log" '^bare route on port ([0-9]+)$'
  route_port=$told
}

memory() { # PHASE
  memory_table=$run/memory
  awk -v phase="$1" '/^VmHWM/ { peak = $2 } /^VmRSS/ { now = $2 }
    END { printf "%-28s %8.0f MB %8.0f MB\n", phase, now / 1024, peak / 1024 }' \
    "/proc/$service/status" >> "$memory_table"
}

# ---- wrk

tag() { # PATH [HEADER]: entity tag of the answer, which the route must give too
  curl -sf -o "$run/body" -D "$run/headers" ${2:+-H "$2"} "http://localhost:$port$1"
  curl -sf ${2:+-H "$2"} "http://localhost:$route_port$1" | cmp - "$run/body"
  tr -d '\r' < "$run/headers" | sed -nE 's/^etag: *//Ip'
}

rate() { # PORT SECONDS PATH [OPTION OF WRK...]: requests a second
  local of_port=$1 for_seconds=$2 path=$3
  shift 3
  wrk -t2 -c32 -d"${for_seconds}s" --timeout 10s "$@" "http://localhost:$of_port$path" > "$run/wrk" &
  loop=$!
  wait "$loop" || exit 1
  loop=
  if grep -qE 'Non-2xx|Socket errors' "$run/wrk"; then
    grep -E 'Non-2xx|Socket errors' "$run/wrk" | sed "s/^ */port $of_port: /" >> "$run/wrk-errors"
  fi
  result=$(awk '/^Requests\/sec/ { print $2 }' "$run/wrk")
}

compared_head() { # NAME OF THE FLOOR
  printf '%-16s %10s %10s %7s  %-16s %9s  %6s\n' "" service "$1" ratio "of single rounds" "µs/request" target
}

ticks() { # PID: processor time that a process has taken, in hundredths of a second
  awk '{ sub(/.*\) /, ""); print $12 + $13 }' "/proc/$1/stat"
}

# Processor time that anybody takes in the next second, in percent of all there is.
busy() {
  local line
  line=$(head -1 /proc/stat)
  sleep 1
  { echo "$line"; head -1 /proc/stat; } | awk '
    { idle[NR] = $5 + $6; all[NR] = 0; for (i = 2; i <= 9; i++) all[NR] += $i }
    END { printf "%d", 100 * (1 - (idle[2] - idle[1]) / (all[2] - all[1])) }'
}

# A share of others' work above which nothing is judged.
most_busy=10

compare() { # NAME TARGET PORT-OF-THE-FLOOR PATH [OPTION OF WRK...]: rounds of service and floor, alternating
  local name=$1 target=$2 floor_port=$3 path=$4 of_service others begin used=0
  shift 4
  others=$(busy)
  rate "$port" "$warm" "$path" "$@"
  rate "$floor_port" "$warm" "$path" "$@"
  : > "$run/rates"
  for _ in $(seq "$rounds"); do
    begin=$(ticks "$service")
    rate "$port" "$duration" "$path" "$@"
    used=$((used + $(ticks "$service") - begin))
    of_service=$result
    if [ "$of_service" = 0.00 ]; then echo "port $port: no answer within $duration s" >> "$run/wrk-errors"; fi
    rate "$floor_port" "$duration" "$path" "$@"
    if [ "$result" = 0.00 ]; then echo "port $floor_port: no answer within $duration s" >> "$run/wrk-errors"; fi
    echo "$of_service $result" >> "$run/rates"
  done
  awk -v name="$name" -v target="$target" -v others="$others" -v most="$most_busy" -v used="$used" -v duration="$duration" '
    function median(values, n,   i, j, t) {
      for (i = 2; i <= n; i++)
        for (j = i; j > 1 && values[j - 1] > values[j]; j--) { t = values[j]; values[j] = values[j - 1]; values[j - 1] = t }
      return n % 2 ? values[(n + 1) / 2] : (values[n / 2] + values[n / 2 + 1]) / 2
    }
    { requests += $1 * duration }
    $2 == 0 { next }
    { n++; service[n] = $1; route[n] = $2; ratio = $1 / $2
      if (n == 1 || ratio < low) low = ratio
      if (n == 1 || ratio > high) high = ratio }
    END { if (n == 0) exit
      s = median(service, n); r = median(route, n)
      verdict = others > most ? "NOT JUDGED: others took " others " % of the machine" : s / r >= target ? "met" : "MISSED"
      printf "%-16s %10.0f %10.0f %7.3f  %-16s %9.1f  %6.2f %s\n", name, s, r, s / r,
        sprintf("%.3f to %.3f", low, high), used * 10000 / requests, target, verdict }
  ' "$run/rates"
}

wrk_errors() {
  if [ -s "$run/wrk-errors" ]; then
    echo "NOT VALID: errors of wrk (the service is on port $port):"
    sort "$run/wrk-errors" | uniq -c | head -10
    rm "$run/wrk-errors"
  fi
}

# ---- report

wanted() { [[ " $parts " == *" $1 "* ]]; }

report_head() { # TITLE; refuses to measure beside other work, unless BUSY=yes
  local others
  others=$(busy)
  if [ "$others" -gt "$most_busy" ] && [ "${BUSY:-}" != yes ]; then
    echo "other work takes $others % of the machine: nothing is measured (BUSY=yes measures all the same)" >&2
    exit 3
  fi
  echo "$1, $(date -u +%Y-%m-%dT%H:%MZ), load average $(cut -d ' ' -f 1-3 /proc/loadavg), other work $others %"
  echo "version $(git -C "$here" rev-parse --short HEAD 2> /dev/null || echo unknown), $(nproc) cores," \
    "$(awk '/MemTotal/ { printf "%.0f GB", $2 / 1048576 }' /proc/meminfo)," \
    "$(java -version 2>&1 | head -1), service options: ${options:-none}"
}

report_memory() { # [MEGABYTES]
  printf '\n%-28s %11s %11s   (process of the service)\n' memory resident peak
  cat "$memory_table"
  awk -v most="${1:-700}" \
    '$(NF - 1) > peak { peak = $(NF - 1) } END { print "target peak < " most " MB: " (peak < most ? "met" : "MISSED") }' \
    "$memory_table"
}
