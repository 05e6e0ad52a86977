// The answer as a table, which is also the accessible equivalent of every chart.

import { figureColumns, isNotDisclosed, isTotal, kind, labelOf, nameOf } from "./answer.js";
import { html, useEffect, useRef, useState } from "./lib.js";
import { count, figure, unitName } from "./numbers.js";
import { say } from "./words.js";

/** @typedef {import("./answer.js").Answer} Answer */
/** @typedef {import("./service.js").Vocabulary} Vocabulary */

/** Rows that are drawn at first, and with each step of scrolling: thousands at once would freeze the page. */
const STEP = 200;

/**
 * @param {{answer: Answer, vocabulary: Vocabulary, caption: string, sort: string, onSort: (sort: string) => void,
 *   onMore: (() => void) | null}} properties `sort` is the parameter of the API; `onMore` asks for more rows
 */
export function Table({ answer, vocabulary, caption, sort, onSort, onMore }) {
  const [shown, setShown] = useState(STEP);
  const end = useRef(null);
  const levels = answer.query.group_by;
  const columns = figureColumns(answer, vocabulary);
  const rows = answer.data.slice(0, shown);
  useEffect(() => setShown(STEP), [answer]);
  useEffect(() => {
    const watch = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && setShown((/** @type {number} */ n) => n + STEP),
      { rootMargin: "600px" },
    );
    watch.observe(end.current);
    return () => watch.disconnect();
  }, []);
  return html`
    <div class="scroll" tabindex="0" role="region" aria-label=${caption}>
      <table>
        <caption>${caption}</caption>
        <thead>
          <tr>
            ${levels.map((level) => html`<${Head} key=${level} id=${level} name=${nameOf(vocabulary.levels, level)} unit="" sort=${sort}
              onSort=${onSort} />`)}
            ${columns.map(
              ({ id, name, unit }) => html`
              <${Head} key=${id} id=${id} name=${name} unit=${unitName(unit)} sort=${sort} onSort=${onSort} isFigure />`,
            )}
          </tr>
        </thead>
        <tbody>${rows.map((row) => html`<${Row} row=${row} levels=${levels} columns=${columns} />`)}</tbody>
      </table>
    </div>
    <div ref=${end}></div>
    <p class="small count">
      ${rowsInWords(answer)}
      ${onMore && html` <button type="button" class="quiet" onClick=${onMore}>${say("showMore")}</button>`}
    </p>`;
}

/** @param {Answer} answer */
function rowsInWords({ data, page }) {
  return page.has_more ? say("rowsShown", count(data.length), count(page.total)) : say("rowsAll", count(data.length));
}

/** @param {{id: string, name: string, unit: string, sort: string, onSort: (sort: string) => void, isFigure?: boolean}} properties */
function Head({ id, name, unit, sort, onSort, isFigure }) {
  const isDown = sort === `-${id}`;
  const isUp = sort === id;
  const first = isFigure ? `-${id}` : id;
  const second = isFigure ? id : `-${id}`;
  return html`
    <th scope="col" class=${isFigure ? "figure" : ""} aria-sort=${isDown ? "descending" : isUp ? "ascending" : "none"}>
      <button type="button" title=${say("sortBy", name)} onClick=${() => onSort(sort === first ? second : first)}>
        <span>${name}</span><span class="arrow" aria-hidden="true">${isDown ? "↓" : isUp ? "↑" : ""}</span>
      </button>
      ${unit && html`<span class="unit">${unit}</span>`}
    </th>`;
}

/** @param {{row: Record<string, any>, levels: string[], columns: import("./answer.js").FigureColumn[]}} properties */
function Row({ row, levels, columns }) {
  const look = isTotal(row, levels) ? "total" : isNotDisclosed(row, levels) ? "nd" : "";
  return html`
    <tr class=${look}>
      ${levels.map((level, index) =>
        index === 0
          ? html`<th scope="row"><${CodeCell} row=${row} level=${level} /></th>`
          : html`<td><${CodeCell} row=${row} level=${level} /></td>`,
      )}
      ${columns.map(({ id, unit }) => html`<${FigureCell} row=${row} measure=${id} unit=${unit} />`)}
    </tr>`;
}

/** @param {{row: Record<string, any>, level: string}} properties */
function CodeCell({ row, level }) {
  const label = labelOf(row, level);
  return html`<span>${label}</span>${label !== row[level] && html` <span class="code">${row[level]}</span>`}`;
}

/** A figure, marked if it is provisional. @param {Record<string, any>} row @param {string} measure @param {string} unit */
function valueWithMark(row, measure, unit) {
  const value = figure(row[measure], unit);
  return row.status === "provisional" ? html`<span class="look">${say("provisional")}</span> ${value}` : value;
}

/** @param {{row: Record<string, any>, measure: string, unit: string}} properties */
function FigureCell({ row, measure, unit }) {
  const what = kind(row, measure, unit);
  return html`<td class=${`figure ${what}`}>${what === "value" ? valueWithMark(row, measure, unit) : html`<span
    class="look">${say(what)}</span>`}</td>`;
}
