#!/usr/bin/env bash
# Measures how the service answers GraphQL, against floors measured in the same run:
#
#   cached    requests a second of a cached answer of 126 nodes by GET, against a Vert.x route that returns the same
#             bytes
#   posted    the same question by POST, with one text and with a new text each time, against SmallRye GraphQL
#             executing the same selection over the same 126 rows in memory (bench/graphql/floor)
#   uncached  10,000 nodes of six fields by POST with nothing cached: time beyond that of the same rows as CSV by REST
#
# and the memory of the service's process (without PostgreSQL's processes) after each of them.
#
#   bench/graphql.sh [options] [FOLDER]
#
# FOLDER keeps the generated files, the imported database and the built floor, so that the next run starts at once;
# without it, all are made in a temporary folder. It may be that of bench/questions.sh. Everything is bounded in number
# and in time.
#
#   -m MONTHS   months of 2024 in a new FOLDER (12)
#   -l LINES    lines of each in a new FOLDER (3000000)
#   -r ROUNDS   rounds of service and floor (5)
#   -d SECONDS  of each wrk run (5)
#   -n COUNT    uncached questions (100)
#   -s SECONDS  at most for them (60)
#   -w SECONDS  to warm up, for each kind of request (5)
#   -p "PARTS"  some parts only, for instance -p "cached posted"
#   -j JAR      quarkus-run.jar to measure (target/quarkus-app/quarkus-run.jar)
#   -o OPTIONS  more JVM options for the service, for instance -o "-Xmx256m"; what counts is a run without
#   -i          import into FOLDER again, with these -m and -l: needed when the import stores something new
#
# Needs the packaged jar (mvn -DskipTests package), a JDK, Maven (or what MVN says) for the floor, wrk, curl and
# Linux' /proc.
set -euo pipefail
export LC_ALL=C.UTF-8 # a point in decimals

months=12 lines=3000000 rounds=5 duration=5 count=100 seconds=60 warm=5 again=
parts="cached posted uncached" options= maven=${MVN:-mvn}
here=$(cd "$(dirname "$0")" && pwd)
jar=$here/../target/quarkus-app/quarkus-run.jar
while getopts "m:l:r:d:n:s:w:p:j:o:i" option; do
  case $option in
    m) months=$OPTARG ;; l) lines=$OPTARG ;; r) rounds=$OPTARG ;; d) duration=$OPTARG ;; n) count=$OPTARG ;;
    s) seconds=$OPTARG ;; w) warm=$OPTARG ;; p) parts=$OPTARG ;; j) jar=$OPTARG ;; o) options=$OPTARG ;;
    i) again=yes ;; *) exit 2 ;;
  esac
done
shift $((OPTIND - 1))
jar=$(realpath "$jar")
. "$here/harness.sh"
need java javac wrk curl
open_folder "$@"

# ---- the floor by POST, built again when it or the version of Quarkus has changed

build_floor() {
  local version built
  version=$(sed -nE 's/.*<quarkus.version>(.*)<.*/\1/p' "$here/../pom.xml")
  built=$work/graphql-floor/$version
  floor_jar=$built/target/quarkus-app/quarkus-run.jar
  if [ -f "$floor_jar" ] && diff -rq -x target "$here/graphql/floor" "$built" > /dev/null; then return; fi
  echo "building the floor" >&2
  rm -rf "$work/graphql-floor"
  mkdir -p "$built"
  cp -r "$here/graphql/floor/pom.xml" "$here/graphql/floor/src" "$built"
  # shellcheck disable=SC2086
  quietly $maven -B -ntp -q -f "$built/pom.xml" "-Dquarkus.version=$version" package
}

