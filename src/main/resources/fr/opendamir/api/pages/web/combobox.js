// A text field with a list of suggestions, by the ARIA pattern "editable combobox with list autocomplete".

import { html, useEffect, useId, useLayoutEffect, useRef, useState } from "./lib.js";
import { count } from "./numbers.js";
import { say } from "./words.js";

/** @typedef {{code: string, label: string}} Option */

/** What the last search found, and what was typed for it; null before the first. @typedef {{options: Option[], of: string | null, isFailed: boolean}} Found */

/** Options that are drawn; more than a person looks through. */
const SHOWN = 60;

/** How long to wait after a key before searching, in milliseconds. */
const PAUSE = 150;

/**
 * @param {{
 *   label: string,
 *   find: (typed: string, signal: AbortSignal) => Promise<Option[]>,
 *   onPick: (option: Option) => void,
 *   isFirst?: boolean
 * }} properties `find` gives the options for what was typed, best first; with
 *   `isFirst` the field takes the focus when it appears
 */
export function Combobox({ label, find, onPick, isFirst }) {
  const id = useId();
  const input = useRef(null);
  const [typed, setTyped] = useState("");
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const found = useFound(find, typed, isOpen);
  const options = found.options.slice(0, SHOWN);

  // Before the next key: an effect after painting would leave what is typed meanwhile to another field.
  useLayoutEffect(() => {
    if (isFirst) {
      input.current.focus();
    }
  }, []);
  useEffect(() => {
    document.getElementById(`${id}-${active}`)?.scrollIntoView({ block: "nearest" });
  }, [active]);

  /** @param {Option | undefined} option */
  function pick(option) {
    if (option) {
      onPick(option);
      setTyped("");
      setActive(-1);
      setOpen(false);
      input.current.focus();
    }
  }

  /** @param {number} step */
  function move(step) {
    setOpen(true);
    setActive(
      options.length === 0 ? -1 : (active + step + options.length + (active < 0 && step < 0 ? 1 : 0)) % options.length,
    );
  }

  /** @param {KeyboardEvent} event */
  function onKeyDown(event) {
    /** @type {Record<string, () => void>} */
    const actions = {
      ArrowDown: () => move(1),
      ArrowUp: () => move(-1),
      Enter: () => pick(options[active] ?? (typed === "" ? undefined : options[0])),
      Escape: () => (isOpen ? setOpen(false) : setTyped("")),
    };
    const action = actions[event.key];
    if (action) {
      event.preventDefault();
      action();
    }
  }

  return html`
    <div class="combobox" onFocusOut=${(/** @type {FocusEvent} */ event) => {
      const box = /** @type {Element} */ (event.currentTarget);
      if (!box.contains(/** @type {Node | null} */ (event.relatedTarget))) {
        setOpen(false);
      }
    }}>
      <input ref=${input} type="text" role="combobox" autocomplete="off" spellcheck=${false}
        aria-label=${label} placeholder=${label} aria-autocomplete="list" aria-expanded=${isOpen ? "true" : "false"}
        aria-controls=${`${id}-list`}
        aria-activedescendant=${isOpen && active >= 0 ? `${id}-${active}` : undefined}
        value=${typed} onKeyDown=${onKeyDown} onClick=${() => setOpen(true)}
        onInput=${(/** @type {InputEvent} */ event) => {
          setTyped(/** @type {HTMLInputElement} */ (event.target).value);
          setActive(-1);
          setOpen(true);
        }} />
      <ul id=${`${id}-list`} role="listbox" aria-label=${label} hidden=${!isOpen || options.length === 0}>
        ${options.map(
          (/** @type {Option} */ option, /** @type {number} */ index) => html`
          <li key=${option.code} id=${`${id}-${index}`} role="option" aria-selected=${index === active ? "true" : "false"}
            onMouseDown=${(/** @type {Event} */ event) => event.preventDefault()} onClick=${() => pick(option)}>
            <span>${option.label}</span> <span class="code">${option.code}</span>
          </li>`,
        )}
      </ul>
      <p class="hint" role="status">${isOpen ? hint(found, typed) : ""}</p>
    </div>`;
}

/** @param {Found} found @param {string} typed */
function hint({ options, of, isFailed }, typed) {
  if (options.length > 0) {
    return options.length > SHOWN ? say("moreFound", count(options.length - SHOWN)) : "";
  }
  if (of !== typed) {
    return say("searching");
  }
  return isFailed ? say("searchFailed") : say("nothingFound", typed);
}

/**
 * The options for what was typed. The last ones stay until the next ones are there.
 * @param {(typed: string, signal: AbortSignal) => Promise<Option[]>} find @param {string} typed @param {boolean} isOpen
 * @returns {Found}
 */
function useFound(find, typed, isOpen) {
  const [found, setFound] = useState(/** @type {Found} */ ({ options: [], of: null, isFailed: false }));
  useEffect(() => {
    if (!isOpen) {
      return undefined;
    }
    const cancel = new AbortController();
    const wait = setTimeout(
      () =>
        find(typed, cancel.signal).then(
          (options) => cancel.signal.aborted || setFound({ options, of: typed, isFailed: false }),
          () => cancel.signal.aborted || setFound({ options: [], of: typed, isFailed: true }),
        ),
      typed === "" ? 0 : PAUSE,
    );
    return () => {
      clearTimeout(wait);
      cancel.abort();
    };
  }, [typed, isOpen, find]);
  return found;
}

/**
 * Options of a list that the page has, where every word that was typed occurs, whatever its accents.
 * @param {Option[]} options
 * @returns {(typed: string) => Promise<Option[]>}
 */
export function among(options) {
  const folded = options.map((option) => fold(`${option.label} ${option.code}`));
  return async (typed) => {
    const words = fold(typed).split(/\s+/).filter(Boolean);
    return options.filter((_, index) => words.every((word) => folded[index].includes(word)));
  };
}

/** @param {string} text */
function fold(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
