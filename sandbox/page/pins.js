import { button, el, icon } from "./dom.js";
import { lookUp } from "./message.js";
import { preview } from "./preview.js";

/** The newest pinned message, above the others; each tap goes on to an older one. */
export class Pins {
  constructor(feed) {
    this.feed = feed;
    this.node = button("Закреплено", () => this.next(), { class: "pins", hidden: true });
  }

  draw(messages) {
    const sign = JSON.stringify(messages.map((message) => [message.message_id, preview(message)]));
    if (sign === this.sign) return;
    Object.assign(this, { sign, pinned: messages, at: messages.length - 1 });
    this.node.hidden = !messages.length;
    if (messages.length) this.show();
  }

  show() {
    const count = this.pinned.length > 1 ? ` ${this.at + 1} из ${this.pinned.length}` : "";
    const words = preview(this.pinned[this.at]);
    this.node.setAttribute("aria-label", `Закреплено${count}: ${words}`);
    this.node.replaceChildren(icon("pin"), el("b", {}, `Закреплено${count}`), el("span", {}, words));
  }

  next() {
    lookUp(this.feed, this.pinned[this.at].message_id);
    this.at = (this.at || this.pinned.length) - 1;
    this.show();
  }
}
