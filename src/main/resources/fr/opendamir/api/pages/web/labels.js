// The labels of codes that a question names.

import { useEffect, useState } from "./lib.js";
import { codes } from "./service.js";
import { language } from "./words.js";

/** Labels by code, by level. @typedef {Record<string, Map<string, string>>} Labels */

/** Lists that were asked for, by level. @type {Map<string, Promise<Map<string, string>>>} */
const lists = new Map();

/**
 * The labels of the codes of levels; without those that are not there yet.
 * @param {string[]} levels
 * @returns {Labels}
 */
export function useLabels(levels) {
  const [labels, setLabels] = useState(/** @type {Labels} */ ({}));
  useEffect(() => {
    for (const level of levels) {
      list(level).then((found) => setLabels((/** @type {Labels} */ before) => ({ ...before, [level]: found })));
    }
  }, [levels.join()]);
  return labels;
}

/** @param {string} level */
function list(level) {
  const known = lists.get(level);
  if (known) {
    return known;
  }
  const asked = codes(level, "", language).then(
    (found) => new Map(found.map(({ code, label }) => [code, label])),
    () => {
      lists.delete(level); // codes are shown without labels, and asked for again the next time
      return new Map();
    },
  );
  lists.set(level, asked);
  return asked;
}
