// The answer as horizontal bars from zero, the longest first; periods and other ordered codes in their order.

import { detailRows, isNotDisclosed, isOrdered, kind, rowLabel } from "./answer.js";
import { Drawing, fitted, useWidth, widthOf } from "./chart.js";
import { d3, html } from "./lib.js";
import { briefWithUnit, count } from "./numbers.js";
import { say } from "./words.js";

/** Bars beyond these say nothing any more; the table has all. */
const MOST = 40;
const ROW = 28;
const BAR = 18;

/** Width below which labels stand above their bars. */
const NARROW = 480;

/** @param {{answer: import("./answer.js").Answer, measure: string, title: string}} properties */
export function Bars({ answer, measure, title }) {
  const [frame, width] = useWidth();
  const levels = answer.query.group_by;
  const unit = answer.units[measure] ?? "";
  const all = detailRows(answer).filter((row) => kind(row, measure, unit) === "value");
  const isInOrder = levels.length === 1 && isOrdered(levels[0]);
  const rows = (isInOrder ? all : [...all].sort((one, other) => other[measure] - one[measure])).slice(0, MOST);
  const isNarrow = width < NARROW;
  const values = rows.map((row) => row[measure]);
  const texts = values.map((value) => briefWithUnit(value, unit));
  const room = Math.max(...texts.map(widthOf)) + 12;
  const labels = rows.map((row) => rowLabel(row, levels));
  const left = isNarrow ? 0 : Math.min(Math.max(...labels.map(widthOf)) + 12, width * 0.42);
  const lowest = Math.min(0, ...values);
  const x = d3.scaleLinear([lowest, Math.max(0, ...values)], [left + (lowest < 0 ? room : 0), width - room]);
  const step = isNarrow ? ROW + 16 : ROW;
  return html`
    <${Drawing} frame=${frame} width=${width} height=${rows.length * step + 4} title=${title}>
      ${rows.map((row, index) => {
        const top = index * step + (isNarrow ? 18 : 4);
        const value = row[measure];
        return html`
          <g key=${labels[index]}>
            <text class="label" x=${isNarrow ? 0 : left - 8} y=${isNarrow ? top - 5 : top + BAR / 2} dy=${isNarrow ? "0" : ".35em"}
              text-anchor=${isNarrow ? "start" : "end"}>
              ${fitted(labels[index], isNarrow ? width : left - 8)}<title>${labels[index]}</title>
            </text>
            <rect class=${isNotDisclosed(row, levels) ? "mark nd" : "mark"} x=${Math.min(x(0), x(value))} y=${top}
              width=${value === 0 ? 0 : Math.max(1, Math.abs(x(value) - x(0)))} height=${BAR} />
            <text class="value" x=${value < 0 ? x(value) - 6 : x(value) + 6} y=${top + BAR / 2} dy=".35em"
              text-anchor=${value < 0 ? "end" : "start"}>${texts[index]}</text>
          </g>`;
      })}
      <line class="baseline" x1=${x(0)} x2=${x(0)} y1="0" y2=${rows.length * step + 4} />
    <//>
    ${all.length > rows.length && html`<p class="small">${say("tooManyBars", count(rows.length), count(all.length))}</p>`}`;
}
