import { button, el } from "./dom.js";

export const OFFERED = ["👍", "❤", "🔥", "👏", "🎉", "🤔", "😢", "🙏", "👀", "🤝", "✍", "👎"];

/** What stands under a message; a tap puts one's own there or takes it away. */
export function chips(message, act) {
  const { reactions, reacted } = message.seen;
  if (!reactions.length) return null;
  const drawn = reactions.map((one) => chip(one, message, act));
  return el("div", { class: "reactions", role: "group", "aria-label": "Отклики" }, drawn);
}

function chip({ type, total_count: count }, message, act) {
  const { reacted } = message.seen;
  const emoji = type.emoji ?? "✨";
  const mine = reacted.includes(emoji);
  return button(el("span", {}, emoji, " ", count), () => act.react(message, toggled(reacted, emoji)), {
    class: "chip", "aria-pressed": String(mine),
    "aria-label": `${emoji}: ${count}${mine ? ", ваш тоже" : ""}`,
  });
}

/** Without Premium one reaction takes the place of the other. */
export const toggled = (reacted, emoji) => (reacted.includes(emoji) ? [] : [emoji]);
