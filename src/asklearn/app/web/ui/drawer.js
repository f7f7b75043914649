// What lies beside the work; one at a time.
import { html } from "./html.js";
import { Icon } from "./parts.js";

/** @param {{ name: string, title: string, onClose: () => void, children?: unknown }} props */
export const Drawer = ({ name, title, onClose, children }) => html`
  <aside class="drawer" aria-label=${title} data-name=${name}>
    <header><h2>${title}</h2>
      <button class="button" data-kind="icon" type="button" aria-label="Close" onClick=${onClose}><${Icon} name="close" /></button></header>
    <div class="body" tabindex="0" role="region" aria-label=${`${title}, list`}>${children}</div>
  </aside>`;
