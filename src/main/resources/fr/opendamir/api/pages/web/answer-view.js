// The answer in the chosen view, or why there is none.

import { isOrdered, nameOf, perInhabitant } from "./answer.js";
import { Bars } from "./bars.js";
import { Legend } from "./legend.js";
import { html, useEffect } from "./lib.js";
import { Lines } from "./lines.js";
import { RegionMap } from "./map.js";
import { isSum, unitName } from "./numbers.js";
import { Refusal } from "./problem.js";
import { Table } from "./table.js";
import { TakeAway, sourceLine } from "./take.js";
import { periodWords, titleOf } from "./title.js";
import { VIEWS, chosenLook, obstacle } from "./views.js";
import { say } from "./words.js";

/** @typedef {import("./answer.js").Answer} Answer */
/** @typedef {import("./address.js").Question} Question */
/** @typedef {import("./address.js").Look} Look */
/** @typedef {import("./service.js").Vocabulary} Vocabulary */

/**
 * @param {{state: import("./use-answer.js").AnswerState, question: Question, look: Look, vocabulary: Vocabulary,
 *   labels: import("./labels.js").Labels, formats: string[],
 *   onLook: (look: Look) => void, onQuestion: (question: Question, look?: Look) => void, onSuggest: (query: string) => void}} properties
 */
export function AnswerView(properties) {
  const { state, question, vocabulary, labels, onSuggest } = properties;
  const title = titleOf(question, vocabulary, labels);
  const isOld = state.status === "offline" || (state.status === "loading" && state.isSlow);
  useEffect(() => {
    document.title = `${title} – Open DAMIR`;
  }, [title]);
  return html`
    <section class="answer" aria-busy=${state.status === "loading" ? "true" : "false"} data-status=${state.status}>
      <h1>${title}</h1>
      ${state.status === "loading" && state.isSlow && html`<${Waiting} cancel=${state.cancel} isFirst=${state.answer === null} />`}
      ${state.status === "cancelled" && html`<${Notice} title=${say("cancelled")} action=${say("again")} onAction=${state.again} />`}
      ${state.status === "offline" && html`<${Notice} title=${say("offline")} text=${say("offlineHelp")} action=${say("again")}
        onAction=${state.again} />`}
      ${state.status === "failed" && html`<${Refusal} failure=${state.failure} query=${location.search} onSuggest=${onSuggest} />`}
      ${
        state.answer &&
        state.status !== "failed" &&
        state.status !== "cancelled" &&
        html`
        <div class=${isOld ? "old" : ""}><${Shown} ...${properties} answer=${state.answer} title=${title} /></div>`
      }
    </section>`;
}

/** @param {any} properties */
function Shown({ answer, question, look: wanted, vocabulary, formats, title, onLook, onQuestion }) {
  if (answer.data.length === 0) {
    return html`<${Empty} question=${question} vocabulary=${vocabulary} onQuestion=${onQuestion} />`;
  }
  const look = chosenLook(answer, wanted);
  const unit = answer.units[look.y] ?? "";
  const subtitle = [
    periodWords(answer),
    look.view === "table" ? "" : `${nameOf(vocabulary.measures, look.y)}, ${say("unit", unitName(unit))}`,
  ]
    .filter(Boolean)
    .join(" · ");
  return html`
    <p class="subtitle">${subtitle}${question.release !== "" && html` · ${say("pinnedNow", question.release)} <button type="button"
      class="link" onClick=${() => onQuestion({ ...question, release: "" })}>${say("unpin")}</button>`}</p>
    <${ViewBar} answer=${answer} look=${look} vocabulary=${vocabulary}
      onLook=${(/** @type {Partial<Look>} */ changed) => onLook({ ...wanted, ...changed })} />
    <figure class=${`view ${look.view}`}>
      <${View} answer=${answer} look=${look} question=${question} vocabulary=${vocabulary} title=${title} onQuestion=${onQuestion} />
      <figcaption>
        <${Legend} answer=${answer} measures=${look.view === "table" ? answer.query.measures : [look.y]} />
        <p class="small source">${sourceLine(answer)}</p>
      </figcaption>
    </figure>
    <${Notes} answer=${answer} vocabulary=${vocabulary} />
    <${TakeAway} answer=${answer} question=${question} look=${look} title=${title} subtitle=${subtitle} formats=${formats}
      months=${answer.query.months} />`;
}

/** @param {any} properties */
function View({ answer, look, question, vocabulary, title, onQuestion }) {
  const rate = perInhabitant(vocabulary, look.y, answer.units[look.y] ?? "");
  if (look.view === "bars") {
    return html`<${Bars} answer=${answer} measure=${look.y} title=${title} />`;
  }
  if (look.view === "line") {
    return html`<${Lines} answer=${answer} measure=${look.y} x=${look.x} series=${look.series} title=${title} />`;
  }
  if (look.view === "map") {
    return html`
      ${
        isSum(answer.units[look.y] ?? "") &&
        rate &&
        html`
        <p class="offer">${say("followsPopulation")} <button type="button"
          onClick=${() => onQuestion({ ...question, measures: [rate], sort: "" }, { ...look, y: "" })}>${say("perInhabitant")}</button></p>`
      }
      <${RegionMap} answer=${answer} measure=${look.y} title=${title} />`;
  }
  const others = question.rest.filter((/** @type {[string, string]} */ [name]) => name !== "limit");
  const canAsk = answer.page.has_more && answer.page.limit < 10_000;
  return html`<${Table} answer=${answer} vocabulary=${vocabulary} caption=${title} sort=${question.sort}
    onSort=${(/** @type {string} */ sort) => onQuestion({ ...question, sort })}
    onMore=${canAsk ? () => onQuestion({ ...question, rest: [...others, ["limit", "10000"]] }) : null} />`;
}

