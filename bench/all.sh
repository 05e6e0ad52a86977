#!/usr/bin/env bash
# Runs all benchmarks one after the other and writes what they print into docs/performance.md, between the marks that the
# document has for it, so that its figures are those of the code beside them.
#
#   bench/all.sh FOLDER
#
# FOLDER keeps the generated files and the imported database: the next run starts at once. Takes about an hour, 3 GB of disk and an
# idle machine: where other work goes on, nothing is measured and the document stays as it is. BENCHES="questions start" runs
# some only, and replaces their parts of the document.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
document=$here/../docs/performance.md
[ $# -eq 1 ] || { echo "bench/all.sh FOLDER" >&2; exit 2; }
folder=$(realpath -m "$1")
benches=${BENCHES:-questions graphql limits amplification start pages import}

command_of() {
  case $1 in
    questions | graphql | limits | amplification | start | pages) echo "bench/$1.sh FOLDER" ;;
    import) echo "bench/import.sh 5000000" ;;
    *) echo "there is no benchmark $1" >&2; exit 2 ;;
  esac
}

output=$(mktemp)
part=$(mktemp)
trap 'rm -f "$output" "$part"' EXIT
for bench in $benches; do
  command=$(command_of "$bench")
  grep -q "^<!-- $bench: begin -->$" "$document" || { echo "$document has no place for $bench" >&2; exit 2; }
  read -ra words <<< "$command"
  # A benchmark that misses a target ends with status 1, and has measured all the same.
  status=0
  "$here/../${words[0]}" "${words[@]:1:$((${#words[@]} - 2))}" "${words[-1]/FOLDER/$folder}" | tee "$output" || status=$?
  [ "$status" -le 1 ] || exit "$status"
  { echo "    $command"; echo; echo '```'; cat "$output"; echo '```'; } > "$part"
  awk -v begin="<!-- $bench: begin -->" -v end="<!-- $bench: end -->" -v part="$part" '
    $0 == end { skip = 0 }
    !skip { print }
    $0 == begin { skip = 1; print ""; while ((getline line < part) > 0) print line; print "" }
  ' "$document" > "$output"
  cat "$output" > "$document"
done
