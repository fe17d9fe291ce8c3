// Blocks of Block Kit.

import { el, uid } from "./dom.js";
import { chart } from "./chart.js";
import { element } from "./elements.js";
import { mrkdwn, textOf, withEmoji } from "./mrkdwn.js";
import { richText, table } from "./rich.js";
import { t } from "./state.js";

function section(b, s) {
  return el("div", { class: "section" },
    el("div", { class: "body" },
      b.text && el("div", { class: "text" }, textOf(b.text)),
      b.fields && el("div", { class: "fields" }, b.fields.map((f) => el("div", {}, textOf(f))))),
    b.accessory && el("div", { class: "accessory" }, element(b, b.accessory, s)));
}

function input(b, s) {
  const id = uid("l");
  const error = s.error?.(b.block_id);
  return el("div", { class: error ? "input wrong" : "input", role: "group", "aria-labelledby": id },
    el("div", { class: "label", id }, withEmoji(b.label.text), b.optional && el("span", { class: "optional" }, ` (${t("optional")})`)),
    element(b, b.element, s, b.label.text),
    error && el("div", { class: "error", role: "alert" }, error),
    b.hint && el("div", { class: "hint" }, withEmoji(b.hint.text)));
}

function card(b, s) {
  return el("div", { class: "card" }, b.title && el("strong", {}, textOf(b.title)), b.subtitle && el("div", { class: "hint" }, textOf(b.subtitle)), b.body && el("div", {}, textOf(b.body)),
    b.actions && el("div", { class: "actions" }, b.actions.map((e) => element(b, e, s))));
}

const draw = {
  header: (b) => el("h3", { class: "header" }, textOf(b.text)),
  section, input, card,
  context: (b) => el("div", { class: "context" }, b.elements.map((e) => el("span", {}, e.type === "image" ? e.alt_text : textOf(e)))),
  actions: (b, s) => el("div", { class: "actions" }, b.elements.map((e) => element(b, e, s))),
  context_actions: (b, s) => el("div", { class: "actions" }, b.elements.map((e) => element(b, e, s))),
  divider: () => el("hr"),
  markdown: (b) => el("div", { class: "text" }, mrkdwn(b.text.replace(/\*\*(.+?)\*\*/g, "*$1*"))),
  rich_text: richText,
  table, data_table: table,
  data_visualization: chart,
  alert: (b) => el("div", { class: `alert ${b.level ?? ""}` }, textOf(b.text)),
  image: (b) => el("div", { class: "image" }, `🖼 ${b.alt_text}`),
};

// blocks draws a list of blocks.
export function blocks(list, s) {
  return (list ?? []).map((b) => {
    const node = draw[b.type]?.(b, s) ?? el("div", { class: "unknown" }, b.type);
    node.classList.add("block");
    node.dataset.block = b.block_id;
    return node;
  });
}
