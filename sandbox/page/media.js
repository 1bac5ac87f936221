import { button, el, icon } from "./dom.js";
import { enlarge } from "./dialogs.js";
import { nameOf } from "./names.js";
import { fileAddress } from "./net.js";
import { ballot } from "./poll.js";
import { preview } from "./preview.js";

const TALLEST = 340;
const LABELS = {
  voice: "Голосовое сообщение", audio: "Аудио", video: "Видео", video_note: "Видеосообщение",
  animation: "Анимация",
};

/** What a message shows besides its words. */
export function media(message, scene) {
  const kind = Object.keys(DRAWN).find((one) => message[one]);
  return kind ? DRAWN[kind](message, scene) : null;
}

// An animation has a document, too, and a venue a location: the order matters.
const DRAWN = {
  photo,
  contact: ({ contact }) => card(nameOf(contact), contact.phone_number),
  poll: (message, scene) => ballot(message, scene.act),
  venue: ({ venue }) => place(venue.location, venue.title, venue.address),
  location: ({ location }) => place(location, "Место", ""),
  dice: ({ dice }) => el("p", { class: "large" }, dice.emoji, el("b", {}, dice.value)),
  sticker: ({ sticker }) => drawnSticker(sticker),
  voice: (message) => player("audio", "voice", message.voice),
  audio: (message) => player("audio", "audio", message.audio),
  animation: (message) => player("video", "animation", message.animation),
  video: (message) => player("video", "video", message.video),
  video_note: (message) => player("video", "video_note", message.video_note),
  document: ({ document }) => file(document, document.file_name ?? "Файл"),
};

/** Several pictures as one; files of an album one under the other. */
export function album(messages, scene) {
  const pictures = messages.every((message) => message.photo || message.video);
  return el("div", {
    class: pictures ? "album pictures-of" : "album", role: "group",
    "aria-label": `Альбом: ${messages.length}`, "data-count": messages.length,
  }, messages.map((message) =>
    el("div", { class: "part", "data-part": message.message_id }, media(message, scene))));
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

const card = (title, line) => el("p", { class: "contact" }, el("b", {}, title), el("span", {}, line));

function place({ latitude, longitude }, title, address) {
  const spot = `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
  return el("a", { class: "file", href: `geo:${latitude},${longitude}` }, icon("place"),
    el("span", {}, title, el("small", {}, [address, spot].filter(Boolean).join(" · "))));
}

function drawnSticker({ file_id: fileId, emoji }) {
  const words = () => el("p", { class: "large" }, emoji ?? "Стикер");
  const onerror = (event) => event.currentTarget.replaceWith(words());
  const alt = preview({ sticker: { emoji } });
  return el("img", { class: "sticker", src: fileAddress(fileId), alt, onerror });
}

/** A picture that moves may be an image to the browser; what does not play can still be saved. */
function player(tag, kind, stored) {
  const label = stored.title ?? stored.file_name ?? LABELS[kind];
  const plays = el(tag, {
    src: fileAddress(stored.file_id), controls: true, preload: "none",
    "aria-label": LABELS[kind], class: kind,
  });
  return el("div", { class: "playing" }, plays, file(stored, label, length(stored.duration)));
}

function file(stored, label, more = "") {
  const details = [more, size(stored.file_size)].filter(Boolean).join(" · ");
  return el("a", { class: "file", href: fileAddress(stored.file_id), download: stored.file_name ?? "" },
    icon("file"), el("span", {}, label, el("small", {}, details)));
}

const length = (seconds) =>
  seconds ? `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}` : "";

function size(bytes) {
  if (!bytes) return "";
  if (bytes < 1024 * 1024) return `${Math.max(1, Math.round(bytes / 1024))} КБ`;
  return `${(bytes / 1024 / 1024).toFixed(1).replace(".", ",")} МБ`;
}
