#!/usr/bin/env bash
# Compares the answers of a Trino cluster of three processes with those of DuckDB, and loses a worker:
#
#   distributed/run.sh FOLDER [ROUNDS|serve] [name=value...]
#
# FOLDER has segments: block/import_id=<n>/<sha256>.parquet, for n from 1 to 12. Each question is asked ROUNDS times
# (3) and the fastest run counts; 0 only loses workers; with serve the cluster runs for others until it is ended. Settings are those of Trino's nodes. Only loopback is used.
#
# Needs a JDK 25 in JAVA_HOME, and Maven. Status 1 where an answer differs.
set -euo pipefail

if [ $# -lt 1 ] || [ ! -d "$1/block" ]; then
  sed -n '/^# Compares/,/^set /{/^set /d;s/^# \{0,1\}//;p}' "$0" >&2
  exit 2
fi
here=$(cd "$(dirname "$0")" && pwd)
folder=$(realpath "$1")
rounds=${2:-3}
shift $(($# < 2 ? $# : 2))
mvn -B -ntp -q -f "$here" compile dependency:build-classpath "-Dmdep.outputFile=$here/target/classpath"
exec "$JAVA_HOME/bin/java" -Xmx300m -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED \
  -cp "$here/target/classes:$(cat "$here/target/classpath")" fr.opendamir.distributed.Proof "$folder" \
  "$here/../src/test/resources/fr/opendamir/query/distributed" "$rounds" "$@"
