#!/usr/bin/env bash
# Measures the pages in Chromium on loopback, with an empty cache for each of them:
#
#   first paint   from the click on a link to the first text (First Contentful Paint); target: 1000 ms
#   drawn         from the last byte of the answer to the frame that shows it; target: 100 ms
#   longest task  of the page's thread in that time: how long it heeds no click
#
#   bench/pages.sh [options] [FOLDER]
#
# FOLDER keeps the generated files and the imported database, so that the next run starts at once; without it, both
# are made in a temporary folder. It may be that of bench/questions.sh. Everything is bounded in number.
#
#   -m MONTHS   months of 2024 in a new FOLDER (3)
#   -l LINES    lines of each in a new FOLDER (100000)
#   -r RUNS     of each page (5)
#   -j JAR      quarkus-run.jar to measure (target/quarkus-app/quarkus-run.jar)
#   -o OPTIONS  more JVM options for the service
#
# Needs the packaged jar (mvn -DskipTests package), a JDK, curl, chromium, chromedriver and Linux' /proc.
set -euo pipefail
export LC_ALL=C.UTF-8 # a point in decimals

months=3 lines=100000 runs=5 again= options=
here=$(cd "$(dirname "$0")" && pwd)
jar=$here/../target/quarkus-app/quarkus-run.jar
while getopts "m:l:r:j:o:" option; do
  case $option in
    m) months=$OPTARG ;; l) lines=$OPTARG ;; r) runs=$OPTARG ;; j) jar=$OPTARG ;; o) options=$OPTARG ;; *) exit 2 ;;
  esac
done
shift $((OPTIND - 1))
jar=$(realpath "$jar")
. "$here/harness.sh"
need java curl chromium chromedriver
open_folder "$@"
driver=
trap 'stop "$driver"; finish' EXIT
prepare_data

start_driver() { # sets browser: the address of a session
  chromedriver --port=0 > "$run/driver.log" 2>&1 &
  driver=$!
  port_told "$driver" "$run/driver.log" '.*started successfully on port ([0-9]+).*'
  browser=http://localhost:$told/session
  local options='{"args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]}'
  ask POST "" "{\"capabilities\": {\"alwaysMatch\": {\"goog:chromeOptions\": $options}}}"
  browser=$browser/$(sed -nE 's/.*"sessionId":"([^"]+)".*/\1/p' <<< "$reply")
  # Before the scripts of the page: notes when the answer stands in the document, and the frame after that.
  command Page.addScriptToEvaluateOnNewDocument '{"source": "window.tasks = []; new PerformanceObserver((list) => tasks.push(...list.getEntries())).observe({type: \"longtask\", buffered: true}); new MutationObserver(() => { if (!window.drawn && document.querySelector(\".answer[data-status=done] :is(tbody tr, svg)\")) { window.drawn = -1; requestAnimationFrame(() => setTimeout(() => { window.drawn = performance.now(); })); } }).observe(document, {subtree: true, childList: true, attributes: true});"}'
  command Network.setCacheDisabled '{"cacheDisabled": true}' || true
}
ask() { # METHOD PATH [JSON]: sets reply
  reply=$(curl -sS -X "$1" -H 'Content-Type: application/json' ${3:+--data "$3"} "$browser$2")
  if [[ $reply == *'"error":'* ]]; then echo "$reply" | head -c 500 >&2; exit 1; fi
}
command() { ask POST /goog/cdp/execute "{\"cmd\": \"$1\", \"params\": $2}"; } # NAME PARAMETERS

# First paint, time from answer to frame, longest task from the answer on; - where there is no answer.
figures='const done = arguments[0]; const wait = () => {
  const paint = performance.getEntriesByName("first-contentful-paint")[0];
  const answer = performance.getEntriesByType("resource").find((entry) => entry.name.includes("/v1/aggregates?") \&\& !entry.name.includes("dry_run"));
  if (!paint || (location.pathname === "/explore" \&\& !(window.drawn > 0 \&\& answer))) { return setTimeout(wait, 20); }
  setTimeout(() => {
    const after = answer ? window.tasks.filter((task) => task.startTime + task.duration > answer.responseEnd) : [];
    done([paint.startTime, answer ? window.drawn - answer.responseEnd : "-", answer ? Math.max(0, ...after.map((task) => task.duration)) : "-"]
      .map((value) => value === "-" ? value : Math.round(value)).join(" "));
  }, 300);
}; wait();'
figures=$(printf '%s' "$figures" | sed 's/\\&/\&/g; s/\\/\\\\/g; s/"/\\"/g' | tr '\n' ' ')

median() { sort -n | awk '{ v[NR] = $1 } END { printf "%s (%s to %s)", v[int((NR + 1) / 2)], v[1], v[NR] }'; }

measure() { # NAME PATH
  : > "$run/figures"
  for _ in $(seq "$runs"); do
    ask POST /url "{\"url\": \"http://localhost:$port$2\"}"
    ask POST /execute/async "{\"script\": \"$figures\", \"args\": []}"
    sed -nE 's/.*"value":"([^"]+)".*/\1/p' <<< "$reply" >> "$run/figures"
  done
  printf '%-28s %22s %22s %22s\n' "$1" "$(cut -d ' ' -f 1 "$run/figures" | median)" "$(cut -d ' ' -f 2 "$run/figures" | median)" \
    "$(cut -d ' ' -f 3 "$run/figures" | median)"
}

report() {
  report_head Pages
  start_service
  start_driver
  echo "data: $(cat "$work/data/complete"); $(chromium --version 2> /dev/null | head -1)"
  printf '\n%-28s %22s %22s %22s   ms, median (least to most) of %d\n' page "first paint" drawn "longest task" "$runs"
  ask POST /url "{\"url\": \"http://localhost:$port/\"}" # the service's first page is compiled meanwhile
  measure "start" "/"
  measure "documentation" "/docs"
  measure "table, 13 rows" "/explore?group_by=region&measures=reimbursed,charged&view=table"
  measure "map" "/explore?group_by=region&measures=reimbursed_per_inhabitant&view=map"
  measure "lines" "/explore?group_by=month,region&measures=reimbursed&view=line"
  measure "table, up to 10,000 rows" "/explore?group_by=region,age_band,sex,service_group&measures=reimbursed,charged&view=table&limit=10000"
  stop_service
}
report > >(tee "$work/report-pages.txt")
