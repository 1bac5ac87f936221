import { avatar, el, icon, unseen } from "./dom.js";
import { preview } from "./preview.js";
import { address } from "./place.js";

export function drawPeople(list, people, place) {
  refill(list, people.map((person) => entry({
    href: address({ person: person.id }),
    current: person.id === place.person,
    picture: avatar(person.id, person.name),
    title: person.name,
    line: person.note,
    unread: person.unread,
  })));
}

export function drawChats(list, chats, place) {
  refill(list, chats.map((chat) => entry({
    href: address({ person: place.person, chat: chat.key }),
    current: chat.key === place.chat,
    picture: avatar(chat.title.length, chat.title),
    title: chat.title,
    line: chat.last ? preview(chat.last) : "Ещё ничего не написано",
    unread: chat.unread,
  })));
}

function entry({ href, current, picture, title, line, unread }) {
  const badge = unread ? el("span", { class: "badge" }, unseen("Непрочитанных: "), unread) : null;
  return el("li", {}, el("a", { href, "aria-current": current ? "true" : undefined }, picture,
    el("span", { class: "lines" }, el("b", {}, title), line ? el("span", {}, line) : null), badge));
}

/** Redraws only a list that changed, and gives the focus back to the same entry. */
function refill(list, items) {
  const shown = [...list.children];
  if (shown.length === items.length && items.every((item, i) => item.isEqualNode(shown[i]))) return;
  const at = [...list.querySelectorAll("a")].indexOf(document.activeElement);
  list.replaceChildren(...items);
  list.querySelectorAll("a")[at]?.focus();
}

export function drawWho(bar, person) {
  const title = person ? person.name : "Чаты";
  if (bar.querySelector("h2")?.textContent === title) return;
  bar.replaceChildren(
    el("a", { class: "icon back", href: "#", "aria-label": "К списку людей" }, icon("back")),
    el("h2", { tabindex: "-1" }, title));
}
