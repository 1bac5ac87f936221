/** Where this tab is: person, chat and topic live in the address, so a bookmark works. */
export function here() {
  const hash = new URLSearchParams(location.hash.slice(1));
  const person = Number(hash.get("person")) || null;
  return { person, chat: hash.get("chat"), topic: hash.get("topic") };
}

export function address(place) {
  const parts = Object.entries(place).filter(([, value]) => value !== null && value !== undefined);
  return `#${new URLSearchParams(parts)}`;
}

export function go(place) {
  location.hash = address(place);
}
