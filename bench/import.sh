#!/usr/bin/env bash
# Measures the import against gzip -dc of the same file in the same run: the median of several runs, each with the load of the
# machine before it. Needs the packaged jar (mvn -DskipTests package), GNU time as /usr/bin/time, gzip and bc.
#
#   bench/import.sh LINES [RUNS]      for instance: bench/import.sh 5000000 3
set -euo pipefail
lines=${1:?number of lines}
runs=${2:-3}
jar=$(cd "$(dirname "$0")/.." && pwd)/target/quarkus-app/quarkus-run.jar
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

elapsed() { local start end; start=$(date +%s.%N); "$@"; end=$(date +%s.%N); echo "$end - $start" | bc; }
median() { sort -n "$1" | awk '{ v[NR] = $1 } END { m = int((NR + 1) / 2); print NR % 2 ? v[m] : (v[m] + v[m + 1]) / 2 }'; }
load() { cut -d ' ' -f 1 /proc/loadavg 2> /dev/null || uptime | sed 's/.*averages*: *//; s/[, ].*//'; }

# A small month first, so that making the database is not measured.
java -jar "$jar" generate --month 2024-12 --lines 50000 > /dev/null
java -jar "$jar" import --accept-loss A202412-synthetic.csv.gz > /dev/null 2>&1

for run in $(seq "$runs"); do
  java -jar "$jar" generate --month 2025-01 --lines "$lines" --seed "$run" --replace > /dev/null
  cat A202501-synthetic.csv.gz > /dev/null # both read it from the page cache
  load=$(load)
  floor=$(elapsed sh -c 'gzip -dc A202501-synthetic.csv.gz > /dev/null')
  import=$(elapsed sh -c "/usr/bin/time -f %M -o rss java -jar \"$jar\" import A202501-synthetic.csv.gz > report 2> log")
  ratio=$(echo "scale=2; $import / $floor" | bc)
  echo "$floor" >> floors; echo "$import" >> imports; echo "$ratio" >> ratios; echo $(($(cat rss) / 1024)) >> sizes
  echo "run $run: load $load, gzip -dc $floor s, import $import s, ratio $ratio, resident $(tail -1 sizes) MB"
  grep 'seconds:' report
done
echo "median of $runs: gzip -dc $(median floors) s, import $(median imports) s, ratio $(median ratios), resident $(median sizes) MB"
