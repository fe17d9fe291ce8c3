// The message box, with the slash commands.

import { el, uid } from "./dom.js";
import { act, state, t, toast } from "./state.js";

const drafts = new Map();

// composer draws the message box of a conversation.
export function composer(c) {
  if (c.archived) return el("p", { class: "closed" }, t("archived"));
  const id = uid("slash");
  const menu = el("ul", { class: "slash", role: "listbox", id, hidden: true });
  const name = c.kind === "dm" ? state.workspace.app.name : "#" + c.name;
  const box = el("textarea", {
    id: "composer", rows: 1, maxlength: 40000, value: drafts.get(c.id) ?? "", placeholder: `${t("place")} ${name}`, "aria-label": `${t("place")} ${name}`, "aria-controls": id,
  });
  let shown = [], active = 0;

  const grow = () => { box.style.height = "auto"; box.style.height = `${Math.min(220, box.scrollHeight)}px`; };
  const offer = () => {
    drafts.set(c.id, box.value);
    grow();
    const word = box.value;
    shown = word.startsWith("/") && !word.includes("\n") ? state.workspace.commands.filter((k) => k.command.startsWith(word.split(" ")[0])) : [];
    menu.hidden = !shown.length;
    active = Math.min(active, Math.max(0, shown.length - 1));
    menu.replaceChildren(...shown.map((k, i) => el("li", {
      role: "option", "aria-selected": String(i === active), class: i === active ? "active" : undefined,
      onmousedown: (ev) => { ev.preventDefault(); take(k); },
    }, el("strong", {}, k.command), " ", el("code", {}, k.hint), el("small", {}, k.description))));
  };
  const take = (k) => { if (!box.value.includes(" ")) box.value = k.command + " "; offer(); box.focus(); };
  const send = async () => {
    const text = box.value.trim();
    if (!text) return;
    box.value = ""; offer();
    const [command] = text.split(/\s/);
    const rest = text.slice(command.length).trim();
    const known = state.workspace.commands.some((k) => k.command === command);
    const answer = command.startsWith("/") && known ? await act({ act: "command", channel: c.id, command, text: rest })
      : command.startsWith("/") ? (toast(`${command}: ${t("noMatch")}`), { ok: false }) : await act({ act: "say", channel: c.id, text });
    if (!answer.ok && !box.value) { box.value = text; offer(); }
  };
  box.addEventListener("input", offer);
  box.addEventListener("blur", () => { menu.hidden = true; });
  box.addEventListener("keydown", (ev) => {
    const choosing = !menu.hidden && !box.value.includes(" ");
    if (choosing && (ev.key === "ArrowDown" || ev.key === "ArrowUp")) { ev.preventDefault(); active = (active + (ev.key === "ArrowDown" ? 1 : -1) + shown.length) % shown.length; offer(); }
    else if (choosing && (ev.key === "Tab" || ev.key === "Enter") && shown[active] && box.value !== shown[active].command) { ev.preventDefault(); take(shown[active]); }
    else if (ev.key === "Escape" && !menu.hidden) { menu.hidden = true; }
    else if (ev.key === "Enter" && !ev.shiftKey && !ev.isComposing) { ev.preventDefault(); send(); }
  });
  requestAnimationFrame(grow);
  const shortcut = el("div", { class: "overflow" });
  const list = el("ul", { class: "menu up", role: "menu", hidden: true }, state.workspace.shortcuts.map((s) => el("li", {}, el("button", {
    type: "button", role: "menuitem", data: { shortcut: s.callback }, onclick: () => { list.hidden = true; act({ act: "shortcut", callback: s.callback }); },
  }, el("strong", {}, s.name), el("small", {}, s.description)))));
  shortcut.append(el("button", { type: "button", class: "icon", title: t("shortcuts"), "aria-label": t("shortcuts"), onclick: () => { list.hidden = !list.hidden; } }, "⚡"), list);
  return el("div", { class: "composer" }, menu, el("div", { class: "box" }, shortcut, box, el("button", { type: "button", class: "button primary send", "aria-label": t("send"), onclick: send }, "➤")));
}
