#!/usr/bin/env bash
# What each rule of the disclosure policy costs: blocks, seconds to protect, and the share of each measure that loses
# its code, on one generated month. Without arguments after LINES: the built-in policy, then each of its rules alone.
# Needs the packaged jar (mvn -DskipTests package) and jq.
#
#   bench/loss.sh LINES [POLICY.json...]   for instance: bench/loss.sh 36640259
set -euo pipefail
lines=${1:?number of lines}
shift
here=$(cd "$(dirname "$0")/.." && pwd)
jar=$here/target/quarkus-app/quarkus-run.jar
policies=()
for policy in "$@"; do policies+=("$(realpath "$policy")"); done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

if [ ${#policies[@]} = 0 ]; then
  # Each rule has a value that switches it off.
  off='{services_per_person: 1000, lines_per_person: 1, counts_per_person: {}, largest_share: 100, components: [],
    exemption_classes: {}, tariff_changes: []}'
  built_in=$here/src/main/resources/fr/opendamir/disclosure/policy.json
  rule() { # NAME JQ-OBJECT-OF-WHAT-IS-ON
    jq "(. + $off) + (. | $2) | .id = \"$1\"" "$built_in" > "$1.json"
    policies+=("$work/$1.json")
  }
  rule no-rule '{}'
  for name in services_per_person lines_per_person counts_per_person largest_share exemption_classes tariff_changes; do
    rule "$name" "{$name}"
  done
  rule excess_fees '{components: ["excess_fees"]}'
  rule components '{components}'
fi

echo "load $(cut -d' ' -f1-3 /proc/loadavg)"
java -jar "$jar" generate --month 2025-01 --lines "$lines" > /dev/null

report() { grep -E 'blocks \(|seconds:|not disclosed' log || { cat log >&2; exit 1; }; }

echo "built in"
java -jar "$jar" import A202501-synthetic.csv.gz --accept-loss 2> log
report
for policy in ${policies[@]+"${policies[@]}"}; do
  basename "$policy" .json
  java "-Dopendamir.disclosure.policy-file=$policy" -jar "$jar" reprotect 2> log
  report
done
