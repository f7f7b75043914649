// Sentences about the state of the page: notices that stay, and one toast that goes.
import { signal } from "../vendor/signals.js";
import { html } from "./html.js";
import { Icon } from "./parts.js";

/** @typedef {{ sentence: string, tone?: string, symbol?: string }} Toast */

const toasted = signal(/** @type {Toast | null} */ (null));
const TOAST = 4000; // ms
let timer = 0;

/** @param {string} sentence @param {Omit<Toast, "sentence">} [look] */
export function toast(sentence, look = {}) {
  clearTimeout(timer);
  toasted.value = { sentence, ...look };
  timer = setTimeout(() => { toasted.value = null; }, TOAST);
}

export function Toasts() {
  const one = toasted.value;
  return html`<div class="toasts" role="status">
    ${one && html`<div class="toast" data-tone=${one.tone} key=${one.sentence}><${Icon} name=${one.symbol ?? "check"} /><span>${one.sentence}</span></div>`}
  </div>`;
}

/** A strip under the bar. @param {{ tone: string, symbol: string, bold?: string, children?: unknown, action?: string, onAction?: () => void }} props */
export const Strip = ({ tone, symbol, bold, children, action, onAction }) => html`
  <div class="notice" data-strip data-tone=${tone} role="status"><${Icon} name=${symbol} />
    <p>${bold && html`<b>${bold}</b> `}${children}${action && html` <button class="link" type="button" onClick=${onAction}>${action}</button>`}</p>
  </div>`;
