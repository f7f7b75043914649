// What is not sent yet, kept in this browser: one entry each, so that two tabs never overwrite one another.

/** @typedef {import("../types").Op} Op */

const PREFIX = "asklearn.kept";

export class Kept {
  /** @param {string} project */
  constructor(project) {
    this.prefix = `${PREFIX}.${encodeURIComponent(project)}.`;
    /** Storage may be full or forbidden: the answers then live in memory, and the page says so. */
    this.safe = true;
  }

  /** @param {Op} op */
  put(op) {
    try {
      localStorage.setItem(this.prefix + op.id, JSON.stringify(op));
    } catch {
      this.safe = false;
    }
  }

  /** @param {string} id */
  drop(id) {
    try {
      localStorage.removeItem(this.prefix + id);
    } catch { /* nothing was kept either */ }
  }

  /** Everything kept for this project, in order. @returns {Op[]} */
  all() {
    try {
      return Object.keys(localStorage).filter((name) => name.startsWith(this.prefix)).sort()
        .map((name) => JSON.parse(localStorage.getItem(name) ?? "null")).filter(Boolean);
    } catch {
      return [];
    }
  }
}
