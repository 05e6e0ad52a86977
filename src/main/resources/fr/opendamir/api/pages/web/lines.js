// The answer as lines over a period or another ordered level, one for each code of a second level.

import { detailRows, isPeriod, kind, labelOf, provisionalPeriods } from "./answer.js";
import { colours } from "./colours.js";
import { Drawing, fitted, useWidth, widthOf } from "./chart.js";
import { d3, html, useState } from "./lib.js";
import { briefWithUnit, shortMonth, tickText } from "./numbers.js";
import { language, say } from "./words.js";

/** @typedef {import("./answer.js").Answer} Answer */
/** @typedef {{code: string, label: string, points: Map<string, number>}} Line */

/** Lines in colour; the rest is grey, and coloured under the pointer or the focus. */
const COLOURED = 8;

/** Lines with a label at their end. */
const LABELLED = 10;

/** Codes without a place on an ordered axis. */
const ASIDE = ["ND", "NR", "99", "unknown", "older"];

const HEIGHT = 380;
const MARGIN = { top: 16, bottom: 36, left: 56 };
const LABEL_GAP = 16;

/** @param {{answer: Answer, measure: string, x: string, series: string, title: string}} properties */
export function Lines({ answer, measure, x: axis, series, title }) {
  const [frame, width] = useWidth();
  const [seen, setSeen] = useState({ code: "", at: "" });
  const unit = answer.units[measure] ?? "";
  const { at, lines } = linesOf(answer, measure, axis, series);
  const provisional = provisionalPeriods(answer, axis);
  const isNarrow = width < 480;
  const right =
    series === ""
      ? 24
      : Math.min(
          Math.max(...lines.slice(0, LABELLED).map((line) => widthOf(line.label))) + 16,
          width * (isNarrow ? 0.3 : 0.32),
        );
  const x = d3.scalePoint(at, [MARGIN.left, width - right]).padding(at.length === 1 ? 0.5 : 0);
  const values = lines.flatMap((line) => [...line.points.values()]);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const y = d3
    .scaleLinear(
      [low > 0 && low > high * 0.6 ? low : Math.min(0, low), Math.max(0, high)],
      [HEIGHT - MARGIN.bottom, MARGIN.top],
    )
    .nice(5);
  const hues = colours(
    lines
      .filter((line) => line.code !== "ND")
      .slice(0, COLOURED)
      .map((line) => line.code),
  ).set("ND", "nd");
  const path = d3.line(
    (/** @type {string} */ key) => x(key),
    () => 0,
  );

  /** @param {Line} line @param {boolean} isDashed */
  function drawn(line, isDashed) {
    const isHere = (/** @type {string} */ key, /** @type {number} */ index) =>
      line.points.has(key) && (isDashed ? leadsToProvisional(index) : !provisional.has(key));
    const leadsToProvisional = (/** @type {number} */ index) =>
      [at[index - 1], at[index], at[index + 1]].some((key) => provisional.has(key));
    return path.defined(isHere).y((/** @type {string} */ key) => y(line.points.get(key)))(at);
  }

  /** @param {PointerEvent} event */
  function onPointerMove(event) {
    const box = /** @type {Element} */ (event.currentTarget).getBoundingClientRect();
    setSeen(nearest(lines, at, event.clientX - box.left, event.clientY - box.top, x, y));
  }

  const here = lines.find((line) => line.code === seen.code);
  const labels = placed(lines.slice(0, LABELLED), at, y);
  const every = Math.ceil(at.length / Math.max(2, Math.floor((width - MARGIN.left - right) / 70)));
  return html`
    <${Drawing} frame=${frame} width=${width} height=${HEIGHT} title=${title}
      readout=${here ? readout(here, seen.at, answer, axis, unit, provisional.has(seen.at)) : ""}>
      <g onPointerMove=${onPointerMove} onPointerLeave=${() => setSeen({ code: "", at: "" })}>
        <rect class="surface" x=${MARGIN.left} y="0" width=${Math.max(0, width - MARGIN.left)} height=${HEIGHT - MARGIN.bottom} />
        ${y.ticks(5).map(
          (/** @type {number} */ tick) => html`
          <g key=${tick}>
            <line class=${tick === 0 ? "baseline" : "grid"} x1=${MARGIN.left} x2=${width - right} y1=${y(tick)} y2=${y(tick)} />
            <text class="tick" x=${MARGIN.left - 8} y=${y(tick)} dy=".35em" text-anchor="end">${tickText(tick, unit)}</text>
          </g>`,
        )}
        ${at.map((key, index) =>
          index % every === 0
            ? html`
          <text key=${key} class="tick" x=${x(key)} y=${HEIGHT - 12}
            text-anchor=${index > 0 && index === at.length - 1 ? "end" : "middle"}>${axisLabel(key, axis, answer)}</text>`
            : null,
        )}
        ${[...lines].reverse().map((line) => {
          const look = `line ${hues.get(line.code) ?? "grey"} ${here === line ? "seen" : ""}`;
          return html`
            <g key=${line.code} class=${look}>
              <path d=${drawn(line, false) ?? ""} />
              <path class="provisional" d=${drawn(line, true) ?? ""} />
              ${[...line.points].map(([key, value]) => (at.length <= 40 || line.points.size === 1 ? html`<circle cx=${x(key)} cy=${y(value)}
                r="2.5" />` : null))}
            </g>`;
        })}
        ${
          series !== "" &&
          labels.map(
            ({ line, y: at_ }) => html`
          <text key=${line.code} class=${`end ${hues.get(line.code) ?? "grey"}`} x=${width - right + 8} y=${at_}
            dy=".35em">${fitted(line.label, right - 8)}<title>${line.label}</title></text>`,
          )
        }
      </g>
    <//>
    ${
      lines.length > (isNarrow ? 1 : LABELLED) &&
      html`
      <ul class="series">
        ${lines.map(
          (line) => html`
          <li key=${line.code}><button type="button" class=${hues.get(line.code) ?? "grey"}
            aria-pressed=${seen.code === line.code ? "true" : "false"}
            onFocus=${() => setSeen({ code: line.code, at: lastPoint(line, at) })} onBlur=${() => setSeen({ code: "", at: "" })}
            onPointerEnter=${() => setSeen({ code: line.code, at: lastPoint(line, at) })}
            onPointerLeave=${() => setSeen({ code: "", at: "" })}>${line.label}</button></li>`,
        )}
      </ul>`
    }`;
}

