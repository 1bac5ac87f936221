import { button, el } from "./dom.js";

/** A poll to vote in: counts are seen after one's own vote, or when it is over. */
export function ballot({ message_id: id, poll, seen }, act) {
  const voted = seen?.voted ?? [];
  const over = poll.is_closed;
  const open = !over && !voted.length;
  const vote = (options) => act.vote({ message_id: id }, options);
  const body = open ? questions(poll, vote) : counts(poll, voted);
  const back = voted.length && !over && poll.allows_revoting !== false && poll.type !== "quiz";
  return el("div", { class: "poll" }, el("b", {}, poll.question), el("small", {}, kindOf(poll)), body,
    el("small", {}, `Проголосовали: ${poll.total_voter_count}`),
    back ? button("Отменить голос", () => vote([]), { class: "quiet" }) : null);
}

function kindOf({ is_anonymous: anonymous, type, is_closed: over, allows_multiple_answers: many }) {
  const kind = type === "quiz" ? "викторина" : "опрос";
  return [anonymous ? `Анонимный ${kind}` : `Открытый ${kind}`, many && "можно несколько", over && "завершён"]
    .filter(Boolean).join(", ");
}

function questions({ options, allows_multiple_answers: many }, vote) {
  if (!many) {
    return el("div", { class: "options", role: "group", "aria-label": "Варианты" },
      options.map(({ text }, i) => button(text, () => vote([i]), { class: "key" })));
  }
  const boxes = options.map(() => el("input", { type: "checkbox" }));
  const chosen = () => boxes.flatMap((box, i) => (box.checked ? [i] : []));
  return el("div", { class: "options" },
    options.map(({ text }, i) => el("label", { class: "check" }, boxes[i], text)),
    button("Голосовать", () => chosen().length && vote(chosen()), { class: "main" }));
}

function counts({ options, total_voter_count: all, correct_option_ids: right = [] }, voted) {
  return el("ul", { class: "counts" }, options.map(({ text, voter_count: count }, i) => {
    const share = all ? Math.round((count / all) * 100) : 0;
    const marks = [voted.includes(i) && "ваш голос", right.includes(i) && "верный ответ"].filter(Boolean);
    return el("li", {}, el("span", {}, `${text}: ${count}`),
      marks.length ? el("i", {}, marks.join(", ")) : null,
      el("progress", { max: 100, value: share, "aria-label": `${share} %` }));
  }));
}
