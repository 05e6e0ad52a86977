// Asks the API for the answer of a question, and tells how far it is.

import { useCallback, useEffect, useState } from "./lib.js";
import { Unreachable, getJson } from "./service.js";
import { language } from "./words.js";

/**
 * `answer` is the last answer, which stays while the next one is computed and while the service cannot be reached.
 * @typedef {{
 *   status: "loading" | "done" | "failed" | "cancelled" | "offline", isSlow: boolean, answer: import("./answer.js").Answer | null,
 *   failure: any, cancel: () => void, again: () => void
 * }} AnswerState
 */

/** Rows that the page asks for where the question names no number. */
const ROWS = "1000";

/** After this time, in milliseconds, the page shows that it waits. */
const SLOW = 300;

/** How often an unreachable service is tried again, in milliseconds. */
const RETRY = 3000;

/** @param {string} query the question @returns {AnswerState} */
export function useAnswer(query) {
  const [state, setState] = useState(
    /** @type {any} */ ({ status: "loading", isSlow: false, answer: null, failure: null }),
  );
  const [turn, setTurn] = useState(0);
  const [cancel, setCancel] = useState(() => () => undefined);
  const again = useCallback(() => setTurn((/** @type {number} */ before) => before + 1), []);

  useEffect(() => {
    const request = new AbortController();
    const change = (/** @type {any} */ changed) => setState((/** @type {any} */ before) => ({ ...before, ...changed }));
    change({ status: "loading", isSlow: false, failure: null });
    const slow = setTimeout(() => change({ isSlow: true }), SLOW);
    setCancel(() => () => {
      request.abort();
      change({ status: "cancelled" });
    });
    getJson(address(query), language, request.signal)
      .then(
        (answer) => request.signal.aborted || change({ status: "done", answer, failure: null }),
        (failure) =>
          request.signal.aborted || change({ status: failure instanceof Unreachable ? "offline" : "failed", failure }),
      )
      .finally(() => clearTimeout(slow));
    return () => {
      clearTimeout(slow);
      request.abort();
    };
  }, [query, turn]);

  useEffect(() => {
    if (state.status !== "offline") {
      return undefined;
    }
    const wait = setTimeout(again, RETRY);
    addEventListener("online", again);
    return () => {
      clearTimeout(wait);
      removeEventListener("online", again);
    };
  }, [state.status, turn]);

  return { ...state, cancel, again };
}

/** The address at which the page asks a question. @param {string} query */
export function address(query) {
  const hasLimit = new URLSearchParams(query).has("limit");
  return `/v1/aggregates?${query}${hasLimit ? "" : `&limit=${ROWS}`}&lang=${language}`;
}
