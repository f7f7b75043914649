// Answers on their way. Kept until the server has confirmed them, sent in order, each under its own key,
// so that a repeated request counts once.
import { batch, computed, signal } from "../vendor/signals.js";
import { ApiError } from "../api.js";
import { Kept } from "./kept.js";
import { livePages, page } from "./session.js";

/** @typedef {import("../types").Op} Op */
/** @typedef {import("../types").Answer} Answer */
/** @typedef {import("../types").Progress} Progress */
/** @typedef {import("../types").Query} Query */
/** @typedef {"well" | "offline" | "locked" | "failing"} Line */
/**
 * @typedef {object} Post
 * @property {(answers: Answer[]) => Promise<{ receipts: import("../types").Receipt[], progress: Progress }>} answers
 * @property {(key: string) => Promise<{ query: Query | null, progress: Progress }>} undo
 */

const AT_ONCE = 50;
const FIRST_WAIT = 800; // ms; doubles with each failure
const LONGEST_WAIT = 15_000;

export class Outbox {
  /** @param {string} project @param {Post} post */
  constructor(project, post) {
    this.post = post;
    this.kept = new Kept(project);
    /** @type {import("../vendor/signals.js").Signal<Op[]>} */
    this.waiting = signal([]);
    this.line = signal(/** @type {Line} */ ("well"));
    /** The server's sentence while the line is not well. */
    this.trouble = signal("");
    /** Answers sent after the line came back; 0 when there was no trouble. */
    this.caughtUp = signal(0);
    /** What the waiting operations will add to the count of answers. */
    this.ahead = computed(() => this.waiting.value.reduce((sum, op) => sum + weight(op), 0));
    /** @type {(progress: Progress) => void} */
    this.onProgress = () => {};
    /** @type {(answer: Answer, sentence: string) => void} */
    this.onRefused = () => {};
    /** @type {(query: Query | null, key: string) => void} */
    this.onUndone = () => {};
    /** @type {Set<string>} */
    this.inFlight = new Set();
    /** What has left at least once: the server may have it, whatever came back. */
    /** @type {Set<string>} */
    this.tried = new Set();
    this.busy = false;
    this.flushes = 0;
    this.failures = 0;
    this.timer = 0;
  }

  /** Takes over what earlier pages could not send. @param {string} who only answers of this annotator */
  async adopt(who) {
    const live = await livePages();
    const known = new Set(this.waiting.peek().map((op) => op.id));
    const found = this.kept.all().filter((op) => op.who === who && !live(op.page) && !known.has(op.id)).map((op) => ({ ...op, page }));
    if (found.length === 0) return;
    for (const op of found) this.kept.put(op);
    for (const op of found) this.tried.add(op.id);
    this.waiting.value = [...found, ...this.waiting.peek()];
    void this.flush();
  }

  /** @param {Op} op */
  put(op) {
    this.kept.put(op);
    this.waiting.value = [...this.waiting.peek(), op];
    void this.flush();
  }

  /** Takes back an answer that has not left yet. @param {string} id @returns {boolean} whether it was here */
  take(id) {
    if (this.tried.has(id) || !this.waiting.peek().some((op) => op.id === id)) return false;
    this.#remove([id]);
    return true;
  }

  /** An item was leased again: its answer that waits here is for the new query. @param {Query} query */
  redirect(query) {
    const fresh = this.waiting.peek().map((op) => {
      if (op.op !== "answer" || op.answer.item !== query.item.id || op.answer.supersedes || this.tried.has(op.id)) return op;
      const turned = { ...op, answer: { ...op.answer, query: query.key } };
      this.kept.put(turned);
      return turned;
    });
    this.waiting.value = fresh;
  }

  /** A mark of the quiet; another one, or null, means that answers were under way meanwhile. */
  get quiet() { return this.busy ? null : this.flushes; }

  /** @param {string} item whether an answer for it waits here */
  holds(item) {
    return this.waiting.peek().some((op) => op.op === "answer" && op.answer.item === item);
  }

