// The item on the desk outlives a reload: it comes back with its lease, and nothing is asked twice.

/** @typedef {{ project: string, session: string, at: number, query: import("../types").Query }} Stashed */

const NAME = "asklearn.desk";
const LEASED = 300_000; // ms; a lease that was renewed until the page was left lasts longer than this

/** @param {Stashed} stashed */
export function stash(stashed) {
  try {
    sessionStorage.setItem(NAME, JSON.stringify(stashed));
  } catch { /* then the item comes back when its lease ends */ }
}

/** @param {string} project @returns {Stashed | null} what this tab had on its desk, once */
export function unstash(project) {
  try {
    const found = JSON.parse(sessionStorage.getItem(NAME) ?? "null");
    sessionStorage.removeItem(NAME);
    const fresh = found?.project === project && Date.now() - found.at < LEASED;
    return fresh ? found : null;
  } catch {
    return null;
  }
}
