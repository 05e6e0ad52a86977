// The answer as a map of the regions: shaded for rates, averages and shares, circles for sums.

import { detailRows, kind, labelOf } from "./answer.js";
import { Drawing, useWidth } from "./chart.js";
import { d3, html, useEffect, useState } from "./lib.js";
import { brief, briefWithUnit, isSum } from "./numbers.js";
import { getJson } from "./service.js";
import { language, say } from "./words.js";

/** @typedef {import("./answer.js").Answer} Answer */

const CLASSES = 5;
const OVERSEAS = "5";

/** Radius as a part of the width of the map. */
const LARGEST_CIRCLE = 0.062;

/** Width below which the overseas regions stand below the map and no value is written on it. */
const NARROW = 520;

/** Outlines, fetched once. @type {Promise<any> | undefined} */
let outlines;

/** @param {{answer: Answer, measure: string, title: string}} properties */
export function RegionMap({ answer, measure, title }) {
  const [frame, full] = useWidth();
  const [regions, setRegions] = useState(null);
  const [seen, setSeen] = useState("");
  useEffect(() => {
    outlines ??= getJson(new URL("regions.geojson", import.meta.url).pathname, language);
    outlines.then(setRegions, () => (outlines = undefined));
  }, []);
  const width = Math.min(full, 720);
  const isNarrow = width < NARROW;
  const bottom = Math.round(width * 0.86);
  const height = bottom + (isNarrow ? 110 : 60);
  const unit = answer.units[measure] ?? "";
  const rows = new Map(detailRows(answer).map((row) => [row.region, row]));
  const places = placesOf(regions);
  const nowhere = [...rows.values()].filter((row) => !places.has(row.region)); // unknown, ND, zones
  const scale = scaleOf(
    [...rows.values()].filter((row) => places.has(row.region)),
    measure,
    unit,
    width * LARGEST_CIRCLE,
  );
  const seenRow = rows.get(seen);
  return html`
    <${Drawing} frame=${frame} width=${width} height=${height} title=${title} readout=${seenRow ? words(seenRow, measure, unit) : ""}>
      ${regions && html`<${Mainland} regions=${regions} rows=${rows} scale=${scale} measure=${measure} unit=${unit} width=${width}
        bottom=${bottom} seen=${seen} onSee=${setSeen} />`}
      <${Inset} isNarrow=${isNarrow} row=${rows.get(OVERSEAS)} scale=${scale} measure=${measure} unit=${unit}
        top=${isNarrow ? bottom : bottom - 90} onSee=${setSeen} />
      <${Keys} scale=${scale} unit=${unit} width=${width} top=${height - 22} />
    <//>
    <ul class="chips nowhere">
      ${regions && nowhere.map((row) => html`<li key=${row.region} class=${row.region === "ND" ? "nd" : ""}>
        <span>${words(row, measure, unit)}</span></li>`)}
    </ul>
    <p class="small">${say("corsica")}. ${say("mapSource")}.</p>`;
}

/** The codes that have a place on the map. @param {any} regions @returns {Set<string>} */
function placesOf(regions) {
  const features = regions ? regions.features : [];
  return new Set([OVERSEAS, ...features.map((/** @type {any} */ feature) => feature.properties.code)]);
}

/**
 * How a value is drawn: a class from 0 to 4, or the radius of a circle.
 * @param {Record<string, any>[]} rows @param {string} measure @param {string} unit @param {number} largest
 */
function scaleOf(rows, measure, unit, largest) {
  const values = rows.filter((row) => kind(row, measure, unit) === "value").map((row) => row[measure]);
  if (isSum(unit)) {
    const radius = d3.scaleSqrt([0, d3.max(values, Math.abs) ?? 1], [0, largest]);
    return {
      isSum: true,
      radius: (/** @type {number} */ value) => radius(Math.abs(value)),
      shade: () => "",
      bounds: [0, 0],
    };
  }
  const classes = Math.max(1, Math.min(CLASSES, new Set(values).size));
  const quantile = d3.scaleQuantile(values, d3.range(classes));
  const bounds = [d3.min(values) ?? 0, ...quantile.quantiles(), d3.max(values) ?? 0];
  return { isSum: false, radius: () => 0, shade: (/** @type {number} */ value) => `q${quantile(value)}`, bounds };
}

