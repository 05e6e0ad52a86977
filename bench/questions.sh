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
. "$here/harness.sh"
need java javac wrk curl
open_folder "$@"
prepare_data
compile_programs "$here"/questions/*.java

# ---- cached answers

question="/v1/aggregates?group_by=month,sex&measures=reimbursed"

cached() {
  start_route "$question"
  local gzip="Accept-Encoding: gzip" plain_tag gzip_tag plain_size gzip_size
  plain_tag=$(tag "$question") plain_size=$(wc -c < "$run/body")
  gzip_tag=$(tag "$question" "$gzip") gzip_size=$(wc -c < "$run/body")
  echo "GET $question"
  echo "$plain_size bytes, gzip $gzip_size; wrk -t2 -c32, $rounds x $duration s of each, alternating; medians of requests/s"
  compared_head "bare route"
  keys_made 1
  local key="X-API-Key: ${keys[0]}"
  compare "200" 0.70 "$route_port" "$question"
  compare "200 gzip" 0.70 "$route_port" "$question" -H "$gzip"
  compare "304" 0.70 "$route_port" "$question" -H "If-None-Match: $plain_tag"
  compare "200, key" 0.70 "$route_port" "$question" -H "$key"
  compare "200 gzip, key" 0.70 "$route_port" "$question" -H "$gzip" -H "$key"
  compare "304 gzip, key" 0.70 "$route_port" "$question" -H "If-None-Match: $gzip_tag" -H "$gzip" -H "$key"
  wrk_errors
  stop_route
}

# ---- report

report() {
  report_head Questions

  if wanted covered; then
    # The statements of the service, from a first start with a server that logs them.
    start_recorded_service
    program RecordStatements "$port" "$database_port" "$run/statements.json" "$variations" "$seconds" \
      "$run/covered.json" > "$run/recorded"
    stop_recorded_service
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
    program RandomQuestions "$port" "$seed" "$count" "$seconds" "$run/random.csv" 50 200 100
    memory "after random"
  fi
  if wanted pages; then
    printf '\npages of 10,000 rows\n'
    program LargePages "$port" 16 "$count" "$seconds"
    memory "after pages"
  fi

  report_memory
  stop_service
}

# Not a pipe, which would run the report in a shell whose processes are out of reach here.
report > >(tee "$work/report.txt")
