/** What was typed and not sent, by person, chat and topic; it outlives a reload of the tab. */
const keyOf = ({ person, chat, topic }) => `draft ${person} ${chat} ${topic ?? ""}`;

export const recall = (place) => sessionStorage.getItem(keyOf(place)) ?? "";

export function keep(place, text) {
  if (text) sessionStorage.setItem(keyOf(place), text);
  else sessionStorage.removeItem(keyOf(place));
}