  /** Tries at once, whatever the waiting time says. */
  retry() {
    clearTimeout(this.timer);
    void this.flush();
  }

  async flush() {
    if (this.busy) return;
    this.busy = true;
    let sent = 0;
    try {
      while (this.waiting.peek().length > 0) sent += await this.#sendNext();
      this.#well(sent);
    } catch (error) {
      this.#trouble(/** @type {ApiError} */ (error));
    } finally {
      this.inFlight.clear();
      this.busy = false;
      this.flushes += 1;
    }
  }

  /** @returns {Promise<number>} how many operations are done */
  async #sendNext() {
    const ops = this.waiting.peek();
    const [head] = ops;
    if (head.op === "undo") return this.#sendUndo(head);
    const end = ops.findIndex((op) => op.op === "undo");
    const alone = this.failures > 0 && this.line.peek() === "well";
    const some = ops.slice(0, Math.min(alone ? 1 : AT_ONCE, end < 0 ? ops.length : end));
    this.inFlight = new Set(some.map((op) => op.id));
    for (const id of this.inFlight) this.tried.add(id);
    const answers = some.flatMap((op) => (op.op === "answer" ? [op.answer] : []));
    const result = await this.#orRefuse(answers);
    const failed = (result?.receipts ?? []).filter((receipt) => receipt.error);
    const later = failed.filter(({ error }) => error && error.status >= 500); // a full disk, not a wrong answer
    batch(() => {
      this.#remove([...this.inFlight].filter((id) => !later.some(({ key }) => key === id)));
      if (result) this.onProgress(result.progress);
    });
    for (const { key, error } of failed) {
      const answer = answers.find((one) => one.key === key);
      if (error && error.status < 500 && answer) this.onRefused(answer, error.detail || error.title);
    }
    if (later[0]?.error) throw new ApiError(later[0].error.status, later[0].error.detail);
    this.inFlight.clear();
    return answers.length;
  }

  /** A request that can never succeed must not block those behind it: tried one by one, then refused.
   * @param {Answer[]} answers */
  async #orRefuse(answers) {
    try {
      return await this.post.answers(answers);
    } catch (error) {
      const problem = /** @type {ApiError} */ (error);
      if (problem.passing || answers.length > 1) throw problem;
      this.onRefused(answers[0], problem.message);
      return null;
    }
  }

  /** @param {Extract<Op, { op: "undo" }>} op */
  async #sendUndo(op) {
    this.inFlight = new Set([op.id]);
    /** @type {Query | null} */
    let query = null;
    try {
      const result = await this.post.undo(op.key);
      query = result.query;
      batch(() => {
        this.#remove([op.id]);
        this.onProgress(result.progress);
      });
    } catch (error) {
      if (/** @type {ApiError} */ (error).passing) throw error;
      this.#remove([op.id]); // nothing to take back any more
    }
    this.inFlight.clear();
    if (query) this.redirect(query);
    this.onUndone(query, op.key);
    return 0;
  }

  /** @param {string[]} ids */
  #remove(ids) {
    for (const id of ids) { this.kept.drop(id); this.tried.delete(id); }
    this.waiting.value = this.waiting.peek().filter((op) => !ids.includes(op.id));
  }

  /** @param {number} sent */
  #well(sent) {
    batch(() => {
      if (this.line.peek() !== "well") this.caughtUp.value = sent;
      this.line.value = "well";
      this.trouble.value = "";
    });
    this.failures = 0;
  }

  /** @param {ApiError} error */
  #trouble(error) {
    if (!(error instanceof ApiError)) throw error;
    batch(() => {
      if (error.passing) this.line.value = error.offline ? "offline" : error.locked ? "locked" : "failing";
      this.trouble.value = error.message;
    });
    const wait = error.passing ? Math.min(FIRST_WAIT * 2 ** this.failures, LONGEST_WAIT) : 0;
    this.failures += 1;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), wait);
  }
}

/** @param {Op} op */
function weight(op) {
  if (op.op === "undo") return op.counts ? -1 : 0;
  return op.answer.kind === "answer" && !op.answer.supersedes ? 1 : 0;
}
