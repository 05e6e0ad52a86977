#!/usr/bin/env bash
# Measures the import against gzip -dc of the same files, one after the other, in the same run: the median of several runs, each
# with the load of the machine around it. Needs the packaged jar (mvn -DskipTests package), GNU time as /usr/bin/time, gzip and bc.
#
#   bench/import.sh LINES [RUNS]         for instance: bench/import.sh 5000000 3
#   bench/import.sh -m MONTHS LINES [RUNS]  as many months in one command: bench/import.sh -m 12 3000000 1
set -euo pipefail
months=1
if [ "${1-}" = -m ]; then months=${2:?number of months}; shift 2; fi
lines=${1:?number of lines}
runs=${2:-3}
program=$(cd "$(dirname "$0")/.." && pwd)/bin/open-damir-api
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

elapsed() { local start end; start=$(date +%s.%N); "$@"; end=$(date +%s.%N); echo "$end - $start" | bc; }
median() { sort -n "$1" | awk '{ v[NR] = $1 } END { m = int((NR + 1) / 2); print NR % 2 ? v[m] : (v[m] + v[m + 1]) / 2 }'; }
load() { cut -d ' ' -f 1 /proc/loadavg 2> /dev/null || uptime | sed 's/.*averages*: *//; s/[, ].*//'; }

for run in $(seq "$runs"); do
  rm -rf ./*-synthetic.csv.gz data
  # A small month first, so that making the database is not measured. A database each run: the same months again would be a revision.
  "$program" generate --month 2024-12 --lines 50000 > /dev/null
  "$program" import --accept-loss A202412-synthetic.csv.gz > /dev/null 2>&1
  files=
  for month in $(seq 0 $((months - 1))); do
    date=$((2025 + month / 12))-$(printf %02d $((month % 12 + 1)))
    "$program" generate --month "$date" --lines "$lines" --seed $((run + 1000 * month)) > /dev/null
    files="$files A${date/-/}-synthetic.csv.gz"
  done
  # shellcheck disable=SC2086 # several files
  cat $files > /dev/null # both read them from the page cache
  load=$(load)
  floor=0
  for file in $files; do floor=$(echo "$floor + $(elapsed sh -c "gzip -dc $file > /dev/null")" | bc); done
  # shellcheck disable=SC2086
  import=$(elapsed sh -c '/usr/bin/time -f "%M %U %S" -o used "$0" import "$@" > report 2> log' "$program" $files)
  ratio=$(echo "scale=2; $import / $floor" | bc)
  read -r kilobytes user system < used
  echo "$floor" >> floors; echo "$import" >> imports; echo "$ratio" >> ratios; echo $((kilobytes / 1024)) >> sizes
  echo "run $run: load $load before, $(load) after, gzip -dc $floor s, import $import s, ratio $ratio, processor $(echo "$user + $system" | bc) s, resident $(tail -1 sizes) MB"
  grep 'seconds:' report
done
echo "median of $runs: $months months of $lines lines, gzip -dc $(median floors) s, import $(median imports) s, ratio $(median ratios), resident $(median sizes) MB"
