// What can be taken away: files, the chart, a link, a snippet, a citation.

import { print } from "./address.js";
import { html, useEffect, useState } from "./lib.js";
import { dayName } from "./numbers.js";
import { picture, pngFile, save, svgFile } from "./picture.js";
import { getJson } from "./service.js";
import { SNIPPETS, apiAddress } from "./snippets.js";
import { language, say } from "./words.js";

/** @typedef {import("./answer.js").Answer} Answer */
/** @typedef {import("./address.js").Question} Question */
/** @typedef {import("./address.js").Look} Look */

/** Formats of files that are worth a button, in this order; those that the service has are offered. */
const FILES = ["csv", "xlsx", "parquet", "sdmx-csv", "json-stat", "ndjson"];

/**
 * @param {{
 *   answer: Answer, question: Question, look: Look, title: string, subtitle: string, formats: string[], months: string[]
 * }} properties `question` as it was asked, `look` as it is drawn
 */
export function TakeAway({ answer, question, look, title, subtitle, formats, months }) {
  const asked = { question: complete(question, answer), origin: location.origin, language, months, blocks: "" };
  return html`
    <section class="take" aria-labelledby="take">
      <h2 id="take">${say("take")}</h2>
      <div class="cards">
        <${Downloads} asked=${asked} formats=${formats} answer=${answer} look=${look} title=${title} subtitle=${subtitle} />
        <${Share} answer=${answer} question=${question} look=${look} />
        <${Snippet} asked=${asked} answer=${answer} />
        <${Cite} answer=${answer} question=${question} look=${look} title=${title} />
      </div>
    </section>`;
}

/** A question with the defaults of the service written out. @param {Question} question @param {Answer} answer @returns {Question} */
function complete(question, answer) {
  return { ...question, measures: answer.query.measures, groupBy: answer.query.group_by };
}

/** The service names the files. @param {any} properties */
function Downloads({ asked, formats, answer, look, title, subtitle }) {
  const source = sourceLine(answer);
  const name = `open-damir-${answer.release.id}`;
  /** @param {(svg: SVGSVGElement) => Blob | Promise<Blob>} write @param {string} extension */
  async function savePicture(write, extension) {
    const drawing = /** @type {SVGSVGElement} */ (document.querySelector("svg.chart"));
    save(await write(picture(drawing, { title, subtitle, source })), `${name}.${extension}`);
  }
  return html`
    <section class="card">
      <h3>${say("download")}</h3>
      <p class="buttons">
        ${FILES.filter((format) => formats.includes(format)).map(
          (format) => html`
          <a key=${format} class="button" data-format=${format} download="" href=${fileLink(asked, format)}>${say(format)}</a>`,
        )}
        ${formats.includes("excel-fr") && html`<a class="button" data-format="excel-fr" download=""
          href=${`${fileLink(asked, "csv")}&dialect=excel-fr`}>${say("csvExcel")}</a>`}
      </p>
      ${
        look.view !== "table" &&
        html`
        <p class="buttons">
          <button type="button" data-picture="svg" onClick=${() => savePicture(svgFile, "svg")}>${say("picture")} SVG</button>
          <button type="button" data-picture="png" onClick=${() => savePicture(pngFile, "png")}>${say("picture")} PNG</button>
        </p>`
      }
      <p class="small">${say("whole")}</p>
    </section>`;
}

/** All rows, or the largest page of the format that has no more. @param {any} asked @param {string} format */
function fileLink(asked, format) {
  return apiAddress({ ...asked, origin: "" }, [
    ["format", format],
    ["limit", format === "json-stat" ? "10000" : "all"],
  ]);
}

/** @param {{answer: Answer, question: Question, look: Look}} properties */
function Share({ answer, question, look }) {
  const link = (/** @type {string} */ release) =>
    `${location.origin}/explore?${print({ ...question, release }, look, language)}`;
  return html`
    <section class="card">
      <h3>${say("share")}</h3>
      <p><${CopyButton} text=${link(answer.release.id)} label=${say("sharePinned", answer.release.id)} name="pinned" /><span
        class="small">${say("sharePinnedHelp")}</span></p>
      <p><${CopyButton} text=${link("")} label=${say("shareMoving")} name="moving" /><span
        class="small">${say("shareMovingHelp")}</span></p>
    </section>`;
}

/** @param {any} properties */
function Snippet({ asked, answer }) {
  const [chosen, setChosen] = useState("curl");
  const blocks = useBlocks(chosen === "sql" ? answer.release.id : "");
  const text = SNIPPETS[chosen].write({ ...asked, blocks });
  return html`
    <section class="card wide">
      <h3>${say("code")}</h3>
      <div class="actions">
        <select aria-label=${say("code")} value=${chosen}
          onChange=${(/** @type {Event} */ event) => setChosen(/** @type {HTMLSelectElement} */ (event.target).value)}>
          ${Object.entries(SNIPPETS).map(([id, { name }]) => html`<option key=${id} value=${id}>${name}</option>`)}
        </select>
        <${CopyButton} text=${text} label=${say("copy")} name="snippet" />
      </div>
      <pre tabindex="0" aria-label=${SNIPPETS[chosen].name}><code>${text}</code></pre>
    </section>`;
}

/** The expression that reads the files of a release; empty until it is there. @param {string} release */
function useBlocks(release) {
  const [blocks, setBlocks] = useState("");
  useEffect(() => {
    if (release !== "") {
      getJson(`/v1/releases/${release}/files`, language).then(
        (list) => setBlocks(list.duckdb.blocks),
        () => undefined,
      );
    }
  }, [release]);
  return blocks;
}

/** @param {{answer: Answer, question: Question, look: Look, title: string}} properties */
function Cite({ answer, question, look, title }) {
  const address = `${location.origin}/explore?${print({ ...question, release: answer.release.id }, look, language)}`;
  const text = say("citation", answer.attribution.source, title, answer.release.id, address, dayName(new Date()));
  return html`
    <section class="card wide">
      <h3>${say("cite")}</h3>
      <p class="citation">${text}</p>
      <${CopyButton} text=${text} label=${say("copy")} name="citation" />
    </section>`;
}

/** @param {{text: string, label: string, name: string}} properties */
function CopyButton({ text, label, name }) {
  const [isDone, setDone] = useState(false);
  useEffect(() => setDone(false), [text]);
  async function copy() {
    await navigator.clipboard.writeText(text);
    setDone(true);
  }
  return html`<button type="button" data-copy=${name} data-text=${text} onClick=${copy}>${label}</button> <span class="small"
    role="status">${isDone ? say("copied") : ""}</span>`;
}

/** Where figures come from, in one line. @param {Answer} answer */
export function sourceLine(answer) {
  return `${say("source", answer.attribution.source)} · ${say("releaseWord", answer.release.id)} · ${answer.attribution.licence}`;
}
