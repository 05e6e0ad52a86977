// Eight hues (Okabe and Ito) for lines. A code keeps its hue in every chart unless another line of the chart has it.

const HUES = 8;

/**
 * Class names of hues by code.
 * @param {string[]} codes at most eight
 * @returns {Map<string, string>}
 */
export function colours(codes) {
  const free = new Set(Array.from({ length: HUES }, (_, index) => index));
  const chosen = new Map();
  for (const code of [...codes].sort()) {
    const wanted = place(code);
    const hue = [...free].sort((one, other) => distance(wanted, one) - distance(wanted, other))[0];
    free.delete(hue);
    chosen.set(code, `hue-${hue}`);
  }
  return chosen;
}

/** @param {string} code */
function place(code) {
  return [...code].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) % 997, 7) % HUES;
}

/** Steps from one hue to another, forwards. @param {number} wanted @param {number} hue */
function distance(wanted, hue) {
  return (hue - wanted + HUES) % HUES;
}
