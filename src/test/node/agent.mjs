// An agent's session with the SDK of the Model Context Protocol, which checks every answer against
// the schema that its tool declares. It answers "how much more do inhabitants of Brittany pay out
// of pocket for dentistry than the national average, and since when?" and prints what it got.
//
//   node agent.mjs URL
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";

const seen = { requests: [], calls: [] };
const client = new Client({ name: "test-agent", version: "1.0" });
await client.connect(
  new StreamableHTTPClientTransport(new URL(process.argv[2]), { fetch: record }),
);
seen.server = client.getServerVersion();
seen.instructions = client.getInstructions();
seen.tools = (await client.listTools()).tools;
seen.resources = (await client.listResources()).resources;
seen.guide = (await client.readResource({ uri: "damir://guide" })).contents[0].text;
seen.measure = JSON.parse(
  (await client.readResource({ uri: "damir://measures/out_of_pocket" })).contents[0].text,
);
await client.ping();

// Codes come from the answers only: an agent knows words.
const found = await call("find_codes", { words: ["dentistry", "Brittany"] });
const filters = {};
for (const [search, level] of [[0, "service_group"], [1, "region"]]) {
  filters[level] = [found.searches[search].codes.find((code) => code.level === level).code];
}
const measures = ["out_of_pocket_per_inhabitant"];
await call("spending", { measures, group_by: ["year"], filters });
await call("spending", {
  measures,
  group_by: ["year"],
  filters: { service_group: filters.service_group },
});
await call("explain", { name: "out_of_pocket_per_inhabitant" });

// What an agent gets wrong is told it as the result of the call.
seen.refused = await client.callTool({
  name: "spending",
  arguments: { filters: { region: ["Bretagne"] } },
});
await client.close();
console.log(JSON.stringify(seen));

async function call(name, args) {
  const before = seen.requests.length;
  const result = await client.callTool({ name, arguments: args });
  if (result.isError) throw new Error(result.content[0].text);
  const bytes = seen.requests.slice(before).reduce((sum, request) => sum + request.bytes, 0);
  seen.calls.push({ name, bytes, text: result.content[0].text, structured: result.structuredContent });
  return result.structuredContent;
}

async function record(address, options) {
  const response = await fetch(address, options);
  const bytes = (await response.clone().arrayBuffer()).byteLength;
  seen.requests.push({ method: options.method ?? "GET", status: response.status, bytes });
  return response;
}
