// The items ahead: claimed in small batches before they are needed, swapped for better ones when a model is new.
import { signal } from "../vendor/signals.js";

/** @typedef {import("../types").Query} Query */
/** @typedef {import("../types").Claimed} Claimed */

const AHEAD = 5; // a claim's size
const LOW = 4; // ahead of the current item, before more is claimed
const MOST = 50; // that the server gives at once
const SOON = 300; // ms
const RETRY = 3000; // ms, after a claim that failed
/** Purposes that a new model does not change. */
const LASTING = new Set(["slice", "evaluate", "gold", "review", "relabel", "manual"]);
const SOONEST = 1; // s, between two looks at an empty queue

export class Queue {
  /**
   * @param {object} calls
   * @param {(n: number) => Promise<Claimed>} calls.claim
   * @param {(keys: string[]) => Promise<unknown>} calls.release
   * @param {object} desk
   * @param {(query: Query) => boolean} desk.has an item that is shown or answered here already
   * @param {() => boolean} desk.open whether anybody works here yet
   * @param {() => number} desk.held how many leases it holds besides those ahead: a claim counts them in
   */
  constructor(calls, desk) {
    this.calls = calls;
    this.desk = desk;
    /** @type {import("../vendor/signals.js").Signal<Query[]>} */
    this.ahead = signal([]);
    /** Why there is nothing ahead, as the server says it. */
    this.empty = signal(/** @type {import("../types").Waiting | null} */ (null));
    /** @type {(claimed: Claimed) => void} */
    this.onClaimed = () => {};
    this.busy = false;
    /** The queue was ranked anew while a claim was under way. */
    this.stale = false;
    this.timer = 0;
  }

  /** @returns {Query | null} */
  next() {
    const [first, ...rest] = this.ahead.peek();
    this.ahead.value = rest;
    void this.fill();
    return first ?? null;
  }

  /** An item comes back, before all others. @param {Query} query */
  unshift(query) {
    this.ahead.value = [query, ...this.ahead.peek().filter((one) => one.item.id !== query.item.id)];
  }

  /** @param {Query[]} queries */
  add(queries) {
    const here = new Set(this.ahead.peek().map((one) => one.item.id));
    this.ahead.value = [...this.ahead.peek(), ...queries.filter((one) => !here.has(one.item.id) && !this.desk.has(one))];
  }

  /** Somebody else has answered it. @param {string} item */
  drop(item) {
    if (!this.ahead.peek().some((one) => one.item.id === item)) return;
    this.ahead.value = this.ahead.peek().filter((one) => one.item.id !== item);
    void this.fill();
  }

  async fill() {
    if (this.busy || !this.desk.open() || this.ahead.peek().length >= LOW) return;
    await this.#claim((claimed) => this.add(claimed.queries));
  }

  /** Fresh items by the newest model first; only then are the old ones given back, so no item is ever without a lease. */
  async renew() {
    this.stale = this.busy;
    if (this.busy || !this.desk.open()) return;
    await this.#claim((claimed) => {
      const old = this.ahead.peek();
      const known = new Set(old.map((one) => one.item.id));
      const fresh = claimed.queries.filter((one) => !known.has(one.item.id) && !this.desk.has(one));
      const stays = old.filter((one) => LASTING.has(one.purpose));
      if (fresh.length === 0) return;
      this.ahead.value = [...stays, ...fresh];
      const given = old.filter((one) => !stays.includes(one)).flatMap((one) => one.key ?? []);
      if (given.length > 0) this.calls.release(given).catch(() => {}); // the lease ends by itself
    });
  }

  /** @param {(claimed: Claimed) => void} take */
  async #claim(take) {
    clearTimeout(this.timer);
    this.busy = true;
    try {
      const claimed = await this.calls.claim(Math.min(MOST, this.desk.held() + this.ahead.peek().length + AHEAD));
      take(claimed);
      this.empty.value = this.ahead.peek().length === 0 ? claimed.waiting : null;
      this.onClaimed(claimed);
      if (claimed.waiting) this.#again(Math.max(SOONEST, claimed.waiting.seconds) * 1000);
      else if (this.ahead.peek().length === 0) this.#again(SOON); // it brought only what is being answered just now
    } catch {
      this.#again(RETRY);
    } finally {
      this.busy = false;
      if (this.stale) void this.renew();
    }
  }

  /** @param {number} wait ms */
  #again(wait) {
    this.timer = setTimeout(() => void this.fill(), wait);
  }
}
