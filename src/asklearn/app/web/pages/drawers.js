// What lies beside the work: one's answers, the guide with the keys, what the model knows. One at a time.
import { useEffect } from "../vendor/preact-hooks.js";
import { Drawer } from "../ui/drawer.js";
import { html } from "../ui/html.js";
import { COMMANDS, setSingleKeys, singleKeys } from "../ui/keys.js";
import { Icon, Key, Mark, ago } from "../ui/parts.js";
import { ModelDrawer } from "./model-drawer.js";

/** @typedef {import("./label.js").Work} Work */

/** @param {"history" | "guide" | "model" | null} name @param {Work} work @param {any} commands */
export function drawerOf(name, work, commands) {
  if (name === "history") return html`<${Drawer} name=${name} title="Your answers" onClose=${commands.close}><${Past} work=${work} show=${commands.show} /></${Drawer}>`;
  if (name === "guide") return html`<${Drawer} name=${name} title="Guidelines and keys" onClose=${commands.close}><${Guide} work=${work} rename=${commands.rename} /></${Drawer}>`;
  if (name === "model") return html`<${Drawer} name=${name} title="What the model knows" onClose=${commands.close}><${ModelDrawer} work=${work} /></${Drawer}>`;
  return null;
}

/** @param {{ work: Work, show: (given: import("../types").Given) => void }} props */
function Past({ work, show }) {
  const { history, desk } = work;
  const rows = history.rows.value;
  const open = desk.past.value?.given.key;
  useEffect(() => { document.querySelector(".past [aria-current=true]")?.scrollIntoView({ block: "nearest" }); }, [open]);
  const colours = new Map(desk.labels.value.map((label) => [label.id, label.colour]));
  return html`<p class="small quiet">${rows.length ? "Choose one to change it. The model learns from the change." : "No answers yet."}</p>
    ${history.trouble.value && html`<p class="small quiet">${history.trouble.value}</p>`}
    <ul class="past" role="list">${rows.map((one) => html`<li key=${one.key}>
      <button type="button" aria-current=${one.key === open ? "true" : undefined} onClick=${() => show(one)}>
        <span class="text" dir="auto">${one.item.text}</span>
        <span class="label">${one.kind === "answer" ? html`<${Mark} colour=${colours.get(one.label ?? "") ?? null} />${one.name}`
    : html`<${Icon} name=${one.kind} />${one.kind === "skip" ? "Skipped" : "Flagged"}`}</span>
        <span class="when">${ago(one.at)}</span>
        ${one.comment && html`<span class="comment">${one.comment}</span>`}
      </button></li>`)}</ul>`;
}

/** @param {{ work: Work, rename: () => void }} props */
function Guide({ work, rename }) {
  const { task, me } = work.desk.project.value;
  const keyed = task.labels.length <= 10;
  return html`<div class="guide">
    ${task.guidelines.trim() ? task.guidelines.trim().split(/\n\s*\n/).map((one) => html`<p class="says" dir="auto">${one}</p>`)
    : html`<p class="quiet">This project has no guidelines yet: go by the labels.</p>`}
    <dl>${task.labels.map((label, i) => html`<div key=${label.id}>
      <dt>${label.colour ? html`<${Mark} colour=${label.colour} />` : null}${label.name}${keyed && html` <${Key} cap=${String((i + 1) % 10)} />`}${keyed && label.key && html` <${Key} cap=${label.key} />`}</dt>
      ${label.description && html`<dd>${label.description}</dd>`}</div>`)}</dl>
    <h3>Keys</h3>
    <table class="keys"><tbody>${COMMANDS.map((one) => html`<tr key=${one.says}><td>${one.keys.map((cap) => html`<${Key} cap=${cap} /> `)}</td><td>${one.says}</td></tr>`)}</tbody></table>
    <label class="label small"><input type="checkbox" checked=${singleKeys.value} onChange=${(/** @type {any} */ event) => setSingleKeys(event.target.checked)} /> Single keys answer. Turn off if you use speech input.</label>
    <p class="small quiet">Answering as <b>${me.name}</b>. <button class="link" type="button" onClick=${rename}>Change the name</button></p>
  </div>`;
}
