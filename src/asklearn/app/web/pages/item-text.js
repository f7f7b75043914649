// The item, large and calm, and the one line that says why it is asked.
import { useEffect, useRef } from "../vendor/preact-hooks.js";
import { html } from "../ui/html.js";
import { Icon, ago, percent } from "../ui/parts.js";
import { lengthOf } from "../work/text.js";

const AT_RANDOM = new Set(["slice", "random", "cold"]);
const BY_HAND = new Set(["manual", "undone"]);

/** @param {{ item: import("../types").Item, turn: number }} props */
export function ItemText({ item, turn }) {
  const node = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    const active = document.activeElement;
    if (!active || active === document.body) node.current?.focus({ preventScroll: true });
    if (turn > 1) scrollTo({ top: 0 });
  }, [turn]);
  return html`<div class="item" tabindex="-1" aria-live="polite" dir="auto" data-length=${lengthOf(item.text)} ref=${node}>
    <div class="words" key=${turn} data-turn=${turn > 1 || undefined}>${item.text ? item.text : html`<${Fields} fields=${item.fields} />`}</div></div>`;
}

/** An item without a text shows all its fields. @param {{ fields: Record<string, unknown> }} props */
const Fields = ({ fields }) => html`<dl class="fields">${Object.entries(fields).map(([name, value]) => html`
  <div key=${name}><dt>${name}</dt><dd>${typeof value === "object" ? JSON.stringify(value) : String(value)}</dd></div>`)}</dl>`;

/** @param {{ query: import("../types").Query, past: import("../work/desk.js").Past | null }} props */
export function Why({ query, past }) {
  if (past) return html`<${PastLine} given=${past.given} id=${query.item.id} />`;
  const { reason, suggestion } = query;
  const icon = AT_RANDOM.has(reason.kind) ? "dice" : BY_HAND.has(reason.kind) ? "edit" : "ask";
  const names = suggestion?.source === "names" ? " The suggestion comes from the label names, until the first model." : "";
  return html`<p class="why"><${Icon} name=${icon} /><span><${Sentence} reason=${reason} />${names} <${Story} id=${query.item.id} /></span></p>`;
}

/** @param {{ reason: import("../types").Reason }} props */
export function Sentence({ reason }) {
  if (!reason.parts?.length) return reason.sentence;
  return reason.parts.map((part) => {
    if (!part.name) return part.text;
    return html`<b>${part.name}</b>${typeof part.p === "number" ? ` (${percent(part.p)})` : ""}`;
  });
}

/** @param {{ given: import("../types").Given, id: string }} props */
const PastLine = ({ given, id }) => html`<p class="why"><${Icon} name="history" /><span>
  ${given.kind === "answer" ? html`You answered <b>${given.name}</b>` : given.kind === "skip" ? "You skipped this" : "You flagged this"}, ${ago(given.at)}.
  ${" "}Give another label to change it. <${Story} id=${id} /></span></p>`;

/** @param {{ id: string }} props */
const Story = ({ id }) => html`<a href=${`/items/${encodeURIComponent(id)}`}>Its story</a>`;
