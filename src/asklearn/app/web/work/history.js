// One's own answers, newest first: those of this page at once, older ones from the server.
import { computed, signal } from "../vendor/signals.js";
import * as api from "../api.js";

/** @typedef {import("../types").Given} Given */

const SHOWN = 50;

export class History {
  /** @param {import("./desk.js").Desk} desk */
  constructor(desk) {
    this.desk = desk;
    this.fetched = signal(/** @type {Given[]} */ ([]));
    this.trouble = signal("");
    /** @type {import("../vendor/signals.js").ReadonlySignal<Given[]>} */
    this.rows = computed(() => this.#merge());
  }

  async load() {
    try {
      this.fetched.value = (await api.getAnswers(SHOWN)).answers;
      this.trouble.value = "";
    } catch (error) {
      this.trouble.value = "Older answers are shown when the connection is back.";
    }
  }

  #merge() {
    const done = this.desk.done.value;
    const gone = new Set([...this.desk.takenBack.value, ...done.flatMap(({ answer }) => answer.supersedes ?? [])]);
    const here = new Set(done.map(({ answer }) => answer.key));
    const own = done.toReversed().map(({ query, answer }) => this.#given(query, answer));
    const older = this.fetched.value.filter((one) => one.current && !here.has(one.key) && !gone.has(one.key));
    return [...own.filter((one) => !gone.has(one.key)), ...older].slice(0, SHOWN);
  }

  /** @param {import("../types").Query} query @param {import("../types").Answer} answer @returns {Given} */
  #given(query, answer) {
    return {
      key: answer.key, item: { id: query.item.id, text: query.item.text }, kind: answer.kind, label: answer.label,
      name: answer.label && this.desk.nameOf(answer.label), at: answer.answered_at, seconds: answer.seconds,
      comment: answer.comment, seq: 0, current: true,
    };
  }

  /** The answer before (step 1) or after (step -1) the one on the desk; null is the current item.
   * @param {1 | -1} step @returns {Given | null | undefined} undefined: there is none further */
  beside(step) {
    const rows = this.rows.peek();
    const open = this.desk.past.peek()?.given.key;
    const place = rows.findIndex((one) => one.key === open) + step;
    if (place < 0) return open ? null : undefined;
    return rows[place];
  }
}
