// The row of tools under the labels; each with its key beside it.
import { html } from "../ui/html.js";
import { Icon, Key } from "../ui/parts.js";

/** @param {{ id: string, icon: string, cap: string, keys: string, onClick: () => void, push?: boolean, expanded?: boolean, children?: unknown }} props */
const Tool = ({ id, icon, cap, keys, onClick, push, expanded, children }) => html`
  <button class=${push ? "button push" : "button"} data-kind="quiet" type="button" id=${`tool-${id}`} aria-keyshortcuts=${keys}
    aria-expanded=${expanded === undefined ? undefined : String(expanded)} onClick=${onClick}><${Icon} name=${icon} />${children} <${Key} cap=${cap} /></button>`;

/** @param {{ commands: any, flagging: boolean, open: string | null, past: boolean }} props */
export const Tools = ({ commands, flagging, open, past }) => html`
  <div class="tools">
    <${Tool} id="skip" icon="skip" cap="Space" keys="Space" onClick=${once(commands.skip)}>Skip</${Tool}>
    <${Tool} id="flag" icon="flag" cap="!" keys="!" expanded=${flagging} onClick=${() => commands.flag(!flagging)}>Flag</${Tool}>
    ${past
      ? html`<${Tool} id="leave" icon="close" cap="Esc" keys="Escape" onClick=${commands.leave}>Leave it</${Tool}>`
      : html`<${Tool} id="undo" icon="undo" cap="⌫" keys="Backspace" onClick=${commands.undo}>Undo</${Tool}>`}
    <${Tool} id="history" icon="history" cap="," keys="," push=${true} expanded=${open === "history"} onClick=${() => commands.toggle("history")}>Answers</${Tool}>
    <${Tool} id="guide" icon="book" cap="?" keys="?" expanded=${open === "guide"} onClick=${() => commands.toggle("guide")}>Guide</${Tool}>
  </div>`;

/** A double click is one. @param {() => void} run */
const once = (run) => (/** @type {MouseEvent} */ event) => event.detail < 2 && run();
