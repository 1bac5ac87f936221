import { confirm, tell, toast } from "./dialogs.js";
import { post } from "./net.js";
import { go } from "./place.js";
import { openApp } from "./webapp.js";

const BY_NAME = /^(?:https?:\/\/)?(?:t|telegram)\.me\/([A-Za-z]\w+)(?:[/?]|$)/i;
const BY_DOMAIN = /^tg:\/\/resolve\?(?:.*&)?domain=(\w+)/i;

/** What the chosen person does in a chat; every refusal is shown, nothing is swallowed. */
export class Act {
  constructor(place, page) {
    Object.assign(this, { place, page });
  }

  get whose() {
    return { person: this.place.person, chat: this.place.chat };
  }

  async trying(work) {
    try {
      return await work();
    } catch (error) {
      return toast(error.message);
    } finally {
      this.look();
    }
  }

  send(message) {
    return post("say", message).finally(() => this.look());
  }

  say(text) {
    const target = { ...this.page.composer.target(), reply_to: undefined };
    return this.trying(() => this.send({ ...target, text }));
  }

  press(text) {
    this.page.composer.pressedKey();
    return this.say(text);
  }

  /** In a group a command names its bot, as Telegram's own menu does. */
  command(name) {
    const { kind, bot } = this.page.chat;
    return this.say(kind === "private" || !bot ? `/${name}` : `/${name}@${bot.username}`);
  }

  async tap(message, data, pressed) {
    if (pressed.getAttribute("aria-busy")) return;
    pressed.setAttribute("aria-busy", "true");
    const tapped = { ...this.whose, message_id: message.message_id, data };
    await this.trying(async () => this.answered((await post("tap", tapped)).answer));
    pressed.removeAttribute("aria-busy");
  }

  answered(answer) {
    if (!answer) return toast("Бот пока не ответил.");
    if (answer.url) return this.visit(answer.url);
    if (!answer.text) return null;
    return answer.show_alert ? tell(answer.text) : toast(answer.text);
  }

  async contact() {
    const sure = await confirm("Поделиться номером?",
      `«${this.page.chat.title}» узнает ваше имя и номер телефона.`, "Поделиться");
    if (sure) this.trying(() => post("contact", this.whose));
    if (sure) this.page.composer.pressedKey();
  }

  react(message, emoji) {
    return this.marks("react", message, { emoji });
  }

  vote(message, options) {
    return this.marks("vote", message, { options });
  }

  pin(message, pinned) {
    return this.marks("pin", message, { pinned });
  }

  marks(deed, message, more) {
    const { message_id } = message;
    return this.trying(() => post(deed, { ...this.whose, message_id, ...more }));
  }

  edit(message) {
    this.page.composer.edit(message);
  }

  /** `where` says which button: of a message, of the menu, or of the keyboard. */
  app(label, where = {}) {
    const wish = { ...this.whose, label, ...where };
    return this.trying(async () => openApp(this, label, await post("app", wish)));
  }

  block(blocked) {
    return this.trying(() => post("block", { ...this.whose, blocked }));
  }

  look() {
    return this.page.refresh();
  }

  reply(message) {
    this.page.composer.reply(message);
  }

  visit(url) {
    if (!this.follow(url)) window.open(url, "_blank", "noopener");
  }

  /** A link to a bot of the sandbox is opened here, as this person; says whether it was one. */
  follow(url) {
    const [, username] = BY_NAME.exec(url) ?? BY_DOMAIN.exec(url) ?? [];
    if (this.page.knows(username)) this.enter(url);
    else if (/^tg:/i.test(url)) toast("Эта ссылка работает только в настоящем Telegram.");
    else return false;
    return true;
  }

  enter(link) {
    const { person } = this.place;
    return this.trying(async () => {
      const { chat } = await post("open", { person, link });
      go({ seat: this.place.seat, person, chat });
    });
  }
}
