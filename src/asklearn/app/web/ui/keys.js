// The keyboard grammar, shared by every task kind. Letters belong to labels;
// everything else belongs to the page.
import { signal } from "../vendor/signals.js";

export const COMMANDS = [
  { keys: ["Enter"], says: "Take the suggestion" },
  { keys: ["1\u20139", "0", "letter"], says: "Give that label" },
  { keys: ["Space"], says: "Skip this item" },
  { keys: ["!"], says: "Flag it, with a comment" },
  { keys: ["Backspace", "Ctrl Z"], says: "Undo, as many steps as you like" },
  { keys: [",", "."], says: "Your answers: earlier, later" },
  { keys: ["Esc"], says: "Close, or leave it as it is" },
  { keys: ["?"], says: "Guidelines and keys" },
];

const SETTING = "asklearn.keys";

function remembered() {
  try {
    return localStorage.getItem(SETTING) !== "off";
  } catch {
    return true;
  }
}

/** Whether single keys answer; off for speech input (WCAG 2.1.4). */
export const singleKeys = signal(remembered());

/** @param {boolean} on */
export function setSingleKeys(on) {
  singleKeys.value = on;
  try {
    localStorage.setItem(SETTING, on ? "on" : "off");
  } catch { /* not kept, still in force */ }
}

/** @param {EventTarget | null} target @param {string} selector */
const within = (target, selector) => target instanceof Element && target.closest(selector) !== null;

/**
 * Digits go by position, so that they work unshifted on every layout (a number pad only while it gives
 * digits); letters go by character whatever Caps Lock says, by position where the layout has no Latin ones.
 * @param {KeyboardEvent} event
 */
function nameOf(event) {
  if (/^Digit\d$/.test(event.code) && !event.shiftKey) return event.code.slice(-1);
  if (/^Numpad\d$/.test(event.code) && /^\d$/.test(event.key)) return event.key;
  if (event.key === " ") return "Space";
  if (/^[a-z]$/i.test(event.key)) return event.key.toLowerCase();
  if (/^\p{L}$/u.test(event.key) && /^Key[A-Z]$/.test(event.code)) return event.code.slice(-1).toLowerCase();
  return event.key;
}

/** After a mouse click the next Enter is meant for the item, not for the button just clicked.
 * @param {MouseEvent} event */
function giveBackFocus(event) {
  const button = event.target instanceof Element && event.target.closest(".answers button, .tools button, .options > *");
  if (event.detail > 0 && button && !button.hasAttribute("aria-expanded")) {
    /** @type {HTMLElement | null} */ (document.querySelector(".stage .item"))?.focus({ preventScroll: true });
  }
}

/** @param {KeyboardEvent} event @returns {string | null} the key's name, or null when it is not for the page */
function meant(event) {
  if (event.isComposing) return null;
  const undo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "z";
  if ((event.ctrlKey || event.metaKey || event.altKey) && !undo) return null;
  const name = undo ? "Backspace" : nameOf(event);
  if (within(event.target, "input:not([type=checkbox]), textarea, select, [contenteditable]") && name !== "Escape") return null;
  if (within(event.target, "button, a, summary, input") && (name === "Enter" || name === "Space")) return null;
  return singleKeys.peek() || undo || name === "Escape" || name.startsWith("Arrow") ? name : null;
}

/**
 * Calls `handle(key, event)` for each single key pressed outside a text field; a handler that
 * returns true has used the key. A held key never answers twice, and a focused control keeps
 * its own Enter and Space.
 * @param {(name: string, event: KeyboardEvent) => boolean} handle @returns {() => void} stops listening
 */
export function listen(handle) {
  /** @param {KeyboardEvent} event */
  const pressed = (event) => {
    const name = meant(event);
    if (name === null) return;
    if (event.repeat && !name.startsWith("Arrow")) {
      if (name === "Space" || name === "Backspace") event.preventDefault();
    } else if (handle(name, event)) event.preventDefault();
  };
  document.addEventListener("click", giveBackFocus);
  document.addEventListener("keydown", pressed);
  return () => {
    document.removeEventListener("click", giveBackFocus);
    document.removeEventListener("keydown", pressed);
  };
}
