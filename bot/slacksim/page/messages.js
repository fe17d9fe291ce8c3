// A conversation: its messages, older ones on scrolling up, and a thread.

import { el, keyed } from "./dom.js";
import { blocks } from "./blocks.js";
import { mrkdwn } from "./mrkdwn.js";
import { act, changed, conversation, format, language, messages, now, on, person, room, state, t } from "./state.js";

// surfaceOf lets elements of a message be used. What is chosen stays shown.
function surfaceOf(m) {
  const values = {};
  const initial = (e) => Object.fromEntries(Object.entries(e).filter(([k]) => k.startsWith("initial_")).map(([k, v]) => [k.replace("initial_", k.includes("date") || k.includes("time") || k.includes("option") || k.includes("user") || k.includes("conversation") || k.includes("channel") ? "selected_" : ""), v]));
  const s = {
    value: (b, e) => values[b.block_id + e.action_id] ?? initial(e),
    change: (b, e, v) => { values[b.block_id + e.action_id] = v; s.use(b, e, v); },
    use: (b, e, v) => act({ act: "action", channel: m.channel, ts: m.ts, block: b.block_id, action: e.action_id, state: v }),
    suggest: async () => ({ ok: false }),
  };
  return s;
}

export function avatar(p) {
  const initials = (p?.realName ?? "?").split(/\s+/).map((w) => w[0]).slice(0, 2).join("");
  const hue = [...(p?.id ?? "")].reduce((n, c) => (n * 31 + c.codePointAt(0)) % 360, 7);
  const node = el("span", { class: p?.bot ? "avatar bot" : "avatar", "aria-hidden": "true" }, p?.bot ? "✓" : initials);
  if (!p?.bot) node.style.setProperty("--hue", hue);
  return node;
}

const timeOf = (ts) => new Date(Number(ts) * 1000);

function message(m, follows) {
  const p = person(m.user);
  const at = timeOf(m.ts);
  const time = el("time", { datetime: at.toISOString(), title: format(at, { dateStyle: "full", timeStyle: "medium" }) }, format(at, { hour: "2-digit", minute: "2-digit" }));
  return el("article", { class: `message${follows ? " follows" : ""}${m.ephemeral ? " ephemeral" : ""}`, data: { ts: m.ts } },
    follows ? el("span", { class: "gutter" }, time) : avatar(p),
    el("div", { class: "said" },
      m.ephemeral && el("div", { class: "note" }, "👁 ", t("onlyYou")),
      !follows && el("div", { class: "who" }, el("strong", {}, p?.realName ?? m.user), p?.bot && el("span", { class: "badge" }, t("app")), time),
      m.blocks?.length ? el("div", { class: "blocks" }, blocks(m.blocks, surfaceOf(m))) : el("div", { class: "text" }, mrkdwn(m.text)),
      m.files?.map((f) => el("details", { class: "file" }, el("summary", {}, "📄 ", el("strong", {}, f.title), el("span", {}, ` ${f.name}`)), el("pre", { tabindex: "0" }, f.text))),
      m.edited && el("span", { class: "edited" }, ` (${t("edited")})`),
      m.replies > 0 && el("button", { type: "button", class: "replies", onclick: () => openThread(m) }, `${m.replies} ${t(m.replies === 1 ? "reply" : "replies")}`)));
}

const dayOf = (at) => format(at, { weekday: "long", day: "numeric", month: "long", year: at.getFullYear() === now().getFullYear() ? undefined : "numeric" });

function dayName(at) {
  const day = dayOf(at);
  if (day === dayOf(now())) return t("today");
  if (day === dayOf(new Date(now().getTime() - 864e5))) return t("yesterday");
  return day.charAt(0).toUpperCase() + day.slice(1);
}

