// Runs graphql-http's audits of a GraphQL-over-HTTP server and prints what each of them found.
//
//   node audit.mjs URL
import { serverAudits } from "graphql-http";

const url = process.argv[2];
const found = [];
for (const audit of serverAudits({ url })) {
  const result = await audit.fn().catch((failure) => ({ status: "error", reason: String(failure) }));
  found.push({
    id: audit.id,
    name: audit.name,
    status: result.status,
    reason: result.reason ?? null,
    answered: result.response?.status ?? null,
  });
}
console.log(JSON.stringify(found));
