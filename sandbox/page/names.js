/** How people, bots and chats are called on the page. */
export const nameOf = (user) => [user?.first_name, user?.last_name].filter(Boolean).join(" ") || "Бот";

/** Who speaks in a channel, and in a group in the name of a chat, is that chat. */
export const senderOf = (message) => message.sender_chat?.title ?? nameOf(message.from);

export function originOf(origin) {
  if (origin.sender_user) return nameOf(origin.sender_user);
  return origin.sender_user_name ?? origin.chat?.title ?? origin.sender_chat?.title ?? "";
}
