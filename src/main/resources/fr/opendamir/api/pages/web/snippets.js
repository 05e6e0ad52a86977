// The question in the languages of those who take it away.

import { parameters, queryString } from "./address.js";
import { graphql } from "./graphql.js";
import { sql } from "./sql.js";
import { say } from "./words.js";

/** @typedef {import("./address.js").Question} Question */

/**
 * What snippets are made from: the question with its defaults filled in, the origin of the service, months of the release, and
 * the expression of DuckDB that reads its files.
 * @typedef {{question: Question, origin: string, language: string, months: string[], blocks: string}} Asked
 */

/** @type {Record<string, {name: string, write: (asked: Asked) => string}>} in the order they are offered */
export const SNIPPETS = {
  curl: { name: "curl", write: (asked) => `curl -o open-damir.csv '${fileAddress(asked).replaceAll("'", "%27")}'` },
  python: { name: "Python (pandas)", write: python },
  r: { name: "R", write: r },
  javascript: { name: "JavaScript", write: javascript },
  graphql: { name: "GraphQL", write: (asked) => graphql(asked.question, asked.language) ?? `# ${say("noGraphql")}` },
  sql: { name: "SQL (DuckDB)", write: (asked) => sql(asked) ?? `-- ${say("noSql")}` },
  excel: { name: say("excel"), write: powerQuery },
};

/**
 * The address of the question in a format.
 * @param {Asked} asked @param {[string, string][]} more parameters
 */
export function apiAddress({ question, origin, language }, more) {
  return `${origin}/v1/aggregates?${queryString([...parameters(question), ["lang", language], ...more])}`;
}

/** @param {Asked} asked */
function fileAddress(asked) {
  return apiAddress(asked, [
    ["format", "csv"],
    ["limit", "all"],
  ]);
}

/** @param {string} text as a literal in Python, R and JavaScript */
function literal(text) {
  return JSON.stringify(text);
}

/** @param {Asked} asked */
function python(asked) {
  const types = asked.question.groupBy.map((level) => `${literal(level)}: str`).join(", ");
  return `import pandas as pd

data = pd.read_csv(
    ${literal(fileAddress(asked))},
    dtype={${types}},
    keep_default_na=False,
    na_values=[""],
)
print(data)`;
}

/** @param {Asked} asked */
function r(asked) {
  const types = asked.question.groupBy.map((level) => `${level} = "character"`).join(", ");
  return `data <- read.csv(
  ${literal(fileAddress(asked))},
  colClasses = c(${types}),
  na.strings = "", encoding = "UTF-8"
)
print(data)`;
}

/** @param {Asked} asked */
function javascript(asked) {
  return `const response = await fetch(
  ${literal(apiAddress(asked, [["limit", "10000"]]))},
);
const answer = await response.json();
if (!response.ok) throw new Error(answer.detail);
console.table(answer.data);`;
}

/** @param {Asked} asked */
function powerQuery(asked) {
  const types = [
    ...asked.question.groupBy.map((level) => `{"${level}", type text}`),
    ...asked.question.measures.map((measure) => `{"${measure}", type number}`),
  ];
  return `let
    Source = Csv.Document(
        Web.Contents("${fileAddress(asked)}"),
        [Delimiter = ",", Encoding = 65001, QuoteStyle = QuoteStyle.Csv]
    ),
    Headers = Table.PromoteHeaders(Source, [PromoteAllScalars = true]),
    Types = Table.TransformColumnTypes(Headers, {${types.join(", ")}}, "en-US")
in
    Types`;
}
