// Stopping is advice: it comes between two items, and labelling on is one key away.
import { useEffect, useRef } from "../vendor/preact-hooks.js";
import { html } from "../ui/html.js";
import { Key } from "../ui/parts.js";
import { figureLine } from "./model-drawer.js";

/** @param {{ work: import("./label.js").Work, openModel: () => void }} props */
export function Advice({ work, openModel }) {
  const { overview } = work;
  const heading = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => heading.current?.focus(), []);
  const advice = overview.advice.value;
  const latest = overview.status.value?.rounds?.at(-1);
  const figure = latest?.observations?.find((one) => one.basis === "slice") ?? latest?.observations?.find((one) => one.basis === "cross-validation");
  return html`<div class="empty" id="advice">
    <h2 tabindex="-1" ref=${heading}>${advice?.state === "stop" ? "The stopping rule is met" : "You could stop here"}</h2>
    <p>${advice?.sentence}</p>
    ${figure && html`<p>${figureLine(figure)}</p>`}
    <div class="row"><button class="button" data-kind="primary" type="button" onClick=${openModel}>See the evidence</button>
      <button class="button" data-kind="quiet" type="button" onClick=${() => overview.dismiss()}>Keep labelling <${Key} cap="Enter" /></button></div>
    <p class="small quiet">To take the labels away, run <code>asklearn export</code>. Nothing is lost by labelling on.</p>
  </div>`;
}
