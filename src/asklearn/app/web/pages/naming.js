// First run: whose answers these are, asked once.
import { useEffect, useRef } from "../vendor/preact-hooks.js";
import { useSignal } from "../vendor/signals.js";
import * as api from "../api.js";
import { html } from "../ui/html.js";
import { Icon, Key } from "../ui/parts.js";

/** @param {{ desk: import("../work/desk.js").Desk }} props */
export function Naming({ desk }) {
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  const error = useSignal("");
  useEffect(() => field.current?.focus(), []);
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const name = field.current?.value.trim() ?? "";
    if (!name) { error.value = "A name is missing: any short one will do."; return; }
    try {
      const me = await api.setName(name);
      desk.named(me?.name ?? name);
    } catch (problem) {
      error.value = /** @type {Error} */ (problem).message;
    }
  };
  const labels = desk.labels.value.length;
  return html`<form class="empty naming" onSubmit=${submit}>
    <h2>Who is answering?</h2>
    <p>Each answer is kept with a name, so that answers can be told apart and corrected. It is asked once on this computer.</p>
    <div class="field"><label for="name">Your name</label>
      <input class="input" id="name" maxlength="60" autocomplete="nickname" spellcheck=${false} placeholder="wren" ref=${field}
        aria-invalid=${error.value ? "true" : undefined} aria-describedby=${error.value ? "name-error" : undefined} />
      ${error.value && html`<p class="error" id="name-error" role="alert"><${Icon} name="warning" />${error.value}</p>`}</div>
    <div class="row"><button class="button" data-kind="primary" type="submit">Start labelling <${Key} cap="Enter" /></button></div>
    <p class="small quiet">${desk.project.value.name}: one of ${labels} labels for each item.</p>
  </form>`;
}
