// Small dialogs on top of everything, and the trap that keeps the focus in.

import { el, uid } from "./dom.js";

const focusable = "button:not([disabled]),input:not([disabled]),textarea:not([disabled]),a[href],[tabindex='0']";

// trap keeps Tab within a node.
export function trap(node) {
  node.addEventListener("keydown", (ev) => {
    if (ev.key !== "Tab") return;
    const all = [...node.querySelectorAll(focusable)].filter((n) => n.offsetParent !== null);
    if (!all.length) return;
    const [first, last] = [all[0], all.at(-1)];
    if (ev.shiftKey && document.activeElement === first) { ev.preventDefault(); last.focus(); }
    else if (!ev.shiftKey && document.activeElement === last) { ev.preventDefault(); first.focus(); }
  });
}

// confirm asks a question and resolves to the answer.
export function confirm(title, text, yes, no, danger) {
  return new Promise((resolve) => {
    const before = document.activeElement;
    const id = uid("d");
    const end = (answer) => { shade.remove(); before?.focus?.(); resolve(answer); };
    const box = el("div", { class: "dialog", role: "alertdialog", "aria-modal": "true", "aria-labelledby": id },
      el("h2", { id }, title), el("p", {}, text),
      el("div", { class: "actions end" },
        el("button", { type: "button", class: "button", data: { answer: "no" }, onclick: () => end(false) }, no),
        el("button", { type: "button", class: `button ${danger ? "danger" : "primary"}`, data: { answer: "yes" }, onclick: () => end(true) }, yes)));
    const shade = el("div", { class: "shade top", onkeydown: (ev) => { if (ev.key === "Escape") { ev.stopPropagation(); end(false); } } }, box);
    trap(box);
    document.body.append(shade);
    box.querySelector("button").focus();
  });
}
