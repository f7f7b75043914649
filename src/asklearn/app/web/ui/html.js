// Markup as tagged templates: no text is ever parsed as HTML, so no text can become code.
import { h } from "../vendor/preact.js";
import htm from "../vendor/htm.js";

export const html = htm.bind(h);
