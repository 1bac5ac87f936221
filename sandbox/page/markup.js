import { button, el } from "./dom.js";
import { toast } from "./dialogs.js";

const KINDS = [
  ["callback_data", (b, act, message, pressed) => act.tap(message, b.callback_data, pressed)],
  ["url", (b, act) => act.visit(b.url)],
  ["web_app", (b, act) => act.visit(b.web_app.url)],
  ["copy_text", (b) => copy(b.copy_text.text)],
];

/** The buttons under a message. */
export function inlineKeyboard(message, act) {
  const rows = message.reply_markup?.inline_keyboard ?? [];
  if (!rows.length) return null;
  const drawn = rows.map((row) => el("div", { class: "keys" }, row.map((b) => inlineKey(b, message, act))));
  return el("div", { class: "inline-keyboard", role: "group", "aria-label": "Кнопки сообщения" }, drawn);
}

function inlineKey(b, message, act) {
  const [, press] = KINDS.find(([kind]) => b[kind] !== undefined) ?? [null, notHere];
  const onclick = (event) => press(b, act, message, event.currentTarget);
  return button(b.text, onclick, { class: b.url || b.web_app ? "key link" : "key" });
}

/** The buttons under the field; `keyboard` is the wire's ReplyKeyboardMarkup. */
export function replyKeyboard(keyboard, act) {
  const rows = keyboard.keyboard.map((row) => el("div", { class: "keys" }, row.map((b) => replyKey(b, act))));
  return el("div", { class: "reply-keyboard", role: "group", "aria-label": "Кнопки бота" }, rows);
}

function replyKey(key, act) {
  const b = typeof key === "string" ? { text: key } : key;
  return button(b.text, () => press(b, act), { class: "key" });
}

function press(b, act) {
  if (b.request_contact) act.contact();
  else if (b.web_app) act.visit(b.web_app.url);
  else if (Object.keys(b).some((name) => name.startsWith("request_"))) notHere();
  else act.press(b.text);
}

function notHere() {
  toast("Эта кнопка работает только в настоящем Telegram.");
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast("Скопировано.");
  } catch {
    toast(text);
  }
}
