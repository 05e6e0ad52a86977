// The question as a GraphQL document.

/** @typedef {import("./address.js").Question} Question */

/**
 * @param {Question} question @param {string} language
 * @returns {string | null} null where a condition has no translation here
 */
export function graphql(question, language) {
  if (question.rest.length > 0) {
    return null;
  }
  const levels = question.groupBy.map((level) =>
    ["month", "quarter", "year"].includes(level) ? camel(level) : `${camel(level)} { code label(lang: ${language.toUpperCase()}) }`,
  );
  const filters = [...Object.entries(question.filters).flatMap(filter), ...period(question)];
  const argumentList = [
    filters.length > 0 && `filter: { ${filters.join(", ")} }`,
    question.sort !== "" &&
      `orderBy: [${question.sort
        .split(",")
        .map((key) => order(key, question))
        .join(", ")}]`,
    question.release !== "" && `release: ${JSON.stringify(question.release)}`,
    "first: 1000",
  ].filter(Boolean);
  return `{
  spending(${argumentList.join(", ")}) {
    totalCount
    release { id }
    nodes { ${[...levels, ...question.measures.map(camel)].join(" ")} status }
  }
}`;
}

/** @param {string} name */
function camel(name) {
  return name.replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase());
}

/** @param {[string, import("./address.js").Filter]} entry @returns {string[]} */
function filter([level, { codes, excluded }]) {
  return codes.length === 0 ? [] : [`${camel(level)}: { ${excluded ? "notIn" : "in"}: ${JSON.stringify(codes)} }`];
}

/** @param {Question} question @returns {string[]} */
function period({ from, to, last }) {
  const parts = [from && `from: "${from}"`, to && `to: "${to}"`, last && `last: ${last}`].filter(Boolean);
  return parts.length === 0 ? [] : [`month: { ${parts.join(", ")} }`];
}

/** @param {string} key @param {Question} question */
function order(key, question) {
  const name = key.replace("-", "");
  const kind = question.measures.includes(name) ? "measure" : "dimension";
  return `{ ${kind}: ${name.toUpperCase()}, direction: ${key.startsWith("-") ? "DESC" : "ASC"} }`;
}
