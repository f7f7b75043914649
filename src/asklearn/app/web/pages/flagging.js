// Flagging an item, with a comment for a reviewer.
import { useEffect, useRef } from "../vendor/preact-hooks.js";
import { html } from "../ui/html.js";
import { Key } from "../ui/parts.js";

/** @param {{ onFlag: (comment: string) => void, onCancel: () => void }} props */
export function Flagging({ onFlag, onCancel }) {
  const field = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  useEffect(() => field.current?.focus(), []);
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    onFlag(field.current?.value ?? "");
  };
  const pressed = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.repeat) submit(event);
  };
  return html`<form class="flagging" onSubmit=${submit}>
    <div class="field"><label for="flag-comment">What should a reviewer know?</label>
      <textarea class="input" id="flag-comment" rows="2" placeholder="Two requests in one message" ref=${field} onKeyDown=${pressed}></textarea></div>
    <div class="row"><button class="button" data-kind="primary" type="submit">Flag and go on <${Key} cap="Ctrl Enter" /></button>
      <button class="button" data-kind="quiet" type="button" onClick=${onCancel}>Cancel <${Key} cap="Esc" /></button></div>
  </form>`;
}
