import { button, el, iconButton, unseen } from "./dom.js";
import { formatted } from "./entities.js";
import { inlineKeyboard } from "./markup.js";
import { album, media } from "./media.js";
import { messageMenu } from "./menu.js";
import { originOf, senderOf } from "./names.js";
import { preview } from "./preview.js";
import { chips } from "./reactions.js";

const CLOCK = new Intl.DateTimeFormat("ru", { hour: "2-digit", minute: "2-digit" });

/** One message, or one album, as a node. `scene` says who looks: person, group, topics, act. */
export function messageNode(messages, scene) {
  const [first] = messages;
  if (isService(first)) return service(first);
  const spoken = messages.find((message) => message.caption) ?? first;
  const { mine } = first.seen;
  const shown = messages.length > 1 ? album(messages, scene) : media(first, scene);
  const bubble = el("div", { class: "bubble" }, header(first, mine, scene), forwarded(first), quote(first),
    shown, words(spoken, scene.act), meta(spoken));
  return el("article", { class: mine ? "message mine" : "message", "data-id": first.message_id },
    bubble, tools(first, spoken, scene), chips(first, scene.act), inlineKeyboard(first, scene.act));
}

const CONTENT = [
  "text", "caption", "photo", "sticker", "location", "contact", "poll", "venue", "dice",
  "document", "video", "audio", "voice", "animation", "video_note",
];

const isService = (message) => !CONTENT.some((kind) => message[kind] !== undefined);

const service = (message) =>
  el("p", { class: "service", "data-id": message.message_id }, preview(message));

function header(message, mine, scene) {
  const name = mine && !message.sender_chat ? "Вы" : senderOf(message);
  const topic = scene.topicName(message);
  if (!scene.group || mine) return [unseen(`${name}: `), topic && el("p", { class: "topic" }, topic)];
  return el("p", { class: "sender" }, name, topic && el("span", { class: "topic" }, ` · ${topic}`));
}

const forwarded = ({ forward_origin: origin }) =>
  origin ? el("p", { class: "forwarded" }, `Переслано: ${originOf(origin)}`) : null;

function quote({ reply_to_message: original }) {
  // In a forum every message formally replies to the one that opened the topic.
  if (!original || original.forum_topic_created) return null;
  const look = (event) => lookUp(event.currentTarget.closest(".log"), original.message_id);
  return el("button", { type: "button", class: "quote", onclick: look },
    unseen("В ответ на: "), el("b", {}, senderOf(original)), el("span", {}, preview(original)));
}

/** Brings a message into view; one of an album is somewhere inside it. */
export function lookUp(feed, messageId) {
  const found = feed.querySelector(`[data-id="${messageId}"], [data-part="${messageId}"]`);
  found?.scrollIntoView({ block: "center" });
  found?.animate?.([{ opacity: 0.3 }, { opacity: 1 }], 600);
}

function words(message, act) {
  const text = message.text ?? message.caption;
  if (!text) return null;
  return el("div", { class: "words" }, formatted(text, message.entities ?? message.caption_entities, act));
}

function meta({ date, edit_date: edited, seen }) {
  const moment = new Date(date * 1000);
  return el("p", { class: "meta" }, seen.pinned ? "закреплено " : "", edited ? "изменено " : "",
    el("time", { datetime: moment.toISOString() }, CLOCK.format(moment)));
}

function tools(first, spoken, scene) {
  return el("div", { class: "tools" },
    iconButton("reply", "Ответить", () => scene.act.reply(first), { class: "icon answer" }),
    button("⋯", () => messageMenu(first, spoken, scene), {
      class: "icon more", "aria-label": "Что сделать с сообщением", title: "Отклик, изменить, закрепить",
    }));
}
