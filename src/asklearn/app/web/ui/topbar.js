// The bar on every page: where one is, what the model knows, the theme.
import { signal } from "../vendor/signals.js";
import { html } from "./html.js";
import { Icon } from "./parts.js";

/** @typedef {"system" | "light" | "dark"} Theme */

/** @type {Record<Theme, { next: Theme, icon: string, says: string }>} */
const THEMES = {
  system: { next: "light", icon: "system", says: "Theme: as the system" },
  light: { next: "dark", icon: "sun", says: "Theme: light" },
  dark: { next: "system", icon: "moon", says: "Theme: dark" },
};

const root = document.documentElement;
const theme = signal(/** @type {Theme} */ (root.dataset.theme ?? "system"));

/** @param {Theme} next */
function setTheme(next) {
  theme.value = next;
  if (next === "system") delete root.dataset.theme;
  else root.dataset.theme = next;
  try {
    if (next === "system") localStorage.removeItem("theme");
    else localStorage.setItem("theme", next);
  } catch { /* not kept, still shown */ }
}

function ThemeButton() {
  const { next, icon, says } = THEMES[theme.value];
  return html`<button class="button theme" data-kind="icon" type="button" title=${says}
    aria-label=${`${says}. Switch to ${next}`} onClick=${() => setTheme(next)}><${Icon} name=${icon} /></button>`;
}

/** @param {{ live: import("../work/live.js").Live, onClick?: () => void, open?: boolean }} props */
export function ModelChip({ live, onClick, open }) {
  const model = live.model.value;
  const state = live.fresh.value ? "new" : live.learning.value ? "training" : model ? "idle" : "none";
  const long = model ? `Model ${model.number}, trained on ${model.labels} labels` : "No model yet";
  const short = model ? `model ${model.number} \u00b7 ${model.labels}` : "no model";
  const title = live.learning.value ? "A new model is training" : "What the model knows";
  const inside = html`<span class="dot"></span><span class="long">${long}</span><span class="short">${short}</span>`;
  return html`<span id="model">${onClick
    ? html`<button class="model" type="button" data-state=${state} title=${title} aria-expanded=${String(open)} onClick=${onClick}>${inside}</button>`
    : html`<span class="model" data-state=${state}>${inside}</span>`}
    <span class="visually-hidden" role="status">${live.fresh.value ? long : ""}</span></span>`;
}

/** @param {{ project: string, children?: unknown }} props */
export const TopBar = ({ project, children }) => html`
  <a class="skip-link" href="#main">Skip to the work</a>
  <header class="topbar">
    <a class="home" href="/"><${Icon} name="logo" /><span class="name">asklearn</span><span class="project">${project}</span></a>
    <div class="end">${children}<${ThemeButton} /></div>
  </header>`;
