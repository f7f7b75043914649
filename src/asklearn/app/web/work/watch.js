// How long somebody looked at an item: the clock stands still while the page is hidden.

let since = performance.now();
let before = 0;

export function startWatch() {
  since = performance.now();
  before = 0;
}

/** @returns {number} seconds */
export function seconds() {
  const shown = document.visibilityState === "hidden" ? 0 : performance.now() - since;
  return Math.round((before + shown) / 10) / 100;
}

/** @returns {number} ms since the item was shown or shown again */
export const sinceShown = () => performance.now() - since;

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") before += performance.now() - since;
  else since = performance.now();
});
