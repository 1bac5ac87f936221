import { button, el, icon, iconButton, unseen } from "./dom.js";
import { formatted } from "./entities.js";
import { inlineKeyboard } from "./markup.js";
import { fileAddress } from "./net.js";
import { preview } from "./preview.js";
import { enlarge } from "./dialogs.js";

const CLOCK = new Intl.DateTimeFormat("ru", { hour: "2-digit", minute: "2-digit" });
const TALLEST = 340;
const FILES = ["document", "video", "audio", "voice", "animation", "video_note"];

/** One message as a node. `scene` says who looks: person, group, topics, act. */
export function messageNode(message, scene) {
  if (isService(message)) return el("p", { class: "service" }, preview(message));
  const mine = message.from?.id === scene.person;
  const bubble = el("div", { class: "bubble" },
    header(message, mine, scene), forwarded(message), quote(message), media(message),
    words(message, scene.act), meta(message));
  return el("article", { class: mine ? "message mine" : "message", "data-id": message.message_id },
    bubble, replyButton(message, scene.act), inlineKeyboard(message, scene.act));
}

const CONTENT = [
  "text", "caption", "photo", "sticker", "location", "contact", "poll", "venue", "dice", ...FILES,
];

export const isService = (message) => !CONTENT.some((kind) => message[kind] !== undefined);

function header(message, mine, scene) {
  const name = mine ? "Вы" : nameOf(message.from);
  const topic = scene.topicName(message);
  if (!scene.group || mine) return [unseen(`${name}: `), topic && el("p", { class: "topic" }, topic)];
  return el("p", { class: "sender" }, name, topic && el("span", { class: "topic" }, ` · ${topic}`));
}

export const nameOf = (user) => [user?.first_name, user?.last_name].filter(Boolean).join(" ") || "Бот";

function forwarded({ forward_origin: origin }) {
  if (!origin) return null;
  const name = origin.sender_user ? nameOf(origin.sender_user)
    : origin.sender_user_name ?? origin.chat?.title ?? origin.sender_chat?.title ?? "";
  return el("p", { class: "forwarded" }, `Переслано: ${name}`);
}

function quote({ reply_to_message: original }) {
  // In a forum every message formally replies to the one that opened the topic.
  if (!original || original.forum_topic_created) return null;
  return el("button", { type: "button", class: "quote", onclick: () => lookUp(original.message_id) },
    unseen("В ответ на: "), el("b", {}, nameOf(original.from)), el("span", {}, preview(original)));
}

function lookUp(messageId) {
  document.querySelector(`[data-id="${messageId}"]`)?.scrollIntoView({ block: "center" });
}

function media(message) {
  if (message.photo) return photo(message);
  if (message.contact) return contact(message.contact);
  if (message.poll) return poll(message.poll);
  if (message.location) return el("p", { class: "plain" }, preview(message));
  if (message.sticker || message.dice) return el("p", { class: "plain" }, preview(message));
  const kind = FILES.find((name) => message[name]);
  return kind ? file(message, message[kind]) : null;
}

function photo(message) {
  const best = message.photo.reduce((a, b) => (b.width * b.height > a.width * a.height ? b : a));
  const source = fileAddress(best.file_id);
  const scale = Math.min(1, TALLEST / best.height);
  const description = message.caption?.slice(0, 80) || "Картинка";
  const [width, height] = [best.width, best.height].map((side) => Math.round(side * scale));
  const picture = el("img", { src: source, alt: "", width, height });
  const show = () => enlarge(source, description);
  return button(picture, show, { class: "photo", "aria-label": `Увеличить: ${description}` });
}

function file(message, stored) {
  const label = stored.file_name ?? preview({ ...message, caption: undefined });
  return el("a", { class: "file", href: fileAddress(stored.file_id), download: stored.file_name ?? "" },
    icon("file"), el("span", {}, label, el("small", {}, size(stored.file_size))));
}

function size(bytes) {
  if (!bytes) return "";
  if (bytes < 1024 * 1024) return `${Math.max(1, Math.round(bytes / 1024))} КБ`;
  return `${(bytes / 1024 / 1024).toFixed(1).replace(".", ",")} МБ`;
}

function contact({ first_name: first, last_name: last, phone_number: phone }) {
  const name = nameOf({ first_name: first, last_name: last });
  return el("p", { class: "contact" }, el("b", {}, name), el("span", {}, phone));
}

function poll({ question, options, total_voter_count: voters }) {
  const lines = options.map(({ text, voter_count: count }) => el("li", {}, `${text}: ${count}`));
  return el("div", { class: "poll" }, el("b", {}, question), el("ul", {}, lines),
    el("small", {}, `Проголосовали: ${voters}`));
}

function words(message, act) {
  const text = message.text ?? message.caption;
  if (!text) return null;
  return el("div", { class: "words" }, formatted(text, message.entities ?? message.caption_entities, act));
}

function meta({ date, edit_date: edited }) {
  const moment = new Date(date * 1000);
  return el("p", { class: "meta" }, edited ? "изменено " : "",
    el("time", { datetime: moment.toISOString() }, CLOCK.format(moment)));
}

function replyButton(message, act) {
  return iconButton("reply", "Ответить", () => act.reply(message), { class: "icon answer" });
}
