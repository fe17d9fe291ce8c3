// Rich text and tables.

import { el } from "./dom.js";
import { channelMention, date, emojiOf, link, textOf, userMention } from "./mrkdwn.js";

function styled(node, style) {
  let out = node;
  for (const [name, tag] of [["code", "code"], ["strike", "s"], ["italic", "em"], ["bold", "strong"], ["underline", "u"]]) {
    if (style?.[name]) out = el(tag, {}, out);
  }
  return out;
}

function piece(e) {
  switch (e.type) {
    case "text": return styled(e.text, e.style);
    case "link": return styled(link(e.url, e.text), e.style);
    case "user": return userMention(e.user_id);
    case "channel": return channelMention(e.channel_id);
    case "emoji": return emojiOf(e.name);
    case "date": return date(e.timestamp, e.format, e.fallback);
    case "broadcast": return el("span", { class: "mention" }, "@" + e.range);
    case "color": return el("code", {}, e.value);
    default: return "";
  }
}

function listOf(e) {
  const list = el(e.style === "ordered" ? "ol" : "ul", { class: `level${e.indent ?? 0}`, start: e.offset ? e.offset + 1 : undefined });
  list.append(...(e.elements ?? []).map((item) => el("li", {}, (item.elements ?? []).map(piece))));
  return list;
}

export function richText(b) {
  return el("div", { class: "rich" }, (b.elements ?? []).map((e) => {
    switch (e.type) {
      case "rich_text_list": return listOf(e);
      case "rich_text_quote": return el("blockquote", {}, (e.elements ?? []).map(piece));
      case "rich_text_preformatted": return el("pre", {}, (e.elements ?? []).map((x) => x.text ?? x.url ?? ""));
      default: return el("p", {}, (e.elements ?? []).map(piece));
    }
  }));
}

function cell(c) {
  if (!c) return "";
  if (c.type === "rich_text") return richText(c);
  if (c.type === "raw_number") return c.text ?? String(c.value);
  return c.text?.text !== undefined ? textOf(c.text) : c.text ?? "";
}

const isNumber = (c) => c?.type === "raw_number" || /^[−-]?[\d\s.,]+( ?%)?$/.test(typeof c?.text === "string" ? c.text : "x");

// table draws table and data_table: the first row is the head.
export function table(b) {
  const [head, ...rows] = b.rows ?? [];
  const align = (i, c) => (b.column_settings?.[i]?.align ?? (isNumber(c) ? "right" : "left"));
  const title = b.caption ?? b.title;
  return el("div", { class: "tablebox", tabindex: "0", role: "region", "aria-label": typeof title === "string" ? title : title?.text ?? "table" },
    el("table", {},
      title && el("caption", {}, typeof title === "string" ? title : title.text),
      el("thead", {}, el("tr", {}, (head ?? []).map((c, i) => el("th", { scope: "col", class: align(i, rows[0]?.[i] ?? c) }, cell(c))))),
      el("tbody", {}, rows.map((row) => el("tr", {}, row.map((c, i) => el(i === (b.row_header_column_index ?? -1) ? "th" : "td", { class: align(i, c), scope: i === (b.row_header_column_index ?? -1) ? "row" : undefined }, cell(c))))))));
}
