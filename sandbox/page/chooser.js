import { el, iconButton } from "./dom.js";
import { freeSeat, go, leave } from "./place.js";

/** Above a chat that stands beside others: who looks, at which chat, and the way out. */
export class Chooser {
  constructor(seat) {
    this.seat = seat;
    this.person = el("select", { "aria-label": "Кто", onchange: () => this.choosePerson() });
    this.chat = el("select", { "aria-label": "Чат", onchange: () => this.chooseChat() });
    this.out = iconButton("close", "Убрать этого человека", () => leave(seat));
    this.node = el("div", { class: "chooser", hidden: true },
      el("label", {}, el("span", {}, "Кто"), this.person),
      el("label", {}, el("span", {}, "Чат"), this.chat), seat ? this.out : null);
  }

  draw(people, chats, place, shown) {
    this.node.hidden = !shown;
    this.place = place;
    fill(this.person, people.map((one) => [one.id, counted(one.name, one.unread)]), place.person);
    fill(this.chat, chats.map((one) => [one.key, counted(one.title, one.unread)]), place.chat);
  }

  choosePerson() {
    go({ seat: this.seat, person: this.person.value });
  }

  chooseChat() {
    go({ ...this.place, chat: this.chat.value, topic: null });
  }
}

const counted = (name, unread) => (unread ? `${name} (${unread})` : name);

function fill(select, choices, chosen) {
  const sign = JSON.stringify(choices);
  if (select.dataset.sign !== sign) {
    select.dataset.sign = sign;
    select.replaceChildren(...choices.map(([value, label]) => el("option", { value }, label)));
  }
  select.value = String(chosen ?? "");
}

/** The next free seat goes to somebody who is not here yet. */
export function sitBeside(people, taken) {
  const next = people.find((one) => !taken.includes(one.id)) ?? people[0];
  const seat = freeSeat();
  if (next && seat) go({ seat, person: next.id });
}
