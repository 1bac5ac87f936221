import { button, el, iconButton, touch } from "./dom.js";
import { Disclosure } from "./disclosure.js";
import { keep, recall } from "./drafts.js";
import { replyKeyboard } from "./markup.js";
import { senderOf } from "./names.js";
import { attach, attachPlace } from "./attach.js";
import { address } from "./place.js";
import { post } from "./net.js";
import { preview } from "./preview.js";

const KINDS = [
  { label: "Фото или альбом", kind: "photo", accept: "image/*" },
  { label: "Файлы", kind: "document", accept: "" },
  { label: "Голосовое из файла", kind: "voice", accept: "audio/*", one: true },
];
const COMMAND_BEGUN = /^\/\w*$/;

/** Everything below the messages: field, commands, attachments, the bot's keyboard. */
export class Composer {
  constructor(place, act) {
    Object.assign(this, { place, act, commands: null, keyboard: null, replyTo: null, state: "" });
    this.problem = el("p", { class: "problem", role: "alert" });
    this.quoted = el("div", { class: "replying", hidden: true });
    this.buildField();
    this.buildPanels();
    this.row = el("form", { class: "row" },
      this.attach.toggle, this.menu.toggle, this.page, this.field, this.keys.toggle, this.sendButton);
    this.row.addEventListener("submit", (event) => this.submit(event));
    this.only = el("div", { class: "only", hidden: true });
    this.node = el("div", { class: "composer" },
      this.problem, this.quoted, this.menu.panel, this.attach.panel,
      this.row, this.only, this.keys.panel);
  }

  buildField() {
    this.field = el("textarea", {
      rows: 1, "aria-label": "Сообщение", placeholder: "Сообщение", autocomplete: "off",
      oninput: () => this.typed(), onkeydown: (event) => this.pressed(event),
      onpaste: (event) => this.pasted(event), onfocus: () => touch.matches && this.keys.set(false),
    });
    this.field.value = recall(this.place);
    const submits = { type: "submit", class: "icon send" };
    this.sendButton = iconButton("send", "Отправить", undefined, submits);
  }

  buildPanels() {
    this.menu = new Disclosure("commands", "Команды", this.field);
    this.attach = new Disclosure("attach", "Прикрепить", this.field);
    this.keys = new Disclosure("keyboard", "Кнопки бота", this.field);
    this.page = button("Страница", () => this.act.app(this.page.textContent, { menu: true }), {
      class: "main page-button", hidden: true,
    });
    // A bot may change its commands without a word, so they are asked for when they are wanted.
    this.menu.toggle.addEventListener("click", () => this.act.look());
    this.attach.fill(...KINDS.map(({ label, ...kind }) =>
      button(label, () => this.choose(kind), { class: "option" })),
    button("Место", () => this.sendPlace(), { class: "option" }),
    button("Свой контакт", () => this.contact(), { class: "option" }));
  }

  /** `chat` is the server's answer; `blocked` and an empty chat leave one button only. */
  update(chat) {
    this.showCommands(chat.commands);
    this.showKeyboard(chat.keyboard);
    this.showMenuPage(chat.menu);
    this.showState(chat);
    this.showTopic(chat);
    this.grow();
  }

  showCommands(commands) {
    if (JSON.stringify(commands) === JSON.stringify(this.commands)) return;
    this.commands = commands;
    this.menu.toggle.hidden = !commands.length;
    const any = this.listCommands();
    if (this.begun) this.menu.set(any);
  }

  /** Those that fit what is being typed; answers whether any does. */
  listCommands() {
    const fitting = this.commands.filter(({ command }) => `/${command}`.startsWith(this.begun));
    this.menu.fill(...fitting.map((one) => this.commandOption(one)));
    return fitting.length > 0;
  }

  commandOption({ command, description }) {
    return el("button", { type: "button", class: "option", onclick: () => this.command(command) },
      el("b", {}, `/${command}`), el("span", {}, description));
  }

  showKeyboard(keyboard) {
    const sign = JSON.stringify(keyboard);
    if (sign === this.keyboard) return;
    this.keyboard = sign;
    const buttons = keyboard?.keyboard;
    this.oneTime = Boolean(keyboard?.one_time_keyboard);
    this.keys.toggle.hidden = !buttons;
    this.keys.fill(...(buttons ? [replyKeyboard(keyboard, this.act)] : []));
    this.keys.set(Boolean(buttons));
    this.hint = keyboard?.input_field_placeholder || "";
  }

  /** The bot's own button beside the field, when it opens a page. */
  showMenuPage(menu) {
    const label = menu?.type === "web_app" ? menu.text : "";
    this.page.hidden = !label;
    if (label) this.page.textContent = label;
  }

  showTopic({ topics, kind }) {
    const topic = topics.find(({ id }) => String(id) === (this.place.topic ?? "1"));
    const where = topic ? `Сообщение в «${topic.name}»` : kind === "channel" ? "Пост в канал" : "Сообщение";
    this.field.placeholder = this.hint || where;
  }

