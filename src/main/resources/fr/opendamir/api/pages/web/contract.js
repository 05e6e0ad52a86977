// The contract of the API as a page: every operation with its parameters and answers, and a field to try it.

import { html, render, useState } from "./lib.js";
import { getJson } from "./service.js";
import { language, say } from "./words.js";

/** @type {Record<string, [string, string]>} French, English */
const WORDS = {
  contractHelp: ["Le contrat, en anglais, sert à engendrer des clients :", "The contract, to generate clients from:"],
  answers: ["Réponses", "Answers"],
  answer: ["Réponse", "Answer"],
  request: ["Requête", "Request"],
  parameters: ["Paramètres", "Parameters"],
  parameter: ["Paramètre", "Parameter"],
  meaning: ["Sens", "Meaning"],
  example: ["Exemple", "Example"],
  try: ["Essayer", "Try it"],
  onlyHere: [
    "Seules les adresses de ce service peuvent être essayées ici.",
    "Only addresses of this service can be tried here.",
  ],
};

/** @param {string} key */
function word(key) {
  return WORDS[key][language === "en" ? 1 : 0];
}

/**
 * What is read of an OpenAPI document.
 * @typedef {{tags?: {name: string, description?: string}[], paths: Record<string, Record<string, any>>, components: any}} Contract
 * @typedef {{method: string, path: string, operation: any}} Operation
 */

/** Characters of an answer that are shown. */
const SHOWN = 20_000;

/** @param {{contract: Contract}} properties */
function Reference({ contract }) {
  const operations = operationsOf(contract);
  return html`
    <p class="small">${word("contractHelp")} <a href="/openapi">OpenAPI</a></p>
    ${(contract.tags ?? []).map(
      (tag) => html`
      <section key=${tag.name}>
        <h3>${tag.name}</h3>
        <p class="small">${tag.description}</p>
        ${operations.filter(({ operation }) => operation.tags?.[0] === tag.name).map((one) => html`<${OperationView} ...${one}
          contract=${contract} />`)}
      </section>`,
    )}`;
}

/** @param {Contract} contract @returns {Operation[]} */
function operationsOf(contract) {
  return Object.entries(contract.paths).flatMap(([path, methods]) =>
    ["get", "post"].filter((method) => methods[method]).map((method) => ({ method, path, operation: methods[method] })),
  );
}

/** @param {Operation & {contract: Contract}} properties */
function OperationView({ method, path, operation, contract }) {
  /** @type {any[]} */
  const parameters = (operation.parameters ?? []).map((/** @type {any} */ one) => resolved(one, contract));
  const responses = Object.entries(operation.responses ?? {}).map(([status, one]) => ({
    status,
    ...resolved(one, contract),
  }));
  return html`
    <details class="operation" id=${operation.operationId}>
      <summary><span class="method">${method.toUpperCase()}</span> <code>${path}</code> <span>${operation.summary}</span></summary>
      ${operation.description && html`<p lang="en">${operation.description}</p>`}
      ${parameters.length > 0 && html`<${Parameters} parameters=${parameters} path=${path} />`}
      <h4>${word("answers")}</h4>
      <dl class="responses" lang="en">${responses.map(({ status, description }) => html`<dt>${status}</dt><dd>${description}</dd>`)}</dl>
      ${method === "get" && html`<${Trial} address=${exampleAddress(path, parameters)} />`}
    </details>`;
}

/** @param {{parameters: any[], path: string}} properties */
function Parameters({ parameters, path }) {
  const caption = `${word("parameters")} – ${path}`;
  return html`
    <div class="scroll" tabindex="0" role="region" aria-label=${caption}>
      <table lang="en">
        <caption>${caption}</caption>
        <thead lang=${language}><tr><th scope="col">${word("parameter")}</th><th scope="col">${word("meaning")}</th><th
          scope="col">${word("example")}</th></tr></thead>
        <tbody>
          ${parameters.map(
            (one) => html`
            <tr key=${one.name}>
              <th scope="row"><code>${one.name}</code> <span class="code">${one.in}</span></th>
              <td>${one.description}${values(one.schema) && html`<br /><span class="small">${values(one.schema)}</span>`}</td>
              <td>${example(one) && html`<code>${example(one)}</code>`}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
}

/** A request that can be changed and sent. @param {{address: string}} properties */
function Trial({ address }) {
  const [typed, setTyped] = useState(address);
  const [answer, setAnswer] = useState("");
  /** @param {Event} event */
  async function send(event) {
    event.preventDefault();
    setAnswer(await sent(typed));
  }
  return html`
    <form class="trial" onSubmit=${send}>
      <input type="text" aria-label=${word("request")} value=${typed}
        onInput=${(/** @type {Event} */ event) => setTyped(/** @type {HTMLInputElement} */ (event.target).value)} />
      <button type="submit">${word("try")}</button>
    </form>
    ${answer && html`<pre tabindex="0" aria-label=${word("answer")}><code>${answer}</code></pre>`}`;
}

/** What the service answers, in words. @param {string} address a path of this service */
async function sent(address) {
  const url = new URL(address, location.origin);
  if (url.origin !== location.origin) {
    return word("onlyHere");
  }
  try {
    const response = await fetch(url, { headers: { "Accept-Language": language } });
    const text = await response.text();
    const isJson = (response.headers.get("Content-Type") ?? "").includes("json");
    const body = isJson ? JSON.stringify(JSON.parse(text), null, 2) : text;
    return `HTTP ${response.status}\n\n${body.slice(0, SHOWN)}${body.length > SHOWN ? "\n…" : ""}`;
  } catch {
    return say("offline");
  }
}

/** Follows a reference inside the contract. @param {any} one @param {Contract} contract */
function resolved(one, contract) {
  const reference = one.$ref;
  return typeof reference === "string"
    ? reference
        .slice(2)
        .split("/")
        .reduce((found, key) => found[key], /** @type {any} */ (contract))
    : one;
}

/** The values that a parameter may have. @param {any} schema */
function values(schema) {
  const listed = schema?.enum ?? schema?.items?.enum;
  return Array.isArray(listed) ? listed.join(", ") : "";
}

/** @param {any} parameter @returns {string} */
function example(parameter) {
  const first = /** @type {any} */ (Object.values(parameter.examples ?? {})[0])?.value;
  const value = parameter.example ?? first ?? "";
  return Array.isArray(value) ? value.join(",") : String(value);
}

/** An address with the examples of its required parameters. @param {string} path @param {any[]} parameters */
function exampleAddress(path, parameters) {
  const filled = path.replace(/\{(\w+)\}/g, (_, name) =>
    encodeURIComponent(example(parameters.find((one) => one.name === name) ?? {})),
  );
  const shown = parameters.filter(
    (one) => one.in === "query" && ["group_by", "measures"].includes(one.name) && example(one),
  );
  return shown.length === 0 ? filled : `${filled}?${shown.map((one) => `${one.name}=${example(one)}`).join("&")}`;
}

async function start() {
  const place = /** @type {HTMLElement} */ (document.getElementById("contract"));
  const contract = await getJson("/openapi?format=json", language).catch(() => null);
  if (contract) {
    place.replaceChildren();
    render(html`<${Reference} contract=${contract} />`, place);
    openTarget();
    addEventListener("hashchange", openTarget);
  }
}

/** Unfolds the operation that the address names. */
function openTarget() {
  document.getElementById(location.hash.slice(1))?.setAttribute("open", "");
}

start();
