// Ties the desk to the world: events, leases, the network, and leaving the page.
import * as api from "../api.js";
import { toast } from "../ui/notice.js";
import { coloured } from "./desk.js";
import { markAlive } from "./session.js";
import { stash } from "./stash.js";

/** @typedef {import("../pages/label.js").Work} Work */

const RENEW = 30_000; // ms; leases last minutes
const SETTLE = 400; // ms; several events ask for the figures once

/** @param {Work} work */
export function connect(work) {
  const { desk, live, overview } = work;
  markAlive();
  if (named(desk)) void desk.outbox.adopt(desk.who);
  void desk.queue.fill();
  listen(work);
  keepLeases(work);
  addEventListener("online", () => desk.outbox.retry());
  live.onOpen = () => {
    if (desk.outbox.line.peek() !== "well") desk.outbox.retry();
    if (!desk.current.peek()) void desk.queue.fill();
    void overview.load();
  };
  live.start();
}

/** @param {Work} work */
function listen({ desk, live, overview }) {
  let timer = 0;
  const look = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void overview.load(), SETTLE);
  };
  live.on.round = live.on.learning = live.on.compared = look;
  live.on.queue = live.on.added = () => void desk.queue.renew();
  live.on.annotation = ({ subject, actor, body }) => {
    if (actor === desk.project.peek().me.name || body.kind === "retract") return;
    if ((desk.project.peek().settings.overlap ?? 1) > 1) return;
    if (desk.taken(subject)) toast(`${actor} has just answered this item. Here is another.`, { symbol: "warning" });
  };
  live.on.task = live.on.settings = async () => {
    const project = await api.getProject().catch(() => null);
    if (project) desk.project.value = coloured(project);
  };
}

/** @param {import("./desk.js").Desk} desk */
const named = (desk) => desk.project.peek().me.name !== null;

/** The session that holds the item on the desk. @param {import("./desk.js").Desk} desk */
const leaseOf = ({ current, restored, session }) => (current.peek()?.item.id === restored.item ? restored.session : session);

/** @param {Work} work */
function keepLeases({ desk }) {
  const renew = () => {
    if (document.visibilityState !== "visible" || !named(desk)) return;
    for (const one of new Set([desk.session, leaseOf(desk)])) api.renew(one).catch(() => {}); // a late answer counts anyway
  };
  setInterval(renew, RENEW);
  document.addEventListener("visibilitychange", renew);
  addEventListener("pagehide", () => {
    const query = desk.current.peek();
    if (query) stash({ project: desk.projectId, session: leaseOf(desk), at: Date.now(), query });
    const unseen = desk.queue.ahead.peek().flatMap((one) => one.key ?? []);
    if (unseen.length > 0) api.releaseOnLeaving(desk.session, unseen);
    desk.queue.ahead.value = [];
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) void desk.queue.fill();
  });
}
