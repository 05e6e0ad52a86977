// Requests to the API of this service.

/**
 * A problem document (RFC 9457) of the service.
 * @typedef {{
 *   title: string, detail?: string, status: number, request_id?: string,
 *   errors?: {parameter: string, detail: string, code: string, did_you_mean?: string[]}[],
 *   suggestions?: {change: string, href?: string}[]
 * }} Problem
 */

/** An answer that is an error, in the service's own words. */
export class Refused extends Error {
  /** @param {Problem} problem @param {number} retryAfter seconds, 0 if the service named none */
  constructor(problem, retryAfter) {
    super(problem.title);
    this.problem = problem;
    this.retryAfter = retryAfter;
  }
}

/** The service could not be reached. */
export class Unreachable extends Error {}

/**
 * Gets JSON.
 * @param {string} path path and query string
 * @param {string} language
 * @param {AbortSignal} [signal]
 * @returns {Promise<any>}
 * @throws {Refused | Unreachable | DOMException} the last if the request was cancelled
 */
export async function getJson(path, language, signal) {
  const response = await reach(path, { signal, headers: { Accept: "application/json", "Accept-Language": language } });
  const body = await response.json().catch((/** @type {Error} */ failure) => {
    if (failure.name === "AbortError") {
      throw failure;
    }
    return null;
  });
  if (response.ok && body !== null) {
    return body;
  }
  const problem = body ?? { title: `HTTP ${response.status}`, status: response.status };
  throw new Refused(problem, Number(response.headers.get("Retry-After") ?? 0));
}

/** @param {string} path @param {RequestInit} options */
async function reach(path, options) {
  try {
    return await fetch(path, options);
  } catch (failure) {
    throw /** @type {Error} */ (failure).name === "AbortError" ? failure : new Unreachable();
  }
}

/**
 * @typedef {{id: string, label: string, unit: string, description: string, caveats?: string}} Measure
 * @typedef {{id: string, dimension: string, label: string, description: string}} Level
 * @typedef {{code: string, label: string}} Code
 * @typedef {{id: string, months: string[], not_disclosed: Record<string, Record<string, number>>}} Release
 */

/**
 * What the pickers offer, and the newest release.
 * @typedef {{measures: Measure[], levels: Level[], release: Release | null}} Vocabulary
 */

/** @param {string} language @returns {Promise<Vocabulary>} */
export async function vocabulary(language) {
  const lang = `?lang=${language}`;
  const [measures, levels, release] = await Promise.all([
    getJson(`/v1/measures${lang}`, language),
    getJson(`/v1/dimensions${lang}`, language),
    getJson("/v1/releases/latest", language).catch(unlessNothingIsPublished),
  ]);
  return {
    measures: measures.data,
    levels: levels.data,
    release: release && { ...release, months: release.months.map(monthId) },
  };
}

/** @param {any} failure */
function unlessNothingIsPublished(failure) {
  if (failure instanceof Refused && (failure.problem.status === 404 || failure.problem.status === 503)) {
    return null;
  }
  throw failure;
}

/** @param {any} month */
function monthId(month) {
  return typeof month === "string" ? month : month.month;
}

/**
 * The codes of a level whose labels match what was typed; all codes if nothing was.
 * @param {string} level @param {string} typed @param {string} language @param {AbortSignal} [signal]
 * @returns {Promise<Code[]>}
 */
export async function codes(level, typed, language, signal) {
  const search = typed.trim() === "" ? "" : `search=${encodeURIComponent(typed.trim())}&`;
  const answer = await getJson(`/v1/dimensions/${level}/codes?${search}lang=${language}`, language, signal);
  return answer.data;
}
