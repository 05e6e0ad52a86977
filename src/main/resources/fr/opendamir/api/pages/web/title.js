// A question and its period in words.

import { nameOf } from "./answer.js";
import { count, monthName } from "./numbers.js";
import { language, listed, say } from "./words.js";

/** @typedef {import("./address.js").Question} Question */
/** @typedef {import("./service.js").Vocabulary} Vocabulary */

/**
 * The title of a question: "Dépense par région de résidence du bénéficiaire".
 * @param {Question} question @param {Vocabulary} vocabulary @param {import("./labels.js").Labels} labels
 */
export function titleOf(question, vocabulary, labels) {
  const measures = question.measures.length === 0 ? ["reimbursed"] : question.measures;
  const what = listed(measures.map((id, index) => lower(nameOf(vocabulary.measures, id), index)));
  const by =
    question.groupBy.length === 0
      ? ""
      : ` ${say("by")} ${listed(question.groupBy.map((id) => lower(nameOf(vocabulary.levels, id), 1)))}`;
  const where = Object.entries(question.filters)
    .filter(([, filter]) => filter.codes.length > 0)
    .map(([level, filter]) => filterWords(lower(nameOf(vocabulary.levels, level), 1), filter, labels[level]));
  return `${what}${by}${where.length === 0 ? "" : ` – ${where.join(" ; ")}`}`;
}

/** @param {string} name @param {{codes: string[], excluded: boolean}} filter @param {Map<string, string>} [labels] */
function filterWords(name, { codes, excluded }, labels) {
  const list =
    codes.length <= 3 ? codes.map((code) => labels?.get(code) ?? code).join(", ") : `${count(codes.length)} codes`;
  const words = excluded ? { fr: "sauf", en: "except" } : { fr: ":", en: ":" };
  return language === "en" ? `${name}${excluded ? " " : ""}${words.en} ${list}` : `${name} ${words.fr} ${list}`;
}

/** A name inside a sentence. @param {string} name @param {number} index */
function lower(name, index) {
  return index === 0 ? name : name.charAt(0).toLowerCase() + name.slice(1);
}

/** The months of an answer, in words. @param {import("./answer.js").Answer} answer */
export function periodWords(answer) {
  const months = answer.query.months;
  const [first, last] = [months[0], months[months.length - 1]];
  if (first === undefined || first === last) {
    return first === undefined ? "" : monthName(first);
  }
  if (language === "en") {
    return `${monthName(first)} to ${monthName(last)}`;
  }
  const from = /^[ao]/.test(monthName(first)) ? "D'" : "De ";
  return `${from}${monthName(first)} à ${monthName(last)}`;
}
