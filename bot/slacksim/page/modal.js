// The person's open modals: a stack of which the top one is shown.

import { $, el, later, uid } from "./dom.js";
import { blocks } from "./blocks.js";
import { confirm, trap } from "./dialog.js";
import { act, changed, on, state, t } from "./state.js";
import { withEmoji } from "./mrkdwn.js";

// What the person has put into each view and the server does not know yet.
const typed = new Map(); // view id → {values, touched, errors, print}

function draft(view) {
  if (!typed.has(view.id)) typed.set(view.id, { values: {}, touched: false, errors: {} });
  return typed.get(view.id);
}

// valuesOf are the view's values with what was typed on top.
function valuesOf(view) {
  const d = draft(view);
  const out = structuredClone(view.values ?? {});
  for (const [block, actions] of Object.entries(d.values)) {
    for (const [action, v] of Object.entries(actions)) {
      if (out[block] && action in out[block]) out[block][action] = v;
    }
  }
  return out;
}

function surface(view) {
  const d = draft(view);
  const keep = later(300, () => act({ act: "values", view: view.id, values: valuesOf(view) }, true));
  const set = (b, e, v) => { (d.values[b.block_id] ??= {})[e.action_id] = v; d.touched = true; };
  const s = {
    value: (b, e) => valuesOf(view)[b.block_id]?.[e.action_id],
    change: (b, e, v, typing) => {
      set(b, e, v);
      if (!typing && (b.type !== "input" || b.dispatch_action)) s.use(b, e, v);
      else keep();
    },
    use: (b, e, v) => {
      keep.cancel();
      if (e.type !== "button" && e.type !== "overflow") set(b, e, v);
      return act({ act: "action", view: view.id, block: b.block_id, action: e.action_id, state: v, values: valuesOf(view) });
    },
    suggest: (b, e, q) => act({ act: "suggest", view: view.id, block: b.block_id, action: e.action_id, query: q, values: valuesOf(view) }),
    error: (block) => d.errors[block],
    submit: () => submit(view),
    cancel: () => keep.cancel(),
  };
  return s;
}

async function submit(view) {
  const d = draft(view);
  if (d.sending || !view.submit) return;
  d.sending = true;
  const send = document.querySelector(".modal .submit");
  if (send) { send.disabled = true; send.classList.add("busy"); }
  d.surface?.cancel();
  const answer = await act({ act: "submit", view: view.id, values: valuesOf(view) });
  d.sending = false;
  d.errors = answer.errors ?? {};
  if (answer.ok && !Object.keys(d.errors).length) d.touched = false;
  d.print = "";
  draw();
  document.querySelector(".modal .wrong")?.scrollIntoView({ block: "center" });
  document.querySelector(".modal .wrong input, .modal .wrong textarea")?.focus();
}

async function close(view) {
  const d = draft(view);
  if (d.touched && view.submit && !await confirm(t("discardTitle"), t("discardText"), t("discard"), t("keep"), true)) return;
  d.touched = false;
  typed.delete(view.id);
  await act({ act: "close", view: view.id });
}

const text = (o, otherwise) => (o?.text ? withEmoji(o.text) : otherwise);

function make(view, depth) {
  const d = draft(view);
  d.surface = surface(view);
  const id = uid("m");
  const body = el("div", { class: "modalbody", tabindex: "-1" }, blocks(view.blocks, d.surface));
  const form = el("div", { class: "modal", role: "dialog", "aria-modal": "true", "aria-labelledby": id, data: { view: view.id } },
    el("header", {},
      depth > 1 ? el("button", { type: "button", class: "icon back", "aria-label": t("back"), onclick: () => close(view) }, "←") : null,
      el("h2", { id }, text(view.title, "")),
      el("button", { type: "button", class: "icon x", "aria-label": t("close"), onclick: () => close(view) }, "×")),
    body,
    el("footer", {},
      el("button", { type: "button", class: "button cancel", onclick: () => close(view) }, text(view.close, t("cancel"))),
      view.submit && el("button", { type: "button", class: "button primary submit", onclick: () => submit(view) }, text(view.submit, t("submit")))));
  form.addEventListener("keydown", (ev) => { if (ev.key === "Escape" && !ev.defaultPrevented) { ev.preventDefault(); close(view); } });
  trap(form);
  return form;
}

let before; // what had the focus when the first modal opened

function draw() {
  const overlay = $("overlay");
  const view = state.modals.at(-1);
  for (const id of typed.keys()) if (!state.modals.some((m) => m.id === id)) typed.delete(id);
  if (state.modal !== (view?.id ?? "")) changed("modal", view?.id ?? "");
  if (!view) {
    if (overlay.children.length) { overlay.replaceChildren(); before?.focus?.(); before = undefined; }
    return;
  }
  const d = draft(view);
  const print = JSON.stringify([view.id, view.hash, state.modals.length, d.errors, document.documentElement.lang]);
  const old = overlay.querySelector(".modal");
  if (old && d.print === print && old.dataset.view === view.id) return;
  d.print = print;
  before ??= document.activeElement;
  const same = old?.dataset.view === view.id;
  const scroll = same ? old.querySelector(".modalbody").scrollTop : 0;
  const held = same && document.activeElement?.closest("[data-block]")?.dataset.block;
  const form = make(view, state.modals.length);
  overlay.replaceChildren(el("div", { class: "shade" }, form));
  form.querySelector(".modalbody").scrollTop = scroll;
  const target = (held && form.querySelector(`[data-block="${CSS.escape(held)}"] :is(input,textarea,button)`))
    || form.querySelector(".modalbody :is(input:not([type=checkbox]):not([role=combobox]),textarea)") || form.querySelector(".submit,.cancel");
  target?.focus({ preventScroll: same });
}

on("modals", draw);
on("workspace", draw);
