// The address of the explorer: the parameters of /v1/aggregates, and how the answer is shown.

/**
 * The codes of one level that are included or excluded.
 * @typedef {{codes: string[], excluded: boolean}} Filter
 */

/**
 * A question. `rest` holds the parameters that the sentence has no picker for, in their order and untouched, so that the service
 * judges them.
 * @typedef {{
 *   measures: string[], groupBy: string[], filters: Record<string, Filter>,
 *   from: string, to: string, last: string, compare: string, sort: string, release: string, rest: [string, string][]
 * }} Question
 */

/**
 * How an answer is shown: the view, the level on the horizontal axis, the level of the lines, the measure that is drawn. Empty: the
 * page chooses.
 * @typedef {{view: string, x: string, series: string, y: string}} Look
 */

const OWN = ["view", "x", "series", "y"];
const SINGLE = ["from", "to", "last", "compare", "sort", "release"];

/** The question of an address without one. @returns {Question} */
export function firstQuestion() {
  return { ...emptyQuestion(), measures: ["reimbursed", "charged"], groupBy: ["region"] };
}

/** @returns {Question} */
function emptyQuestion() {
  return { measures: [], groupBy: [], filters: {}, from: "", to: "", last: "", compare: "", sort: "", release: "", rest: [] };
}

/**
 * Reads an address.
 * @param {string} search the query string, with or without its question mark
 * @param {(name: string) => boolean} isLevel whether a parameter is a filter by codes that the page has a picker for
 * @returns {{question: Question, look: Look}}
 */
export function parse(search, isLevel) {
  const question = emptyQuestion();
  const look = { view: "", x: "", series: "", y: "" };
  for (const [name, value] of new URLSearchParams(search)) {
    if (OWN.includes(name)) {
      look[/** @type {keyof Look} */ (name)] = value;
    } else if (value === "" || name === "lang") {
      continue;
    } else if (name === "measures") {
      question.measures.push(...list(value));
    } else if (name === "group_by") {
      question.groupBy.push(...list(value));
    } else if (SINGLE.includes(name)) {
      question[/** @type {"from"} */ (name)] = value;
    } else if (isLevel(name) && isPlain(value, question.filters[name])) {
      const codes = list(value).map((code) => code.replace(/^!/, ""));
      const before = question.filters[name]?.codes ?? [];
      question.filters[name] = { codes: [...new Set([...before, ...codes])], excluded: value.startsWith("!") };
    } else {
      question.rest.push([name, value]);
    }
  }
  return { question, look };
}

/** @param {string} value */
function list(value) {
  return value
    .split(",")
    .map((item) => item.trim())
    .filter(Boolean);
}

/**
 * Whether a filter includes or excludes throughout. The service refuses every other, with its reason.
 * @param {string} value @param {Filter | undefined} before
 */
function isPlain(value, before) {
  const codes = list(value);
  const marked = codes.filter((code) => code.startsWith("!")).length;
  const excluded = value.startsWith("!");
  return codes.length > 0 && (excluded || marked === 0) && (!before || before.excluded === excluded);
}

/**
 * The parameters of a question at the API, in the order of the service's own links.
 * @param {Question} question
 * @returns {[string, string][]}
 */
export function parameters(question) {
  /** @type {[string, string][]} */
  const pairs = [
    ["group_by", question.groupBy.join(",")],
    ["measures", question.measures.join(",")],
    ...Object.entries(question.filters).map(filterPair),
    ["from", question.from],
    ["to", question.to],
    ["last", question.last],
    ["compare", question.compare],
    ...question.rest,
    ["sort", question.sort],
    ["release", question.release],
  ];
  return pairs.filter(([, value]) => value !== "");
}

/** @param {[string, Filter]} entry @returns {[string, string]} */
function filterPair([level, { codes, excluded }]) {
  return [level, codes.length === 0 ? "" : (excluded ? "!" : "") + codes.join(",")];
}

/**
 * A query string that people can read: commas, colons and exclamation marks stay as they are.
 * @param {[string, string][]} pairs
 */
export function queryString(pairs) {
  return pairs.map(([name, value]) => `${escaped(name)}=${escaped(value)}`).join("&");
}

/** @param {string} text */
function escaped(text) {
  return encodeURIComponent(text).replace(/%2C/g, ",").replace(/%3A/g, ":");
}

/**
 * The query string of the page.
 * @param {Question} question @param {Look} look @param {string} language
 */
export function print(question, look, language) {
  const own = OWN.map((name) => /** @type {[string, string]} */ ([name, look[/** @type {keyof Look} */ (name)]]));
  const pairs = [...parameters(question), ...own.filter(([, value]) => value !== "")];
  return queryString(language === "fr" ? pairs : [...pairs, ["lang", language]]);
}
