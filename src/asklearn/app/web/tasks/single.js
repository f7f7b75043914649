// One label of up to ten: each is a button, in a fixed place, with its key.
import { html } from "../ui/html.js";
import { Bar, Key, Mark, percent } from "../ui/parts.js";

/** @typedef {import("./index.js").Context} Context */
/** @typedef {import("../types").LabelOption} LabelOption */

const WORTH_A_BAR = 0.05;
const LOW = 0.1;

/** @param {{ label: LabelOption, digit: string, context: Context }} props */
function AnswerButton({ label, digit, context }) {
  const { suggestion } = context.query;
  const best = suggestion?.label === label.id;
  const p = suggestion?.probabilities[label.id] ?? (best ? suggestion?.p : null);
  const figure = suggestion && (p ?? (Object.keys(suggestion.probabilities).length > 1 ? 0 : null));
  return html`<button class="answer" type="button" data-id=${label.id} data-colour=${label.colour ?? undefined}
      data-suggested=${best || undefined} data-hit=${context.hit === label.id || undefined}
      aria-pressed=${context.given === label.id ? "true" : undefined}
      aria-keyshortcuts=${[digit, label.key].filter(Boolean).join(" ")}
      onClick=${(/** @type {MouseEvent} */ event) => event.detail < 2 && context.answer(label.id)}>
    <${Key} cap=${digit} /><${Mark} colour=${label.colour} /><span class="name">${label.name}</span>
    <span class="share" data-low=${(!best && (figure ?? 0) < LOW) || undefined}>
      ${typeof figure === "number" ? percent(figure) : null}${best ? html`<${Key} cap="Enter" />` : null}</span>
    ${typeof p === "number" && p >= WORTH_A_BAR ? html`<${Bar} share=${p} />` : null}
  </button>`;
}

/** @param {import("../types").Task} task @returns {import("./index.js").TaskView} */
export function single(task) {
  const digits = task.labels.map((_, i) => String((i + 1) % 10));
  const labelOf = (/** @type {string} */ name) => task.labels.find((label, i) => digits[i] === name || (label.key && label.key === name));
  return {
    name: "single",
    View: ({ context }) => html`<div class="answers" role="group" aria-label="Labels" data-columns=${task.labels.length < 3 ? "2" : undefined}>
      ${task.labels.map((label, i) => html`<${AnswerButton} key=${label.id} label=${label} digit=${digits[i]} context=${context} />`)}</div>`,
    answers: (name) => name === "Enter" || labelOf(name) !== undefined,
    handle(name, _event, context) {
      const label = labelOf(name);
      const suggested = context.query.suggestion?.label;
      if (label) context.answer(label.id);
      else if (name !== "Enter") return false;
      else if (suggested) context.answer(suggested);
      else context.say("Nothing is suggested here: press the number of a label.");
      return true;
    },
  };
}
