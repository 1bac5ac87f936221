import { Act } from "./act.js";
import { Chooser } from "./chooser.js";
import { Conversation } from "./conversation.js";
import { el } from "./dom.js";
import { get } from "./net.js";
import { address, here, merged } from "./place.js";

/** One person's open chat. There are up to three of them side by side, each in a seat. */
export class Pane {
  constructor(seat, node, page) {
    Object.assign(this, { seat, node, page, chats: [], chat: null, open: null });
    this.chooser = new Chooser(seat);
    this.stage = el("div", { class: "stage-of-pane" });
    this.welcome = node.textContent.trim();
    node.replaceChildren(this.chooser.node, this.stage);
    this.say(this.welcome);
  }

  get place() {
    return here(this.seat);
  }

  get composer() {
    return this.open.composer;
  }

  get act() {
    return this.open?.act ?? new Act(this.place, this);
  }

  refresh() {
    return this.page.refresh();
  }

  knows(username) {
    const same = (chat) => chat.bot?.username.toLowerCase() === username?.toLowerCase();
    return Boolean(username) && this.chats.some(same);
  }

  async load(wide) {
    const place = this.place;
    if (!place.chat) this.close();
    try {
      if (place.person) await this.loadChats(place, wide);
      if (place.person && place.chat && !document.hidden) await this.loadChat(place);
    } catch (error) {
      if (!this.chat) this.say(error.message);
    }
  }

  async loadChats(place, wide) {
    this.chats = await get("chats", { person: place.person });
    const [first] = this.chats;
    if (place.chat || !first || !wide) return;
    location.replace(merged(address({ ...place, chat: first.key })));
  }

  async loadChat(place) {
    const chat = await get("chat", { person: place.person, chat: place.chat });
    if (address(place) !== address(this.place)) return;
    const fresh = !this.open || address(this.open.place) !== address(place);
    this.chat = chat;
    if (fresh) this.show(new Conversation(place, new Act(place, this)));
    this.open.update(chat);
    if (fresh && this.takesFocus) this.composer.focus();
  }

  /** Only the first seat: whoever is choosing in a list, or sits elsewhere, is not interrupted. */
  get takesFocus() {
    return !this.seat && !document.querySelector("dialog[open]") &&
      !document.activeElement.closest?.("select, .beside, .calls");
  }

  show(conversation) {
    this.open = conversation;
    this.stage.replaceChildren(...conversation.nodes);
  }

  close() {
    if (!this.open) return;
    Object.assign(this, { chat: null, open: null });
    this.say(this.welcome);
  }

  say(text) {
    this.stage.replaceChildren(el("p", { class: "welcome" }, text));
  }
}
