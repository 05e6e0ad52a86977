// Sends requests through prism, a proxy that holds requests and answers to a contract, and prints
// what each was answered and in what it broke the contract.
//
//   node prism.mjs CONTRACT SERVICE REQUESTS
//
// REQUESTS is a file: a JSON list of {name, method, path, headers, body}. Where an answer has a next
// page, that is asked for too.
import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";

const [contract, service, file] = process.argv.slice(2);
const requests = JSON.parse(await readFile(file, "utf8"));
const prism = spawn(
  process.execPath,
  ["node_modules/@stoplight/prism-cli/dist/index.js", "proxy", contract, service, "-h", "127.0.0.1", "-p", "0"],
  { stdio: ["ignore", "pipe", "pipe"] },
);
try {
  const proxy = await address();
  const found = requests.map(() => []);
  const left = requests.entries();
  // Two at a time: the service answers one while the proxy reads the other.
  await Promise.all([askAll(proxy, left, found), askAll(proxy, left, found)]);
  console.log(JSON.stringify(found.flat()));
} finally {
  prism.kill();
}

/** Where prism listens, as soon as it says so. */
function address() {
  return new Promise((resolve, reject) => {
    let said = "";
    const hear = (text) => {
      said += text;
      const address = said.match(/listening on (http:[^\s\u001b]+)/);
      if (address) resolve(address[1]);
    };
    prism.stdout.on("data", hear);
    prism.stderr.on("data", hear);
    prism.on("exit", () => reject(new Error("prism ended: " + said)));
  });
}

/** Asks what is left; what was found has the place of its request. */
async function askAll(proxy, left, found) {
  for (const [place, request] of left) {
    const answered = await send(proxy, request);
    found[place].push(answered.told);
    if (answered.cursor) {
      found[place].push((await send(proxy, nextPage(request, answered.cursor))).told);
    }
  }
}

async function send(proxy, request) {
  const body = request.body === undefined ? undefined : JSON.stringify(request.body);
  const headers = body ? { "Content-Type": "application/json", ...request.headers } : request.headers;
  const response = await fetch(proxy + request.path, { method: request.method, headers, body });
  const text = await response.text();
  const told = {
    name: `${request.name}: ${request.method} ${request.path} ${body ?? ""} ${JSON.stringify(request.headers ?? {})}`,
    status: response.status,
    type: response.headers.get("content-type") ?? "",
    violations: JSON.parse(response.headers.get("sl-violations") ?? "[]").map(
      (one) => `${one.location.join(".")}: ${one.message}`,
    ),
  };
  const page = told.type.includes("json") && !told.type.includes("ndjson") ? pageOf(JSON.parse(text)) : undefined;
  return { told, cursor: page?.next_cursor };
}

function pageOf(answer) {
  return answer.page ?? answer.extension?.page;
}

function nextPage(request, cursor) {
  return request.body
    ? { ...request, body: { ...request.body, cursor } }
    : { ...request, path: request.path + (request.path.includes("?") ? "&" : "?") + "cursor=" + cursor };
}
