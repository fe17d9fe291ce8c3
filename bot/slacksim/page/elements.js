// Interactive elements of Block Kit. A surface gives them what they need:
// value(block, element), change(block, element, state), use(block, element,
// state) and suggest(block, element, query).

import { el, later, uid } from "./dom.js";
import { confirm } from "./dialog.js";
import { textOf, withEmoji } from "./mrkdwn.js";
import { select } from "./select.js";
import { zone } from "./state.js";

const plain = (o) => withEmoji(o?.text ?? "");

// asked asks for confirmation where the element wants it.
async function asked(e, then) {
  if (!e.confirm || await confirm(plain(e.confirm.title), plain(e.confirm.text), plain(e.confirm.confirm), plain(e.confirm.deny), e.confirm.style === "danger" || e.style === "danger")) then();
}

function button(b, e, s) {
  const node = el("button", {
    type: "button", class: `button ${e.style ?? ""}`, data: { block: b.block_id, action: e.action_id, value: e.value }, "aria-label": e.accessibility_label,
    onclick: () => {
      if (e.url) window.open(e.url, "_blank", "noopener");
      asked(e, async () => { node.classList.add("busy"); node.disabled = true; await s.use(b, e, {}); node.classList.remove("busy"); node.disabled = false; });
    },
  }, plain(e.text));
  return node;
}

function overflow(b, e, s) {
  const menu = el("ul", { class: "menu", role: "menu", hidden: true }, e.options.map((o) => el("li", { role: "presentation" }, el("button", {
    type: "button", role: "menuitem", data: { value: o.value }, onclick: () => { menu.hidden = true; asked(e, () => s.use(b, e, { selected_option: o })); },
  }, plain(o.text)))));
  const toggle = el("button", { type: "button", class: "button dots", "aria-haspopup": "menu", "aria-label": "…", onclick: () => { menu.hidden = !menu.hidden; menu.querySelector("button")?.focus(); } }, "⋯");
  return el("div", { class: "overflow", data: { block: b.block_id, action: e.action_id }, onkeydown: (ev) => { if (ev.key === "Escape") { ev.stopPropagation(); menu.hidden = true; toggle.focus(); } } }, toggle, menu);
}

function textInput(b, e, s, label) {
  const type = { number_input: "text", email_text_input: "email", url_text_input: "url" }[e.type] ?? "text";
  const props = {
    value: s.value(b, e)?.value ?? "", placeholder: plain(e.placeholder), maxlength: e.max_length ?? 3000, "aria-label": label,
    inputmode: e.type === "number_input" ? (e.is_decimal_allowed ? "decimal" : "numeric") : undefined, data: { action: e.action_id },
  };
  const node = e.multiline || e.type === "rich_text_input" ? el("textarea", { ...props, rows: 3 }) : el("input", { ...props, type });
  const left = el("span", { class: "rest", "aria-live": "polite" });
  const count = () => {
    const rest = (e.max_length ?? 3000) - [...node.value].length;
    left.textContent = rest < 200 ? String(rest) : "";
  };
  const grow = () => { if (node.tagName === "TEXTAREA") { node.style.height = "auto"; node.style.height = `${Math.min(320, node.scrollHeight + 2)}px`; } };
  const each = later(400, () => s.use(b, e, { type: e.type, value: node.value || null }));
  node.addEventListener("input", () => {
    count(); grow();
    s.change(b, e, { type: e.type, value: node.value || null }, true);
    if (b.dispatch_action && e.dispatch_action_config?.trigger_actions_on?.includes("on_character_entered")) each();
  });
  node.addEventListener("keydown", (ev) => {
    if (ev.key === "Enter" && !e.multiline && b.dispatch_action) { ev.preventDefault(); s.use(b, e, { type: e.type, value: node.value || null }); }
    else if (ev.key === "Enter" && !e.multiline) { ev.preventDefault(); s.submit?.(); }
  });
  count();
  requestAnimationFrame(grow);
  return el("div", { class: "textbox" }, node, left);
}

// A moment is typed in the person's zone: what the browser's zone is does not
// matter.
function toLocal(unix) {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: zone(), year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(new Date(unix * 1000)).replace(" ", "T");
}

function fromLocal(text) {
  const wanted = Date.parse(text + "Z");
  if (Number.isNaN(wanted)) return null;
  let at = wanted;
  for (let i = 0; i < 2; i++) at = wanted - (Date.parse(toLocal(at / 1000) + "Z") - at);
  return Math.floor(at / 1000);
}

function picker(b, e, s, label) {
  const { type, key, to, from } = {
    datepicker: { type: "date", key: "selected_date", to: (v) => v ?? "", from: (v) => v || null },
    timepicker: { type: "time", key: "selected_time", to: (v) => v ?? "", from: (v) => v || null },
    datetimepicker: { type: "datetime-local", key: "selected_date_time", to: (v) => (v ? toLocal(v) : ""), from: fromLocal },
  }[e.type];
  return el("input", {
    type, class: "picker", value: to(s.value(b, e)?.[key]), "aria-label": label, data: { action: e.action_id },
    onchange: (ev) => s.change(b, e, { type: e.type, [key]: from(ev.target.value) }),
  });
}

function choices(b, e, s) {
  const many = e.type === "checkboxes";
  const name = uid("c");
  const held = () => { const v = s.value(b, e); return many ? v?.selected_options ?? [] : v?.selected_option ? [v.selected_option] : []; };
  const nodes = e.options.map((o) => el("label", { class: "choice" },
    el("input", {
      type: many ? "checkbox" : "radio", name, value: o.value, checked: held().some((h) => h.value === o.value),
      onchange: (ev) => {
        const rest = held().filter((h) => h.value !== o.value);
        s.change(b, e, many ? { type: e.type, selected_options: ev.target.checked ? [...rest, o] : rest } : { type: e.type, selected_option: o });
      },
    }),
    el("span", {}, textOf(o.text), o.description && el("small", {}, textOf(o.description)))));
  return el("div", { class: "choices", role: many ? "group" : "radiogroup", data: { action: e.action_id } }, nodes);
}

// element draws any interactive element.
export function element(b, e, s, label) {
  switch (e.type) {
    case "button": case "icon_button": case "workflow_button": return button(b, e, s);
    case "overflow": return overflow(b, e, s);
    case "plain_text_input": case "number_input": case "email_text_input": case "url_text_input": case "rich_text_input": return textInput(b, e, s, label);
    case "datepicker": case "timepicker": case "datetimepicker": return picker(b, e, s, label);
    case "checkboxes": case "radio_buttons": return choices(b, e, s);
    case "image": return el("span", { class: "image" }, e.alt_text);
    default:
      if (e.type.includes("select")) {
        return select(e, s.value(b, e), { label: label ?? plain(e.placeholder), change: (v) => s.change(b, e, v), suggest: (q) => s.suggest(b, e, q) });
      }
      return el("span", { class: "unknown" }, e.type);
  }
}
