// Slack's markup, drawn.

import { el } from "./dom.js";
import { conversation, format, language, now, person, state, t, zone } from "./state.js";

const emoji = {
  wave: "👋", tada: "🎉", white_check_mark: "✅", heavy_check_mark: "✔️", hourglass: "⌛", hourglass_flowing_sand: "⏳", alarm_clock: "⏰", warning: "⚠️",
  pencil2: "✏️", pencil: "📝", memo: "📝", eyes: "👀", thumbsup: "👍", "+1": "👍", thumbsdown: "👎", "-1": "👎", bell: "🔔", no_bell: "🔕", calendar: "📆",
  chart_with_upwards_trend: "📈", bar_chart: "📊", x: "❌", question: "❓", bulb: "💡", rocket: "🚀", handshake: "🤝", raised_hands: "🙌", pray: "🙏",
  red_circle: "🔴", large_green_circle: "🟢", large_yellow_circle: "🟡", large_blue_circle: "🔵", white_circle: "⚪", arrow_right: "➡️", star: "⭐", lock: "🔒", link: "🔗",
};
export const emojiOf = (name) => emoji[name] ?? `:${name}:`;
export const withEmoji = (text) => text.replace(/:([a-z0-9_+-]+):/g, (all, name) => emoji[name] ?? all);

const unescape = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

export function userMention(id) {
  return el("span", { class: id === state.person ? "mention self" : "mention" }, "@" + (person(id)?.realName ?? id));
}

export function channelMention(id) {
  const c = conversation(id);
  return c ? el("a", { class: "mention", href: `/client/${state.person}/${id}`, data: { go: id } }, "#" + c.name) : el("span", { class: "mention" }, "🔒 " + id);
}

export function link(url, text) {
  return /^(https?:|mailto:)/i.test(url) ? el("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, text ?? url) : document.createTextNode(text ?? url);
}

// date writes <!date^unix^format|otherwise> in the reader's zone.
export function date(unix, tokens, otherwise) {
  const at = new Date(Number(unix) * 1000);
  if (Number.isNaN(at.getTime())) return otherwise ?? tokens;
  const day = (x) => format(x, { dateStyle: "short" });
  const near = () => {
    const off = [[0, t("today")], [-864e5, t("yesterday")], [864e5, t("tomorrow")]].find(([d]) => day(new Date(now().getTime() + d)) === day(at));
    return off?.[1].toLowerCase();
  };
  const forms = {
    date_num: () => new Intl.DateTimeFormat("sv-SE", { timeZone: zone() }).format(at), date_slash: () => day(at),
    date: () => format(at, { day: "numeric", month: "long", year: "numeric" }),
    date_short: () => format(at, { day: "numeric", month: "short", year: "numeric" }),
    date_long: () => format(at, { weekday: "long", day: "numeric", month: "long", year: "numeric" }),
    time: () => format(at, { hour: "2-digit", minute: "2-digit" }), time_secs: () => format(at, { hour: "2-digit", minute: "2-digit", second: "2-digit" }),
    ago: () => ago(at), day_divider_pretty: () => near() ?? format(at, { weekday: "long", day: "numeric", month: "long" }),
  };
  const text = tokens.replace(/\{(\w+)\}/g, (all, name) => {
    const pretty = name.endsWith("_pretty") && name !== "day_divider_pretty";
    return (pretty && near()) || forms[pretty ? name.slice(0, -7) : name]?.() || all;
  });
  return el("time", { datetime: at.toISOString(), title: format(at, { dateStyle: "full", timeStyle: "short" }) }, text);
}

function ago(at) {
  const minutes = Math.round((at.getTime() - now().getTime()) / 60000);
  const relative = new Intl.RelativeTimeFormat(language());
  if (Math.abs(minutes) < 60) return relative.format(minutes, "minute");
  if (Math.abs(minutes) < 2880) return relative.format(Math.round(minutes / 60), "hour");
  return relative.format(Math.round(minutes / 1440), "day");
}

function angle(inner) {
  const [what, shown] = [inner.split("|")[0], inner.includes("|") ? unescape(inner.slice(inner.indexOf("|") + 1)) : undefined];
  if (what.startsWith("@")) return userMention(what.slice(1));
  if (what.startsWith("#")) return channelMention(what.slice(1));
  if (what.startsWith("!date^")) {
    const [, unix, tokens, url] = what.split("^");
    const d = date(unix, unescape(tokens ?? ""), shown);
    return url ? link(unescape(url), d) : d;
  }
  if (what.startsWith("!")) return el("span", { class: "mention" }, "@" + (shown ?? what.slice(1).split("^")[0]).replace(/^@/, ""));
  return link(unescape(what), shown);
}

// A mark begins after what is no word and ends before what is none.
const token = /<([^<>\n]+)>|`([^`\n]+)`|(?<![\p{L}\p{N}])(?:\*([^*\s](?:[^*\n]*[^*\s])?)\*|_([^_\s](?:[^_\n]*[^_\s])?)_|~([^~\s](?:[^~\n]*[^~\s])?)~)(?![\p{L}\p{N}])|:([a-z0-9_+-]+):/gu;

function inline(text) {
  const out = [];
  let from = 0;
  for (const m of text.matchAll(token)) {
    if (m.index > from) out.push(unescape(text.slice(from, m.index)));
    const [all, ref, code, bold, italic, strike, name] = m;
    if (ref !== undefined) out.push(angle(ref));
    else if (code !== undefined) out.push(el("code", {}, unescape(code)));
    else if (bold !== undefined) out.push(el("strong", {}, inline(bold)));
    else if (italic !== undefined) out.push(el("em", {}, inline(italic)));
    else if (strike !== undefined) out.push(el("s", {}, inline(strike)));
    else out.push(emoji[name] ?? all);
    from = m.index + all.length;
  }
  if (from < text.length) out.push(unescape(text.slice(from)));
  return out;
}

// mrkdwn draws a text in Slack's markup.
export function mrkdwn(text) {
  return text.split("```").flatMap((part, i) => {
    if (i % 2) return [el("pre", {}, unescape(part.replace(/^\n|\n$/g, "")))];
    const out = [];
    let quote = [];
    const flush = () => { if (quote.length) out.push(el("blockquote", {}, quote.flatMap((q, n) => (n ? [el("br"), ...inline(q)] : inline(q))))); quote = []; };
    part.split("\n").forEach((line, n, all) => {
      if (line.startsWith("&gt;")) { quote.push(line.slice(4).trimStart()); return; }
      flush();
      out.push(...inline(line));
      if (n < all.length - 1) out.push(el("br"));
    });
    flush();
    return out;
  });
}

// textOf draws a text object.
export function textOf(object) {
  if (!object) return [];
  if (object.type === "mrkdwn") return mrkdwn(object.text);
  return [object.emoji === false ? object.text : withEmoji(object.text)];
}
