// How the chosen questions did beside random ones, on items whose answer is known. Only a demo knows that.
import { html } from "../ui/html.js";
import { percent } from "../ui/parts.js";

const WIDTH = 320;
const HEIGHT = 190;
const EDGE = { left: 36, right: 8, top: 12, bottom: 26 };

/** @param {{ data: import("../types").Comparison }} props */
export function Comparison({ data }) {
  const { points, n_test: n, sentence } = data;
  return html`<figure class="chart">
    <figcaption><h3>${sentence}</h3><p>Share right on ${n} held-out items, by number of labels.</p></figcaption>
    ${points.length > 1 ? html`<${Plot} points=${points} />` : html`<p class="quiet small">The curve starts with the second model.</p>`}
    <details><summary>Show the numbers</summary><div class="scroll" tabindex="0" role="region" aria-label="Comparison, numbers"><table>
      <thead><tr><th scope="col">Labels</th><th scope="col" class="number">Chosen</th><th scope="col" class="number">Random</th></tr></thead>
      <tbody>${points.map((one) => html`<tr key=${one.labels}><td>${one.labels}</td><td class="number">${percent(one.chosen)}</td><td class="number">${percent(one.random)}</td></tr>`)}</tbody>
    </table></div></details>
  </figure>`;
}

/** @param {{ points: import("../types").Comparison["points"] }} props */
function Plot({ points }) {
  const all = points.flatMap((one) => [one.chosen, one.random]);
  const low = Math.floor(Math.min(...all) * 10) / 10;
  const high = Math.max(Math.ceil(Math.max(...all) * 10) / 10, low + 0.1);
  const last = points[points.length - 1];
  const first = points[0];
  const x = (/** @type {number} */ labels) => EDGE.left + ((labels - first.labels) / Math.max(1, last.labels - first.labels)) * (WIDTH - EDGE.left - EDGE.right);
  const y = (/** @type {number} */ share) => HEIGHT - EDGE.bottom - ((share - low) / (high - low)) * (HEIGHT - EDGE.bottom - EDGE.top);
  const path = (/** @type {"chosen" | "random"} */ arm) => points.map((one, i) => `${i ? "L" : "M"}${x(one.labels).toFixed(1)} ${y(one[arm]).toFixed(1)}`).join("");
  const better = last.chosen >= last.random;
  return html`<svg class="plot" viewBox=${`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
    ${[low, (low + high) / 2, high].map((tick) => html`<line class="grid" key=${tick} x1=${EDGE.left} x2=${WIDTH - EDGE.right} y1=${y(tick)} y2=${y(tick)} />
      <text x=${EDGE.left - 6} y=${y(tick) + 4} text-anchor="end">${percent(tick)}</text>`)}
    <path class="line arm" d=${path("random")} /><path class="line" d=${path("chosen")} />
    <text class="series" x=${WIDTH - EDGE.right} y=${apart(y(last.chosen), better)} text-anchor="end">chosen</text>
    <text x=${WIDTH - EDGE.right} y=${apart(y(last.random), !better)} text-anchor="end">random</text>
    <text x=${x(first.labels)} y=${HEIGHT - 6}>${first.labels}</text><text x=${WIDTH - EDGE.right} y=${HEIGHT - 6} text-anchor="end">${last.labels} labels</text>
  </svg>`;
}

/** The upper line's name above it, the lower one's below. @param {number} at @param {boolean} above */
const apart = (at, above) => Math.min(HEIGHT - EDGE.bottom - 4, Math.max(EDGE.top, above ? at - 8 : at + 18));
