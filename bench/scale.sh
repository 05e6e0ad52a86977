#!/usr/bin/env bash
# Measures questions over many months of real size: one generated month is imported, and copies of its segment are
# published under the months before it. Then a service starts with an empty disk, and again; random questions follow.
#
#   bench/scale.sh [options] [FOLDER]
#
# FOLDER keeps the imported database, so that the next run starts at once; without it, it is made in a temporary
# folder. About 8 GB for the default data, and an hour for the first run.
#
#   -m MONTHS   months in all in a new FOLDER (132)
#   -l LINES    lines of the month in a new FOLDER (36640259)
#   -b BUDGET   rows of rollups for each block in a new FOLDER (0.05: the default budget takes 7 GB and half an hour to copy)
#   -n COUNT    random questions for each number of clients (200)
#   -s SECONDS  at most for each list of questions (180)
#   -j JAR      quarkus-run.jar to measure (target/quarkus-app/quarkus-run.jar)
#   -o OPTIONS  more JVM options for the service
#   -S SEED     of the random questions (1)
#
# Needs the packaged jar (mvn -DskipTests package), a JDK, curl and Linux' /proc.
set -euo pipefail
export LC_ALL=C.UTF-8 # a point in decimals

months=132 lines=36640259 budget=0.05 count=200 seconds=180 seed=1 again= options=
here=$(cd "$(dirname "$0")" && pwd)
jar=$here/../target/quarkus-app/quarkus-run.jar
while getopts "m:l:b:n:s:j:o:S:" option; do
  case $option in
    m) months=$OPTARG ;; l) lines=$OPTARG ;; b) budget=$OPTARG ;; n) count=$OPTARG ;; s) seconds=$OPTARG ;;
    j) jar=$OPTARG ;; o) options=$OPTARG ;; S) seed=$OPTARG ;; *) exit 2 ;;
  esac
done
shift $((OPTIND - 1))
jar=$(realpath "$jar")
. "$here/harness.sh"
need java javac curl
open_folder "$@"
compile_programs "$here"/questions/*.java "$here"/scale/*.java

wait_until_ready() {
  local begin=$EPOCHREALTIME
  until curl -sf "http://localhost:$port/v1/releases/latest" > "$run/latest" \
    && [ "$(grep -o '"month":' "$run/latest" | wc -l)" -ge "$months" ]; do
    kill -0 "$service"
    sleep 0.2
  done
  awk -v a="$started" -v b="$EPOCHREALTIME" -v what="$1" 'BEGIN { printf "%s: %.1f s from start to the first answer over all months\n", what, b - a }'
}

started_service() { started=$EPOCHREALTIME; start_service; }

if [ ! -f "$work/data/complete" ]; then
  rm -rf "$work/data"
  if [ ! -f "$work/A202501-synthetic.csv.gz" ]; then
    echo "generating" >&2
    quietly java -jar "$jar" generate --month 2025-01 --lines "$lines" --replace -o "$run/A202501-synthetic.csv.gz"
    mv "$run/A202501-synthetic.csv.gz" "$work/"
  fi
  echo "importing" >&2
  quietly java -Dopendamir.import.rollups.budget="$budget" -jar "$jar" import --accept-loss "$work/A202501-synthetic.csv.gz"
  echo "copying" >&2
  start_service
  program PublishCopies "$database_port" "$months" "$run" > "$run/copied"
  stop_service
  echo "$months months of $lines lines" > "$work/data/complete"
fi

report() {
  report_head Scale
  echo "data: $(cat "$work/data/complete")"
  rm -rf "$work/data/segments"
  started_service
  wait_until_ready "empty disk"
  memory "after fetching"
  stop_service
  started_service
  wait_until_ready "later start"
  program RandomQuestions "$port" "$seed" "$count" "$seconds" "$run/random.csv" 2000
  memory "after random"
  report_memory 1000
  stop_service
}
report > >(tee "$work/report.txt")
