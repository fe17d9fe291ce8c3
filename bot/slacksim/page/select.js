// One combobox for every select: typing searches, arrows move, Enter chooses.

import { el, later, uid } from "./dom.js";
import { state, t } from "./state.js";

// people and conversations as options.
const peopleOptions = () => state.workspace.people.filter((p) => !p.deleted && !p.bot).map((p) => ({ value: p.id, label: p.realName, note: p.title }));
const placeOptions = (e) => state.workspace.conversations
  .filter((c) => c.kind !== "dm" && !c.archived)
  .filter((c) => !e.filter?.include || (e.filter.include.includes("public") && c.kind === "channel") || (e.filter.include.includes("private") && c.kind === "private"))
  .map((c) => ({ value: c.id, label: (c.kind === "private" ? "🔒 " : "# ") + c.name }));
const own = (o) => ({ value: o.value, label: o.text.text, note: o.description?.text, option: o });

function offered(e) {
  if (e.type.includes("users")) return peopleOptions();
  if (e.type.includes("conversations") || e.type.includes("channels")) return placeOptions(e);
  if (e.option_groups) return e.option_groups.flatMap((g) => g.options.map((o) => ({ ...own(o), group: g.label.text })));
  return (e.options ?? []).map(own);
}

const keys = {
  users: ["selected_user", "selected_users"], conversations: ["selected_conversation", "selected_conversations"],
  channels: ["selected_channel", "selected_channels"], other: ["selected_option", "selected_options"],
};
const keyOf = (e) => (keys[["users", "conversations", "channels"].find((k) => e.type.includes(k))] ?? keys.other)[e.type.startsWith("multi") ? 1 : 0];

// chosenOf reads an element's state as choices.
function chosenOf(e, value) {
  const held = value?.[keyOf(e)];
  const list = Array.isArray(held) ? held : held ? [held] : [];
  const all = offered(e);
  return list.map((x) => (typeof x === "string" ? all.find((o) => o.value === x) ?? { value: x, label: x } : own(x)));
}

// select draws a select; change is called with the new state.
export function select(e, value, { change, suggest, label }) {
  const many = e.type.startsWith("multi");
  const external = e.type.includes("external");
  const id = uid("list");
  let chosen = chosenOf(e, value), options = external ? [] : offered(e), shown = [], active = -1;

  const input = el("input", {
    type: "text", role: "combobox", "aria-expanded": "false", "aria-controls": id, "aria-autocomplete": "list", autocomplete: "off", "aria-label": label,
    placeholder: e.placeholder?.text ?? (external ? t("external") : ""),
  });
  const list = el("ul", { id, role: "listbox", class: "options", hidden: true });
  const chips = el("span", { class: "chips" });
  const box = el("div", { class: many ? "select many" : "select", data: { action: e.action_id } }, chips, input, el("span", { class: "caret", "aria-hidden": "true" }), list);

  const write = () => {
    const plain = chosen.map((c) => c.option ?? c.value);
    change({ type: e.type, [keyOf(e)]: many ? plain : plain[0] ?? null });
  };
  const draw = () => {
    chips.replaceChildren(...(many ? chosen.map((c) => el("span", { class: "chip" }, c.label, el("button", {
      type: "button", "aria-label": `${t("remove")} ${c.label}`, onclick: (ev) => { ev.stopPropagation(); chosen = chosen.filter((x) => x.value !== c.value); draw(); write(); },
    }, "×"))) : []));
    input.value = many ? "" : chosen[0]?.label ?? "";
    input.title = input.value;
    box.classList.toggle("filled", chosen.length > 0);
  };
  const close = () => { list.hidden = true; input.setAttribute("aria-expanded", "false"); active = -1; };
  const mark = (i) => {
    active = shown.length ? (i + shown.length) % shown.length : -1;
    list.querySelectorAll("[role=option]").forEach((n, k) => n.classList.toggle("active", k === active));
    const node = list.querySelectorAll("[role=option]")[active];
    node?.scrollIntoView({ block: "nearest" });
    if (node) input.setAttribute("aria-activedescendant", node.id); else input.removeAttribute("aria-activedescendant");
  };
  const pick = (o) => {
    if (many) {
      if (chosen.some((c) => c.value === o.value)) chosen = chosen.filter((c) => c.value !== o.value);
      else if (!e.max_selected_items || chosen.length < e.max_selected_items) chosen = [...chosen, o];
    } else chosen = [o];
    draw(); write();
    if (many) { open(""); input.focus(); } else close();
  };
  const open = (query) => {
    const q = query.trim().toLowerCase();
    shown = options.filter((o) => external || !q || o.label.toLowerCase().includes(q)).slice(0, 200);
    let group;
    list.replaceChildren(...shown.flatMap((o) => {
      const head = o.group !== group ? [el("li", { class: "group", role: "presentation" }, (group = o.group))] : [];
      const on = chosen.some((c) => c.value === o.value);
      return [...head, el("li", {
        id: uid("o"), role: "option", "aria-selected": String(on), data: { value: o.value }, class: on ? "on" : undefined,
        onmousedown: (ev) => { ev.preventDefault(); pick(o); },
      }, el("span", {}, o.label), o.note && el("small", {}, o.note))];
    }));
    if (!shown.length) list.append(el("li", { class: "nothing", role: "presentation" }, external && q.length < (e.min_query_length ?? 3) ? t("external") : t("noMatch")));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    list.classList.toggle("up", box.getBoundingClientRect().bottom + 260 > window.innerHeight && box.getBoundingClientRect().top > 300);
    mark(Math.max(0, shown.findIndex((o) => chosen.some((c) => c.value === o.value))));
  };
  const search = later(250, async (query) => {
    const found = await suggest(query);
    if (!found.ok) return;
    options = [...found.options.map(own), ...found.groups.flatMap((g) => g.options.map((o) => ({ ...own(o), group: g.label })))];
    if (document.activeElement === input) open(query);
  });

  input.addEventListener("focus", () => { if (!many) input.select(); });
  input.addEventListener("click", () => { if (list.hidden) { open(""); if (external && !options.length && (e.min_query_length ?? 3) === 0) search(""); } });
  input.addEventListener("input", () => {
    if (external && input.value.trim().length >= (e.min_query_length ?? 3)) search(input.value);
    open(input.value);
  });
  input.addEventListener("blur", () => { close(); draw(); });
  input.addEventListener("keydown", (ev) => {
    if (ev.key === "ArrowDown" || ev.key === "ArrowUp") { ev.preventDefault(); if (list.hidden) open(""); else mark(active + (ev.key === "ArrowDown" ? 1 : -1)); }
    else if (ev.key === "Enter" && !list.hidden) { ev.preventDefault(); ev.stopPropagation(); if (shown[active]) pick(shown[active]); }
    else if (ev.key === "Escape" && !list.hidden) { ev.stopPropagation(); close(); draw(); }
    else if (ev.key === "Backspace" && !input.value && chosen.length) { chosen = many ? chosen.slice(0, -1) : []; draw(); write(); }
  });
  if (!many) input.addEventListener("change", () => { if (!input.value && chosen.length) { chosen = []; write(); } });
  box.addEventListener("click", (ev) => { if (ev.target === box || ev.target === chips) input.click(), input.focus(); });
  draw();
  return box;
}
