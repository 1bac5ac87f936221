import { arrange, button, el } from "./dom.js";
import { messageNode } from "./message.js";

const NEAR = 80;
const DAY = new Intl.DateTimeFormat("ru", { day: "numeric", month: "long" });

/** The messages of one chat. What did not change is kept: a screen reader hears only the news. */
export class Log {
  constructor(scene) {
    this.scene = scene;
    this.drawn = new Map();
    this.stuck = true;
    this.top = 0;
    this.feed = el("div", {
      class: "log", role: "log", tabindex: "0", "aria-label": "Сообщения", "aria-live": "off",
      onscroll: () => this.notice(),
    });
    this.jump = button("Новые сообщения ↓", () => this.toEnd(), { class: "jump", hidden: true });
    this.node = el("div", { class: "feed" }, this.feed, this.jump);
    new ResizeObserver(() => this.stuck && this.toEnd()).observe(this.feed);
  }

  draw(messages) {
    const before = this.newest;
    const focus = this.rememberFocus();
    this.arrange(withDays(messages));
    this.newest = messages.at(-1)?.message_id ?? 0;
    focus();
    if (this.newest !== before) this.arrived(messages.at(-1), before === undefined);
    else if (this.stuck) this.toEnd();
  }

  arrange(items) {
    const kept = new Map();
    for (const item of items) kept.set(item.key, this.reuse(item));
    this.drawn = kept;
    arrange(this.feed, [...kept.values()].map((entry) => entry.node));
  }

  reuse({ key, sign, messages }) {
    const entry = this.drawn.get(key);
    if (entry?.sign === sign) return entry;
    return { sign, node: messages ? messageNode(messages, this.scene) : el("p", { class: "day" }, sign) };
  }

  /** A tapped button is often replaced by the edit: the focus then stays at the same place. */
  rememberFocus() {
    const message = document.activeElement?.closest?.("[data-id]");
    if (!message || !this.feed.contains(message)) return () => {};
    const at = focusable(message).indexOf(document.activeElement);
    return () => {
      if (message.isConnected) return;
      const again = this.feed.querySelector(`[data-id="${message.dataset.id}"]`);
      const places = again ? focusable(again) : [];
      (places[Math.min(at, places.length - 1)] ?? this.feed).focus({ preventScroll: true });
    };
  }

  arrived(message, first) {
    if (first || this.stuck || message?.seen.mine) this.toEnd();
    else this.jump.hidden = false;
    if (first) setTimeout(() => this.feed.setAttribute("aria-live", "polite"));
  }

  /** Only scrolling up leaves the end: pictures and keyboards move it away by themselves. */
  notice() {
    const { scrollHeight, scrollTop, clientHeight } = this.feed;
    const up = scrollTop < this.top;
    this.top = scrollTop;
    if (scrollHeight - scrollTop - clientHeight < NEAR) this.stuck = true;
    else if (up) this.stuck = false;
    if (this.stuck) this.jump.hidden = true;
  }

  toEnd() {
    this.feed.scrollTop = this.feed.scrollHeight;
    this.stuck = true;
    this.jump.hidden = true;
  }
}

const focusable = (node) => [...node.querySelectorAll("a[href], button, summary")];

function withDays(messages) {
  const items = [];
  let day = "";
  for (const album of albums(messages)) {
    const [first] = album;
    const its = DAY.format(new Date(first.date * 1000));
    if (its !== day) items.push({ key: `day ${first.message_id}`, sign: its });
    day = its;
    items.push({ key: first.message_id, sign: JSON.stringify(album), messages: album });
  }
  return items;
}

/** What was sent as one album stands together; every other message is by itself. */
function albums(messages) {
  const found = [];
  for (const message of messages) {
    const last = found.at(-1);
    const group = message.media_group_id;
    if (group && last?.[0].media_group_id === group) last.push(message);
    else found.push([message]);
  }
  return found;
}
