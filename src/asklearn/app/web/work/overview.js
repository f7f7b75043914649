// What is known beyond the next item: the last model's figures, the verdict, the comparison with random.
import { computed, signal } from "../vendor/signals.js";
import * as api from "../api.js";

/** @typedef {import("../types").Status} Status */
/** @typedef {import("../types").Verdict} Verdict */

const SEEN = "asklearn.advice";
const SAY_AGAIN = 5; // rounds, before the same advice comes again
const ADVICE = new Set(["consider stopping", "stop"]);

export class Overview {
  /** @param {import("./desk.js").Desk} desk @param {import("./live.js").Live} live */
  constructor(desk, live) {
    this.desk = desk;
    this.live = live;
    this.status = signal(/** @type {Status | null} */ (null));
    this.comparison = computed(() => this.status.value?.random_arm ?? null);
    /** Advice to stop, shown in place of the next item, never in the middle of one. */
    this.advice = signal(/** @type {Verdict | null} */ (null));
    this.advisedAt = 0;
    /** @type {Verdict | null} */
    this.coming = null;
    desk.holdNext = () => this.#hold();
  }

  async load() {
    let status;
    try {
      status = await api.getStatus();
    } catch {
      return; // the outbox says what is wrong; figures can wait
    }
    this.status.value = status;
    if (status.model && status.model.number > (this.live.model.peek()?.number ?? 0)) this.live.model.value = status.model;
    this.live.state(status.state);
    if (status.verdict && ADVICE.has(status.verdict.state) && this.#fresh(status.verdict)) this.coming = status.verdict;
  }

  #hold() {
    if (this.advice.peek()) return true;
    if (!this.coming) return false;
    this.advice.value = this.coming;
    this.coming = null;
    this.advisedAt = performance.now();
    return true;
  }

  /** Labelling on is always possible. */
  dismiss() {
    const advice = this.advice.peek();
    if (!advice) return;
    try {
      sessionStorage.setItem(SEEN, JSON.stringify({ state: advice.state, number: this.live.model.peek()?.number ?? 0 }));
    } catch { /* it may come again */ }
    this.advice.value = null;
    this.coming = null; // the same advice, heard again while it was read
    if (!this.desk.current.peek()) this.desk.advance();
  }

  /** @param {Verdict} verdict */
  #fresh(verdict) {
    let seen = null;
    try {
      seen = JSON.parse(sessionStorage.getItem(SEEN) ?? "null");
    } catch { /* as if never seen */ }
    return seen?.state !== verdict.state || (this.live.model.peek()?.number ?? 0) >= seen.number + SAY_AGAIN;
  }
}
