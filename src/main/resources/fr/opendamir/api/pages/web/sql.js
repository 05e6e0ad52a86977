// The question as SQL over the Parquet files of the release, for DuckDB.

/** @typedef {import("./address.js").Filter} Filter */

const CARE = "FILTER (service_kind IN ('care', 'participation'))";

/** How each measure is calculated from the columns of the files, which hold cents. @type {Record<string, string>} */
const FORMULAS = {
  quantity: "sum(quantity)",
  ...Object.fromEntries(
    ["charged", "reimbursed", "excess_fees", "reimbursement_base", "reimbursed_all"].map((name) => [
      name,
      `sum(${name}) / 100`,
    ]),
  ),
  out_of_pocket: `sum(charged - reimbursed) ${CARE} / 100`,
  not_covered: `sum(charged - reimbursed_all) ${CARE} / 100`,
  reimbursement_rate: `sum(reimbursed) ${CARE} / nullif(sum(charged) ${CARE}, 0)`,
  excess_rate: `sum(excess_fees) ${CARE} / nullif(sum(charged) ${CARE}, 0)`,
};

/** Levels that are columns of no file, from those that are. @type {Record<string, string>} */
const DERIVED = {
  year: "left(month, 4)",
  quarter: "left(month, 4) || '-Q' || ((CAST(right(month, 2) AS INTEGER) + 2) // 3)",
};

/** Levels that files do not have. */
const MISSING = ["age_group", "care_month", "care_quarter", "care_year"];

/**
 * @param {import("./snippets.js").Asked} asked
 * @returns {string | null} null where files alone do not answer the question
 */
export function sql({ question, months, blocks }) {
  const levels = [...question.groupBy, ...Object.keys(question.filters)];
  const isSimple = question.measures.every((measure) => measure in FORMULAS) && question.rest.length === 0;
  if (!isSimple || levels.some((level) => MISSING.includes(level)) || blocks === "") {
    return null;
  }
  const selected = question.groupBy.map((level) => (level in DERIVED ? `${DERIVED[level]} AS ${level}` : level));
  const figures = question.measures.map((measure) => `${FORMULAS[measure]} AS ${measure}`);
  const conditions = [...Object.entries(question.filters).flatMap(condition), ...period(question, months)];
  const positions = question.groupBy.map((_, index) => index + 1).join(", ");
  return (
    [
      `SELECT ${[...selected, ...figures].join(",\n       ")}`,
      `FROM ${blocks}`,
      conditions.length > 0 && `WHERE ${conditions.join("\n  AND ")}`,
      positions && `GROUP BY ${positions}`,
      "HAVING abs(sum(quantity)) NOT BETWEEN 1 AND 10",
      positions && `ORDER BY ${positions}`,
    ]
      .filter(Boolean)
      .join("\n") + ";"
  );
}

/** @param {[string, Filter]} entry @returns {string[]} */
function condition([level, { codes, excluded }]) {
  const list = codes.map((code) => `'${code.replaceAll("'", "''")}'`).join(", ");
  return codes.length === 0 ? [] : [`${DERIVED[level] ?? level} ${excluded ? "NOT IN" : "IN"} (${list})`];
}

/** @param {import("./address.js").Question} question @param {string[]} months @returns {string[]} */
function period({ from, to, last }, months) {
  const first = last === "" ? from : (months[Math.max(0, months.length - Number(last))] ?? "");
  return [first && `month >= '${first}'`, to && `month <= '${to}'`].filter(Boolean);
}
