// The period of a question: all months, the last ones, or from one month to another.

import { html } from "./lib.js";
import { monthName } from "./numbers.js";
import { say } from "./words.js";

/** @typedef {import("./address.js").Question} Question */

/** Numbers of months that are offered. */
const LAST = ["1", "3", "12", "24", "36"];

/**
 * @param {{question: Question, months: string[], onChange: (changed: Partial<Question>) => void}} properties
 */
export function PeriodPicker({ question, months, onChange }) {
  const isRange = question.from !== "" || question.to !== "";
  const chosen = isRange ? "range" : question.last;
  const offered = [
    ...new Set([...LAST.filter((last) => Number(last) <= Math.max(months.length, 12)), question.last]),
  ].filter(Boolean);

  /** @param {string} value */
  function choose(value) {
    const range = { from: months[0] ?? "", to: months[months.length - 1] ?? "" };
    onChange(value === "range" ? { ...range, last: "" } : { from: "", to: "", last: value });
  }

  return html`
    <fieldset>
      <legend>${say("period")}</legend>
      <select aria-label=${say("period")} value=${chosen} onChange=${(/** @type {Event} */ event) => choose(valueOf(event))}>
        <option value="">${say("wholePeriod")}</option>
        ${offered.map((last) => html`<option key=${last} value=${last}>${say("lastMonths", last)}</option>`)}
        <option value="range">${say("chosenPeriod")}</option>
      </select>
      ${
        isRange &&
        html`
        <div class="range">
          <${MonthSelect} label=${say("from")} value=${question.from} months=${months}
            onChange=${(/** @type {string} */ from) => onChange({ from })} />
          <${MonthSelect} label=${say("to")} value=${question.to} months=${months}
            onChange=${(/** @type {string} */ to) => onChange({ to })} />
        </div>`
      }
      <label class="compare">${say("compareTo")}
        <select value=${question.compare} onChange=${(/** @type {Event} */ event) => onChange({ compare: valueOf(event), sort: "" })}>
          <option value="">${say("nothing")}</option>
          <option value="previous_year">${say("previousYear")}</option>
          <option value="previous_period">${say("previousPeriod")}</option>
        </select>
      </label>
    </fieldset>`;
}

/** @param {{label: string, value: string, months: string[], onChange: (month: string) => void}} properties */
function MonthSelect({ label, value, months, onChange }) {
  const offered = months.includes(value) || value === "" ? months : [value, ...months];
  return html`
    <label>${label}
      <select value=${value} onChange=${(/** @type {Event} */ event) => onChange(valueOf(event))}>
        ${value === "" && html`<option value="">…</option>`}
        ${offered.map((month) => html`<option key=${month} value=${month}>${monthName(month)}</option>`)}
      </select>
    </label>`;
}

/** @param {Event} event */
function valueOf(event) {
  return /** @type {HTMLSelectElement} */ (event.target).value;
}
