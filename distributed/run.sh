#!/usr/bin/env bash
# Compares the answers of a Trino cluster of three processes with those of DuckDB, and loses a worker:
#
#   distributed/run.sh FOLDER [ROUNDS|serve] [name=value...]
#   distributed/run.sh service JAR DATABASE FOLDER [name=value...]
#
# FOLDER has segments: block/import_id=<n>/<sha256>.parquet, for n from 1 to 12. Each question is asked ROUNDS times
# (3) and the fastest run counts; 0 only loses workers; with serve the cluster runs for others until it is ended.
#
# service asks two running services over HTTP, one with DuckDB inside and one with the cluster beside it: JAR is
# quarkus-run.jar, DATABASE the folder of an embedded database that no other process uses, with imported months.
# FOLDER, which is made, gets its segments.
#
# Settings are those of Trino's nodes. Only loopback is used. Needs a JDK 25 in JAVA_HOME, and Maven. Status 1 where an
# answer differs.
set -euo pipefail

usage() {
  sed -n '/^# Compares/,/^set /{/^set /d;s/^# \{0,1\}//;p}' "$0" >&2
  exit 2
}
here=$(cd "$(dirname "$0")" && pwd)
if [ "${1:-}" = service ]; then
  if [ $# -lt 4 ] || [ ! -f "$2" ] || [ ! -d "$3/postgres" ]; then usage; fi
  mkdir -p "$4"
  arguments=(fr.opendamir.distributed.ServiceProof "$(realpath "$2")" "$(realpath "$3")" "$(realpath "$4")")
  shift 4
else
  if [ $# -lt 1 ] || [ ! -d "$1/block" ]; then usage; fi
  arguments=(fr.opendamir.distributed.Proof "$(realpath "$1")"
    "$here/../src/test/resources/fr/opendamir/query/distributed" "${2:-3}")
  shift $(($# < 2 ? $# : 2))
fi
mvn -B -ntp -q -f "$here" compile dependency:build-classpath "-Dmdep.outputFile=$here/target/classpath"
exec "$JAVA_HOME/bin/java" -Xmx300m -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED \
  -cp "$here/target/classes:$(cat "$here/target/classpath")" "${arguments[@]}" "$@"
