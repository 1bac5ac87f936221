import { avatar, el, icon, iconButton } from "./dom.js";
import { Composer } from "./composer.js";
import { confirm } from "./dialogs.js";
import { Log } from "./log.js";
import { Pins } from "./pins.js";
import { address } from "./place.js";
import { preview } from "./preview.js";
import { scan } from "./scan.js";

const KINDS = { private: "бот", group: "группа", supergroup: "группа", channel: "канал" };

/** One open chat: its bar, its topics, its messages and what stands below them. */
export class Conversation {
  constructor(place, act) {
    Object.assign(this, { place, act, topics: [] });
    const topicName = (message) => this.topicName(message);
    this.scene = { person: place.person, act, group: false, topicName, may: () => this.may };
    this.bar = el("div", { class: "bar" });
    this.tabs = el("nav", { class: "topics", "aria-label": "Темы", hidden: true });
    this.log = new Log(this.scene);
    this.composer = new Composer(place, act);
    this.pins = new Pins(this.log.feed);
    this.nodes = [this.bar, this.pins.node, el("div", { class: "talk" }, this.tabs, this.log.node),
      this.composer.node];
  }

  update(chat) {
    this.scene.group = chat.kind !== "private";
    this.topics = chat.topics;
    this.may = chat.may;
    this.drawBar(chat);
    this.drawTabs();
    this.composer.update(chat);
    const shown = chat.messages.filter((message) => this.belongs(message));
    this.log.draw(shown);
    this.pins.draw(chat.pinned.map((id) => shown.find((one) => one.message_id === id)).filter(Boolean));
  }

  drawBar({ title, kind, blocked, bot }) {
    const sign = JSON.stringify([title, kind, blocked]);
    if (sign === this.barSign) return;
    this.barSign = sign;
    const people = address({ seat: this.place.seat, person: this.place.person });
    this.bar.replaceChildren(
      el("a", { class: "icon back", href: people, "aria-label": "К списку чатов" }, icon("back")),
      avatar(title.length, title),
      el("div", { class: "lines" },
        el("h2", { tabindex: "-1" }, title), el("p", {}, subtitle(kind, bot, blocked))),
      this.scanButton());
    if (kind === "private" && !blocked) this.bar.append(this.blockButton(title));
  }

  scanButton() {
    const look = () => scan(this.place.person, this.act);
    return iconButton("scan", "Сканировать QR", look, { class: "icon narrow" });
  }

  blockButton(title) {
    return iconButton("block", "Заблокировать бота", async () => {
      const sure = await confirm("Заблокировать бота?",
        `«${title}» больше не сможет вам писать, пока вы его не разблокируете.`, "Заблокировать");
      if (sure) this.act.block(true);
    });
  }

  drawTabs() {
    const sign = JSON.stringify(this.topics);
    if (sign === this.tabsSign) return;
    this.tabsSign = sign;
    this.tabs.hidden = !this.topics.length;
    const at = [...this.tabs.children].indexOf(document.activeElement);
    const all = { id: null, name: "Все темы" };
    this.tabs.replaceChildren(...[all, ...this.topics].map((topic) => this.tab(topic)));
    this.tabs.children[at]?.focus();
  }

  tab({ id, name, closed, last }) {
    const current = String(id ?? "") === (this.place.topic ?? "");
    const href = address({ ...this.place, topic: id });
    const label = closed ? `${name} (закрыта)` : name;
    return el("a", { href, "aria-label": label, "aria-current": current ? "true" : undefined },
      el("b", {}, label), last ? el("span", {}, preview(last)) : null);
  }

  belongs(message) {
    const { topic } = this.place;
    return !topic || topicOf(message) === topic;
  }

  topicName(message) {
    if (this.place.topic) return "";
    return this.topics.find(({ id }) => String(id) === topicOf(message))?.name ?? "";
  }
}

/** General has number 1 in every forum; a reply there has a thread, too, which is no topic. */
const topicOf = (message) => (message.is_topic_message ? String(message.message_thread_id) : "1");

function subtitle(kind, bot, blocked) {
  if (blocked) return "бот заблокирован";
  return kind === "private" && bot ? `${KINDS.private} @${bot.username}` : KINDS[kind] ?? "";
}
