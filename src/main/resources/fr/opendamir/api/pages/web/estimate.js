// What a question would cost, from a dry run, which is free.

import { parameters, queryString } from "./address.js";
import { nameOf } from "./answer.js";
import { html, useEffect, useState } from "./lib.js";
import { count, percent } from "./numbers.js";
import { Refusal } from "./problem.js";
import { getJson } from "./service.js";
import { address } from "./use-answer.js";
import { language, listed, say } from "./words.js";

/** @typedef {import("./address.js").Question} Question */
/** @typedef {import("./service.js").Vocabulary} Vocabulary */

/** How long to wait after a change before asking, in milliseconds. */
const PAUSE = 200;

/** Shares below this are not worth a word. */
const LEAST_SHARE = 0.001;

/**
 * @param {{
 *   question: Question, vocabulary: Vocabulary, onAsk: () => void, onUndo: () => void, onSuggest: (query: string) => void
 * }} properties `onSuggest` takes the query string of another question
 */
export function Estimate({ question, vocabulary, onAsk, onUndo, onSuggest }) {
  const { run, failure } = useDryRun(queryString(parameters(question)));
  return html`
    <section class="estimate" aria-live="polite">
      ${failure && html`<${Refusal} failure=${failure} query=${queryString(parameters(question))} onSuggest=${onSuggest} isShort />`}
      ${!failure && html`<p>${run ? words(run, question, vocabulary) : say("estimating")}</p>`}
      <div class="actions">
        <button type="button" class="primary" disabled=${Boolean(failure)} onClick=${onAsk}>${say("ask")}</button>
        <button type="button" class="quiet" onClick=${onUndo}>${say("undo")}</button>
      </div>
    </section>`;
}

/** @param {any} run @param {Question} question @param {Vocabulary} vocabulary */
function words(run, question, vocabulary) {
  const cost = say("estimate", count(run.max_rows), count(run.max_units));
  return [cost, run.cached && say("cached"), missing(question, vocabulary)].filter(Boolean).join(" ");
}

/**
 * How much of the first measure is not disclosed at the levels of the question, over the newest release.
 * @param {Question} question @param {Vocabulary} vocabulary
 */
function missing(question, vocabulary) {
  const shares = vocabulary.release?.not_disclosed ?? {};
  const levels = [...new Set([...question.groupBy, ...Object.keys(question.filters)])];
  const parts = levels
    .map((level) => ({ level, share: shares[level]?.[question.measures[0]] ?? shares[level]?.reimbursed ?? 0 }))
    .filter(({ share }) => share >= LEAST_SHARE)
    .map(({ level, share }) => say("notDisclosedShare", nameOf(vocabulary.levels, level), percent(share)));
  return parts.length === 0 ? "" : `${listed(parts)}.`;
}

/** @param {string} query */
function useDryRun(query) {
  const [state, setState] = useState({ run: /** @type {any} */ (null), failure: /** @type {any} */ (null) });
  useEffect(() => {
    const cancel = new AbortController();
    setState((/** @type {any} */ before) => ({ ...before, run: null }));
    const wait = setTimeout(() => {
      getJson(`${address(query)}&dry_run=true`, language, cancel.signal).then(
        (run) => setState({ run, failure: null }),
        (failure) => cancel.signal.aborted || setState({ run: null, failure }),
      );
    }, PAUSE);
    return () => {
      clearTimeout(wait);
      cancel.abort();
    };
  }, [query]);
  return state;
}
