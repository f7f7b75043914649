// The page one labels on. What it does is in work/; what a kind of task looks like is in tasks/.
import { useEffect } from "../vendor/preact-hooks.js";
import { computed, signal } from "../vendor/signals.js";
import { viewOf } from "../tasks/index.js";
import { html } from "../ui/html.js";
import { listen } from "../ui/keys.js";
import { Toasts, toast } from "../ui/notice.js";
import { ModelChip, TopBar } from "../ui/topbar.js";
import { lengthOf } from "../work/text.js";
import { sinceShown } from "../work/watch.js";
import { drawerOf } from "./drawers.js";
import { Flagging } from "./flagging.js";
import { EchoLine, Footer, Progress } from "./lines.js";
import { Naming } from "./naming.js";
import { Advice } from "./stop.js";
import { Strips } from "./strips.js";
import { Tools } from "./tools.js";
import { Waiting } from "./waiting.js";
import { ItemText, Why } from "./item-text.js";

/** @typedef {import("../work/desk.js").Desk} Desk */
/** @typedef {import("../work/live.js").Live} Live */
/** @typedef {import("../work/history.js").History} History */
/** @typedef {import("../work/overview.js").Overview} Overview */
/** @typedef {{ desk: Desk, live: Live, history: History, overview: Overview }} Work */
/** @typedef {"history" | "guide" | "model"} DrawerName */

const UNREAD = 120; // ms; nobody has read the item yet, so a key cannot be meant for it
const GLOW = 140; // ms
const DEAD = 1000; // ms

const narrow = matchMedia("(max-width: 40rem)");

