// What the server tells as it happens: a new model, a learning worker, another person's answer.
import { batch, signal } from "../vendor/signals.js";

/** @typedef {import("../types").Model} Model */
/** @typedef {{ seq: number, kind: string, subject: string, actor: string, body: Record<string, any> }} Event */

const NEW_FOR = 4000; // ms
const KINDS = ["round", "learning", "queue", "annotation", "task", "added", "settings", "compared"];
const REOPEN = 3000; // ms; the browser itself gives up after a refusal

export class Live {
  /** @param {Model | null} model @param {number} seq the last event that the page already reflects */
  constructor(model, seq) {
    this.model = signal(model);
    this.learning = signal(false);
    /** True for a few seconds after a new model. */
    this.fresh = signal(false);
    /** Why no model comes, when learning fails. */
    this.trouble = signal("");
    /** @type {Record<string, (event: Event) => void>} */
    this.on = {};
    /** @type {() => void} the stream is there (again): what happened meanwhile is asked for */
    this.onOpen = () => {};
    this.seq = seq;
    /** @type {EventSource | null} */
    this.source = null;
    this.timers = { fresh: 0, reopen: 0 };
  }

  /** A hidden page listens to nothing: browsers allow six streams, and there may be many tabs. */
  start() {
    document.addEventListener("visibilitychange", () => this.#follow());
    addEventListener("pageshow", () => this.#follow());
    addEventListener("pagehide", () => this.#close());
    this.#follow();
  }

  #follow() {
    if (document.visibilityState === "hidden") this.#close();
    else if (!this.source) this.#open();
  }

  #open() {
    clearTimeout(this.timers.reopen);
    const source = new EventSource(this.seq < 0 ? "/api/events" : `/api/events?since=${this.seq}`);
    source.addEventListener("open", () => this.onOpen());
    source.addEventListener("error", () => {
      if (source.readyState !== EventSource.CLOSED) return;
      this.#close();
      this.timers.reopen = setTimeout(() => this.#follow(), REOPEN);
    });
    for (const kind of KINDS) source.addEventListener(kind, (event) => this.#take(kind, event));
    this.source = source;
  }

  #close() {
    clearTimeout(this.timers.reopen);
    this.source?.close();
    this.source = null;
  }

  /** @param {string} kind @param {MessageEvent} message */
  #take(kind, message) {
    /** @type {Event} */
    const event = { kind, subject: "", actor: "", body: {}, ...JSON.parse(message.data) };
    if (event.seq <= this.seq) return;
    this.seq = event.seq;
    if (kind === "round") this.learned(event.body.number, event.body.labels);
    if (kind === "learning") this.state(event.body.state, event.body.sentence);
    this.on[kind]?.(event);
  }

  /** @param {number} number @param {number} labels */
  learned(number, labels) {
    if (number <= (this.model.peek()?.number ?? 0)) return;
    batch(() => {
      this.model.value = { number, labels };
      this.learning.value = false;
      this.trouble.value = "";
      this.fresh.value = true;
    });
    clearTimeout(this.timers.fresh);
    this.timers.fresh = setTimeout(() => { this.fresh.value = false; }, NEW_FOR);
  }

  /** @param {string} state @param {string} [sentence] */
  state(state, sentence = "") {
    this.learning.value = state === "learning" || state === "encoding";
    this.trouble.value = this.learning.peek() || state === "idle" ? "" : sentence;
  }
}
