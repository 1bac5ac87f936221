import { el } from "./dom.js";
import { form } from "./dialogs.js";
import { post, upload } from "./net.js";

const TITLES = { photo: "Отправить фото", document: "Отправить файл", voice: "Отправить голосовое" };
const MOST = 10;

/** Shows what was chosen, asks for a caption and sends it all: several pictures go as an album. */
export async function attach(files, kind, target, sent) {
  if (!files.length) return;
  const caption = el("input", { name: "caption", maxlength: 1024, autocomplete: "off" });
  const shown = files.map((file) => chosen(file, kind));
  const title = files.length > 1 ? `${TITLES[kind]}: альбом, ${files.length}` : TITLES[kind];
  const send = async () => {
    if (files.length > MOST) throw new Error(`В альбоме не больше ${MOST}.`);
    await upload("files", { ...target, kind, caption: caption.value }, files);
    sent();
  };
  await form(title, "Отправить", send,
    el("div", { class: files.length > 1 ? "chosen-many" : "" }, shown),
    el("label", {}, "Подпись", caption));
  for (const node of shown) if (node.src) URL.revokeObjectURL(node.src);
}

function chosen(file, kind) {
  if (kind !== "photo") return el("p", { class: "decoded" }, file.name);
  return el("img", { class: "chosen", src: URL.createObjectURL(file), alt: `Выбрано: ${file.name}` });
}

/** A place as two numbers; with a name it is a venue. */
export async function attachPlace(target, sent) {
  const fields = {
    latitude: numeric("57.15303"), longitude: numeric("65.53433"),
    title: el("input", { maxlength: 120, autocomplete: "off" }),
    address: el("input", { maxlength: 200, autocomplete: "off" }),
  };
  const send = async () => {
    const told = Object.entries(fields).map(([name, field]) => [name, field.value]);
    await post("location", { ...target, ...Object.fromEntries(told) });
    sent();
  };
  await form("Отправить место", "Отправить", send,
    el("label", {}, "Широта", fields.latitude), el("label", {}, "Долгота", fields.longitude),
    el("label", {}, "Название, если это заведение", fields.title),
    el("label", {}, "Его адрес", fields.address));
}

const numeric = (value) => el("input", { inputmode: "decimal", value, required: true, autocomplete: "off" });
