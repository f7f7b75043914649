// The work itself, without a pixel: which item is on the desk, what an answer does, how it is taken back.
// Nothing here waits for the network: sending, claiming and undoing happen behind.
import { batch, computed, signal } from "../vendor/signals.js";
import * as api from "../api.js";
import { newKey } from "./keys7.js";
import { Outbox } from "./outbox.js";
import { Queue } from "./queue.js";
import { page } from "./session.js";
import { unstash } from "./stash.js";
import { seconds, startWatch } from "./watch.js";

/** @typedef {import("../types").Query} Query */
/** @typedef {import("../types").Answer} Answer */
/** @typedef {import("../types").Done} Done */
/** @typedef {import("../types").Kind} Kind */
/** @typedef {{ words: string, lead?: string, sure: boolean }} Echo */
/** @typedef {{ query: Query, given: import("../types").Given }} Past */

const COLOURS = 8;
const MOST_COLOURED = 10; // from eleven labels on the finder takes over, which shows none

export class Desk {
  /** @param {import("../types").Boot} boot */
  constructor(boot) {
    const { session } = boot;
    this.project = signal(coloured(boot.project));
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
    /** @type {import("../vendor/signals.js").Signal<string[]>} keys of answers that no longer hold */
    this.takenBack = signal([]);
    /** What the server refused for good, and why. */
    this.refused = signal(/** @type {{ text: string, sentence: string } | null} */ (null));
    /** An undo of an answer that is older than this page. */
    this.fetching = signal(false);
    /** @type {() => boolean} whether something else comes before the next item */
    this.holdNext = () => false;
    this.session = session;
    this.projectId = boot.project.id ?? boot.project.name;
    /** What was on the desk before a reload, leased to the page of then. */
    this.restored = { item: "", session };
    /** The keys that answers go by now, when a correction was taken back. @type {Map<string, string>} */
    this.renewed = new Map();

    this.outbox = new Outbox(this.projectId, {
      answers: (answers) => api.sendAnswers(session, answers),
      undo: (key) => api.undo(session, key),
    });
    this.outbox.onProgress = (progress) => { this.counted.value = progress; };
    this.outbox.onRefused = (answer, sentence) => this.#refuse(answer, sentence);
    this.outbox.onUndone = (query, key) => this.#leasedAgain(query, key);
    this.queue = new Queue({
      claim: (n) => this.#claim(n),
      release: (keys) => api.release(session, keys),
    }, {
      open: () => this.project.peek().me.name !== null,
      has: (query) => query.item.id === this.current.peek()?.item.id || this.#answered(query),
      held: () => (this.current.peek() ? 1 : 0) + this.outbox.waiting.peek().length,
    });
    this.queue.onClaimed = (claimed) => {
      if (claimed.progress) this.counted.value = claimed.progress;
      if (!this.current.peek()) this.advance();
    };
    this.answered = computed(() => this.counted.value.answered + this.outbox.ahead.value);
    this.queue.add(boot.queries);
    if (boot.waiting) this.queue.empty.value = boot.waiting;
  }

  /** What is on the desk: an old answer before the current item. */
  get subject() { return this.past.value?.query ?? this.current.value; }

  /** Whose answers these are. */
  get who() { return this.project.peek().me.name ?? ""; }

  /** @param {string} id */
  nameOf(id) { return this.labels.peek().find((label) => label.id === id)?.name ?? id; }

  /** @param {string} name whose answers these are */
  named(name) {
    this.project.value = { ...this.project.peek(), me: { name } };
    startWatch();
    void this.queue.fill();
    void this.outbox.adopt(name);
  }

  /** The first item: the one that was here before a reload, or the first ahead. */
  begin() {
    const before = unstash(this.projectId);
    if (!before || this.outbox.kept.all().some((op) => op.op === "answer" && op.answer.item === before.query.item.id)) { this.advance(); return; }
    this.restored = { item: before.query.item.id, session: before.session };
    this.#place(before.query);
    this.queue.drop(before.query.item.id);
  }

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
      answered_at: new Date().toISOString(), supersedes: past ? this.keyNow(past.given.key) : null,
    };
    batch(() => {
      this.outbox.put({ op: "answer", id: answer.key, page, who: this.who, answer });
      this.done.value = [...this.done.peek(), { query, answer, before: past?.given ?? null }];
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
    const { query, answer, before } = last;
    batch(() => {
      this.done.value = this.done.peek().slice(0, -1);
      this.takenBack.value = [...this.takenBack.peek(), answer.key];
      if (!this.outbox.take(answer.key)) {
        if (before) this.#restore(before, answer);
        else this.#putUndo(answer);
      }
      this.echo.value = { lead: "Taken back:", words: said(answer, answer.label && this.nameOf(answer.label)).words, sure: false };
      if (!before) this.#back(query);
    });
  }

  /** The key by which an answer goes now. @param {string} key @returns {string} */
  keyNow(key) {
    const newer = this.renewed.get(key);
    return newer ? this.keyNow(newer) : key;
  }

  /** A correction is taken back by answering as before. @param {import("../types").Given} before @param {Answer} correction */
  #restore(before, correction) {
    const { kind, label, comment } = before;
    const answer = { ...correction, key: newKey(), kind, label, comment, seconds: 0, answered_at: new Date().toISOString(), supersedes: correction.key };
    this.renewed.set(this.keyNow(before.key), answer.key);
    this.outbox.put({ op: "answer", id: answer.key, page, who: this.who, answer });
  }

  /** @param {{ key: string, kind: Kind }} answer */
  #putUndo(answer) {
    const key = this.keyNow(answer.key);
    this.outbox.put({ op: "undo", id: newKey(), page, who: this.who, key, counts: answer.kind === "answer" });
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
      const gone = new Set(this.takenBack.peek());
      const last = answers.find((one) => one.current && !gone.has(one.key));
      if (!last) { this.echo.value = { words: "Nothing left to undo.", sure: false }; return; }
      this.takenBack.value = [...this.takenBack.peek(), last.key];
      this.#putUndo(last);
      this.echo.value = { lead: "Taken back:", words: said(last, last.name).words, sure: false };
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

  /** Its count of answers is left out when answers were under way at the same time: it may be older than theirs.
   * @param {number} n @returns {Promise<import("../types").Claimed>} */
  async #claim(n) {
    const { quiet } = this.outbox;
    const claimed = await api.claim(this.session, n);
    return quiet !== null && quiet === this.outbox.quiet ? claimed : { ...claimed, progress: null };
  }

  /** A claim that was under way while its item was answered still brings it. @param {Query} query */
  #answered(query) {
    return this.outbox.holds(query.item.id) || this.done.peek().some((one) => one.query.key === query.key);
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

/** Eight labels have a colour and a shape of their own; from nine labels on the rest are plain.
 * @param {import("../types").Project} project @returns {import("../types").Project} */
export function coloured(project) {
  const labels = project.task.labels.map((label, i) => ({ ...label, colour: i < COLOURS && project.task.labels.length <= MOST_COLOURED ? i + 1 : null }));
  return { ...project, task: { ...project.task, labels } };
}