  showState({ blocked, messages, kind, may, moved }) {
    const state = blocked ? "blocked" : moved ? "moved" : !may.write ? "silent"
      : kind === "private" && !messages.length ? "empty" : "open";
    if (state === this.state) return;
    const focused = this.node.contains(document.activeElement);
    this.state = state;
    this.row.hidden = state !== "open";
    this.only.hidden = state === "open";
    this.only.replaceChildren(...(state === "open" ? [] : [this.insteadOf(state, moved, kind)]));
    if (focused) this.focus();
  }

  insteadOf(state, moved, kind) {
    if (state === "moved") {
      const href = address({ ...this.place, chat: moved, topic: null });
      return el("a", { class: "main", href }, "Перейти в супергруппу");
    }
    if (state !== "silent") return this.onlyButton(state);
    const words = kind === "channel" ? "Писать сюда могут те, кто ведёт канал." : "Вам здесь писать нельзя.";
    return el("p", { class: "hint", tabindex: "-1" }, words);
  }

  onlyButton(state) {
    if (state === "blocked") {
      return button("Разблокировать бота", () => this.act.block(false), { class: "main" });
    }
    const hint = "Начать: отправить /start";
    return button("Начать", () => this.act.say("/start"), { class: "main", "aria-label": hint });
  }

  focus() {
    if (this.only.firstChild) this.only.firstChild.focus();
    else if (!touch.matches) this.field.focus();
  }

  get begun() {
    return COMMAND_BEGUN.test(this.field.value) ? this.field.value : "";
  }

  typed() {
    if (!this.editing) keep(this.place, this.field.value);
    this.problem.textContent = "";
    this.grow();
    if (this.field.value === "/") this.act.look();
    this.menu.set(this.listCommands() && Boolean(this.begun));
  }

  grow() {
    this.field.style.height = "auto";
    this.field.style.height = `${this.field.scrollHeight}px`;
  }

  pressed(event) {
    if (event.key === "Escape") this.dismiss();
    if (event.key === "ArrowUp" && this.menu.open) this.menu.enter(event);
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.row.requestSubmit();
  }

  dismiss() {
    if (this.menu.open) this.menu.set(false);
    else this.reply(null);
  }

  pasted(event) {
    const files = [...event.clipboardData.files];
    if (!files[0]?.type.startsWith("image/")) return;
    event.preventDefault();
    attach(files, "photo", this.target(), () => this.reply(null));
  }

  async submit(event) {
    event?.preventDefault();
    const text = this.field.value.trim();
    this.again = this.busy; // Enter while the last message is still on its way: its turn comes
    if (!text || this.busy) return;
    this.busy = true;
    try {
      await this.deliver(text);
      this.sent(text);
    } catch (error) {
      this.problem.textContent = `Не отправлено. ${error.message} Текст остался в поле.`;
      this.again = false;
    } finally {
      this.busy = false;
    }
    if (this.again) await this.submit();
  }

  deliver(text) {
    if (!this.editing) return this.act.send({ ...this.target(), text });
    const { person, chat } = this.place;
    const edited = { person, chat, message_id: this.editing.message_id, text };
    return post("edit", edited).finally(() => this.act.look());
  }

  sent(text) {
    this.problem.textContent = "";
    if (!this.editing && this.field.value.trim() === text) this.field.value = "";
    this.reply(null);
    this.typed();
  }

  /** Where the next message goes: a reply stays in the topic of what it answers. */
  target() {
    const { person, chat, topic } = this.place;
    const own = this.replyTo?.is_topic_message ? this.replyTo.message_thread_id : undefined;
    const chosen = topic && topic !== "1" ? Number(topic) : undefined;
    return { person, chat, reply_to: this.replyTo?.message_id, thread: own ?? chosen };
  }

  reply(message) {
    if (this.editing) this.field.value = recall(this.place);
    this.editing = null;
    this.replyTo = message;
    this.quote(message, senderOf, "Не отвечать");
  }

  /** What was being written waits among the drafts until the change is done. */
  edit(message) {
    this.replyTo = null;
    this.editing = message;
    this.quote(message, () => "Изменение сообщения", "Не изменять");
    this.field.value = message.text ?? message.caption;
    this.grow();
  }

  quote(message, title, dismissal) {
    this.quoted.hidden = !message;
    if (!message) return;
    this.quoted.replaceChildren(
      el("p", {}, el("b", {}, title(message)), el("span", {}, preview(message))),
      iconButton("close", dismissal, () => this.reply(null)));
    this.field.focus();
  }

  command(name) {
    this.menu.set(false);
    if (this.begun) {
      this.field.value = "";
      this.typed();
    }
    this.focus();
    this.act.command(name);
  }

  choose({ kind, accept, one }) {
    this.attach.set(false);
    const picker = el("input", { type: "file", accept, multiple: !one });
    const sent = () => this.reply(null);
    picker.addEventListener("change", () => attach([...picker.files], kind, this.target(), sent));
    picker.click();
  }

  sendPlace() {
    this.attach.set(false);
    attachPlace(this.target(), () => this.reply(null));
  }

  contact() {
    this.attach.set(false);
    this.act.contact();
  }

  pressedKey() {
    if (this.oneTime) this.keys.set(false);
  }
}
