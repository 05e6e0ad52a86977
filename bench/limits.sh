#!/usr/bin/env bash
# Measures what limits cost, and what the service does when more is asked than it can answer:
#
#   take      nanoseconds of a cached answer: caller, request, units, headers
#   cost      requests a second of cached answers, REST and GraphQL, by a service that limits callers against one that
#             does not, both on the same database, in turn: without a key, with one, and with allowances in Redis
#   overload  four times the capacity for a minute, then a tenth: what is answered, refused, and left behind; ends with
#             status 1 where a criterion is missed
#   readers   one caller within its limits that does not read what it asks for, or reads slowly: what others notice;
#             ends with status 1 where a criterion is missed
#
#   bench/limits.sh [options] [FOLDER]
#
# FOLDER keeps the generated files and the imported database, so that the next run starts at once; without it, both
# are made in a temporary folder. It may be that of bench/questions.sh. Everything is bounded in number and in time.
#
#   -m MONTHS   months of 2024 in a new FOLDER (12)
#   -l LINES    lines of each in a new FOLDER (3000000)
#   -r ROUNDS   rounds of both services (5)
#   -d SECONDS  of each wrk run (5), and twelve times as long of overload
#   -w SECONDS  to warm up, for each kind of request (5), and twice as long before overload
#   -p "PARTS"  some parts only, for instance -p "cost"
#   -j JAR      quarkus-run.jar to measure (target/quarkus-app/quarkus-run.jar)
#   -o OPTIONS  more JVM options for the services, for instance -o "-Xmx256m"; what counts is a run without
#   -S SEED     of the random questions (1)
#   -i          import into FOLDER again, with these -m and -l: needed when the import stores something new
#
# Needs the packaged jar (mvn -DskipTests package) and its target/classes for take, a JDK, wrk, curl and Linux' /proc;
# measures Redis where redis-server is installed.
set -euo pipefail
export LC_ALL=C.UTF-8 # a point in decimals

months=12 lines=3000000 rounds=5 duration=5 warm=5 seed=1 again=
parts="take cost overload readers" options=
here=$(cd "$(dirname "$0")" && pwd)
jar=$here/../target/quarkus-app/quarkus-run.jar
while getopts "m:l:r:d:w:p:j:o:S:i" option; do
  case $option in
    m) months=$OPTARG ;; l) lines=$OPTARG ;; r) rounds=$OPTARG ;; d) duration=$OPTARG ;; w) warm=$OPTARG ;;
    p) parts=$OPTARG ;; j) jar=$OPTARG ;; o) options=$OPTARG ;; S) seed=$OPTARG ;; i) again=yes ;; *) exit 2 ;;
  esac
