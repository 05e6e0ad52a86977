#!/usr/bin/env bash
# Measures what one anonymous caller can take of the machine within its limits: processor time of the service and of
# its database, bytes and price of each kind of request, times the rate that it is allowed. Ends with status 1 where
# that is more than a tenth of the machine.
#
#   bench/amplification.sh [options] [FOLDER]
#
# FOLDER keeps the generated files and the imported database, so that the next run starts at once; without it, both
# are made in a temporary folder. It may be that of bench/questions.sh. Everything is bounded in number.
#
#   -m MONTHS   months of 2024 in a new FOLDER (12)
#   -l LINES    lines of each in a new FOLDER (3000000)
#   -n COUNT    requests of each kind, and as many before them (100)
#   -j JAR      quarkus-run.jar to measure (target/quarkus-app/quarkus-run.jar)
#   -o OPTIONS  more JVM options for the service
#   -i          import into FOLDER again, with these -m and -l
#
# Needs the packaged jar (mvn -DskipTests package), a JDK, curl and Linux' /proc.
set -euo pipefail
export LC_ALL=C.UTF-8 # a point in decimals

months=12 lines=3000000 count=100 again= options=
here=$(cd "$(dirname "$0")" && pwd)
jar=$here/../target/quarkus-app/quarkus-run.jar
while getopts "m:l:n:j:o:i" option; do
  case $option in
    m) months=$OPTARG ;; l) lines=$OPTARG ;; n) count=$OPTARG ;; j) jar=$OPTARG ;; o) options=$OPTARG ;;
    i) again=yes ;; *) exit 2 ;;
  esac
done
shift $((OPTIND - 1))
jar=$(realpath "$jar")
. "$here/harness.sh"
need java javac curl
open_folder "$@"
prepare_data
compile_programs "$here"/amplification/*.java

# What callers are allowed by default; nobody is refused here, so that each kind can be measured.
allowed() { # POLICY
  sed -nE "s/^opendamir\.access\.plans\.anonymous\.$1\.quota=//p" "$here/../src/main/resources/application.properties"
}

report() {
  report_head Amplification
  echo "data: $(cat "$work/data/complete"), load$(uptime | sed 's/.*load average//')"
  echo "an anonymous caller: $(allowed requests) requests and $(allowed burst) units a minute"
  start_service
  missed=0
  java -cp "$classpath" Amplification "$port" "$service" "$(head -1 "$work/data/postgres/postmaster.pid")" "$count" \
    "$(allowed requests)" "$(allowed burst)" &
  loop=$!
  wait "$loop" || missed=1
  loop=
  stop_service
}

missed=0
report > >(tee "$work/report-amplification.txt")
exit "$missed"
