// Which views fit an answer, and why another does not.

import { detailRows, isOrdered, kind } from "./answer.js";
import { say } from "./words.js";

/** @typedef {import("./answer.js").Answer} Answer */
/** @typedef {import("./address.js").Look} Look */

export const VIEWS = ["table", "bars", "line", "map"];

/**
 * What is drawn: the look with every choice made.
 * @param {Answer} answer @param {Look} look
 * @returns {Look}
 */
export function chosenLook(answer, look) {
  const { group_by: levels, measures } = answer.query;
  const axes = levels.filter(isOrdered);
  const x = axes.includes(look.x) ? look.x : (axes[0] ?? "");
  const series =
    levels.find((level) => level === look.series && level !== x) ?? levels.find((level) => level !== x) ?? "";
  const y = measures.includes(look.y) ? look.y : measures[0];
  const view = VIEWS.includes(look.view) && obstacle(answer, look.view, y) === "" ? look.view : "table";
  return { view, x, series, y };
}

/**
 * The reason why a view does not fit an answer, in words; empty if it does.
 * @param {Answer} answer @param {string} view @param {string} measure
 * @returns {string}
 */
export function obstacle(answer, view, measure) {
  const levels = answer.query.group_by;
  if (view === "table") {
    return "";
  }
  if (levels.length === 0) {
    return say("needsOneLevel");
  }
  if (view === "map" && (levels.length !== 1 || levels[0] !== "region")) {
    return say("needsRegion");
  }
  if (view === "line" && !levels.some(isOrdered)) {
    return say("needsOrder");
  }
  if (view === "line" && levels.length > 2) {
    return say("needsTwo");
  }
  const hasValues = detailRows(answer).some((row) => kind(row, measure, answer.units[measure] ?? "") === "value");
  return hasValues ? "" : say("needsValues");
}