done
shift $((OPTIND - 1))
jar=$(realpath "$jar")
. "$here/harness.sh"
need java javac jcmd wrk curl
open_folder "$@"
# The others are on the database of the first service, and end before it.
redis=
trap 'stop_floor; stop_route; stop "$redis"; finish' EXIT
prepare_data
compile_programs "$here"/questions/*.java "$here"/limits/{Held,Overload,Result,SlowClients}.java

# ---- nanoseconds

take() {
  local path
  path="$(dirname "$jar")/app/*:$(dirname "$jar")/lib/main/*" # of the jar that is measured
  javac -proc:none -d "$run/classes" -cp "$path" "$here/limits/TakeCost.java"
  shown java -Xmx256m -cp "$run/classes:$path" fr.opendamir.access.TakeCost > "$run/take"
  tail -4 "$run/take"
}

# ---- cached answers

rest="/v1/aggregates?group_by=month,sex&measures=reimbursed"
nodes="{ spending(first: 126) { nodes { region { code } ageBand { code } reimbursed charged } } }"
graphql="/graphql?query=$(sed 's/ /%20/g; s/{/%7B/g; s/}/%7D/g' <<< "$nodes")"

# Another service on the same database: sets started (its process) and told (its port).
start_other() { # LOG [JVM OPTION...]
  local log=$1
  shift
  : > "$log"
  OPENDAMIR_DATABASE_PASSWORD=$PGPASSWORD launched "$@" "-Dopendamir.database.url=jdbc:postgresql://localhost:$database_port/opendamir" \
    -Dopendamir.database.username=postgres > "$log" 2>&1 &
  started=$!
}

start_redis() { # sets redis_port; empty where there is none
  redis_port=
  command -v redis-server > /dev/null || return 0
  local port_tried=$((20000 + RANDOM % 10000))
  redis-server --bind 127.0.0.1 --port "$port_tried" --save "" --appendonly no --dir "$run" > "$run/redis.log" 2>&1 &
  redis=$!
  for _ in $(seq 50); do
    if grep -q "Ready to accept" "$run/redis.log"; then redis_port=$port_tried; return; fi
    sleep 0.1
  done
  cat "$run/redis.log" >&2
  exit 1
}

same() { # PATH PORT PORT: both give the same bytes, with limits told by the first only
  curl -sf -D "$run/headers" -o "$run/body" "http://localhost:$2$1"
  curl -sf -D "$run/other-headers" "http://localhost:$3$1" | cmp - "$run/body"
  grep -qi '^ratelimit:' "$run/headers"
  ! grep -qi '^ratelimit:' "$run/other-headers"
}

cost() {
  local without with_limits key
  start_service
  keys_made 1
  key="X-API-Key: ${keys[0]}"
  start_other "$run/without.log" -Dopendamir.access.enabled=false
  route=$started
  port_told "$route" "$run/without.log" "$quarkus_port"
  without=$told
  start_redis
  if [ -n "$redis_port" ]; then
    start_other "$run/shared.log" "${limited[@]}" "-Dopendamir.access.redis.url=redis://localhost:$redis_port/0"
    floor=$started
    port_told "$floor" "$run/shared.log" "$quarkus_port"
    same "$rest" "$told" "$without"
  fi
  same "$rest" "$port" "$without"
  same "$graphql" "$port" "$without"
  echo "GET $rest"
  echo "GET /graphql?query=$nodes"
  echo "wrk -t2 -c32, $rounds x $duration s of each, alternating; medians of requests/s; load$(uptime | sed 's/.*load average//')"
  compared_head none
  # Whichever is asked first would be compiled meanwhile.
  rate "$port" $((3 * warm)) "$rest"
  rate "$without" $((3 * warm)) "$rest"
  if [ -n "$redis_port" ]; then rate "$told" $((3 * warm)) "$rest"; fi
  compare "REST" 0.90 "$without" "$rest"
  compare "REST key" 0.90 "$without" "$rest" -H "$key"
  compare "GraphQL" 0.90 "$without" "$graphql"
  compare "GraphQL key" 0.90 "$without" "$graphql" -H "$key"
  memory "limits"
  if [ -n "$redis_port" ]; then
    with_limits=$port port=$told
    compare "REST Redis" 0.90 "$without" "$rest"
    compare "Redis, key" 0.90 "$without" "$rest" -H "$key"
    port=$with_limits
  fi
  wrk_errors
  stop_floor
  stop_route
  stop "$redis"
  redis=
  stop_service
}

# ---- overload

overload() {
  # Memory for kept answers is small, so that those of random questions are not taken for something left behind.
  start_service -Dopendamir.cache.memory-mb=8 -Dopendamir.access.proxies.trusted=127.0.0.0/8,::1/128
  port_told "$service" "$run/service.log" '.*Management interface listening on https?:\/\/[^ ]*:([0-9]+).*'
  local management=$told
  keys_made 4
  echo "load$(uptime | sed 's/.*load average//')"
  java -cp "$classpath" Overload "$port" "$management" "$database_port" "$service" "$seed" $((2 * warm)) \
    $((4 * duration)) $((12 * duration)) 10 "${keys[@]}" &
  loop=$!
  wait "$loop" || missed=1
  loop=
  grep -c ' ERROR ' "$run/service.log" | sed 's/^/errors in the log of the service: /' || true
  memory "overload"
  stop_service
}

# ---- clients that do not read

readers() {
  # The quotas that callers have by default, and as much memory as a small machine has.
  local limited=(-Dopendamir.access.enabled=true)
  start_service -Xmx384m -XX:MaxDirectMemorySize=128m \
    -Dopendamir.access.proxies.trusted=127.0.0.0/8,::1/128
  port_told "$service" "$run/service.log" '.*Management interface listening on https?:\/\/[^ ]*:([0-9]+).*'
  echo "-Xmx384m -XX:MaxDirectMemorySize=128m; load$(uptime | sed 's/.*load average//')"
  java -cp "$classpath" SlowClients "$port" "$told" $((12 * duration)) &
  loop=$!
  wait "$loop" || missed=1
  loop=
  grep -c ' ERROR ' "$run/service.log" | sed 's/^/errors in the log of the service: /' || true
  memory "readers"
  stop_service
}

# ---- report

report() {
  report_head Limits
  echo "data: $(cat "$work/data/complete")"
  local part
  for part in take cost overload readers; do
    if wanted "$part"; then
      printf '\n%s\n' "$part"
      "$part"
    fi
  done
  if [ -s "$run/memory" ]; then report_memory; fi
}

missed=0
# Not a pipe, which would run the report in a shell whose processes are out of reach here.
report > >(tee "$work/report-limits.txt")
exit "$missed"
