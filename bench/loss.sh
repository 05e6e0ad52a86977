#!/usr/bin/env bash
# Compares disclosure policies on one monthly file: blocks, seconds to protect, and the share of the charged
# amount that loses its code. Needs the packaged jar (mvn -DskipTests package).
#
#   bench/loss.sh LINES [POLICY.json...]   for instance: bench/loss.sh 36640259 bench/policies/*.json
#
# The built-in policy comes first.
set -euo pipefail
lines=${1:?number of lines}
shift
jar=$(cd "$(dirname "$0")/.." && pwd)/target/quarkus-app/quarkus-run.jar
policies=()
for policy in "$@"; do policies+=("$(realpath "$policy")"); done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

java -jar "$jar" generate --month 2025-01 --lines "$lines" > /dev/null

measure() {
  echo "$1"
  rm -rf data
  java "${@:2}" -jar "$jar" import A202501-synthetic.csv.gz 2> log | grep -E 'blocks \(|seconds:|not disclosed:'
}

measure "built in"
for policy in ${policies[@]+"${policies[@]}"}; do
  measure "$(basename "$policy")" "-Dopendamir.disclosure.policy-file=$policy"
done
