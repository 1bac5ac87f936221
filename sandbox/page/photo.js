import { el } from "./dom.js";
import { form } from "./dialogs.js";
import { upload } from "./net.js";

/** Shows the chosen picture, asks for a caption and sends both. */
export async function attachPhoto(file, target) {
  const source = URL.createObjectURL(file);
  const caption = el("input", { name: "caption", maxlength: 1024, autocomplete: "off" });
  const send = () => upload("photo", { ...target, caption: caption.value, file });
  await form("Отправить фото", "Отправить", send,
    el("img", { class: "chosen", src: source, alt: `Выбрано: ${file.name}` }),
    el("label", {}, "Подпись", caption));
  URL.revokeObjectURL(source);
}
