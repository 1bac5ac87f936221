import { el, iconButton } from "./dom.js";

/** A button that shows and hides a panel of buttons; arrows move inside, Esc leaves. */
export class Disclosure {
  constructor(icon, label, home) {
    this.home = home;
    this.panel = el("div", {
      class: `panel ${icon}`, role: "group", "aria-label": label, hidden: true,
      onkeydown: (event) => this.key(event),
    });
    this.toggle = iconButton(icon, label, () => this.set(!this.open), {
      "aria-expanded": "false", class: `icon toggle-${icon}`,
    });
    this.toggle.addEventListener("keydown", (event) => this.toggleKey(event));
  }

  get open() {
    return !this.panel.hidden;
  }

  set(open) {
    this.panel.hidden = !open;
    this.toggle.setAttribute("aria-expanded", String(open));
  }

  fill(...nodes) {
    this.panel.replaceChildren(...nodes);
  }

  toggleKey(event) {
    if (event.key === "Escape") this.set(false);
    if (event.key === "ArrowUp" && this.open) this.enter(event);
  }

  enter(event) {
    event.preventDefault();
    [...this.panel.querySelectorAll("button")].at(-1)?.focus();
  }

  key(event) {
    if (event.key === "Escape") this.leave();
    else if (event.key === "ArrowDown") this.step(event, 1);
    else if (event.key === "ArrowUp") this.step(event, -1);
  }

  leave() {
    this.set(false);
    this.home.focus();
  }

  step(event, by) {
    event.preventDefault();
    const buttons = [...this.panel.querySelectorAll("button")];
    const next = buttons[buttons.indexOf(document.activeElement) + by];
    (next ?? this.home).focus();
  }
}
