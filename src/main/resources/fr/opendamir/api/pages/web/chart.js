// What charts share: their width, their frame, their lines of text.

import { html, useEffect, useRef, useState } from "./lib.js";

/** Mean width of a character of the charts' 13-pixel text, in pixels. */
const CHARACTER = 6.7;

/**
 * The width of an element in pixels, which a chart is drawn for, so that its text keeps its size.
 * @returns {[any, number]} a reference for the element, and its width
 */
export function useWidth() {
  const element = useRef(null);
  const [width, setWidth] = useState(640);
  useEffect(() => {
    const watch = new ResizeObserver((entries) => setWidth(Math.max(240, Math.round(entries[0].contentRect.width))));
    watch.observe(element.current);
    return () => watch.disconnect();
  }, []);
  return [element, width];
}

/** A text that fits a width in pixels. @param {string} text @param {number} width */
export function fitted(text, width) {
  const most = Math.max(4, Math.floor(width / CHARACTER));
  return text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`;
}

/** @param {string} text its width in pixels */
export function widthOf(text) {
  return text.length * CHARACTER;
}

/**
 * The drawing of a chart.
 * @param {{width: number, height: number, title: string, readout?: string, frame: any, children: any}} properties `readout` is what
 *   the pointer is at, in words
 */
export function Drawing({ width, height, title, readout, frame, children }) {
  return html`
    <div ref=${frame} class="drawing">
      <svg class="chart" role="img" aria-label=${title} width=${width} height=${height}
        viewBox=${`0 0 ${width} ${height}`}>${children}</svg>
      ${readout !== undefined && html`<p class="readout" aria-hidden="true">${readout || "\u00a0"}</p>`}
    </div>`;
}
