// The libraries, which are scripts that set global names, as a module.

const { preact, preactHooks, htm, d3 } = /** @type {any} */ (globalThis);

/** Markup as a tagged template: html`<p class="note">${text}</p>`. */
export const html = htm.bind(preact.h);
export const { render } = preact;
export const { useCallback, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } = preactHooks;
export { d3 };
