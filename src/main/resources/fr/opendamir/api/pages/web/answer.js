// What an answer of /v1/aggregates holds, seen as columns and cells.

import { isSum } from "./numbers.js";
import { say } from "./words.js";

/** @typedef {import("./service.js").Vocabulary} Vocabulary */

/**
 * An answer as the service sends it.
 * @typedef {{
 *   data: Record<string, any>[], page: {limit: number, total: number, has_more: boolean},
 *   query: {group_by: string[], measures: string[], months: string[]},
 *   release: {id: string, published_at: string, synthetic: boolean},
 *   disclosure: {not_disclosed: Record<string, Record<string, number>>}, rates?: {provisional_years?: number[]},
 *   warnings: string[], units: Record<string, string>, attribution: {source: string, licence: string}
 * }} Answer
 */

/** @typedef {"value" | "suppressed" | "noDenominator" | "noData"} Kind what a cell has instead of a figure */

/** Levels whose codes have an order of their own, which a line may follow. */
const ORDERED = [
  "month",
  "quarter",
  "year",
  "care_month",
  "care_quarter",
  "care_year",
  "age_band",
  "age_group",
  "care_lag",
];

/** @param {string} level */
export function isOrdered(level) {
  return ORDERED.includes(level);
}

/** @param {string} level */
export function isPeriod(level) {
  return /(^|_)(month|quarter|year)$/.test(level);
}

/**
 * What a cell holds.
 * @param {Record<string, any>} row @param {string} measure @param {string} unit
 * @returns {Kind}
 */
export function kind(row, measure, unit) {
  if (typeof row[measure] === "number") {
    return "value";
  }
  if (row.status === "suppressed" || (row.compared_status === "suppressed" && isComparison(measure))) {
    return "suppressed";
  }
  return row.status === "no_denominator" && unit.includes("inhabitant") ? "noDenominator" : "noData";
}

/** @param {string} column */
function isComparison(column) {
  return /_(compared|change|change_rate)$/.test(column);
}

/** A column of figures. @typedef {{id: string, name: string, unit: string}} FigureColumn */

/**
 * The columns of figures: measures, each followed by its comparison with an earlier period if that was asked for.
 * @param {Answer} answer @param {Vocabulary} vocabulary
 * @returns {FigureColumn[]}
 */
export function figureColumns(answer, vocabulary) {
  return answer.query.measures.flatMap((id) => {
    const name = nameOf(vocabulary.measures, id);
    const unit = answer.units[id] ?? "";
    const isCompared = answer.data.length > 0 && `${id}_compared` in answer.data[0];
    return [
      { id, name, unit },
      ...(isCompared
        ? [
            { id: `${id}_compared`, name: say("earlier", name), unit },
            { id: `${id}_change`, name: say("change", name), unit },
            { id: `${id}_change_rate`, name: say("change", name), unit: "ratio" },
          ]
        : []),
    ];
  });
}

/** Whether a row is a total. @param {Record<string, any>} row @param {string[]} levels */
export function isTotal(row, levels) {
  return levels.some((level) => row[level] === "_T");
}

/** Whether a row stands for what is not disclosed. @param {Record<string, any>} row @param {string[]} levels */
export function isNotDisclosed(row, levels) {
  return levels.some((level) => row[level] === "ND");
}

/** The label of a row, its levels joined. @param {Record<string, any>} row @param {string[]} levels */
export function rowLabel(row, levels) {
  return levels.map((level) => labelOf(row, level)).join(" · ");
}

/** @param {Record<string, any>} row @param {string} level @returns {string} */
export function labelOf(row, level) {
  return row[`${level}_label`] ?? row[level];
}

/** The name of a level or measure in words. @param {{id: string, label: string}[]} known @param {string} id */
export function nameOf(known, id) {
  return known.find((item) => item.id === id)?.label ?? id;
}

/**
 * The measure that says the same per inhabitant, or undefined.
 * @param {Vocabulary} vocabulary @param {string} measure @param {string} unit
 */
export function perInhabitant(vocabulary, measure, unit) {
  const id = measure === "quantity" ? "acts_per_1000" : `${measure}_per_inhabitant`;
  return isSum(unit) && vocabulary.measures.some((known) => known.id === id) ? id : undefined;
}

/** The rows without totals, which a chart draws. @param {Answer} answer */
export function detailRows(answer) {
  return answer.data.filter((row) => !isTotal(row, answer.query.group_by));
}

/**
 * The periods whose figures are provisional: their denominators are, or care given in them is not all reimbursed yet.
 * @param {Answer} answer @param {string} axis
 * @returns {Set<string>}
 */
export function provisionalPeriods(answer, axis) {
  const years = isPeriod(axis) ? (answer.rates?.provisional_years ?? []) : [];
  const isIn = (/** @type {Record<string, any>} */ row) =>
    row.status === "provisional" || years.some((year) => row[axis].startsWith(String(year)));
  return new Set(answer.data.filter(isIn).map((row) => row[axis]));
}
