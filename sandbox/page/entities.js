import { button, el } from "./dom.js";

const PLAIN = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};
const SAFE = /^(https?|tg|mailto|tel):/i;

/** `offset` and `length` count UTF-16 units, as JavaScript strings do. */
export function formatted(text, entities, act) {
  const order = (a, b) => a.offset - b.offset || b.length - a.length;
  const fragment = document.createDocumentFragment();
  fragment.append(...weave(text, [...(entities ?? [])].sort(order), 0, text.length, act));
  return fragment;
}

function weave(text, entities, from, to, act) {
  const woven = [];
  let at = from;
  for (let i = 0; i < entities.length; i += 1) {
    const entity = entities[i];
    if (entity.offset < at) continue;
    const end = Math.min(entity.offset + entity.length, to);
    const inner = entities.slice(i + 1).filter((e) => e.offset < end);
    woven.push(text.slice(at, entity.offset));
    woven.push(dress(entity, text.slice(entity.offset, end),
      () => weave(text, inner, entity.offset, end, act), act));
    at = end;
  }
  return [...woven, text.slice(at, to)].filter((piece) => piece !== "");
}

function dress(entity, raw, inside, act) {
  if (PLAIN[entity.type]) return el(PLAIN[entity.type], {}, inside());
  const special = SPECIAL[entity.type];
  return special ? special(raw, inside, act, entity) : el("span", {}, inside());
}

const SPECIAL = {
  pre: (raw, inside, act, { language }) => el("pre", { "data-language": language }, inside()),
  spoiler: (raw, inside) => spoiler(raw, inside),
  text_link: (raw, inside, act, { url }) => anchor(url, inside(), act),
  url: (raw, inside, act) => anchor(SAFE.test(raw) ? raw : `https://${raw}`, inside(), act),
  email: (raw, inside, act) => anchor(`mailto:${raw}`, inside(), act),
  phone_number: (raw, inside, act) => anchor(`tel:${raw.replace(/[^+\d]/g, "")}`, inside(), act),
  mention: (raw, inside, act) => anchor(`https://t.me/${raw.slice(1)}`, inside(), act),
  bot_command: (raw, inside, act) =>
    button(raw, () => act.say(raw), { class: "command" }),
};

export function anchor(url, children, act) {
  if (!SAFE.test(url)) return el("span", {}, children);
  const onclick = (event) => act.follow(url) && event.preventDefault();
  return el("a", { href: url, target: "_blank", rel: "noopener noreferrer", onclick }, children);
}

function spoiler(raw, inside) {
  const hidden = button(raw, () => hidden.replaceWith(el("span", { class: "revealed" }, inside())), {
    class: "spoiler", "aria-label": "Скрытый текст, показать",
  });
  return hidden;
}
