import { button, el, iconButton } from "./dom.js";
import { open } from "./dialogs.js";
import { fileAddress, get, post } from "./net.js";

const HINT = "Это камера вашего телефона. Наведите её на картинку с чьего-нибудь экрана.";

/** The phone's camera: pictures lately shown on anybody's screen, one of them is read. */
export async function scan(person, act) {
  const problem = el("p", { class: "problem", role: "alert" });
  const stage = el("div", { class: "stage" });
  const shown = open("Сканировать QR",
    el("div", { class: "sheet-head" }, el("h2", {}, "Сканировать QR"),
      iconButton("close", "Закрыть", () => shown.close())),
    stage, problem);
  const camera = { person, act, stage, problem, close: () => shown.close() };
  await trying(camera, async () => offer(camera, await get("pictures")));
}

async function trying({ problem }, work) {
  problem.textContent = "";
  try {
    await work();
  } catch (error) {
    problem.textContent = error.message;
  }
}

function offer(camera, pictures) {
  if (!pictures.length) {
    camera.stage.replaceChildren(el("p", {}, "Пока никому не приходило картинок."));
    return;
  }
  const cards = pictures.map((picture) => el("li", {}, card(camera, picture)));
  camera.stage.replaceChildren(el("p", {}, HINT), el("ul", { class: "pictures" }, cards));
}

function card(camera, { file_id: fileId, owner, caption }) {
  const look = async () => {
    const { text } = await post("scan", { person: camera.person, file_id: fileId });
    read(camera, text);
  };
  return el("button", { type: "button", class: "card", onclick: () => trying(camera, look) },
    el("img", { src: fileAddress(fileId), alt: caption || "Картинка" }),
    el("b", {}, owner), caption ? el("span", {}, caption) : null);
}

function read(camera, text) {
  const visit = () => {
    camera.close();
    camera.act.visit(text);
  };
  const isLink = /^(https?:\/\/|tg:|t\.me\/)/i.test(text);
  const go = isLink && button("Открыть ссылку", visit, { class: "main" });
  camera.stage.replaceChildren(
    el("p", {}, "В коде написано:"), el("p", { class: "decoded" }, text),
    el("div", { class: "choices" }, go || button("Закрыть", camera.close, { class: "quiet" })));
  camera.stage.querySelector("button").focus();
}
