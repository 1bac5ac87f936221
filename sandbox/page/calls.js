import { arrange, el } from "./dom.js";
import { get } from "./net.js";

const PULSE = 1_500;
const CLOCK = new Intl.DateTimeFormat("ru", { hour: "2-digit", minute: "2-digit", second: "2-digit" });

/** For those who write bots: every call of the Bot API, and what it was refused with. */
export class Calls {
  constructor(node, toggle) {
    Object.assign(this, { node, toggle, calls: [], drawn: new Map(), timer: 0 });
    this.refused = el("input", { type: "checkbox", onchange: () => this.draw() });
    this.list = el("ol", { class: "call-list" });
    this.none = el("p", { class: "hint" });
    node.append(
      el("div", { class: "bar" }, el("h2", { tabindex: "-1" }, "Вызовы бота")),
      el("label", { class: "check" }, this.refused, "Только отказы"), this.none, this.list);
    toggle.addEventListener("click", () => this.set(node.hidden));
    node.addEventListener("keydown", (event) => event.key === "Escape" && this.leave());
  }

  set(open) {
    this.node.hidden = !open;
    this.toggle.setAttribute("aria-expanded", String(open));
    document.body.classList.toggle("with-calls", open);
    this.watch();
    if (open) this.node.querySelector("h2").focus();
  }

  leave() {
    this.set(false);
    this.toggle.focus();
  }

  /** A refusal changes no chat, so no event tells of it: while it is looked at, the list asks. */
  watch() {
    clearInterval(this.timer);
    if (this.node.hidden || document.hidden) return;
    this.timer = setInterval(() => this.load(), PULSE);
    this.load();
  }

  async load() {
    this.calls = await get("calls").catch(() => this.calls);
    this.draw();
  }

  draw() {
    const shown = this.calls.filter((call) => call.status !== 200 || !this.refused.checked);
    const kept = new Map(shown.map((call) => [call.id, this.drawn.get(call.id) ?? entry(call)]));
    this.drawn = kept;
    arrange(this.list, [...kept.values()]);
    const nothing = this.refused.checked ? "Отказов нет." : "Бот ещё ничего не вызывал.";
    this.none.textContent = shown.length ? "" : nothing;
  }
}

function entry({ method, params, status, description, at }) {
  const moment = new Date(at * 1000);
  const fields = Object.entries(params).map(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]);
  return el("li", { class: status === 200 ? "call" : "call refused" }, el("details", {},
    el("summary", {}, el("b", { class: "status" }, status), el("span", { class: "method" }, method),
      el("time", { datetime: moment.toISOString() }, CLOCK.format(moment)),
      description ? el("span", { class: "why" }, description) : null),
    fields.length ? el("dl", {}, ...fields) : el("p", { class: "hint" }, "Без параметров.")));
}
