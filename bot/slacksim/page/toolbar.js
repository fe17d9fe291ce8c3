// The sandbox's own bar: the clock, the bad days, the log of the wire.

import { $, el } from "./dom.js";
import { act, format, on, person, state, t, toast, now } from "./state.js";

let moving = false;

async function move(to) {
  if (moving) return;
  moving = true; draw();
  await act({ act: "clock", to });
  moving = false; draw();
}

async function restart() {
  toast(t("restarting"));
  await act({ act: "restart" });
}

function badDays() {
  const w = state.workspace;
  const names = { drop: t("drop"), 429: t("fault429"), 500: t("fault500"), lose: t("lose"), twice: t("twice") };
  const left = w.faults.map((f) => `${names[f.kind] ?? f.kind} ×${f.left}`).join(", ");
  const menu = el("div", { class: "menu down", hidden: true },
    Object.entries(names).map(([kind, name]) => el("button", { type: "button", data: { fault: kind }, onclick: () => act({ act: "fault", kind }) }, name)),
    w.restart && el("button", { type: "button", data: { fault: "restart" }, onclick: () => { menu.hidden = true; restart(); } }, t("restart")),
    left && el("p", { class: "hint" }, `${t("pending")}: ${left}`));
  const open = el("button", { type: "button", class: w.faults.length ? "tool bad" : "tool", "aria-haspopup": "true", onclick: () => { menu.hidden = !menu.hidden; } }, "⛈ ", el("span", { class: "long" }, t("badDays")), w.faults.length ? ` ${w.faults.length}` : "");
  return el("div", { class: "overflow", onkeydown: (ev) => { if (ev.key === "Escape") menu.hidden = true; } }, open, menu);
}

function clock() {
  return format(now(), { weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit" }, state.workspace.zone);
}

let print = "";
function draw() {
  const w = state.workspace;
  if (!w) return;
  const next = JSON.stringify([w.language, w.connected, w.faults, moving, w.zone, state.place]);
  if (next === print) return;
  print = next;
  $("skip").textContent = t("skip");
  const steps = [["1h", t("hour")], ["morning", t("morning")], ["monday", t("monday")], ["week", t("week")]];
  $("bar").replaceChildren(
    el("button", { type: "button", class: "tool drawerbutton", "aria-label": t("menu"), onclick: () => document.body.classList.toggle("drawer") }, "☰"),
    el("strong", { class: "brand" }, t("sandbox")),
    el("span", { class: "clock", role: "timer", title: w.zone }, el("span", { id: "clock" }, clock()), el("small", {}, w.zone.split("/").pop())),
    w.clock && el("span", { class: "steps", role: "group" }, moving ? el("span", { class: "moving" }, t("clockMoves")) : steps.map(([to, name]) => el("button", { type: "button", class: "tool", data: { clock: to }, onclick: () => move(to) }, name))),
    el("span", { class: "space" }),
    el("span", { class: w.connected ? "light on" : "light", title: w.connected ? t("connected") : t("away") }, el("span", { class: "hidden" }, w.connected ? t("connected") : t("away"))),
    badDays(),
    el("button", { type: "button", class: "tool", onclick: () => { $("log").hidden = !$("log").hidden; drawLog(); } }, "≋ ", el("span", { class: "long" }, t("log"))),
    el("button", { type: "button", class: "tool", "aria-label": t("copyLink"), title: t("copyLink"), onclick: async () => { await navigator.clipboard?.writeText(location.href); toast(t("copied")); } }, "🔗"));
}

setInterval(() => { if (state.workspace && $("clock")) $("clock").textContent = clock(); }, 1000);

let filter = "", paused = false;

function line(w) {
  const bad = !["ok", "sent"].includes(w.result);
  return el("details", { class: bad ? "wire bad" : "wire" },
    el("summary", {}, el("time", {}, format(new Date(w.at), { hour: "2-digit", minute: "2-digit", second: "2-digit" })), el("span", { class: "dir" }, w.dir === "out" ? "←" : "→"), el("b", {}, w.what), " ", el("span", {}, person(w.who)?.realName ?? w.who), el("i", {}, w.result)),
    w.body && el("pre", {}, w.body));
}

function drawLog() {
  const log = $("log");
  if (log.hidden) return;
  const fits = (w) => !filter || `${w.what} ${w.who} ${w.result} ${w.body}`.toLowerCase().includes(filter);
  if (!log.firstChild) {
    const list = el("div", { class: "lines", role: "log", "aria-live": "off" });
    log.append(el("header", {}, el("h2", {}, t("log")),
      el("input", { type: "search", placeholder: t("filter"), "aria-label": t("filter"), oninput: (ev) => { filter = ev.target.value.toLowerCase(); log.replaceChildren(); drawLog(); } }),
      el("button", { type: "button", class: "tool", "aria-pressed": String(paused), onclick: (ev) => { paused = !paused; ev.target.setAttribute("aria-pressed", String(paused)); } }, t("pause")),
      el("button", { type: "button", class: "tool", onclick: () => { state.wire = []; log.replaceChildren(); drawLog(); } }, t("clear")),
      el("button", { type: "button", class: "icon", "aria-label": t("closeLog"), onclick: () => { log.hidden = true; log.replaceChildren(); } }, "×")), list);
    log.querySelector("input").value = filter;
    list.append(...state.wire.filter(fits).map(line));
    list.scrollTop = list.scrollHeight;
  }
}

on("wire", (w) => {
  const list = $("log").querySelector(".lines");
  if (!list || paused || (filter && !`${w.what} ${w.who} ${w.result} ${w.body}`.toLowerCase().includes(filter))) return;
  const end = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
  list.append(line(w));
  while (list.children.length > 300) list.firstChild.remove();
  if (end) list.scrollTop = list.scrollHeight;
});
on("workspace", draw);
on("connected", () => { $("log").replaceChildren(); drawLog(); });
