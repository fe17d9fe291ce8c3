// Charts of data_visualization blocks, as SVG with the numbers as text beside
// them for who cannot see it.

import { el, uid } from "./dom.js";
import { language } from "./state.js";

const wide = 560, left = 44, right = 12, top = 16, plot = 170;
const high = top + plot + 26; // the categories stand below the plot
const number = (n) => new Intl.NumberFormat(language() === "nb" ? "nb-NO" : "en-GB").format(n);

// steps returns round numbers from nothing to at least the largest.
function steps(most) {
  const rough = Math.max(most, 1) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((m) => m * power).find((s) => s >= rough);
  const size = most <= 4 ? 1 : step;
  return Array.from({ length: Math.ceil(Math.max(most, 1) / size) + 1 }, (_, i) => i * size);
}

const short = (text, most) => (text.length > most ? text.slice(0, most - 1) + "…" : text);

function axes(categories, most, label) {
  const marks = steps(most);
  const y = (v) => top + plot - (v / marks.at(-1)) * plot;
  const band = (wide - left - right) / Math.max(categories.length, 1);
  const x = (i) => left + band * (i + 0.5);
  const room = Math.max(6, Math.floor(band / 6.4));
  const nodes = [
    ...marks.flatMap((v) => [
      el("svg:line", { class: "grid", x1: left, x2: wide - right, y1: y(v), y2: y(v) }),
      el("svg:text", { class: "tick", x: left - 8, y: y(v) + 4, "text-anchor": "end" }, number(v)),
    ]),
    ...categories.map((c, i) => el("svg:text", { class: "tick", x: x(i), y: top + plot + 18, "text-anchor": "middle" }, short(c, room), el("svg:title", {}, c))),
    label && el("svg:text", { class: "axis", x: (left + wide - right) / 2, y: high + 12, "text-anchor": "middle" }, label),
  ];
  return { x, y, band, nodes };
}

// digit is how wide a digit of a value is, at most.
const digit = 7.5;

function bars(series, categories, a) {
  const longest = Math.max(0, ...series.flatMap((s) => s.data.map((d) => number(d.value).length)));
  const usual = Math.min(46, (a.band * 0.72) / series.length);
  const width = Math.max(usual, Math.min(longest * digit, (a.band * 0.96) / series.length)); // values that are wider than their bars would touch
  return series.flatMap((s, n) => categories.map((c, i) => {
    const v = s.data.find((d) => d.label === c)?.value ?? 0;
    const x = a.x(i) + (n - series.length / 2) * width;
    return [
      el("svg:rect", { class: `s${n}`, x: x + 1, width: Math.max(1, width - 2), y: a.y(v), height: Math.max(0, a.y(0) - a.y(v)), rx: 3 }, el("svg:title", {}, `${s.name}, ${c}: ${number(v)}`)),
      v > 0 && width > 13 && el("svg:text", { class: "value", x: x + width / 2, y: a.y(v) - 4, "text-anchor": "middle" }, number(v)),
    ];
  }));
}

function lines(series, categories, a, filled) {
  return series.flatMap((s, n) => {
    const points = categories.map((c, i) => [a.x(i), a.y(s.data.find((d) => d.label === c)?.value ?? 0)]);
    const path = "M" + points.map((p) => p.join(",")).join("L");
    return [
      filled && el("svg:path", { class: `area s${n}`, d: `${path}L${points.at(-1)[0]},${a.y(0)}L${points[0][0]},${a.y(0)}Z` }),
      el("svg:path", { class: `line s${n}`, d: path }),
      points.map((p, i) => el("svg:circle", { class: `s${n}`, cx: p[0], cy: p[1], r: 4 }, el("svg:title", {}, `${s.name}, ${categories[i]}`))),
    ];
  });
}

function pie(segments) {
  const sum = segments.reduce((n, s) => n + s.value, 0) || 1;
  let angle = -Math.PI / 2;
  const r = 92, cx = 130, cy = 112;
  return segments.flatMap((s, n) => {
    const part = s.value / sum;
    const from = angle, to = angle + part * 2 * Math.PI - 0.0001;
    angle = to;
    const p = (at) => `${cx + r * Math.cos(at)},${cy + r * Math.sin(at)}`;
    return [
      el("svg:path", { class: `slice s${n % 6}`, d: `M${cx},${cy}L${p(from)}A${r},${r} 0 ${part > 0.5 ? 1 : 0} 1 ${p(to)}Z` }, el("svg:title", {}, `${s.label}: ${number(s.value)}`)),
      el("svg:rect", { class: `s${n % 6}`, x: 270, y: 22 + n * 26, width: 14, height: 14, rx: 3 }),
      el("svg:text", { class: "tick legend", x: 294, y: 34 + n * 26 }, `${short(s.label, 22)}  ${number(s.value)} (${Math.round(part * 100)} %)`),
    ];
  });
}

// chart draws a data_visualization block.
export function chart(b) {
  const c = b.chart ?? {};
  const id = uid("chart");
  const segments = c.segments ?? [];
  const series = c.series ?? [];
  const categories = c.axis_config?.categories ?? series[0]?.data.map((d) => d.label) ?? [];
  const said = segments.length
    ? segments.map((s) => `${s.label}: ${number(s.value)}`).join("; ")
    : series.map((s) => `${s.name}: ${s.data.map((d) => `${d.label} ${number(d.value)}`).join(", ")}`).join("; ");
  const a = axes(categories, Math.max(0, ...series.flatMap((s) => s.data.map((d) => d.value))), c.axis_config?.x_label);
  const drawn = { bar: () => bars(series, categories, a), line: () => lines(series, categories, a, false), area: () => lines(series, categories, a, true), pie: () => pie(segments) }[c.type]?.() ?? [];
  return el("figure", { class: "chart" },
    b.title && el("figcaption", {}, b.title),
    el("svg:svg", { viewBox: `0 0 ${wide} ${c.axis_config?.x_label ? high + 18 : c.type === "pie" ? 220 : high}`, role: "img", "aria-labelledby": id },
      el("svg:title", { id }, `${b.title ?? ""}. ${said}`), c.type === "pie" ? [] : a.nodes, drawn),
    series.length > 1 && el("div", { class: "legend" }, series.map((s, n) => el("span", {}, el("i", { class: `dot s${n}` }), s.name))));
}
