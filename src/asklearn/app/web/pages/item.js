// The story of one item: what it is, its label, and everything that happened to it, in order.
import { render } from "../vendor/preact.js";
import { signal } from "../vendor/signals.js";
import * as api from "../api.js";
import { Live } from "../work/live.js";
import { html } from "../ui/html.js";
import { Icon, Mark, count, percent } from "../ui/parts.js";
import { ModelChip, TopBar } from "../ui/topbar.js";
import { coloured } from "../work/desk.js";
import { lengthOf } from "../work/text.js";
import { Timeline } from "./timeline.js";

/** @typedef {import("../types").Story} Story */

/** @param {Element} root @param {string} id @param {import("../types").Boot} boot */
export async function storyPage(root, id, boot) {
  const project = coloured(boot.project);
  const story = signal(/** @type {Story | null} */ (null));
  const trouble = signal("");
  const colours = new Map(project.task.labels.map((label) => [label.id, label.colour]));
  const live = new Live(boot.model, boot.seq ?? -1);
  document.title = `Item ${id} · ${project.name}`;
  const load = async () => {
    try {
      story.value = await api.getStory(id);
    } catch (error) {
      trouble.value = /** @type {Error} */ (error).message;
    }
  };
  live.on.annotation = ({ subject }) => { if (subject === id) void load(); };
  const Page = () => html`<${TopBar} project=${project.name}><${ModelChip} live=${live} /></${TopBar}>
    <main class="page" id="main" data-narrow>
      <p class="crumbs"><a href="/">${project.name}</a> / item <code>${id}</code></p>
      <h1 class="visually-hidden">The story of item ${id}</h1>
      ${trouble.value && html`<div class="notice" data-tone="danger" role="alert"><${Icon} name="warning" /><div><p>${trouble.value}</p></div></div>`}
      ${story.value && html`<${Body} story=${story.value} colours=${colours} />`}
    </main>`;
  render(html`<${Page} />`, root);
  await load();
  live.start();
}

/** @param {{ story: Story, colours: Map<string, number | null> }} props */
const Body = ({ story, colours }) => html`
  <p class="quote" dir="auto" data-length=${lengthOf(story.item.text)}>${story.item.text || JSON.stringify(story.item.fields)}</p>
  <${Facts} story=${story} colours=${colours} />
  ${story.same.length > 0 && html`<p class="small quiet">Exact duplicates, asked once with it: ${story.same.slice(0, 10).map((id, i) => html`${i ? ", " : ""}<a href=${`/items/${encodeURIComponent(id)}`}>${id}</a>`)}${story.same.length > 10 ? " and more." : "."}</p>`}
  <section>
    <div class="section-head"><h2>Story</h2><a class="button" data-kind="quiet" href=${`/api/items/${encodeURIComponent(story.item.id)}`}><${Icon} name="file" />JSON</a></div>
    <${Timeline} story=${story} colours=${colours} />
  </section>`;

/** @param {{ story: Story, colours: Map<string, number | null> }} props */
function Facts({ story, colours }) {
  const { label, models } = story;
  const standing = story.annotations.filter((one) => one.current && one.kind === "answer");
  const agree = standing.filter((one) => one.label === label?.label).length;
  return html`<dl class="facts">
    <div><dt>Label</dt><dd>${label ? html`<span class="label"><${Mark} colour=${colours.get(label.label) ?? null} />${label.name}</span>` : "None yet"}
      ${label && html`<small>${label.state}, confidence ${percent(label.confidence)}</small>`}</dd></div>
    <div><dt>Answers</dt><dd>${standing.length}${standing.length > 1 && html`<small>${agree} to ${standing.length - agree}</small>`}</dd></div>
    <div><dt>Trained</dt><dd>${models.length ? count(models.length, "model") : "No model"}
      ${models.length > 0 && html`<small>${models.length > 1 ? `${models[0]} to ${models[models.length - 1]}` : `number ${models[0]}`}</small>`}</dd></div>
  </dl>`;
}
