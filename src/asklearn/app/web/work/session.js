// Which page this is, among all tabs of this browser.
import { newKey } from "./keys7.js";

/** This page, from load to leaving: marks what it keeps, so that no other tab sends the same. */
export const page = newKey();

const nameOf = (/** @type {string} */ one) => `asklearn.page.${one}`;

/** Holds a lock as long as the page lives; a page that is gone holds none. */
export function markAlive() {
  void navigator.locks?.request(nameOf(page), () => new Promise(() => {}));
}

/** Tells pages that are open now from those that are gone. @returns {Promise<(page: string) => boolean>} */
export async function livePages() {
  const held = navigator.locks ? ((await navigator.locks.query()).held ?? []) : [];
  const names = new Set(held.map((lock) => lock.name));
  return (one) => names.has(nameOf(one));
}
