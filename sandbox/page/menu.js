import { open } from "./dialogs.js";
import { button, el, iconButton } from "./dom.js";
import { OFFERED, toggled } from "./reactions.js";

/** What a person may do with one message. */
export function messageMenu(message, spoken, { act, may }) {
  const { mine, pinned, reacted } = message.seen;
  const written = spoken.text ?? spoken.caption;
  const doing = (label, work) => button(label, () => {
    menu.close();
    work();
  }, { class: "option" });
  const emoji = OFFERED.map((one) => button(one, () => {
    menu.close();
    act.react(message, toggled(reacted, one));
  }, { class: "emoji", "aria-pressed": String(reacted.includes(one)), "aria-label": `Отклик ${one}` }));
  const menu = open("Сообщение",
    el("div", { class: "sheet-head" }, el("h2", {}, "Сообщение"),
      iconButton("close", "Закрыть", () => menu.close())),
    el("div", { class: "emojis", role: "group", "aria-label": "Отклики" }, emoji),
    el("div", { class: "stage" }, doing("Ответить", () => act.reply(message)),
      mine && written && !message.forward_origin ? doing("Изменить", () => act.edit(spoken)) : null,
      may().pin ? doing(pinned ? "Открепить" : "Закрепить", () => act.pin(message, !pinned)) : null));
}
