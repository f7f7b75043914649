// The work itself, without a pixel: which item is on the desk, what an answer does, how it is taken back.
// Nothing here waits for the network: sending, claiming and undoing happen behind.
import { batch, computed, signal } from "../vendor/signals.js";
import * as api from "../api.js";
import { newKey } from "./keys7.js";
import { Outbox } from "./outbox.js";
import { Queue } from "./queue.js";
import { page } from "./session.js";
import { seconds, startWatch } from "./watch.js";

/** @typedef {import("../types").Query} Query */
/** @typedef {import("../types").Answer} Answer */
/** @typedef {import("../types").Done} Done */
/** @typedef {import("../types").Kind} Kind */
/** @typedef {{ words: string, lead?: string, sure: boolean }} Echo */
/** @typedef {{ query: Query, given: import("../types").Given }} Past */

export class Desk {
  /** @param {import("../types").Boot} boot @param {Promise<string>} session */
  constructor(boot, session) {
    this.project = signal(boot.project);
    this.labels = computed(() => this.project.value.task.labels);
    /** @type {import("../vendor/signals.js").Signal<Query | null>} */
    this.current = signal(null);
    /** An old answer on the desk, to be changed; the current item waits meanwhile. */
    this.past = signal(/** @type {Past | null} */ (null));
    /** Goes up with every item that is put on the desk. */
    this.turn = signal(0);
    this.echo = signal(/** @type {Echo | null} */ (null));
    this.counted = signal(boot.progress);
    /** @type {import("../vendor/signals.js").Signal<Done[]>} answers of this page, newest last */
    this.done = signal([]);
    /** What the server refused for good, and why. */
    this.refused = signal(/** @type {{ text: string, sentence: string } | null} */ (null));
    /** An undo of an answer that is older than this page. */
    this.fetching = signal(false);
    /** @type {() => boolean} whether something else comes before the next item */
    this.holdNext = () => false;
    this.session = session;

    this.outbox = new Outbox(boot.project.id ?? boot.project.name, {
      answers: async (answers) => api.sendAnswers(await session, answers),
      undo: async (key) => api.undo(await session, key),
    });
    this.outbox.onProgress = (progress) => { this.counted.value = progress; };
    this.outbox.onRefused = (answer, sentence) => this.#refuse(answer, sentence);
    this.outbox.onUndone = (query, key) => this.#leasedAgain(query, key);
    this.queue = new Queue({
      claim: async (n) => api.claim(await session, n),
      release: async (keys) => api.release(await session, keys),
    }, (query) => query.item.id === this.current.peek()?.item.id || this.outbox.holds(query.item.id));
    this.queue.onClaimed = (claimed) => {
      this.counted.value = claimed.progress;
      if (!this.current.peek()) this.advance();
    };
    this.answered = computed(() => this.counted.value.answered + this.outbox.ahead.value);
    this.queue.add(boot.queries);
    if (boot.waiting) this.queue.empty.value = boot.waiting;
  }

  /** What is on the desk: an old answer before the current item. */
  get subject() { return this.past.value?.query ?? this.current.value; }

  /** @param {string} id */
  nameOf(id) { return this.labels.peek().find((label) => label.id === id)?.name ?? id; }

  advance() {
    if (this.holdNext()) this.#place(null);
    else this.#place(this.queue.next());
  }

