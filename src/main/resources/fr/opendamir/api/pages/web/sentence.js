// The question as a sentence to fill in: measures by breakdowns, for codes, over a period.

import { Combobox, among } from "./combobox.js";
import { isPeriod, nameOf } from "./answer.js";
import { html, useCallback, useMemo } from "./lib.js";
import { PeriodPicker } from "./period.js";
import { codes } from "./service.js";
import { language, quoted, say } from "./words.js";

/** @typedef {import("./address.js").Question} Question */
/** @typedef {import("./address.js").Filter} Filter */
/** @typedef {import("./service.js").Vocabulary} Vocabulary */

/**
 * @param {{
 *   question: Question, vocabulary: Vocabulary, labels: import("./labels.js").Labels, onChange: (question: Question) => void
 * }} properties
 */
export function Sentence({ question, vocabulary, labels, onChange }) {
  /** @param {Partial<Question>} changed */
  const change = (changed) => onChange({ ...question, ...changed });
  /** @param {string} level @param {Filter | undefined} filter */
  const setFilter = (level, filter) => {
    const { [level]: _, ...others } = question.filters;
    change({ filters: filter ? { ...question.filters, [level]: filter } : others });
  };
  const levels = vocabulary.levels.filter((level) => !isPeriod(level.id));
  return html`
    <${Chosen} title=${say("measures")} add=${say("addMeasure")} ids=${question.measures} known=${vocabulary.measures}
      onChange=${(/** @type {string[]} */ measures) => change({ measures })} />
    <${Chosen} title=${say("by")} add=${say("addLevel")} ids=${question.groupBy} known=${vocabulary.levels}
      onChange=${(/** @type {string[]} */ groupBy) => change({ groupBy, sort: "" })} />
    <fieldset>
      <legend>${say("where")}</legend>
      ${Object.entries(question.filters).map(
        ([level, filter]) => html`
        <${FilterPicker} key=${level} level=${level} name=${nameOf(vocabulary.levels, level)} filter=${filter} labels=${labels[level]}
          onChange=${(/** @type {Filter | undefined} */ changed) => setFilter(level, changed)} />`,
      )}
      <${LevelPicker} label=${say("addFilter")} known=${levels} taken=${Object.keys(question.filters)}
        onPick=${(/** @type {string} */ level) => setFilter(level, { codes: [], excluded: false })} />
    </fieldset>
    <${PeriodPicker} question=${question} months=${vocabulary.release?.months ?? []} onChange=${change} />
    ${
      question.rest.length > 0 &&
      html`
      <fieldset>
        <legend>${say("otherParameters")}</legend>
        <${Chips} items=${question.rest.map(([name, value]) => ({ code: `${name}=${value}`, label: `${name}=${value}` }))}
          onRemove=${(/** @type {number} */ at) => change({ rest: question.rest.filter((_, index) => index !== at) })} />
      </fieldset>`
    }`;
}

/**
 * A list of measures or levels, with a field to add one.
 * @param {{title: string, add: string, ids: string[], known: {id: string, label: string}[], onChange: (ids: string[]) => void}} properties
 */
function Chosen({ title, add, ids, known, onChange }) {
  return html`
    <fieldset>
      <legend>${title}</legend>
      <${Chips} items=${ids.map((id) => ({ code: id, label: nameOf(known, id) }))}
        onRemove=${(/** @type {number} */ at) => onChange(ids.filter((_, index) => index !== at))} />
      <${LevelPicker} label=${add} known=${known} taken=${ids} onPick=${(/** @type {string} */ id) => onChange([...ids, id])} />
    </fieldset>`;
}

/** @param {{label: string, known: {id: string, label: string}[], taken: string[], onPick: (id: string) => void}} properties */
function LevelPicker({ label, known, taken, onPick }) {
  const find = useMemo(
    () => among(known.filter((item) => !taken.includes(item.id)).map((item) => ({ code: item.id, label: item.label }))),
    [known, taken.join()],
  );
  return html`<${Combobox} label=${label} find=${find} onPick=${(/** @type {{code: string}} */ option) => onPick(option.code)} />`;
}

/** @param {{items: {code: string, label: string}[], onRemove: (index: number) => void}} properties */
function Chips({ items, onRemove }) {
  return html`
    <ul class="chips">
      ${items.map(
        (item, index) => html`
        <li key=${item.code}>
          <span>${item.label}${item.label !== item.code && html` <span class="code">${item.code}</span>`}</span>
          <button type="button" aria-label=${say("remove", item.label)} onClick=${() => onRemove(index)}>×</button>
        </li>`,
      )}
    </ul>`;
}

/**
 * The codes of one level, with a search through all of them.
 * @param {{
 *   level: string, name: string, filter: Filter, labels?: Map<string, string>, onChange: (filter: Filter | undefined) => void
 * }} properties
 */
function FilterPicker({ level, name, filter, labels, onChange }) {
  const find = useCallback(
    (/** @type {string} */ typed, /** @type {AbortSignal} */ signal) => codes(level, typed, language, signal),
    [level],
  );
  /** @param {string} code */
  const add = (code) => onChange({ ...filter, codes: [...new Set([...filter.codes, code])] });
  return html`
    <div class="filter">
      <div class="filter-head">
        <span class="filter-name">${name}</span>
        <button type="button" class="quiet" aria-label=${say("remove", quoted(name))} onClick=${() => onChange(undefined)}>×</button>
      </div>
      <${Chips} items=${filter.codes.map((code) => ({ code, label: labels?.get(code) ?? code }))}
        onRemove=${(/** @type {number} */ at) => onChange({ ...filter, codes: filter.codes.filter((_, index) => index !== at) })} />
      <${Combobox} label=${say("searchCodes", name)} find=${find} isFirst=${filter.codes.length === 0}
        onPick=${(/** @type {{code: string}} */ option) => add(option.code)} />
      <label class="switch"><input type="checkbox" checked=${filter.excluded}
        onChange=${() => onChange({ ...filter, excluded: !filter.excluded })} /> ${say("allBut")}</label>
    </div>`;
}
