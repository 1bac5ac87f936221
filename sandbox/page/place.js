/** Where this tab is: the person, the chat and the topic live in the address, so a bookmark works. */
export function here() {
  const hash = new URLSearchParams(location.hash.slice(1));
  return { person: Number(hash.get("person")) || null, chat: hash.get("chat"), topic: hash.get("topic") };
}

export function address(place) {
  const parts = Object.entries(place).filter(([, value]) => value !== null && value !== undefined);
  return `#${new URLSearchParams(parts)}`;
}

export function go(place) {
  location.hash = address(place);
}
