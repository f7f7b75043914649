// Who this tab is. Two tabs are two sessions, so that they never get the same item; a reload is the same one.
import { newKey } from "./keys7.js";

const NAME = "asklearn.session";
const TRIES = 5; // after a reload the old page may hold its lock a moment longer
const BREATH = 20; // ms

/** This page, from load to leaving: marks what it keeps, so that no other tab sends the same. */
export const page = newKey();

/** Holds a lock as long as the page lives; false when another page holds it.
 * @param {string} name @returns {Promise<boolean>} */
function hold(name) {
  if (!navigator.locks) return Promise.resolve(true);
  return new Promise((settle) => {
    void navigator.locks.request(name, { ifAvailable: true }, (lock) => {
      settle(lock !== null);
      return lock ? new Promise(() => {}) : undefined;
    });
  });
}

/** A duplicated tab copies the id, but not the lock. @param {string} id */
async function mine(id) {
  for (let i = 0; i < TRIES; i += 1) {
    if (await hold(`asklearn.session.${id}`)) return true;
    await new Promise((done) => { setTimeout(done, BREATH); });
  }
  return false;
}

/** @returns {Promise<string>} */
export async function openSession() {
  void hold(`asklearn.page.${page}`);
  const kept = remembered();
  if (kept && (await mine(kept))) return kept;
  const id = newKey();
  await hold(`asklearn.session.${id}`);
  try {
    sessionStorage.setItem(NAME, id);
  } catch { /* without storage a reload is a new session */ }
  return id;
}

function remembered() {
  try {
    return sessionStorage.getItem(NAME);
  } catch {
    return null;
  }
}

/** Tells pages that are open now from those that are gone. @returns {Promise<(page: string) => boolean>} */
export async function livePages() {
  const held = navigator.locks ? ((await navigator.locks.query()).held ?? []) : [];
  const names = new Set(held.map((lock) => lock.name));
  return (one) => names.has(`asklearn.page.${one}`);
}
