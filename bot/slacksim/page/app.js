// The page's start: where one is, and what is drawn there.

import { $, el } from "./dom.js";
import { blocks } from "./blocks.js";
import { composer } from "./composer.js";
import { conversationPane } from "./messages.js";
import { act, changed, connect, conversation, on, state, t } from "./state.js";
import { trap } from "./dialog.js";
import "./modal.js";
import "./side.js";
import "./toolbar.js";

// parse reads the address.
function parse() {
  const [, , who, where] = location.pathname.split("/");
  return { person: decodeURIComponent(who ?? ""), place: decodeURIComponent(where ?? "home"), modal: new URLSearchParams(location.search).get("modal") ?? "" };
}

const address = () => `/client/${state.person}/${state.place}${state.modal ? `?modal=${state.modal}` : ""}`;

// go shows a place as a person.
export function go(who, where, push = true) {
  const other = who !== state.person;
  state.person = who;
  state.place = where;
  if (other) { state.modal = ""; document.documentElement.dataset.ready = "false"; connect(); }
  if (push) history.pushState(null, "", address());
  if (!other) { draw(true); changed("place"); }
}

function homeSurface(view) {
  return {
    value: (b, e) => view.values?.[b.block_id]?.[e.action_id],
    change: (b, e, v) => act({ act: "action", view: view.id, block: b.block_id, action: e.action_id, state: v, values: {} }),
    use: (b, e, v) => act({ act: "action", view: view.id, block: b.block_id, action: e.action_id, state: v, values: {} }),
    suggest: (b, e, q) => act({ act: "suggest", view: view.id, block: b.block_id, action: e.action_id, query: q, values: {} }),
  };
}

const tabs = (dm) => el("div", { class: "tabs", role: "tablist" }, [["home", t("home")], [dm?.id, t("messages")]].map(([id, name]) => el("a", {
  role: "tab", href: `/client/${state.person}/${id}`, data: { go: id }, "aria-selected": String(state.place === id), class: state.place === id ? "here" : undefined,
}, name)));

let shown = "", asked = "";

function draw(force) {
  if (!state.workspace) return;
  const dm = state.workspace.conversations.find((c) => c.kind === "dm");
  if (state.place !== "home" && !conversation(state.place)) state.place = state.workspace.conversations.some((c) => c.id !== dm?.id) && !state.place.startsWith("D") ? "home" : dm?.id ?? "home";
  const c = conversation(state.place);
  const print = JSON.stringify([state.person, state.place, state.workspace.language, c?.archived, state.place === "home" ? state.home : 0]);
  if (!force && print === shown) return;
  shown = print;
  document.title = `${c ? (c.kind === "dm" ? state.workspace.app.name : "#" + c.name) : t("home")} · ${state.workspace.team}`;
  const place = $("place");
  if (state.place === "home") {
    const scroll = place.querySelector(".home")?.scrollTop ?? 0;
    place.replaceChildren(head(state.workspace.app.name, tabs(dm)), el("div", { class: "home", tabindex: "0" }, el("div", { class: "homebody" },
      state.home ? blocks(state.home.blocks, homeSurface(state.home)) : el("p", { class: "nothing" }, t("homeEmpty")))));
    place.querySelector(".home").scrollTop = scroll;
    if (asked !== state.person) { asked = state.person; act({ act: "home" }, true); }
    if (state.home) document.documentElement.dataset.ready = "true";
    return;
  }
  asked = "";
  const title = c.kind === "dm" ? state.workspace.app.name : `${c.kind === "private" ? "🔒" : "#"} ${c.name}`;
  place.replaceChildren(head(title, c.kind === "dm" ? tabs(dm) : el("span", { class: "members" }, `${c.members.length} 👥`)), conversationPane(c), composer(c));
  if (matchMedia("(min-width: 800px)").matches && !state.modals.length) $("composer")?.focus();
}

const head = (title, more) => el("header", { class: "placehead" }, el("h2", {}, title), more);

on("workspace", () => draw(false));
on("connected", () => { shown = ""; draw(true); changed("place"); });
on("home", () => { if (state.place === "home") draw(false); });
on("modal", (id) => {
  state.modal = id;
  history.replaceState(null, "", address());
});
on("modals", () => {
  if (state.modal || state.modals.length || !parse().modal) return;
  changed("toast", t("modalGone")); // the address names a form that is closed by now
  history.replaceState(null, "", address());
});
on("toast", (text) => {
  const node = el("div", { class: "toast" }, text);
  $("toasts").append(node);
  setTimeout(() => node.remove(), 7000);
});

// The quick switcher: people and places by name.
function quick() {
  if (document.querySelector(".quick")) return;
  const all = [
    ...state.workspace.conversations.map((c) => ({ name: c.kind === "dm" ? state.workspace.app.name : "#" + c.name, run: () => go(state.person, c.id) })),
    { name: `${state.workspace.app.name}: ${t("home")}`, run: () => go(state.person, "home") },
    ...state.workspace.people.filter((p) => !p.bot && !p.deleted).map((p) => ({ name: `${t("beWho")} ${p.realName} (${p.title})`, run: () => go(p.id, state.place) })),
  ];
  let active = 0, found = all;
  const list = el("ul", { role: "listbox" });
  const end = () => { shade.remove(); };
  const drawList = () => list.replaceChildren(...found.map((x, i) => el("li", { role: "option", "aria-selected": String(i === active), class: i === active ? "active" : undefined, onclick: () => { end(); x.run(); } }, x.name)));
  const input = el("input", {
    type: "search", "aria-label": t("quick"), placeholder: t("quick"), oninput: () => { found = all.filter((x) => x.name.toLowerCase().includes(input.value.toLowerCase())); active = 0; drawList(); },
    onkeydown: (ev) => {
      if (ev.key === "Escape") end();
      else if (ev.key === "Enter" && found[active]) { end(); found[active].run(); }
      else if (ev.key === "ArrowDown" || ev.key === "ArrowUp") { ev.preventDefault(); active = (active + (ev.key === "ArrowDown" ? 1 : -1) + found.length) % found.length; drawList(); }
    },
  });
  const box = el("div", { class: "dialog quick", role: "dialog", "aria-modal": "true" }, input, list);
  const shade = el("div", { class: "shade top", onclick: (ev) => { if (ev.target === shade) end(); } }, box);
  trap(box);
  drawList();
  document.body.append(shade);
  input.focus();
}

addEventListener("keydown", (ev) => { if ((ev.metaKey || ev.ctrlKey) && ev.key.toLowerCase() === "k" && state.workspace) { ev.preventDefault(); quick(); } });
addEventListener("popstate", () => { const a = parse(); go(a.person, a.place, false); });
document.addEventListener("click", (ev) => {
  for (const menu of document.querySelectorAll(".menu:not([hidden])")) if (!menu.parentElement.contains(ev.target)) menu.hidden = true;
});

const start = parse();
go(start.person, start.place, false);
