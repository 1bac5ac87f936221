const SVG = "http://www.w3.org/2000/svg";

const STROKES = {
  attach: "M20 11l-8 8.4a5 5 0 0 1-7-7l8-8.3a3.4 3.4 0 0 1 5 4.8l-8 8.1a1.7 1.7 0 0 1-2.5-2.4l7-7.3",
  back: "M15 5 8 12l7 7",
  block: "M5.6 5.6l12.8 12.8M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z",
  close: "M6 6l12 12M18 6 6 18",
  commands: "M14.5 5l-5 14",
  down: "M12 5v14M6 13l6 6 6-6",
  file: "M7 3h7l5 5v13H7zM14 3v5h5",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  pin: "M9 4h6l-1 6 3 3v2H7v-2l3-3zM12 15v6",
  place: "M12 21s7-6.4 7-11.5a7 7 0 0 0-14 0C5 14.6 12 21 12 21zM12 7v5",
  keyboard: "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h6v6h-6z",
  reply: "M10 5 4 11l6 6M4 11h9a7 7 0 0 1 7 7v1",
  scan: "M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M8 8h3v3H8zM13 13h3v3h-3zM13 8h3M8 13v3",
  send: "M4 12 20 4l-5 16-4-7z",
};

/** A touch keyboard covers half of the screen: there it must never open by itself. */
export const touch = matchMedia("(pointer: coarse)");

/** A node with attributes; `onclick` and the like become listeners, strings stay text. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) dress(node, name, value);
  node.append(...children.flat().filter((child) => child || child === 0));
  return node;
}

function dress(node, name, value) {
  if (value === undefined || value === null || value === false) return;
  if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else node.setAttribute(name, value === true ? "" : value);
}

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.append(document.createElementNS(SVG, "path"));
  svg.firstChild.setAttribute("d", STROKES[name]);
  return svg;
}

export const button = (label, onclick, attributes = {}) =>
  el("button", { type: "button", onclick, ...attributes }, label);

export const iconButton = (name, label, onclick, attributes = {}) =>
  el("button", {
    type: "button", class: "icon", "aria-label": label, title: label, onclick, ...attributes,
  }, icon(name));

export const unseen = (text) => el("span", { class: "unseen" }, text);

const TINTS = 4;

export function avatar(id, name) {
  const initials = name.split(/\s+/).slice(0, 2).map((word) => [...word][0] ?? "").join("");
  const tint = `tint-${Math.abs(Number(id) || 0) % TINTS}`;
  return el("span", { class: `avatar ${tint}`, "aria-hidden": "true" }, initials.toUpperCase());
}

/** Exactly these children in this order; what stays is not touched, and keeps the focus. */
export function arrange(parent, nodes) {
  const wanted = new Set(nodes);
  for (const old of [...parent.children]) if (!wanted.has(old)) old.remove();
  nodes.forEach((node, i) => {
    if (parent.children[i] !== node) parent.insertBefore(node, parent.children[i] ?? null);
  });
}
