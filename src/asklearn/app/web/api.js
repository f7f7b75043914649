// The HTTP API, one function a call. Every failure is an ApiError with a sentence for a person.

/** @typedef {import("./types").Answer} Answer */
/** @typedef {import("./types").Progress} Progress */
/** @typedef {import("./types").Query} Query */

const PATIENCE = 20_000; // ms; a hanging connection counts as none

/** Status 0: no connection. */
export class ApiError extends Error {
  /** @param {number} status @param {string} detail */
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }

  get offline() { return this.status === 0; }

  get locked() { return this.status === 401; }

  /** Whether trying again later can help. */
  get passing() { return this.offline || this.status >= 500 || [401, 403, 408, 429].includes(this.status); }
}

/** @param {Response} response */
async function problemOf(response) {
  try {
    const problem = await response.json();
    return new ApiError(response.status, problem.detail || problem.title || `The server said ${response.status}.`);
  } catch {
    return new ApiError(response.status, `The server answered with ${response.status} and no reason.`);
  }
}

/** @param {string} path @param {RequestInit} [init] @returns {Promise<any>} */
async function call(path, init = {}) {
  let response;
  try {
    response = await fetch(path, { credentials: "same-origin", signal: AbortSignal.timeout(PATIENCE), ...init });
  } catch {
    throw new ApiError(0, "Could not reach the server.");
  }
  if (!response.ok) throw await problemOf(response);
  return response.status === 204 ? null : response.json().catch(() => null);
}

/** @param {string} path @param {unknown} body @returns {Promise<any>} */
function post(path, body) {
  const text = JSON.stringify(body);
  const keepalive = text.length < 30_000; // a page that closes still sends it
  return call(path, { method: "POST", headers: { "content-type": "application/json" }, body: text, keepalive });
}

/** @returns {Promise<import("./types").Project>} */
export const getProject = () => call("/api/project");

/** @returns {Promise<import("./types").Status>} */
export const getStatus = () => call("/api/status");

/** @param {string} id @returns {Promise<import("./types").Story>} */
export const getStory = (id) => call(`/api/items/${encodeURIComponent(id)}`);

/** @param {number} limit @param {number} [before]
 * @returns {Promise<{ answers: import("./types").Given[] }>} */
export const getAnswers = (limit, before) =>
  call(`/api/answers?mine=1&limit=${limit}${before === undefined ? "" : `&before=${before}`}`);

/** @param {string} name */
export const setName = (name) => post("/api/me", { name });

/** @param {string} session @param {number} n @returns {Promise<import("./types").Claimed>} */
export const claim = (session, n) => post("/api/claim", { session, n });

/** @param {string} session @param {Answer[]} answers
 * @returns {Promise<{ receipts: import("./types").Receipt[], progress: Progress }>} */
export const sendAnswers = (session, answers) => post("/api/answers", { session, answers });

/** @param {string} session @param {string} key @returns {Promise<{ query: Query | null, progress: Progress }>} */
export const undo = (session, key) => post("/api/undo", { session, key });

/** @param {string} session */
export const renew = (session) => post("/api/renew", { session });

/** Gives back the named queries, or all of the session. @param {string} session @param {string[]} [queries] */
export const release = (session, queries) => post("/api/release", queries ? { session, queries } : { session });

/** The same while the page closes. @param {string} session @param {string[]} queries */
export function releaseOnLeaving(session, queries) {
  const body = new Blob([JSON.stringify({ session, queries })], { type: "application/json" });
  navigator.sendBeacon("/api/release", body);
}

export const learn = () => post("/api/learn", {});