// lines puts days, the mark of what is new, and messages in one list.
function lines(r) {
  const out = [];
  let before, day, marked = false;
  for (const m of r.list) {
    const at = timeOf(m.ts), d = dayOf(at);
    if (d !== day) { out.push({ key: "day " + d, day: dayName(at) }); day = d; before = undefined; }
    if (!marked && r.read && m.ts > r.read && m.user !== state.person) { out.push({ key: "new", fresh: true }); marked = true; before = undefined; }
    out.push({ key: m.ts, m, follows: before?.user === m.user && !m.ephemeral && !before.ephemeral && m.ts - before.ts < 300 });
    before = m;
  }
  return out;
}

let list, thread;

// conversationPane draws a conversation; the composer stands below it.
export function conversationPane(c) {
  list = el("div", { class: "messages", role: "log", "aria-live": "polite", tabindex: "0" });
  list.addEventListener("scroll", () => { if (list.scrollTop < 60) older(); jump.hidden = atEnd(); });
  let end = true; // a list that shows its end keeps showing it when it gets smaller
  list.addEventListener("scroll", () => { end = atEnd(); });
  new ResizeObserver(() => { if (end) list.scrollTop = list.scrollHeight; }).observe(list);
  const jump = el("button", { type: "button", class: "button jump", hidden: true, onclick: () => { list.scrollTop = list.scrollHeight; } }, "↓ ", t("newest"));
  thread = el("section", { class: "thread", hidden: true, "aria-label": t("thread") });
  load(c.id);
  return el("div", { class: "panes" }, el("div", { class: "column" }, list, jump), thread);
}

const atEnd = () => list.scrollHeight - list.scrollTop - list.clientHeight < 40;

async function load(channel) {
  const r = room(channel);
  if (!r.loaded) {
    const got = await messages(channel);
    r.list = got.messages; r.more = got.more; r.loaded = true;
    r.read = conversation(channel)?.unread ? conversation(channel)?.read || "0" : "";
  }
  if (state.place !== channel) return;
  draw(channel, true);
  read(channel);
  document.documentElement.dataset.ready = "true";
}

let fetching = false;
async function older() {
  const r = room(state.place);
  if (!r.more || fetching || !r.list.length) return;
  fetching = true;
  const got = await messages(state.place, r.list[0].ts);
  r.list = [...got.messages, ...r.list];
  r.more = got.more;
  const height = list.scrollHeight;
  draw(state.place, false);
  list.scrollTop += list.scrollHeight - height;
  fetching = false;
}

function draw(channel, down) {
  if (!list || state.place !== channel) return;
  const stay = !down && !atEnd();
  const r = room(channel);
  keyed(list, lines(r), (l) => l.key, (l) => JSON.stringify([l, language()]), (l) => {
    if (l.day) return el("div", { class: "day", role: "separator" }, el("span", {}, l.day));
    if (l.fresh) return el("div", { class: "fresh", role: "separator" }, el("span", {}, t("newMessages")));
    return message(l.m, l.follows);
  });
  if (!r.list.length) list.replaceChildren(el("p", { class: "nothing" }, t("empty")));
  if (!stay) list.scrollTop = list.scrollHeight;
}

function read(channel) {
  if (document.visibilityState === "visible" && conversation(channel)?.unread) act({ act: "read", channel }, true);
}

on("room", (channel) => { if (state.place === channel) { draw(channel, false); setTimeout(() => read(channel), 400); } });
on("workspace", () => { if (list && room(state.place).loaded) draw(state.place, false); });
document.addEventListener("visibilitychange", () => { if (state.place) read(state.place); });

let shown; // the message whose thread is open
async function openThread(m) {
  shown = m;
  const got = await messages(m.channel, "", m.ts);
  thread.hidden = false;
  thread.replaceChildren(
    el("header", {}, el("h2", {}, t("thread")), el("button", { type: "button", class: "icon", "aria-label": t("close"), onclick: () => { thread.hidden = true; shown = undefined; } }, "×")),
    el("div", { class: "messages" }, got.messages.map((x) => message({ ...x, replies: 0 }, false))));
}
on("reply", (m) => {
  const r = room(m.channel);
  const root = r.list.find((x) => x.ts === m.thread);
  if (root) { root.replies = m.replies; changed("room", m.channel); }
  if (shown?.ts === m.thread) openThread(shown);
});
