import { open, toast } from "./dialogs.js";
import { button, el, iconButton } from "./dom.js";
import { post } from "./net.js";

const VERSION = "8.0";
const THEME = {
  bg_color: "--surface", text_color: "--ink", hint_color: "--muted", link_color: "--link",
  button_color: "--main", button_text_color: "--main-ink", secondary_bg_color: "--ground",
};

/** A page of the bot in a frame. It gets its signed initData as Telegram's own web client gives it:
 *  in the address, and talks back by messages whose names are those of Telegram's script. */
export function openApp(act, label, { url, data, sends }) {
  const frame = el("iframe", {
    src: framed(url, data), title: `Страница «${label}»`,
    sandbox: "allow-scripts allow-same-origin allow-forms allow-popups",
  });
  const back = button("Назад", () => tell(frame, "back_button_pressed"), { class: "quiet", hidden: true });
  const main = button("", () => tell(frame, "main_button_pressed"), { class: "main", hidden: true });
  const sheet = open(`Страница бота: ${label}`,
    el("div", { class: "sheet-head" }, el("h2", {}, label || "Страница бота"),
      iconButton("close", "Закрыть", () => sheet.close())),
    frame, el("p", { class: "hint" }, sends ? `${url} · ответит боту данными` : url),
    el("div", { class: "choices" }, back, main));
  sheet.dialog.classList.add("app");
  const heard = HEARD({ act, label, frame, back, main, sends, close: () => sheet.close() });
  const listen = (event) => event.source === frame.contentWindow && hear(heard, event.data);
  addEventListener("message", listen);
  sheet.closed.then(() => removeEventListener("message", listen));
}

function framed(url, data) {
  const page = new URL(url);
  const told = new URLSearchParams({
    tgWebAppData: data, tgWebAppVersion: VERSION, tgWebAppPlatform: "web",
    tgWebAppThemeParams: JSON.stringify(theme()),
  });
  page.hash = page.hash ? `${page.hash}&${told}` : String(told);
  return page.href;
}

function theme() {
  const style = getComputedStyle(document.documentElement);
  const named = Object.entries(THEME).map(([name, ours]) => [name, style.getPropertyValue(ours).trim()]);
  return Object.fromEntries(named);
}

const tell = (frame, eventType, eventData = {}) =>
  frame.contentWindow.postMessage(JSON.stringify({ eventType, eventData }), "*");

function hear(heard, written) {
  let said = null;
  try {
    said = JSON.parse(written);
  } catch {
    return; // not one of Telegram's: a page may talk to itself
  }
  heard[said?.eventType]?.(said.eventData ?? {});
}

const HEARD = ({ act, label, frame, back, main, sends, close }) => ({
  web_app_close: close,
  web_app_data_send({ data }) {
    if (!sends) return toast("Данные отправляет только страница, открытая с клавиатуры бота.");
    close();
    return act.trying(() => post("page_data", { ...act.whose, label, data }));
  },
  web_app_request_theme: () => tell(frame, "theme_changed", { theme_params: theme() }),
  web_app_request_viewport: () => tell(frame, "viewport_changed", {
    height: frame.clientHeight, width: frame.clientWidth, is_state_stable: true, is_expanded: true,
  }),
  web_app_open_link: ({ url }) => act.visit(String(url)),
  web_app_open_tg_link({ path_full: path }) {
    close();
    act.visit(`https://t.me/${path.replace(/^\//, "")}`);
  },
  web_app_setup_back_button: ({ is_visible: shown }) => { back.hidden = !shown; },
  web_app_setup_main_button({ is_visible: shown, text, is_active: active }) {
    main.hidden = !shown;
    main.disabled = active === false;
    if (text) main.textContent = text;
  },
});
