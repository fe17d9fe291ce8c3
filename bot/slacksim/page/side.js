// The sidebar: the workspace, who one is, and the places.

import { $, el } from "./dom.js";
import { avatar } from "./messages.js";
import { on, person, state, t } from "./state.js";
import { go } from "./app.js";

const count = (n) => (n > 0 ? el("span", { class: "count" }, String(n)) : null);

function placeLink(id, label, sign, c) {
  return el("li", {}, el("a", {
    href: `/client/${state.person}/${id}`, data: { place: id, go: id }, class: `${state.place === id ? "here " : ""}${c?.unread ? "unread" : ""}`,
    "aria-current": state.place === id ? "page" : undefined,
  }, el("span", { class: "sign", "aria-hidden": "true" }, sign), el("span", { class: "name" }, label), count(c?.kind === "dm" ? c.unread : c?.mentions)));
}

function switcher() {
  const people = state.workspace.people.filter((p) => !p.bot && !p.deleted);
  return el("ul", { class: "people" }, people.map((p) => el("li", {}, el("a", {
    href: `/client/${p.id}/${state.place || "home"}`, data: { person: p.id }, class: p.id === state.person ? "here" : undefined, "aria-current": p.id === state.person ? "true" : undefined,
    title: p.zone,
  }, avatar(p), el("span", { class: "name" }, p.realName, el("small", {}, p.title)), p.id !== state.person && count(p.unread)))));
}

function draw() {
  if (!state.workspace) return;
  const channels = state.workspace.conversations.filter((c) => c.kind !== "dm");
  const dm = state.workspace.conversations.find((c) => c.kind === "dm");
  const app = person(state.workspace.app.id);
  const side = $("side");
  side.setAttribute("aria-label", t("places"));
  const scroll = side.scrollTop;
  side.replaceChildren(
    el("h1", {}, state.workspace.team),
    el("h2", {}, t("channels")),
    el("ul", {}, channels.map((c) => placeLink(c.id, c.name, c.kind === "private" ? "🔒" : "#", c))),
    el("h2", {}, t("directMessages")),
    el("ul", {}, el("li", { class: "appline" }, avatar(app), state.workspace.app.name, el("span", { class: state.workspace.connected ? "light on" : "light" }, el("span", { class: "hidden" }, state.workspace.connected ? t("connected") : t("away")))),
      placeLink("home", t("home"), "⌂"), dm && placeLink(dm.id, t("messages"), "✉", dm)),
    el("h2", {}, t("beWho")),
    switcher(),
    el("p", { class: "about" }, t("about")));
  side.scrollTop = scroll;
}

document.addEventListener("click", (ev) => {
  const a = ev.target.closest?.("a[data-go],a[data-person]");
  if (!a || ev.metaKey || ev.ctrlKey || ev.shiftKey) return;
  ev.preventDefault();
  document.body.classList.remove("drawer");
  if (a.dataset.person) go(a.dataset.person, state.place);
  else go(state.person, a.dataset.go);
});

on("workspace", draw);
on("place", draw);
