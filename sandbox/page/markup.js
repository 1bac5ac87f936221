import { button, el } from "./dom.js";
import { toast } from "./dialogs.js";

const KINDS = [
  ["callback_data", (b, act, message, pressed) => act.tap(message, b.callback_data, pressed)],
  ["url", (b, act) => act.visit(b.url)],
  ["web_app", (b, act, message) => act.app(b.text, { message_id: message.message_id })],
  ["copy_text", (b) => copy(b.copy_text.text)],
];

/** The buttons under a message. */
export function inlineKeyboard(message, act) {
  const rows = message.reply_markup?.inline_keyboard ?? [];
  if (!rows.length) return null;
  const drawn = rows.map((row) => keys(row, (b) => inlineKey(b, message, act)));
  return group("inline-keyboard", "Кнопки сообщения", drawn);
}

const keys = (row, draw) => el("div", { class: "keys" }, row.map(draw));

const group = (name, label, rows) => el("div", { class: name, role: "group", "aria-label": label }, rows);

function inlineKey(b, message, act) {
  const [, press] = KINDS.find(([kind]) => b[kind] !== undefined) ?? [null, notHere];
  const onclick = (event) => press(b, act, message, event.currentTarget);
  return button(b.text, onclick, { class: b.url || b.web_app ? "key link" : "key" });
}

/** The buttons under the field; `keyboard` is the wire's ReplyKeyboardMarkup. */
export function replyKeyboard(keyboard, act) {
  const rows = keyboard.keyboard.map((row) => keys(row, (b) => replyKey(b, act)));
  return group("reply-keyboard", "Кнопки бота", rows);
}

function replyKey(key, act) {
  const b = typeof key === "string" ? { text: key } : key;
  return button(b.text, () => press(b, act), { class: "key" });
}

function press(b, act) {
  if (b.request_contact) act.contact();
  else if (b.web_app) act.app(b.text);
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
