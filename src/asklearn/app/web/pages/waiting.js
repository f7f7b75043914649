// Nothing to ask just now: why, in the server's words; the page moves on by itself.
import { useEffect } from "../vendor/preact-hooks.js";
import { useSignal } from "../vendor/signals.js";
import { html } from "../ui/html.js";
import { count, duration } from "../ui/parts.js";

const PATIENT = 300; // ms; a shorter wait is not shown at all

/** @type {Record<string, string>} */
const TITLES = { "empty pool": "No items yet", "first ranking": "Nearly there", "all labelled": "All items are answered", "all skipped": "All items were asked" };

/** @param {{ work: import("./label.js").Work }} props */
export function Waiting({ work }) {
  const { desk } = work;
  const slow = useSignal(false);
  useEffect(() => {
    const timer = setTimeout(() => { slow.value = true; }, PATIENT);
    return () => clearTimeout(timer);
  }, []);
  const waiting = desk.queue.empty.value;
  if (!waiting) return html`<${Fetching} shown=${slow.value} line=${desk.outbox.line.value} />`;
  const { today, pace_seconds: pace } = desk.counted.value;
  return html`<div class="empty" role="status">
    <h2>${TITLES[waiting.reason] ?? "All asked, for the moment"}</h2>
    <p>${waiting.sentence}</p>
    ${today > 0 && html`<p class="small quiet">${count(today, "answer")} today${pace ? `, about ${duration(today * pace)}` : ""}.</p>`}
  </div>`;
}

/** @param {{ shown: boolean, line: string }} props */
function Fetching({ shown, line }) {
  if (!shown) return html`<div class="item" aria-busy="true"></div>`;
  if (line !== "well") {
    return html`<div class="empty"><h2>Nothing more is here</h2>
      <p>The items fetched ahead are answered. The page goes on by itself when the server can be reached.</p></div>`;
  }
  return html`<div class="skeleton item" role="status" aria-label="Fetching the next item"><i></i><i></i><i></i></div>`;
}
