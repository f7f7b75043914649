// The door: which page this is, with the data that came inside it.
import { render } from "./vendor/preact.js";
import * as api from "./api.js";
import { labelPage } from "./pages/label.js";
import { html } from "./ui/html.js";
import { Desk } from "./work/desk.js";
import { History } from "./work/history.js";
import { connect } from "./work/connect.js";
import { newKey } from "./work/keys7.js";
import { Live } from "./work/live.js";
import { Overview } from "./work/overview.js";

/** @returns {Promise<import("./types").Boot>} */
async function boot() {
  const inside = JSON.parse(document.getElementById("boot")?.textContent || "null");
  if (inside) return inside;
  const project = await api.getProject();
  const progress = { answered: 0, goal: project.goal, left: project.goal, pace_seconds: null, today: 0 };
  return { project, session: newKey(), queries: [], progress, model: null };
}

/** @param {Element} root @param {import("./types").Boot} given */
function label(root, given) {
  const desk = new Desk(given);
  const live = new Live(given.model, given.seq ?? -1);
  const work = { desk, live, history: new History(desk), overview: new Overview(desk, live) };
  document.title = `Label · ${given.project.name}`;
  desk.begin();
  render(html`<${labelPage(work)} />`, root);
  requestAnimationFrame(() => connect(work));
}

/** @param {Element} root @param {string} id */
async function story(root, id) {
  const { storyPage } = await import("./pages/item.js");
  await storyPage(root, id, await boot());
}

const root = /** @type {Element} */ (document.getElementById("page"));
const asked = location.pathname.match(/^\/items\/(.+)$/);
await (asked ? story(root, decodeURIComponent(asked[1])) : label(root, await boot()));
