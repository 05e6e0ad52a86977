#!/usr/bin/env bash
# Measures how long the service takes from its command to its first answers: /v1/releases/latest, and readiness; by the launcher, with a
# warm database, embedded or running elsewhere, with and without its archive of classes; and in an empty folder, where it
# unpacks PostgreSQL and the demonstration set, and records the classes of its archive.
#
#   bench/start.sh [options] [FOLDER]
#
# FOLDER keeps the generated files and the imported database, so that the next run starts at once; without it, both
# are made in a temporary folder. It may be that of bench/questions.sh. Everything is bounded in number and in time.
#
#   -m MONTHS   months of 2024 in a new FOLDER (3)
#   -l LINES    lines of each in a new FOLDER (100000)
#   -r RUNS     of each (5)
#   -J "HOMES"  JDKs to measure, by their folders (that of java on the PATH)
#   -p "PARTS"  some databases only: embedded, external, first (the empty folder)
#   -j JAR      quarkus-run.jar to measure (target/quarkus-app/quarkus-run.jar)
#   -o OPTIONS  more JVM options for the services, after those of the launcher
#
# Needs the packaged jar (mvn -DskipTests package), a JDK, curl and Linux' /proc.
set -euo pipefail
export LC_ALL=C.UTF-8 # a point in decimals

months=3 lines=100000 runs=5 again= parts="embedded external first" options= homes=
here=$(cd "$(dirname "$0")" && pwd)
jar=$here/../target/quarkus-app/quarkus-run.jar
while getopts "m:l:r:J:p:j:o:" option; do
  case $option in
    m) months=$OPTARG ;; l) lines=$OPTARG ;; r) runs=$OPTARG ;; J) homes=$OPTARG ;; p) parts=$OPTARG ;;
    j) jar=$OPTARG ;; o) options=$OPTARG ;; *) exit 2 ;;
  esac
done
shift $((OPTIND - 1))
jar=$(realpath "$jar")
. "$here/harness.sh"
need java curl
open_folder "$@"
measured=
trap 'stop "$measured"; finish' EXIT
prepare_data
homes=${homes:-$(dirname "$(dirname "$(realpath "$(command -v java)")")")}

listening() { { : < "/dev/tcp/localhost/$1"; } 2> /dev/null; } # PORT

# One fixed pair of ports, as they must be known before the service tells them.
http=18471 management=18472
started() { # HOME ARCHIVE OPTION...: sets answer and ready to milliseconds; the service goes on as $measured
  local home=$1 archive=$2 begin deadline
  shift 2
  begin=$(date +%s%N)
  JAVA_HOME=$home OPENDAMIR_JAR=$jar OPENDAMIR_ARCHIVE=$archive \
    OPENDAMIR_JAVA_OPTIONS="$options $* -Dquarkus.http.port=$http -Dquarkus.management.port=$management" \
    "$here/../bin/open-damir-api" serve > "$run/start.log" 2>&1 &
  measured=$!
  answer= ready=
  deadline=$((SECONDS + 60))
  while [ -z "$answer" ] || [ -z "$ready" ]; do
    # Each curl is a process, and takes from the start what it needs: only asked where something listens.
    [ -n "$answer" ] || ! listening $http || ! curl -sfo /dev/null "http://localhost:$http/v1/releases/latest" ||
      answer=$((($(date +%s%N) - begin) / 1000000))
    [ -n "$ready" ] || ! listening $management || ! curl -sfo /dev/null "http://localhost:$management/q/health/ready" ||
      ready=$((($(date +%s%N) - begin) / 1000000))
    if [ $SECONDS -gt $deadline ] || ! kill -0 "$measured" 2> /dev/null; then
      cat "$run/start.log" >&2
      exit 1
    fi
    sleep 0.02
  done
}
ended() { stop "$measured"; measured=; }

median() { sort -n | awk '{ v[NR] = $1 } END { printf "%d (%d to %d)", v[int((NR + 1) / 2)], v[1], v[NR] }'; }

version_of() { "$1/bin/java" -XshowSettings:properties -version 2>&1 | sed -n 's/ *java.specification.version = //p'; }

row() { # DATABASE HOME ARCHIVE
  printf '%-10s %6s  %-8s %24s %24s\n' "$1" "$(version_of "$2")" "$3" "$(median < "$run/answers")" "$(median < "$run/readiness")"
}

measure() { # DATABASE HOME [OPTION...]
  local database=$1 home=$2 version number archive kind
  shift 2
  version=$(version_of "$home")
  for archive in "" "$run/archive-$version-$database"; do
    kind=none
    if [ -n "$archive" ]; then
      kind=archive
      # The launcher has it made when the service stops.
      [ -f "$archive" ] || { started "$home" "$archive" "$@"; ended; }
      [ -s "$archive" ] || { cat "$run/start.log" >&2; exit 1; }
    fi
    : > "$run/answers"
    : > "$run/readiness"
    for number in $(seq "$runs"); do
      started "$home" "$archive" "$@"
      ended
      echo "$answer" >> "$run/answers"
      echo "$ready" >> "$run/readiness"
    done
    row "$database" "$home" $kind
  done
}

measure_first() { # HOME
  local home=$1 archive=$run/first/archive number
  : > "$run/answers"
  : > "$run/readiness"
  for number in $(seq "$runs"); do
    rm -rf "$run/first"
    started "$home" "$archive" "-Dopendamir.database.folder=$run/first"
    ended
    echo "$answer" >> "$run/answers"
    echo "$ready" >> "$run/readiness"
  done
  rm -rf "$run/first"
  row first "$home" none
}

report_head "start of the service"
printf '\n%-10s %6s  %-8s %24s %24s   ms, median (least to most) of %d\n' database JDK archive "first answer" ready "$runs"
for home in $homes; do
  if wanted embedded; then measure embedded "$home"; fi
  if wanted external; then
    start_service
    OPENDAMIR_DATABASE_PASSWORD=$PGPASSWORD measure external "$home" "-Dopendamir.database.url=jdbc:postgresql://localhost:$database_port/opendamir" \
      -Dopendamir.database.username=postgres -Dopendamir.demo.enabled=false
    stop_service
  fi
  if wanted first; then measure_first "$home"; fi
done
