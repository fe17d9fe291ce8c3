// What the page knows, and how it talks with the server.

import { words } from "./words.js";

export const state = {
  person: "", place: "", modal: "",
  workspace: null, modals: [], home: null, wire: [],
  skew: 0, // what the sandbox's clock shows less what this machine's does
  rooms: new Map(), // messages by conversation: {list, more, loaded}
};

const listeners = new Map();

// on calls fn whenever something of that name has changed.
export function on(name, fn) { listeners.set(name, [...(listeners.get(name) ?? []), fn]); }
export function changed(name, value) { for (const fn of listeners.get(name) ?? []) fn(value); }

export const language = () => state.workspace?.language ?? "en";
export const t = (key) => words[language()]?.[key] ?? words.en[key];
export const now = () => new Date(Date.now() + state.skew);
export const person = (id) => state.workspace?.people.find((p) => p.id === id);
export const conversation = (id) => state.workspace?.conversations.find((c) => c.id === id);
export const me = () => person(state.person);
export const zone = () => me()?.zone || state.workspace?.zone || "UTC";

// format writes a moment in the reader's zone and language.
const formats = new Map();
export function format(date, options, where = zone()) {
  const key = JSON.stringify([language(), where, options]);
  if (!formats.has(key)) {
    formats.set(key, new Intl.DateTimeFormat(language() === "nb" ? "nb-NO" : "en-GB", { hourCycle: "h23", timeZone: where, ...options }));
  }
  return formats.get(key).format(date);
}

let under = 0;
function busy(by) {
  under += by;
  document.documentElement.dataset.busy = String(under > 0);
}

// act sends what the person does. A refusal is said in a toast, and is false.
export async function act(what, quiet = false) {
  busy(1);
  try {
    const answer = await fetch(`/page/do?person=${encodeURIComponent(state.person)}`, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(what),
    });
    const body = await answer.json();
    if (!body.ok && !quiet) toast({ timeout: t("timeout"), trouble: t("trouble"), gone: t("gone") }[body.code] ?? `${t("failed")} ${body.error}`);
    return body.ok ? body : { ...body, ok: false };
  } catch {
    toast(t("unreachable"));
    return { ok: false, code: "unreachable" };
  } finally {
    busy(-1);
  }
}

export function toast(text) { changed("toast", text); }

// messages fetches what stands in a conversation before a moment.
export async function messages(channel, before = "", thread = "") {
  const q = new URLSearchParams({ person: state.person, channel, limit: "50" });
  if (before) q.set("before", before);
  if (thread) q.set("thread", thread);
  const answer = await fetch(`/page/messages?${q}`);
  return answer.ok ? answer.json() : { messages: [], more: false };
}

export function room(channel) {
  if (!state.rooms.has(channel)) state.rooms.set(channel, { list: [], more: false, loaded: false });
  return state.rooms.get(channel);
}

// place puts a message where it belongs in its conversation.
function put({ channel, ts, message }) {
  const r = room(channel);
  if (!r.loaded) return;
  const i = r.list.findIndex((m) => m.ts === ts);
  if (!message) { if (i >= 0) r.list.splice(i, 1); }
  else if (message.thread && message.thread !== message.ts) changed("reply", message);
  else if (i >= 0) r.list[i] = message;
  else {
    r.list.push(message);
    if (r.list.length > 1 && r.list.at(-2).ts > ts) r.list.sort((a, b) => (a.ts < b.ts ? -1 : 1));
  }
  changed("room", channel);
}

let source;

// connect hears what the person sees, from the beginning.
export function connect() {
  source?.close();
  state.rooms.clear();
  state.modals = []; state.home = null; state.wire = []; state.workspace = null;
  source = new EventSource(`/page/stream?person=${encodeURIComponent(state.person)}`);
  const hear = (name, fn) => source.addEventListener(name, (e) => fn(JSON.parse(e.data)));
  let first = true;
  source.onerror = () => { first = true; };
  hear("workspace", (w) => {
    state.workspace = w;
    state.skew = Date.parse(w.now) - Date.now();
    document.documentElement.lang = w.language;
    if (first) { first = false; state.wire = []; state.rooms.clear(); changed("connected"); }
    changed("workspace");
  });
  hear("message", put);
  hear("modals", (m) => { state.modals = m; changed("modals"); });
  hear("home", (h) => { state.home = h; changed("home"); });
  hear("wire", (w) => { state.wire.push(w); if (state.wire.length > 300) state.wire.shift(); changed("wire", w); });
  hear("toast", (x) => toast(x.text));
  hear("reload", () => { state.rooms.clear(); changed("connected"); });
}
