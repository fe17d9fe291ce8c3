// A small way to make elements. Text goes in as text, never as HTML.

export function el(tag, props, ...children) {
  const node = tag.startsWith("svg:")
    ? document.createElementNS("http://www.w3.org/2000/svg", tag.slice(4))
    : document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "data") for (const [k, v] of Object.entries(value)) { if (v !== undefined) node.dataset[k] = v; }
    else if (name === "value" || name === "checked" || name === "disabled" || name === "selected") node[name] = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((c) => c !== undefined && c !== null && c !== false));
  return node;
}

export const $ = (id) => document.getElementById(id);

// later calls fn once the calls have stopped for a while.
export function later(ms, fn) {
  let timer;
  const call = (...args) => { clearTimeout(timer); timer = setTimeout(() => fn(...args), ms); };
  call.cancel = () => clearTimeout(timer);
  return call;
}

// A keyed list keeps the nodes of what has not changed.
export function keyed(parent, items, key, same, make) {
  const old = new Map([...parent.children].map((n) => [n.dataset.key, n]));
  const next = items.map((item) => {
    const k = String(key(item));
    const node = old.get(k);
    const print = same(item);
    if (node && node._print === print) return node;
    const made = make(item);
    made.dataset.key = k;
    made._print = print;
    return made;
  });
  next.forEach((n, i) => { if (parent.children[i] !== n) parent.insertBefore(n, parent.children[i] ?? null); });
  while (parent.children.length > next.length) parent.lastChild.remove();
}

let number = 0;
export const uid = (prefix = "i") => `${prefix}${++number}`;
