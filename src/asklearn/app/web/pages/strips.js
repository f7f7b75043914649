// What the labeller must know about the page itself: no connection, no access, a refused answer.
import { useEffect } from "../vendor/preact-hooks.js";
import { html } from "../ui/html.js";
import { Strip } from "../ui/notice.js";
import { count } from "../ui/parts.js";

const BACK = 4000; // ms

/** @param {{ work: import("./label.js").Work }} props */
export function Strips({ work }) {
  const { desk, live } = work;
  const { outbox } = desk;
  const refused = desk.refused.value;
  return html`<div class="strips">
    <${Line} outbox=${outbox} ahead=${desk.queue.ahead.value.length} />
    <${Back} outbox=${outbox} />
    ${refused && html`<${Strip} tone="danger" symbol="warning" bold=${refused.sentence} action="Dismiss" onAction=${() => { desk.refused.value = null; }}>
      ${`The answer to \u201c${short(refused.text)}\u201d was not taken.`}</${Strip}>`}
    ${live.trouble.value && html`<${Strip} tone="warn" symbol="warning">${live.trouble.value}</${Strip}>`}
  </div>`;
}

/** @param {string} text */
const short = (text) => (text.length > 60 ? `${text.slice(0, 60)}\u2026` : text);

/** @param {{ outbox: import("../work/outbox.js").Outbox, ahead: number }} props */
function Line({ outbox, ahead }) {
  const line = outbox.line.value;
  const kept = count(outbox.waiting.value.length, "answer");
  const retry = { action: "Try again", onAction: () => outbox.retry() };
  const unsafe = outbox.kept.safe ? "" : " This browser keeps nothing: leave the page open until they are sent.";
  if (line === "offline") {
    return html`<${Strip} tone="warn" symbol="offline" bold=${`No connection. ${kept} kept, will be sent.`}>
      ${ahead > 0 ? `Go on: ${count(ahead, "more item is", "more items are")} here already.` : "Closing the page keeps them too."}${unsafe}</${Strip}>`;
  }
  if (line === "locked") {
    return html`<${Strip} tone="danger" symbol="warning" bold="This page has no access to the project any more." ...${retry}>
      ${`${kept} kept. Open the address that asklearn printed when it started: it carries the key. Then this page goes on.`}${unsafe}</${Strip}>`;
  }
  if (line === "failing") {
    return html`<${Strip} tone="danger" symbol="warning" bold=${outbox.trouble.value} ...${retry}>
      ${`${kept} kept in this page, will be sent.`}${unsafe}</${Strip}>`;
  }
  return null;
}

/** @param {{ outbox: import("../work/outbox.js").Outbox }} props */
function Back({ outbox }) {
  const sent = outbox.caughtUp.value;
  useEffect(() => {
    if (!sent) return undefined;
    const timer = setTimeout(() => { outbox.caughtUp.value = 0; }, BACK);
    return () => clearTimeout(timer);
  }, [sent]);
  return sent > 0 && outbox.line.value === "well"
    ? html`<${Strip} tone="accent" symbol="check">${`Connection is back. ${count(sent, "answer")} sent.`}</${Strip}>` : null;
}