if wanted posted; then build_floor; fi
prepare_data
compile_programs "$here"/questions/*.java "$here"/graphql/*.java

# ---- cached answers

nodes=126
small="{ spending(first: $nodes) { nodes { region { code } ageBand { code } reimbursed charged } } }"

cached() {
  local path gzip="Accept-Encoding: gzip" gzip_size
  path="/graphql?query=$(sed 's/ /%20/g; s/{/%7B/g; s/}/%7D/g' <<< "$small")"
  start_route "$path"
  tag "$path" "$gzip" > "$run/tag"
  gzip_size=$(wc -c < "$run/body")
  local plain_tag
  plain_tag=$(tag "$path")
  program CheckAnswer "$run/body" "$nodes"
  echo "GET /graphql?query=$small"
  echo "$(wc -c < "$run/body") bytes, gzip $gzip_size; wrk -t2 -c32, $rounds x $duration s of each, alternating;" \
    "medians of requests/s"
  compared_head "bare route"
  keys_made 1
  local key="X-API-Key: ${keys[0]}"
  compare "200" 0.70 "$route_port" "$path"
  compare "200 gzip" 0.70 "$route_port" "$path" -H "$gzip"
  compare "304" 0.70 "$route_port" "$path" -H "If-None-Match: $plain_tag"
  compare "200, key" 0.70 "$route_port" "$path" -H "$key"
  compare "200 gzip, key" 0.70 "$route_port" "$path" -H "$gzip" -H "$key"
  compare "304 gzip, key" 0.70 "$route_port" "$path" -H "$gzip" -H "If-None-Match: $(cat "$run/tag")" -H "$key"
  wrk_errors
  stop_route
}

post() { # PORT FILE [NAME]: the small selection, as an operation of that name
  curl -sS --fail-with-body -H "Content-Type: application/json" --data "{\"query\":\"${3:+query $3 }$small\"}" -o "$2" \
    "http://localhost:$1/graphql" || { cat "$2" >&2; exit 1; }
}

# graphql-java takes long to become fast, and a slow floor would flatter the service.
warm_up_floor() { # PORT: rounds until two in a row are no faster than the best before by 3 %, twenty at most
  local best=0 calm=0
  for _ in $(seq 20); do
    rate "$1" "$warm" /graphql -s "$run/one.lua"
    if awk -v now="$result" -v best="$best" 'BEGIN { exit !(now > 1.03 * best) }'; then
      best=$result calm=0
    else
      calm=$((calm + 1))
    fi
    if [ "$calm" = 2 ]; then return; fi
  done
  echo "the floor was still becoming faster after twenty rounds of warming up"
}

posted() {
  local floor_port
  post "$port" "$run/posted.json"
  : > "$run/floor.log"
  java -Dquarkus.http.port=0 "-Dfloor.answer=$run/posted.json" -jar "$floor_jar" > "$run/floor.log" 2>&1 &
  floor=$!
  port_told "$floor" "$run/floor.log" "$quarkus_port"
  floor_port=$told
  post "$floor_port" "$run/floor.json"
  program CheckAnswer "$run/posted.json" "$nodes" "$run/floor.json"
  post "$port" "$run/named.json" q0
  program CheckAnswer "$run/named.json" "$nodes" "$run/posted.json"
  post "$floor_port" "$run/named.json" q0
  program CheckAnswer "$run/named.json" "$nodes" "$run/posted.json"
  cat > "$run/one.lua" <<-LUA
	wrk.method = "POST"
	wrk.headers["Content-Type"] = "application/json"
	wrk.body = '{"query":"$small"}'
	LUA
  cat > "$run/new.lua" <<-LUA
	wrk.method = "POST"
	wrk.headers["Content-Type"] = "application/json"
	local threads = 0
	function setup(thread)
	  threads = threads + 1
	  thread:set("name", "q" .. os.time() .. "_" .. threads .. "_")
	end
	local number = 0
	function request()
	  number = number + 1
	  return wrk.format(nil, nil, nil, '{"query":"query ' .. name .. number .. ' $small"}')
	end
	LUA
  warm_up_floor "$floor_port"
  echo "POST $small"
  echo "$(wc -c < "$run/posted.json") bytes, floor $(wc -c < "$run/floor.json"), the same data"
  compared_head "SmallRye"
  compare "one text" 10 "$floor_port" /graphql -s "$run/one.lua"
  compare "new texts" 10 "$floor_port" /graphql -s "$run/new.lua"
  wrk_errors
  stop_floor
}

# ---- uncached answers

many=10000
large="{ spending(first: $many) { nodes { month region { code } serviceGroup { code } providerSpecialty { code }"
large="$large reimbursed charged } } }"
rows="/v1/aggregates?group_by=month,region,service_group,provider_specialty&measures=reimbursed,charged&labels=id&limit=$many&format=csv"
no_cache=-Dopendamir.cache.memory-mb=0

# ---- report

report() {
  report_head GraphQL

  echo "data: $(cat "$work/data/complete")"
  if wanted cached || wanted posted; then
    start_service
    memory "started"
    if wanted cached; then
      printf '\ncached\n'
      cached
      memory "after cached"
    fi
    if wanted posted; then
      printf '\nposted\n'
      posted
      memory "after posted"
    fi
    stop_service
  fi
  if wanted uncached; then
    start_service "$no_cache"
    memory "started without a cache"
    printf '\nuncached (ms)\n'
    program UncachedNodes "$port" "$large" "$many" "$rows" "$warm" "$count" "$seconds"
    memory "after uncached"
    stop_service
  fi

  report_memory
}

# Not a pipe, which would run the report in a shell whose processes are out of reach here.
report > >(tee "$work/report-graphql.txt")
