// What the service refused and what would work, in its own words.

import { html } from "./lib.js";
import { Refused } from "./service.js";
import { say } from "./words.js";

/** @typedef {import("./service.js").Problem} Problem */

/**
 * @param {{failure: any, query: string, onSuggest: (query: string) => void, isShort?: boolean}} properties
 *   `query` was refused; `onSuggest` takes that of a question that would work
 */
export function Refusal({ failure, query, onSuggest, isShort }) {
  if (!(failure instanceof Refused)) {
    return html`<div class="problem" role="alert"><h2>${say("offline")}</h2></div>`;
  }
  const { problem, retryAfter } = failure;
  const ways = waysOut(problem);
  return html`
    <div class="problem" role="alert">
      <h2>${problem.title}</h2>
      ${problem.detail && html`<p>${problem.detail}</p>`}
      ${retryAfter > 0 && html`<p>${say("retryAfter", retryAfter)}</p>`}
      ${
        ways.length > 0 &&
        html`
        <h3>${say("whatWorks")}</h3>
        <ul class="ways">
          ${ways.map(({ words, change }) => html`<li><button type="button"
            onClick=${() => onSuggest(change(query))}>${words}</button></li>`)}
        </ul>`
      }
      ${!isShort && problem.request_id && html`<p class="small">${say("requestId", problem.request_id)}</p>`}
    </div>`;
}

/**
 * Questions that the problem suggests, in words and as what they make of a query string.
 * @param {Problem} problem
 * @returns {{words: string, change: (search: string) => string}[]}
 */
function waysOut(problem) {
  const smaller = (problem.suggestions ?? [])
    .filter((suggestion) => suggestion.href)
    .map(({ change: words, href = "" }) => ({ words, change: () => withoutPresentation(href) }));
  const fixed = (problem.errors ?? []).flatMap((error) =>
    (error.did_you_mean ?? []).slice(0, 3).map((meant) => ({
      words: say("useInstead", error.parameter, meant),
      change: (/** @type {string} */ search) => corrected(search, error.parameter, error.detail, meant),
    })),
  );
  return [...smaller, ...fixed];
}

/** The question of a link of the API, without what the page chooses itself. @param {string} href */
function withoutPresentation(href) {
  const query = new URLSearchParams(href.slice(href.indexOf("?")));
  for (const name of ["labels", "lang", "limit", "format", "cursor"]) {
    query.delete(name);
  }
  return query.toString();
}

/**
 * A query string with a wrong value, or the wrong name of a parameter, replaced.
 * @param {string} search @param {string} parameter @param {string} detail quotes the wrong value @param {string} meant
 */
function corrected(search, parameter, detail, meant) {
  const query = new URLSearchParams(search);
  const wrong = /[«“]\s*(.+?)\s*[»”]/.exec(detail)?.[1];
  const fixed = [...query].map(([name, value]) => {
    if (name !== parameter) {
      return [name, value];
    }
    return wrong === undefined
      ? [meant, value]
      : [
          name,
          value
            .split(",")
            .map((item) => replaced(item, wrong, meant))
            .join(","),
        ];
  });
  return new URLSearchParams(fixed).toString();
}

/** @param {string} item @param {string} wrong @param {string} meant */
function replaced(item, wrong, meant) {
  return item.replace(/^[-!]/, "") === wrong ? item.replace(wrong, meant) : item;
}
