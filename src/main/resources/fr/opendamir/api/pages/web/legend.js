// The looks that an answer has beside plain figures, in words, where they occur.

import { isNotDisclosed, kind } from "./answer.js";
import { html } from "./lib.js";
import { language, say } from "./words.js";

/** @typedef {import("./answer.js").Answer} Answer */

/** @type {[import("./answer.js").Kind, string][]} */
const LOOKS = [
  ["suppressed", "legendSuppressed"],
  ["noDenominator", "legendNoDenominator"],
  ["noData", "legendNoData"],
];

/** @param {{answer: Answer, measures: string[]}} properties `measures` are shown */
export function Legend({ answer, measures }) {
  const levels = answer.query.group_by;
  const occurring = new Set(
    answer.data.flatMap((row) => measures.map((measure) => kind(row, measure, answer.units[measure] ?? ""))),
  );
  const isNd = answer.data.some((row) => isNotDisclosed(row, levels));
  const looks = LOOKS.filter(([what]) => occurring.has(what));
  if (!isNd && looks.length === 0) {
    return null;
  }
  return html`
    <ul class="legend">
      ${isNd && html`<li><span class="key nd"></span>${say("legendNd")} <${WhyNotDisclosed} /></li>`}
      ${looks.map(([what, words]) => html`<li><span class=${`key ${what}`}></span>${say(words)}</li>`)}
    </ul>`;
}

function WhyNotDisclosed() {
  return html`
    <details class="why">
      <summary aria-label=${say("whyNd")}>?</summary>
      <p>${say("ndExplained")} <a href=${`/v1/disclosure/methodology?lang=${language}`}>${say("method")}</a></p>
    </details>`;
}