/** @param {any} properties */
function Mainland({ regions, rows, scale, measure, unit, width, bottom, seen, onSee }) {
  const projection = d3
    .geoConicConformal()
    .parallels([44, 49])
    .rotate([-2.5, 0])
    .fitExtent(
      [
        [8, 8],
        [width - 8, bottom - 10],
      ],
      regions,
    );
  const path = d3.geoPath(projection);
  const isNamed = width >= NARROW;
  return html`
    ${regions.features.map((/** @type {any} */ feature) => {
      const { code } = feature.properties;
      const row = rows.get(code);
      return html`<path key=${feature.id} class=${`region ${look(row, measure, unit, scale)} ${seen === code ? "seen" : ""}`}
        d=${path(feature)}
        onPointerEnter=${() => onSee(code)} onPointerLeave=${() => onSee("")}>
        <title>${row ? words(row, measure, unit) : feature.properties.name}</title></path>`;
    })}
    ${regions.features
      .filter((/** @type {any} */ feature) => feature.id === feature.properties.code)
      .map((/** @type {any} */ feature) => {
        const row = rows.get(feature.properties.code);
        const [x, y] = path.centroid(feature);
        const isValue = row && kind(row, measure, unit) === "value";
        return html`
        <g key=${feature.id} class="on-map">
          ${scale.isSum && isValue && html`<circle class="circle" cx=${x} cy=${y} r=${scale.radius(row[measure])} />`}
          ${isNamed && isValue && html`<text class=${`place ${scale.isSum ? "" : `on-${scale.shade(row[measure])}`}`} x=${x} y=${y}
            dy=".35em" text-anchor="middle">${brief(row[measure], unit)}</text>`}
        </g>`;
      })}`;
}

/** The five overseas regions, which the data have as one. @param {any} properties */
function Inset({ isNarrow, row, scale, measure, unit, top, onSee }) {
  const isValue = row && kind(row, measure, unit) === "value";
  return html`
    <g transform=${`translate(4,${top})`} onPointerEnter=${() => onSee(OVERSEAS)} onPointerLeave=${() => onSee("")}>
      <rect class=${`region ${look(row, measure, unit, scale)}`} width="96" height="56" rx="4" />
      ${scale.isSum && isValue && html`<circle class="circle" cx="48" cy="28" r=${scale.radius(row[measure])} />`}
      <text class=${`place ${!scale.isSum && isValue ? `on-${scale.shade(row[measure])}` : ""}`} x="48" y="28" dy=".35em"
        text-anchor="middle">${!isValue ? "–" : scale.isSum && isNarrow ? "" : brief(row[measure], unit)}</text>
      <text class="label" x="0" y="74">${say("overseas")}</text>
    </g>`;
}

/** The classes, or what a circle is. @param {any} properties */
function Keys({ scale, unit, width, top }) {
  if (scale.isSum) {
    return html`<text class="tick" x="4" y=${top + 12}>${say("sumOnMap")}</text>`;
  }
  const classes = scale.bounds.length - 1;
  const bounds = scale.bounds.map((/** @type {number} */ bound) => brief(bound, unit));
  const step = Math.min(130, width / Math.max(classes, 1));
  return html`
    ${Array.from(
      { length: classes },
      (_, index) => html`
      <g key=${index} transform=${`translate(${index * step + 4},${top})`}>
        <rect class=${`region q${index}`} width=${step - 4} height="8" />
        <text class="tick" x="0" y="20">${bounds[index]}${index === classes - 1 ? ` – ${bounds[index + 1]}` : ""}</text>
      </g>`,
    )}`;
}

/** The class of a shape. @param {any} row @param {string} measure @param {string} unit @param {any} scale */
function look(row, measure, unit, scale) {
  const what = row ? kind(row, measure, unit) : "noData";
  return what === "value" ? scale.shade(row[measure]) : what;
}

/** @param {Record<string, any>} row @param {string} measure @param {string} unit */
function words(row, measure, unit) {
  const what = kind(row, measure, unit);
  return `${labelOf(row, "region")} : ${what === "value" ? briefWithUnit(row[measure], unit) : say(what)}`;
}