/** The views, and what a chart shows. @param {any} properties */
function ViewBar({ answer, look, vocabulary, onLook }) {
  const { measures, group_by: levels } = answer.query;
  const axes = levels.filter(isOrdered);
  return html`
      <div class="views" role="group" aria-label=${say("view")}>
        ${VIEWS.map((view) => {
          const reason = obstacle(answer, view, look.y);
          return html`<button key=${view} type="button" data-view=${view} aria-pressed=${look.view === view ? "true" : "false"}
            aria-disabled=${reason ? "true" : "false"}
            title=${reason || undefined} onClick=${() => reason || onLook({ view })}>${say(view)}${reason && html`<span
              class="reason">${reason}</span>`}</button>`;
        })}
      </div>
      ${
        look.view !== "table" &&
        html`<div class="choices">
      ${measures.length > 1 && html`<${Choice} label=${say("drawn")} value=${look.y} ids=${measures} known=${vocabulary.measures}
        onChoose=${(/** @type {string} */ y) => onLook({ y })} />`}
      ${look.view === "line" && axes.length > 1 && html`<${Choice} label=${say("axis")} value=${look.x} ids=${axes}
        known=${vocabulary.levels} onChoose=${(/** @type {string} */ x) => onLook({ x, series: "" })} />`}</div>`
      }`;
}

/** @param {any} properties */
function Choice({ label, value, ids, known, onChoose }) {
  return html`
    <label class="choice">${label}
      <select value=${value} onChange=${(/** @type {Event} */ event) => onChoose(/** @type {HTMLSelectElement} */ (event.target).value)}>
        ${ids.map((/** @type {string} */ id) => html`<option key=${id} value=${id}>${nameOf(known, id)}</option>`)}
      </select>
    </label>`;
}

/** What a reader must know of the figures. @param {{answer: Answer, vocabulary: Vocabulary}} properties */
function Notes({ answer, vocabulary }) {
  const shown = vocabulary.measures.filter((measure) => answer.query.measures.includes(measure.id));
  return html`
    ${
      answer.warnings.length > 0 &&
      html`
      <section class="notes"><h2>${say("notes")}</h2><ul>${answer.warnings.map((warning) => html`<li
        key=${warning}>${warning}</li>`)}</ul></section>`
    }
    <details class="definitions">
      <summary>${say("detail")}</summary>
      <dl>${shown.map((measure) => html`<dt>${measure.label} <span class="code">${measure.id}</span></dt>
        <dd>${measure.description}</dd>`)}</dl>
    </details>`;
}

/** @param {{cancel: () => void, isFirst: boolean}} properties */
function Waiting({ cancel, isFirst }) {
  return html`
    <div class="waiting" role="status">
      <progress aria-label=${say("loading")}></progress> <span>${say("loading")}</span> <button type="button"
        onClick=${cancel}>${say("cancel")}</button>
    </div>
    ${isFirst && html`<div class="skeleton" aria-hidden="true">${[0, 1, 2, 3, 4, 5].map((row) => html`<i key=${row}></i>`)}</div>`}`;
}

/** @param {{title: string, text?: string, action: string, onAction: () => void}} properties */
function Notice({ title, text, action, onAction }) {
  return html`<div class="problem" role="alert"><h2>${title}</h2>${text && html`<p>${text}</p>`}<button type="button"
    onClick=${onAction}>${action}</button></div>`;
}

/** @param {{question: Question, vocabulary: Vocabulary, onQuestion: (question: Question) => void}} properties */
function Empty({ question, vocabulary, onQuestion }) {
  const ways = Object.keys(question.filters).map((level) => {
    const { [level]: _, ...filters } = question.filters;
    return { words: say("withoutFilter", nameOf(vocabulary.levels, level)), question: { ...question, filters } };
  });
  if (question.from !== "" || question.to !== "" || question.last !== "") {
    ways.push({ words: say("withoutPeriod"), question: { ...question, from: "", to: "", last: "" } });
  }
  if (question.rest.length > 0) {
    ways.push({ words: say("withoutConditions"), question: { ...question, rest: [] } });
  }
  return html`
    <div class="problem" role="status">
      <h2>${say("empty")}</h2>
      <p>${say("emptyHelp")}</p>
      <ul class="ways">${ways.map((way) => html`<li><button type="button"
        onClick=${() => onQuestion(way.question)}>${way.words}</button></li>`)}</ul>
    </div>`;
}
