import { button, el, iconButton } from "./dom.js";

const TOAST_TIME = 6_000;

/** A modal dialog; resolves with what closed it, "" for Esc. The browser keeps focus inside. */
export function open(label, ...content) {
  const dialog = el("dialog", { "aria-label": label }, content);
  document.body.append(dialog);
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close(""));
  dialog.showModal();
  const closed = new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue);
    });
  });
  return { dialog, closed, close: (value = "") => dialog.close(value) };
}

export async function confirm(title, text, yes) {
  const row = el("div", { class: "choices" });
  const asked = open(title, el("h2", {}, title), el("p", {}, text), row);
  row.append(
    button("Отмена", () => asked.close(), { class: "quiet" }),
    button(yes, () => asked.close("yes"), { class: "main" }),
  );
  return (await asked.closed) === "yes";
}

export function tell(text) {
  const row = el("div", { class: "choices" });
  const said = open("Сообщение бота", el("p", { class: "said" }, text), row);
  row.append(button("ОК", () => said.close(), { class: "main", autofocus: true }));
  return said.closed;
}

/** Asks for one line; `send` may refuse, then the line stays for another try. */
export function prompt(title, label, yes, send) {
  const field = el("input", { name: "answer", required: true, maxlength: 64, autocomplete: "off" });
  return form(title, yes, () => send(field.value.trim()), el("label", {}, label, field));
}

export async function form(title, yes, send, ...fields) {
  const problem = el("p", { class: "problem", role: "alert" });
  const submit = el("button", { class: "main" }, yes);
  const row = el("div", { class: "choices" }, submit);
  const sheet = el("form", { novalidate: true }, el("h2", {}, title), fields, problem, row);
  const opened = open(title, sheet);
  row.prepend(button("Отмена", () => opened.close(), { class: "quiet" }));
  sheet.addEventListener("submit", (event) => {
    event.preventDefault();
    attempt(submit, send, problem).then((done) => done && opened.close("done"));
  });
  await opened.closed;
}

async function attempt(submit, send, problem) {
  submit.disabled = true;
  try {
    await send();
    return true;
  } catch (error) {
    problem.textContent = error.message;
    return false;
  } finally {
    submit.disabled = false;
  }
}

export function enlarge(source, description) {
  const shown = open(description,
    iconButton("close", "Закрыть", () => shown.close(), { class: "icon corner" }),
    el("img", { src: source, alt: description }));
  shown.dialog.classList.add("picture");
}

export function toast(text) {
  const note = el("p", { class: "toast" }, text);
  document.getElementById("toasts").append(note);
  setTimeout(() => note.remove(), TOAST_TIME);
}