/** @param {Work} work */
export function labelPage(work) {
  const { desk, history } = work;
  const view = computed(() => viewOf(desk.project.value.task));
  const open = signal(/** @type {DrawerName | null} */ (null));
  const flagging = signal(false);
  const hit = signal(/** @type {string | null} */ (null));
  let glow = 0;

  const say = (/** @type {string} */ words) => { desk.echo.value = { words, sure: false }; };
  const atItem = () => desk.subject !== null && work.overview.advice.peek() === null && desk.project.peek().me.name !== null;
  const tooEarly = () => sinceShown() < UNREAD;
  const focusItem = () => /** @type {HTMLElement | null} */ (document.querySelector(".stage .item"))?.focus({ preventScroll: true });

  /** @param {string} label */
  const answer = (label) => {
    if (tooEarly()) return;
    desk.give("answer", label);
    hit.value = label;
    clearTimeout(glow);
    glow = setTimeout(() => { hit.value = null; }, GLOW);
  };
  /** @type {import("../vendor/signals.js").ReadonlySignal<import("../tasks/index.js").Context | null>} */
  const context = computed(() => {
    const query = desk.past.value?.query ?? desk.current.value;
    return query && { query, given: desk.past.value?.given.label ?? null, hit: hit.value, answer, say };
  });

  const commands = {
    skip: () => { if (atItem() && !tooEarly()) desk.give("skip"); },
    /** @param {boolean} on */
    flag: (on) => {
      if (on && !atItem()) return;
      flagging.value = on;
      if (!on) focusItem();
    },
    /** @param {string} comment */
    flagged: (comment) => {
      commands.flag(false);
      desk.give("flag", null, comment.trim() || null);
      toast(comment.trim() ? "Flagged. A reviewer will see your comment." : "Flagged for review.", { symbol: "flag" });
    },
    undo: () => { if (desk.project.peek().me.name !== null) { work.overview.dismiss(); desk.undo(); } },
    /** @param {DrawerName} name */
    toggle: (name) => (open.peek() === name ? commands.close() : commands.open(name)),
    /** @param {DrawerName} name */
    open: (name) => {
      open.value = name;
      if (name === "history") void history.load();
      if (name === "model") void work.overview.load();
    },
    close: () => {
      open.value = null;
      desk.leavePast();
      focusItem();
    },
    /** @param {import("../types").Given | null | undefined} given */
    show: (given) => {
      if (given) desk.openPast(given);
      if (given && narrow.matches) open.value = null; // the sheet would lie over the item
      else if (given === null) desk.leavePast();
    },
    /** @param {1 | -1} step */
    turn: (step) => {
      if (open.peek() !== "history") { commands.open("history"); if (step < 0) return; }
      commands.show(history.beside(step));
    },
    /** The name is asked again. */
    rename: () => { open.value = null; desk.project.value = { ...desk.project.peek(), me: { name: null } }; },
    leave: () => {
      if (flagging.peek()) commands.flag(false);
      else if (desk.past.peek()) desk.leavePast();
      else if (open.peek()) commands.close();
    },
  };

  /** Where advice to stop appears, Enter is dead for a second: it was meant for an item. */
  const stopRead = () => performance.now() - work.overview.advisedAt > DEAD;

  /** @type {Record<string, () => void>} */
  const keys = {
    "!": () => commands.flag(true), Backspace: commands.undo, Escape: commands.leave,
    ",": () => commands.turn(1), ".": () => commands.turn(-1), "?": () => commands.toggle("guide"),
  };

  /** @param {string} name @param {KeyboardEvent} event */
  function pressed(name, event) {
    if (name in keys && Object.hasOwn(keys, name)) { keys[name](); return true; }
    if (name === "Enter" && work.overview.advice.peek()) return stopRead() && (work.overview.dismiss(), true);
    if (!atItem() || !context.peek()) return false;
    const now = /** @type {import("../tasks/index.js").Context} */ (context.peek());
    if (name === "Space") return spaceSkips() && (commands.skip(), true);
    if (name === "Enter" && desk.past.peek()) { desk.leavePast(); return true; }
    if (view.peek().answers(name) && tooEarly()) return true;
    return view.peek().handle(name, event, now);
  }

  function Page() {
    useEffect(() => listen(pressed), []);
    const name = open.value;
    useEffect(() => { document.body.classList.toggle("with-drawer", name !== null); }, [name]);
    return html`<${TopBar} project=${desk.project.value.name}>
        <${ModelChip} live=${work.live} open=${name === "model"} onClick=${() => commands.toggle("model")} /></${TopBar}>
      <${Strips} work=${work} />
      <main class="stage" id="main" data-task=${view.value.name} data-length=${lengthOf(context.value?.query.item.text)}>
        <h1 class="visually-hidden">Label</h1>
        <header><${Progress} desk=${desk} /><${EchoLine} desk=${desk} /></header>
        <${Body} />
        <${Footer} work=${work} openModel=${() => commands.open("model")} />
      </main>
      ${drawerOf(name, work, commands)}
      <${Toasts} />`;
  }

  function Body() {
    if (desk.project.value.me.name === null) return html`<${Naming} desk=${desk} />`;
    if (work.overview.advice.value) return html`<${Advice} work=${work} openModel=${() => commands.open("model")} />`;
    if (!context.value) return html`<${Waiting} work=${work} />`;
    const { View } = view.value;
    return html`<${Why} query=${context.value.query} past=${desk.past.value} />
      <${ItemText} item=${context.value.query.item} turn=${desk.turn.value} />
      <div class="tray"><${View} context=${context.value} />
        ${flagging.value && html`<${Flagging} onFlag=${commands.flagged} onCancel=${() => commands.flag(false)} />`}
        <${Tools} commands=${commands} flagging=${flagging.value} open=${open.value} past=${desk.past.value !== null} />
        ${!work.live.model.value && desk.answered.value < 10 && html`<p class="lesson">${lesson(view.value.name)}</p>`}
      </div>`;
  }

  return Page;
}

/** Space scrolls until the item's end is in view. */
function spaceSkips() {
  const item = document.querySelector(".stage .item")?.getBoundingClientRect();
  const tray = document.querySelector(".stage .tray")?.getBoundingClientRect();
  return !item || item.bottom <= Math.min(innerHeight, Math.max(tray?.top ?? innerHeight, 0)) + 2;
}

/** @param {string} kind */
const lesson = (kind) =>
  `${kind === "many" ? "Press a number, or type a word of the label." : "Press a number to answer."} Backspace takes an answer back, as often as you like. The guide has the rest.`;
