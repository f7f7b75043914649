// The lines around the item: how far, what was just answered, what is left.
import { html } from "../ui/html.js";
import { Bar, Icon, count, duration } from "../ui/parts.js";

/** @param {{ desk: import("../work/desk.js").Desk }} props */
export function Progress({ desk }) {
  const { goal, pace_seconds: pace } = desk.counted.value;
  const answered = desk.answered.value;
  return html`<div class="progress"><${Bar} share=${goal ? answered / goal : 0} />
    <span><b id="count">${answered}</b>${goal ? ` of ${goal}` : answered === 1 ? " answer" : " answers"}</span>
    ${pace ? html`<span class="pace">${duration(pace)} each</span>` : null}</div>`;
}

/** @param {{ desk: import("../work/desk.js").Desk }} props */
export function EchoLine({ desk }) {
  const echo = desk.echo.value;
  return html`<div class="echo" aria-live="polite">${echo && echo.sure ? html`<${Icon} name="check" />` : null}
    ${echo && html`<span>${echo.lead ? `${echo.lead} ` : ""}${echo.sure || echo.lead ? html`<b>${echo.words}</b>` : echo.words}</span>`}</div>`;
}

/** @param {{ work: import("./label.js").Work, openModel: () => void }} props */
export function Footer({ work, openModel }) {
  const { desk, overview } = work;
  const { goal, pace_seconds: pace } = desk.counted.value;
  const left = goal - desk.answered.value;
  const waiting = desk.outbox.waiting.value.length;
  const kept = desk.outbox.line.value !== "well" && waiting > 0;
  const best = overview.comparison.value;
  return html`<footer>
    <span>${left > 0 && pace ? `About ${duration(left * pace)} to the goal of ${goal}` : left <= 0 && goal ? `The goal of ${goal} is reached` : ""}</span>
    ${best && html`<button class="link" type="button" id="compare" onClick=${openModel}>${best.sentence}</button>`}
    <span id="saved">${kept ? `${count(waiting, "answer")} kept on this computer` : "Every answer is saved"}</span>
  </footer>`;
}
