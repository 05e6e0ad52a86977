// The explorer: a question to fill in on one side, its answer on the other. The address is the only state.

import { firstQuestion, parameters, parse, print, queryString } from "./address.js";
import { isPeriod } from "./answer.js";
import { AnswerView } from "./answer-view.js";
import { Estimate } from "./estimate.js";
import { useLabels } from "./labels.js";
import { html, render, useEffect, useMemo, useState } from "./lib.js";
import { Refusal } from "./problem.js";
import { Sentence } from "./sentence.js";
import { vocabulary as fetchVocabulary } from "./service.js";
import { useAnswer } from "./use-answer.js";
import { language, say } from "./words.js";

/** @typedef {import("./address.js").Question} Question */
/** @typedef {import("./address.js").Look} Look */
/** @typedef {import("./service.js").Vocabulary} Vocabulary */

/** @param {{vocabulary: Vocabulary, formats: string[]}} properties */
function Explorer({ vocabulary, formats }) {
  const [search, setSearch] = useState(location.search);
  const { question, look } = useMemo(() => read(search, vocabulary), [search]);
  const [draft, setDraft] = useState(question);
  const labels = useLabels([...Object.keys(draft.filters), ...Object.keys(question.filters)]);
  const state = useAnswer(queryString(parameters(question)));
  const isChanged = queryString(parameters(draft)) !== queryString(parameters(question));

  useEffect(() => {
    const onPopState = () => setSearch(location.search);
    addEventListener("popstate", onPopState);
    return () => removeEventListener("popstate", onPopState);
  }, []);
  useEffect(() => setDraft(question), [question]);
  useEffect(() => languageLinks(search), [search]);

  /** @param {string} query */
  function open(query) {
    const next = query === "" ? "" : `?${query}`;
    history.pushState(null, "", `/explore${next}`);
    setSearch(next);
  }
  const show = (/** @type {Question} */ next, /** @type {Look} */ nextLook = look) =>
    open(print(next, nextLook, language));
  const suggest = (/** @type {string} */ query) => open(languageOf(withLook(query, look)));

  return html`
    <div class="explorer">
      <details class="question" open=${isWide()}>
        <summary>${say("changeQuestion")}</summary>
        <${Sentence} question=${draft} vocabulary=${vocabulary} labels=${labels} onChange=${setDraft} />
        ${isChanged && html`<${Estimate} question=${draft} vocabulary=${vocabulary} onAsk=${() => show(draft)}
          onUndo=${() => setDraft(question)} onSuggest=${suggest} />`}
        <${AddressField} value=${print(question, look, "fr")} api=${queryString(parameters(question))}
          onOpen=${(/** @type {string} */ query) => open(languageOf(query))} />
      </details>
      <${AnswerView} state=${state} question=${question} look=${look} vocabulary=${vocabulary} labels=${labels} formats=${formats}
        onLook=${(/** @type {Look} */ next) => show(question, next)} onQuestion=${show} onSuggest=${suggest} />
    </div>`;
}

/** Whether the question stands beside the answer. Above it, it is folded. */
function isWide() {
  return matchMedia("(min-width: 720px)").matches;
}

/** @param {string} search @param {Vocabulary} vocabulary */
function read(search, vocabulary) {
  const levels = vocabulary.levels.filter((level) => !isPeriod(level.id)).map((level) => level.id);
  const { question, look } = parse(search, (name) => levels.includes(name));
  const isEmpty = parameters(question).length === 0;
  return { question: isEmpty ? firstQuestion() : question, look };
}

/** A question in the view that is open. @param {string} query @param {Look} look */
function withLook(query, look) {
  const chosen = Object.entries(look).filter(([, value]) => value !== "");
  return [query, queryString(chosen)].filter(Boolean).join("&");
}

/** A query string in the language of the page. @param {string} query */
function languageOf(query) {
  const pairs = new URLSearchParams(query.replace(/^[^?]*\?/, ""));
  pairs.delete("lang");
  const text = queryString([...pairs]);
  return language === "fr" ? text : [text, `lang=${language}`].filter(Boolean).join("&");
}

/** The links to the page in another language follow the address. @param {string} search */
function languageLinks(search) {
  for (const link of document.querySelectorAll("a[hreflang]")) {
    const pairs = new URLSearchParams(search);
    pairs.set("lang", /** @type {HTMLAnchorElement} */ (link).hreflang);
    /** @type {HTMLAnchorElement} */ (link).href = `/explore?${queryString([...pairs])}`;
  }
}

/**
 * The query string to change by hand, and the same question in the API.
 * @param {{value: string, api: string, onOpen: (query: string) => void}} properties
 */
function AddressField({ value, api, onOpen }) {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  return html`
    <details class="address">
      <summary>${say("query")}</summary>
      <label class="small" for="query">${say("queryHelp")}</label>
      <textarea id="query" rows="4" spellcheck=${false} value=${typed}
        onInput=${(/** @type {Event} */ event) => setTyped(/** @type {HTMLTextAreaElement} */ (event.target).value)}></textarea>
      <div class="actions">
        <button type="button" onClick=${() => onOpen(typed)}>${say("open")}</button>
        <a class="button" data-format="json" href=${`/v1/aggregates?${api}&lang=${language}`}>${say("inApi")}</a>
      </div>
    </details>`;
}

async function start() {
  const place = /** @type {HTMLElement} */ (document.getElementById("explorer"));
  const formats = (place.dataset.formats ?? "").split(",");
  try {
    const vocabulary = await fetchVocabulary(language);
    place.replaceChildren();
    render(html`<${Explorer} vocabulary=${vocabulary} formats=${formats} />`, place);
  } catch (failure) {
    place.replaceChildren();
    render(
      html`<h1>${say("failed")}</h1><${Refusal} failure=${failure} query="" onSuggest=${() => location.reload()} />`,
      place,
    );
    addEventListener("online", () => location.reload());
  }
}

start();
