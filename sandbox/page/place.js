/** Where this tab is: up to three people side by side, each with a chat and a topic. All of it
 *  lives in the address, so a bookmark works. The seat of the first is "". */
const SEATS = ["", "2", "3"];
const KEYS = ["person", "chat", "topic"];

const hash = () => new URLSearchParams(location.hash.slice(1));

export function here(seat = "") {
  const told = (name) => hash().get(name + seat);
  return { seat, person: Number(told("person")) || null, chat: told("chat"), topic: told("topic") };
}

export const seats = () => SEATS.filter((seat) => !seat || hash().has(`person${seat}`));

export const freeSeat = () => SEATS.find((seat) => seat && !hash().has(`person${seat}`));

export function address({ seat = "", ...place }) {
  const told = KEYS.filter((name) => place[name] !== null && place[name] !== undefined);
  return `#${new URLSearchParams(told.map((name) => [name + seat, place[name]]))}`;
}

/** A seat's own address with everybody else left where they are. */
export function merged(fragment, seat = seatOf(fragment)) {
  const all = hash();
  for (const name of KEYS) all.delete(name + seat);
  for (const [name, value] of new URLSearchParams(fragment.slice(1))) all.set(name, value);
  return `#${all}`;
}

const seatOf = (fragment) => /^#[a-z]+([23])=/.exec(fragment)?.[1] ?? "";

export function go(place) {
  location.hash = merged(address(place), place.seat);
}

export function leave(seat) {
  location.hash = merged("#", seat);
}

/** Links hold the address of their own seat only. */
document.addEventListener("click", (event) => {
  const link = event.target.closest?.('a[href^="#"]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  location.hash = merged(link.getAttribute("href"));
});
