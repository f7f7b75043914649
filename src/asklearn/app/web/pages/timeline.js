// What happened to an item, as a line of moments: asked, answered, settled, trained on.
import { html } from "../ui/html.js";
import { Icon, Mark, moment, percent } from "../ui/parts.js";
import { Sentence } from "./item-text.js";

/** @typedef {import("../types").Story} Story */
/** @typedef {{ at: number | null, icon: string, tone?: string, body: unknown }} Moment */

const AT_RANDOM = new Set(["slice", "evaluate"]);
/** @type {Record<string, string>} */
const KIND_ICON = { answer: "check", skip: "skip", flag: "flag", retract: "undo" };

/** @param {{ story: Story, colours: Map<string, number | null> }} props */
export function Timeline({ story, colours }) {
  /** @type {Moment[]} */
  const timed = [...story.queries.map(asked), ...story.annotations.map((one) => told(one, colours))];
  timed.sort((a, b) => (a.at ?? Infinity) - (b.at ?? Infinity));
  return html`<ol class="timeline">${[...timed, ...trained(story)].map((one, i) => html`<li key=${i} data-tone=${one.tone}>
    <time datetime=${one.at === null ? undefined : new Date(one.at).toISOString()}>${one.at === null ? "" : said(one.at)}</time>
    <span class="node"><${Icon} name=${one.icon} /></span><div>${one.body}</div></li>`)}</ol>
    ${timed.length === 0 && html`<p class="quiet">It has not been asked yet.</p>`}`;
}

/** @param {number} at */
const said = (at) => new Date(at).toLocaleString(undefined, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });

/** @param {import("../types").Asked} query @returns {Moment} */
function asked(query) {
  const waits = query.state === "queued" && !query.asked_at;
  const by = query.strategy ? html` by <b>${query.strategy}</b>` : "";
  const model = query.model ? ` with model ${query.model}` : "";
  const { suggestion } = query;
  const figures = [query.score !== null && `score ${figure(query.score)}`, query.q !== null && `drawn with probability ${figure(query.q)}`,
    query.pi !== null && `inclusion probability ${figure(query.pi)}`, query.purpose !== "train" && `purpose ${query.purpose}`].filter(Boolean);
  return {
    at: query.asked_at || !waits ? moment(query.asked_at ?? query.queued_at) : null,
    icon: AT_RANDOM.has(query.purpose) ? "dice" : "ask", tone: waits ? undefined : "accent",
    body: html`<p>${waits ? "Waits in the queue" : "Asked"}, as rank ${query.rank + 1},${by}${model}. ${query.state === "withdrawn" ? "Withdrawn since." : ""}</p>
      <p><${Sentence} reason=${query.reason} /></p>
      ${suggestion && html`<p>Suggested ${suggestion.name}${suggestion.p === null ? "" : ` (${percent(suggestion.p)})`}, ${WHOSE[suggestion.source]}.</p>`}
      ${figures.length > 0 && html`<p>${figures.join(" · ")}</p>`}`,
  };
}

const WHOSE = { model: "by the model", names: "by the label names", brought: "by the model brought along" };

/** @param {number} value */
const figure = (value) => Number(value.toPrecision(3)).toString();

/** @param {import("../types").Told} one @param {Map<string, number | null>} colours @returns {Moment} */
function told(one, colours) {
  const what = {
    answer: html`answered <span class="label"><${Mark} colour=${colours.get(one.label ?? "") ?? null} />${one.name}</span>`,
    skip: "skipped it", flag: "flagged it", retract: "took the answer back",
  }[one.kind];
  const saw = one.suggested === null ? "Saw no suggestion." : one.accepted ? `Saw the suggestion ${one.suggested} and took it.` : `Saw the suggestion ${one.suggested} and answered otherwise.`;
  const gone = !one.current && one.kind !== "retract";
  return {
    at: moment(one.answered_at), icon: one.supersedes && one.kind === "answer" ? "edit" : KIND_ICON[one.kind], tone: gone || one.kind === "retract" ? undefined : "accent",
    body: html`<p><b>${one.annotator}</b> ${what}${one.seconds === null || one.kind === "retract" ? "" : ` in ${one.seconds < 10 ? one.seconds.toFixed(1) : Math.round(one.seconds)} s`}.${gone ? " It no longer stands." : ""}</p>
      ${one.kind === "answer" && one.source === "page" && html`<p>${saw}</p>`}
      ${one.comment && html`<p>Comment: \u201c${one.comment}\u201d</p>`}
      ${one.source !== "page" && html`<p>Came by ${one.source}.</p>`}`,
  };
}

/** @param {Story} story @returns {Moment[]} */
function trained({ label, models }) {
  /** @type {Moment[]} */
  const found = [];
  if (label) found.push({ at: moment(label.since) || null, icon: "edit", body: html`<p>Settled as <b>${label.name}</b>, ${label.state}.</p>` });
  if (models.length > 0) {
    const which = models.length > 1 ? `Models ${models[0]} to ${models[models.length - 1]}` : `Model ${models[0]}`;
    found.push({ at: null, icon: "logo", body: html`<p>${which} trained on it.</p>` });
  }
  return found;
}
