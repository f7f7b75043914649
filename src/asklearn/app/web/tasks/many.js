// One label of many: five likely ones first, the rest one word away. Typing anywhere starts the search.
import { signal } from "../vendor/signals.js";
import { useEffect, useLayoutEffect, useRef } from "../vendor/preact-hooks.js";
import { html } from "../ui/html.js";
import { Bar, Icon, Key, percent } from "../ui/parts.js";

/** @typedef {import("./index.js").Context} Context */
/** @typedef {import("../types").LabelOption} LabelOption */
/** @typedef {{ label: LabelOption, p: number | null }} Row */

const LIKELY = 5;
const FOUND = 7;

/** @param {string} text */
const wordsOf = (text) => text.toLocaleLowerCase().split(/\s+/).filter(Boolean);

/** Every typed word must begin a word of the name; the model's order breaks ties.
 * @param {LabelOption[]} labels @param {string} text @param {Context} context @returns {Row[]} */
function rowsFor(labels, text, { query, given }) {
  const words = wordsOf(text);
  const p = query.suggestion?.probabilities ?? {};
  const rows = labels.map((label) => ({ label, p: p[label.id] ?? (query.suggestion?.label === label.id ? query.suggestion.p : null) }));
  const likely = (/** @type {Row} */ a, /** @type {Row} */ b) =>
    Number(b.label.id === given) - Number(a.label.id === given) || (b.p ?? -1) - (a.p ?? -1);
  if (words.length === 0) return rows.filter((row) => row.p !== null || row.label.id === given || !query.suggestion).sort(likely).slice(0, LIKELY);
  const found = rows.filter(({ label }) => {
    const name = ` ${label.name.toLocaleLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ")}`;
    return words.every((word) => name.includes(` ${word}`) || label.name.toLocaleLowerCase().startsWith(word));
  });
  return found.sort(likely).slice(0, FOUND);
}

/** @param {{ name: string, text: string }} props */
function Highlighted({ name, text }) {
  const words = wordsOf(text).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  if (words.length === 0) return html`<span class="name">${name}</span>`;
  const parts = name.split(new RegExp(`(?<![\\p{L}\\p{N}])(${words.join("|")})`, "giu"));
  return html`<span class="name">${parts.map((part, i) => (i % 2 ? html`<mark>${part}</mark>` : part))}</span>`;
}

/** @param {{ row: Row, i: number, chosen: boolean, text: string, pick: () => void }} props */
const Option = ({ row, i, chosen, text, pick }) => html`
  <div role="option" id=${`option-${i}`} aria-selected=${String(chosen)} data-plain=${row.p === null || undefined}
      onClick=${(/** @type {MouseEvent} */ event) => event.detail < 2 && pick()}>
    <span class="digit">${text ? null : html`<${Key} cap=${String(i + 1)} />`}</span>
    <${Highlighted} name=${row.label.name} text=${text} />
    ${row.p === null ? html`<span></span>` : html`<${Bar} share=${row.p} />`}
    <span class="share">${row.p === null ? "" : percent(row.p)}</span>
    <span class="enter"><${Key} cap="Enter" /></span>
  </div>`;

/** @param {number} all @param {number} shown @param {string} text @param {import("../types").Suggestion | null} suggestion */
function note(all, shown, text, suggestion) {
  if (text.trim() && shown === 0) return `No label has a word that begins with \u201c${text.trim()}\u201d. Clear it to see the likely ones, or flag the item.`;
  if (text.trim()) return "";
  const rest = all - shown;
  const whose = suggestion ? `${suggestion.source === "names" ? "The likeliest by their names" : `The model's ${shown} best`}. ` : "";
  return `${whose}${rest} more: type a word of the name.`;
}

/** @param {import("../types").Task} task @returns {import("./index.js").TaskView} */
export function many(task) {
  const text = signal("");
  const place = signal(/** @type {number | null} */ (null));
  /** @type {Row[]} */
  let shown = [];
  /** @type {Context | null} */
  let now = null;
  /** @type {HTMLInputElement | null} */
  let field = null;

  const type = (/** @type {string} */ typed) => { text.value = typed; place.value = null; };
  /** Without a suggestion or a word nothing is chosen, so that Enter gives nothing by accident. */
  const chosen = () => place.value ?? (text.value.trim() || now?.query.suggestion || now?.given ? 0 : -1);
  const move = (/** @type {number} */ step) => { place.value = (Math.max(chosen(), step > 0 ? -1 : 0) + step + shown.length) % Math.max(shown.length, 1); };
  /** @param {number} i */
  const pick = (i) => {
    const row = shown[i];
    if (!row) { now?.say("Nothing is suggested here: type a word of the label's name."); return; }
    field?.blur();
    type("");
    now?.answer(row.label.id);
  };
  /** @param {KeyboardEvent} event */
  const pressed = (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") move(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Enter") event.repeat || pick(chosen());
    else if (event.key === "Escape") { type(""); field?.blur(); event.stopPropagation(); }
    else return;
    event.preventDefault();
  };

  /** @param {{ context: Context }} props */
  function View({ context }) {
    const input = useRef(/** @type {HTMLInputElement | null} */ (null));
    useEffect(() => { field = input.current; });
    useLayoutEffect(() => type(""), [context.query.item.id]);
    now = context;
    shown = rowsFor(task.labels, text.value, context);
    const at = Math.min(chosen(), shown.length - 1);
    return html`<div class="finder"><${Icon} name="search" />
        <input class="input" id="find" type="text" role="combobox" aria-label="Find a label" aria-expanded=${String(shown.length > 0)}
          aria-controls="options" aria-autocomplete="list" aria-activedescendant=${at >= 0 ? `option-${at}` : undefined}
          autocomplete="off" spellcheck=${false} placeholder=${`Type to find one of ${task.labels.length} labels`} ref=${input}
          value=${text.value} onInput=${(/** @type {any} */ event) => type(event.target.value)} onKeyDown=${pressed} /><${Key} cap="/" /></div>
      <div class="options" id="options" role="listbox" aria-label="Labels" hidden=${shown.length === 0}>
        ${shown.map((row, i) => html`<${Option} key=${row.label.id} row=${row} i=${i} chosen=${i === at} text=${text.value} pick=${() => pick(i)} />`)}</div>
      <p class="options-note" role="status">${note(task.labels.length, shown.length, text.value, context.query.suggestion)}</p>`;
  }

  return {
    name: "many",
    View,
    answers: (name) => name === "Enter" || /^[1-7]$/.test(name),
    handle(name) {
      if (/^[1-7]$/.test(name)) pick(Number(name) - 1);
      else if (name === "Enter") pick(chosen());
      else if (name === "ArrowDown" || name === "ArrowUp") move(name === "ArrowDown" ? 1 : -1);
      else if (name === "/") field?.focus();
      else if (/^\p{L}$/u.test(name)) { field?.focus(); return false; } // the letter lands in the field
      else return false;
      return true;
    },
  };
}