/**
 * The places on the axis in order, and the lines, the largest first.
 * @param {Answer} answer @param {string} measure @param {string} axis @param {string} series
 * @returns {{at: string[], lines: Line[]}}
 */
function linesOf(answer, measure, axis, series) {
  const unit = answer.units[measure] ?? "";
  /** @type {Map<string, Line>} */
  const lines = new Map();
  const at = new Set();
  for (const row of detailRows(answer)) {
    if (ASIDE.includes(row[axis])) {
      continue;
    }
    at.add(row[axis]);
    const code = series === "" ? "" : row[series];
    const line = lines.get(code) ?? { code, label: series === "" ? "" : labelOf(row, series), points: new Map() };
    lines.set(code, line);
    if (kind(row, measure, unit) === "value") {
      line.points.set(row[axis], row[measure]);
    }
  }
  const size = (/** @type {Line} */ line) => d3.mean(line.points.values()) ?? -Infinity;
  return {
    at: [...at].sort((one, other) => one.localeCompare(other, "en", { numeric: true })),
    lines: [...lines.values()].filter((line) => line.points.size > 0).sort((one, other) => size(other) - size(one)),
  };
}

/** @param {Line} line @param {string[]} at */
function lastPoint(line, at) {
  return at.filter((key) => line.points.has(key)).pop() ?? "";
}

/**
 * Labels at the ends of lines, moved apart.
 * @param {Line[]} lines @param {string[]} at @param {any} y
 */
function placed(lines, at, y) {
  const labels = lines
    .map((line) => ({ line, y: y(line.points.get(lastPoint(line, at))) }))
    .sort((one, other) => one.y - other.y);
  labels.forEach((label, index) => {
    label.y = index === 0 ? Math.max(label.y, 8) : Math.max(label.y, labels[index - 1].y + LABEL_GAP);
  });
  const over = labels.length === 0 ? 0 : labels[labels.length - 1].y - (HEIGHT - MARGIN.bottom);
  return over <= 0 ? labels : labels.map((label) => ({ ...label, y: label.y - over }));
}

/**
 * The point nearest to the pointer.
 * @param {Line[]} lines @param {string[]} at @param {number} left @param {number} top @param {any} x @param {any} y
 */
function nearest(lines, at, left, top, x, y) {
  const key = d3.least(at, (/** @type {string} */ one) => Math.abs(x(one) - left)) ?? "";
  const line = d3.least(
    lines.filter((one) => one.points.has(key)),
    (/** @type {Line} */ one) => Math.abs(y(one.points.get(key)) - top),
  );
  return { code: line?.code ?? "", at: key };
}

/** @param {string} key @param {string} axis @param {Answer} answer */
function axisLabel(key, axis, answer) {
  if (axis.endsWith("month")) {
    return shortMonth(key);
  }
  const row = answer.data.find((one) => one[axis] === key);
  return isPeriod(axis) || !row
    ? key
    : fitted(labelOf(row, axis).replace(language === "en" ? /^Aged /i : /^De /i, ""), 66);
}

/**
 * @param {Line} line @param {string} key @param {Answer} answer @param {string} axis @param {string} unit
 * @param {boolean} isProvisional
 */
function readout(line, key, answer, axis, unit, isProvisional) {
  const value = line.points.get(key);
  const row = answer.data.find((one) => one[axis] === key);
  const where = [line.label, row ? labelOf(row, axis) : key].filter(Boolean).join(", ");
  const mark = isProvisional ? ` (${say("provisional")})` : "";
  return value === undefined ? where : `${where} : ${briefWithUnit(value, unit)}${mark}`;
}
