import { button, el, iconButton, touch } from "./dom.js";
import { Disclosure } from "./disclosure.js";
import { keep, recall } from "./drafts.js";
import { replyKeyboard } from "./markup.js";
import { nameOf } from "./message.js";
import { attachPhoto } from "./photo.js";
import { preview } from "./preview.js";

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
      this.attach.toggle, this.menu.toggle, this.field, this.keys.toggle, this.sendButton);
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
    // A bot may change its commands without a word, so they are asked for when they are wanted.
    this.menu.toggle.addEventListener("click", () => this.act.look());
    this.attach.fill(
      button("Фото", () => this.choosePhoto(), { class: "option" }),
      button("Свой контакт", () => this.contact(), { class: "option" }),
    );
  }

  /** `chat` is the server's answer; `blocked` and an empty chat leave one button only. */
  update(chat) {
    this.showCommands(chat.commands);
    this.showKeyboard(chat.keyboard);
    this.showState(chat);
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
    this.field.placeholder = keyboard?.input_field_placeholder || "Сообщение";
  }

  showState({ blocked, messages, kind }) {
    const state = blocked ? "blocked" : kind === "private" && !messages.length ? "empty" : "open";
    if (state === this.state) return;
    const focused = this.node.contains(document.activeElement);
    this.state = state;
    this.row.hidden = state !== "open";
    this.only.hidden = state === "open";
    this.only.replaceChildren(...(state === "open" ? [] : [this.onlyButton(state)]));
    if (focused) this.focus();
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
    keep(this.place, this.field.value);
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
    const [file] = event.clipboardData.files;
    if (!file?.type.startsWith("image/")) return;
    event.preventDefault();
    attachPhoto(file, this.target());
  }

  async submit(event) {
    event?.preventDefault();
    const text = this.field.value.trim();
    this.again = this.busy; // Enter while the last message is still on its way: its turn comes
    if (!text || this.busy) return;
    this.busy = true;
    try {
      await this.act.send({ ...this.target(), text });
      this.sent(text);
    } catch (error) {
      this.problem.textContent = `Не отправлено. ${error.message} Текст остался в поле.`;
      this.again = false;
    } finally {
      this.busy = false;
    }
    if (this.again) await this.submit();
  }

  sent(text) {
    this.problem.textContent = "";
    this.reply(null);
    if (this.field.value.trim() === text) this.field.value = "";
    this.typed();
  }

  /** Where the next message goes: a reply stays in the topic of what it answers. */
  target() {
    const { person, chat, topic } = this.place;
    const thread = this.replyTo?.message_thread_id ?? (Number(topic) || undefined);
    return { person, chat, reply_to: this.replyTo?.message_id, thread };
  }

  reply(message) {
    this.replyTo = message;
    this.quoted.hidden = !message;
    if (!message) return;
    this.quoted.replaceChildren(
      el("p", {}, el("b", {}, nameOf(message.from)), el("span", {}, preview(message))),
      iconButton("close", "Не отвечать", () => this.reply(null)));
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

  choosePhoto() {
    this.attach.set(false);
    const picker = el("input", { type: "file", accept: "image/*" });
    picker.addEventListener("change", () => attachPhoto(picker.files[0], this.target()));
    picker.click();
  }

  contact() {
    this.attach.set(false);
    this.act.contact();
  }

  pressedKey() {
    if (this.oneTime) this.keys.set(false);
  }
}