  /** @param {Query | null} query */
  #place(query) {
    batch(() => {
      this.past.value = null;
      this.current.value = query;
      this.turn.value += 1;
    });
    startWatch();
  }

  /** @param {Kind} kind @param {string | null} [label] @param {string | null} [comment] */
  give(kind, label = null, comment = null) {
    const past = this.past.peek();
    const query = past?.query ?? this.current.peek();
    if (!query) return;
    const suggestion = past ? null : query.suggestion;
    /** @type {Answer} */
    const answer = {
      key: newKey(), item: query.item.id, query: query.key, kind, label, comment,
      seconds: seconds(), shown: suggestion !== null, accepted: suggestion !== null && suggestion.label === label,
      answered_at: new Date().toISOString(), supersedes: past ? past.given.key : null,
    };
    batch(() => {
      this.outbox.put({ op: "answer", id: answer.key, page, answer });
      this.done.value = [...this.done.peek(), { query, answer }];
      this.echo.value = { ...said(answer, label && this.nameOf(label)), lead: past ? "Changed to" : undefined };
      if (past) this.leavePast();
      else this.advance();
    });
  }

  /** Takes back the newest answer: at once when it was given on this page, else through the server. */
  undo() {
    if (this.past.peek()) { this.leavePast(); return; }
    const last = this.done.peek().at(-1);
    if (!last) { void this.#undoOlder(); return; }
    const { query, answer } = last;
    batch(() => {
      this.done.value = this.done.peek().slice(0, -1);
      if (!this.outbox.take(answer.key)) this.#putUndo(answer);
      this.echo.value = { lead: "Taken back:", words: said(answer, answer.label && this.nameOf(answer.label)).words, sure: false };
      if (!answer.supersedes) this.#back(query);
    });
  }

  /** @param {{ key: string, kind: Kind, supersedes?: string | null }} answer */
  #putUndo(answer) {
    const counts = answer.kind === "answer" && !answer.supersedes;
    this.outbox.put({ op: "undo", id: newKey(), page, key: answer.key, counts });
  }

  /** @param {Query} query the item returns; the one that was on the desk is next */
  #back(query) {
    const waiting = this.current.peek();
    if (waiting && waiting.item.id !== query.item.id) this.queue.unshift(waiting);
    this.queue.drop(query.item.id);
    this.#place(query);
  }

  async #undoOlder() {
    if (this.fetching.peek()) return;
    this.fetching.value = true;
    try {
      const { answers } = await api.getAnswers(20);
      const last = answers.find((one) => one.current);
      if (!last) this.echo.value = { words: "Nothing left to undo.", sure: false };
      else this.#putUndo({ key: last.key, kind: last.kind });
      if (last) this.echo.value = { lead: "Taken back:", words: said(last, last.name).words, sure: false };
    } catch {
      this.echo.value = { words: "No connection: older answers can be taken back when it is there again.", sure: false };
    } finally {
      this.fetching.value = false;
    }
  }

  /** The server leased an item again after an undo. @param {Query | null} query @param {string} key */
  #leasedAgain(query, key) {
    if (!query) return;
    const current = this.current.peek();
    if (current?.item.id === query.item.id) this.current.value = { ...query, suggestion: current.suggestion };
    else if (!this.#answeredHere(query, key)) this.#back(query);
  }

  /** @param {Query} query @param {string} undone the key of the answer taken back */
  #answeredHere(query, undone) {
    const { id } = query.item;
    const ahead = this.queue.ahead.peek().findIndex((one) => one.item.id === id);
    if (ahead >= 0) this.queue.ahead.value = this.queue.ahead.peek().with(ahead, query);
    return ahead >= 0 || this.done.peek().some(({ answer }) => answer.item === id && answer.key > undone);
  }

  /** @param {import("../types").Given} given */
  openPast(given) {
    /** @type {Query} */
    const query = {
      key: null, item: { id: given.item.id, text: given.item.text, fields: {}, revision: 1 }, purpose: "review",
      reason: { kind: "past", sentence: "", parts: [] }, suggestion: null, lease_until: null, model: null, round: 0,
    };
    batch(() => {
      this.past.value = { query, given };
      this.turn.value += 1;
    });
    startWatch();
  }

  leavePast() {
    if (!this.past.peek()) return;
    batch(() => {
      this.past.value = null;
      this.turn.value += 1;
    });
    startWatch();
  }

  /** Somebody else has answered an item. @param {string} item @returns {boolean} whether it was on the desk */
  taken(item) {
    this.queue.drop(item);
    if (this.current.peek()?.item.id !== item || this.done.peek().some(({ query }) => query.item.id === item)) return false;
    if (this.past.peek()) this.current.value = this.queue.next();
    else this.advance();
    return true;
  }

  /** @param {Answer} answer @param {string} sentence */
  #refuse(answer, sentence) {
    const known = this.done.peek().find((one) => one.answer.key === answer.key);
    this.refused.value = { text: known?.query.item.text ?? answer.item, sentence };
    this.done.value = this.done.peek().filter((one) => one.answer.key !== answer.key);
  }
}

/** What was answered, in words. @param {{ kind: Kind }} answer @param {string | null} name @returns {Echo} */
export function said(answer, name) {
  if (answer.kind === "skip") return { words: "Skipped", sure: true };
  if (answer.kind === "flag") return { words: "Flagged for review", sure: true };
  return { words: name ?? "", sure: true };
}
