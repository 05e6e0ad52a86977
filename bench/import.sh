#!/usr/bin/env bash
# Measures the import against gzip -dc of the same file in the same run. Needs the packaged jar
# (mvn -DskipTests package), GNU time as /usr/bin/time, gzip and bc.
#
#   bench/import.sh LINES [RUNS]      for instance: bench/import.sh 5000000 3
set -euo pipefail
lines=${1:?number of lines}
runs=${2:-1}
jar=$(cd "$(dirname "$0")/.." && pwd)/target/quarkus-app/quarkus-run.jar
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

elapsed() { local start end; start=$(date +%s.%N); "$@"; end=$(date +%s.%N); echo "$end - $start" | bc; }

# A small month first, so that making the database is not measured.
java -jar "$jar" generate --month 2024-12 --lines 50000 > /dev/null
java -jar "$jar" import --accept-loss A202412-synthetic.csv.gz > /dev/null 2>&1

for run in $(seq "$runs"); do
  java -jar "$jar" generate --month 2025-01 --lines "$lines" --seed "$run" --replace > /dev/null
  floor=$(elapsed sh -c 'gzip -dc A202501-synthetic.csv.gz > /dev/null')
  import=$(elapsed sh -c "/usr/bin/time -f %M -o rss java -jar \"$jar\" import A202501-synthetic.csv.gz > report 2> log")
  echo "run $run: gzip -dc $floor s, import $import s, ratio $(echo "scale=2; $import / $floor" | bc), resident $(($(cat rss) / 1024)) MB"
  grep 'seconds:' report
done
