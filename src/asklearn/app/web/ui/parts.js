// The smallest parts: icon, label mark, key cap, bar, and how figures are written.
import { html } from "./html.js";

/** @param {{ name: string }} props */
export const Icon = ({ name }) =>
  html`<svg class="icon" aria-hidden="true"><use href=${`#${name}`} /></svg>`;

/** The shape of a label's colour; decoration, since the name always stands beside it.
 * @param {{ colour: number | null }} props */
export const Mark = ({ colour }) =>
  html`<svg class="mark" aria-hidden="true" data-colour=${colour ?? undefined}>
    ${colour ? html`<use href=${`#mark-${colour}`} />` : null}
  </svg>`;

/** @param {{ cap: string }} props */
export const Key = ({ cap }) => html`<kbd class="key">${cap}</kbd>`;

/** A bar without a style attribute: the width is SVG's own.
 * @param {{ share: number }} props */
export const Bar = ({ share }) => {
  const width = `${(Math.min(1, Math.max(0, share)) * 100).toFixed(1)}%`;
  return html`<svg class="bar" aria-hidden="true"><rect width=${width} height="100%" /></svg>`;
};

/** @param {number} p */
export const percent = (p) => `${Math.round(p * 100)}\u202f%`;

/** @param {number} n @param {string} one @param {string} [many] */
export const count = (n, one, many = `${one}s`) => `${n} ${n === 1 ? one : many}`;

/** A duration as a person says it: "12 s", "4 min", "1 h 30". @param {number} seconds */
export function duration(seconds) {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)} h${rest ? ` ${String(rest).padStart(2, "0")}` : ""}`;
}

/** Milliseconds of a time that came as RFC 3339 or as microseconds. @param {string | number} at */
export const moment = (at) => (typeof at === "number" ? at / 1000 : Date.parse(at));

/** @param {string | number} at */
export function ago(at) {
  const seconds = (Date.now() - moment(at)) / 1000;
  if (seconds < 5) return "just now";
  if (seconds < 86_400) return `${duration(seconds)} ago`;
  return new Date(moment(at)).toLocaleDateString(undefined, { day: "numeric", month: "short" });
}
