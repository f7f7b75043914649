// What the model knows: the verdict, its last figures and what they rest on, the comparison with random.
import { useSignal } from "../vendor/signals.js";
import * as api from "../api.js";
import { html } from "../ui/html.js";
import { percent } from "../ui/parts.js";
import { Comparison } from "./comparison.js";

/** @typedef {import("../types").Observation} Observation */

/** @type {Record<string, string>} */
const RESTS_ON = {
  slice: "items asked at random", "cross-validation": "labels, by cross-validation", truth: "held-out items whose answer is known",
};
const FEW = 10; // on fewer items a figure says nothing
const SHARES = new Set(["accuracy", "macro-f1", "kappa"]);

/** @param {Observation} one */
const value = (one) => (SHARES.has(one.name) ? percent(one.value) : String(Math.round(one.value * 100) / 100));

/** @param {Observation} one */
const range = (one) => (one.low === null || one.high === null ? "" : ` (${percent(one.low).slice(0, -2)}\u2013${percent(one.high).slice(0, -2)})`);

/** @param {Observation} one */
export const figureLine = (one) =>
  `The model's ${one.name} is ${value(one)}${range(one)}, measured on ${one.n ? `${one.n} ` : ""}${RESTS_ON[one.basis] ?? one.basis}.`;

/** @param {{ work: import("./label.js").Work }} props */
export function ModelDrawer({ work }) {
  const status = work.overview.status.value;
  const model = work.live.model.value;
  const latest = status?.rounds?.at(-1);
  const figures = (latest?.observations ?? []).filter((one) => SHARES.has(one.name) && one.basis in RESTS_ON && (one.n ?? FEW) >= FEW);
  return html`<div class="guide">
    <p>${model ? `Model ${model.number}, trained on ${model.labels} labels.` : "No model is trained yet. The suggestions come from the label names."}</p>
    ${status?.verdict && html`<p><b>${status.verdict.sentence}</b></p>`}
    ${(status?.warnings ?? []).map((one) => html`<p class="quiet" key=${one}>${one}</p>`)}
    ${figures.length > 0 && html`<h3>How good it is</h3><ul class="figures" role="list">${figures.map((one) => html`
      <li key=${one.name + one.basis}>${figureLine(one)}</li>`)}</ul>`}
    ${status?.random_arm && html`<${Comparison} data=${status.random_arm} />`}
    <${TrainNow} learning=${work.live.learning.value} />
  </div>`;
}

/** @param {{ learning: boolean }} props */
function TrainNow({ learning }) {
  const said = useSignal("");
  const run = async () => {
    try {
      await api.learn();
      said.value = "Asked for. The next model follows as soon as the worker is free.";
    } catch (error) {
      said.value = /** @type {Error} */ (error).message;
    }
  };
  return html`<div class="row"><button class="button" type="button" disabled=${learning} onClick=${run}>${learning ? "A model is training" : "Train now"}</button></div>
    <p class="small quiet" role="status">${said.value}</p>`;
}
