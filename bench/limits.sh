#!/usr/bin/env bash
# Measures what limits cost a cached answer, in nanoseconds: caller, request, units, headers.
#
#   bench/limits.sh
#
# Needs the packaged service (mvn -DskipTests package) and a JDK.
set -euo pipefail
cd "$(dirname "$0")/.."
classes=$(mktemp -d)
trap 'rm -rf "$classes"' EXIT
path="target/classes:target/quarkus-app/lib/main/*"
javac -proc:none -d "$classes" -cp "$path" bench/limits/TakeCost.java
java -Xmx256m -cp "$classes:$path" fr.opendamir.access.TakeCost | tail -4
