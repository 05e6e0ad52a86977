// Asks a query with Apollo Client and its automatic persisted queries, and prints what was sent and
// answered: by GET and POST, as clients of today (application/graphql-response+json) and as older
// ones (application/json), each twice and under a name of its own, so that each has a text of its own.
//
//   node apollo.mjs URL SELECTION
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache, gql } from "@apollo/client";
import { PersistedQueryLink } from "@apollo/client/link/persisted-queries";
import { createHash } from "node:crypto";

const [uri, selection] = process.argv.slice(2);

const seen = { requests: [], answers: [] };
for (const accept of [undefined, "application/json"]) {
  for (const useGETForHashedQueries of [true, false]) {
    const document = gql(`query Client${seen.answers.length} ${selection}`);
    const client = new ApolloClient({
      cache: new InMemoryCache(),
      link: ApolloLink.from([
        new PersistedQueryLink({
          sha256: (text) => createHash("sha256").update(text).digest("hex"),
          useGETForHashedQueries,
        }),
        new HttpLink({ uri, fetch: record, headers: accept ? { accept } : {} }),
      ]),
    });
    for (let time = 0; time < 2; time++) {
      const { data } = await client.query({ query: document, fetchPolicy: "no-cache" });
      seen.answers.push(data);
    }
  }
}
console.log(JSON.stringify(seen));

async function record(address, options) {
  const response = await fetch(address, options);
  const sent = options.body ?? decodeURIComponent(new URL(address).search);
  seen.requests.push({
    method: options.method,
    hasText: /"query":|[?&]query=/.test(sent),
    status: response.status,
    cacheControl: response.headers.get("cache-control"),
  });
  return response;
}
