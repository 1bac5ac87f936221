const NAMES = {
  photo: "Фото", document: "Файл", video: "Видео", audio: "Аудио", voice: "Голосовое сообщение",
  animation: "Анимация", video_note: "Видеосообщение", contact: "Контакт", poll: "Опрос",
};

const name = (user) => user?.first_name ?? "Кто-то";

const SERVICE = {
  forum_topic_created: ({ name: topic }) => `Создана тема «${topic}»`,
  forum_topic_edited: ({ name: topic }) => (topic ? `Тема теперь называется «${topic}»` : "Тема изменена"),
  forum_topic_closed: () => "Тема закрыта",
  forum_topic_reopened: () => "Тема снова открыта",
  new_chat_members: (people) => `В группе: ${people.map(name).join(", ")}`,
  left_chat_member: (user) => `Больше не в группе: ${name(user)}`,
  new_chat_title: (title) => `Группа теперь называется «${title}»`,
  pinned_message: () => "Сообщение закреплено",
  sticker: ({ emoji }) => emoji ?? "Стикер",
  dice: ({ emoji, value }) => `${emoji} ${value}`,
  venue: ({ title, address }) => `${title}, ${address}`,
  location: ({ latitude, longitude }) => `Место: ${latitude.toFixed(4)}, ${longitude.toFixed(4)}`,
};

/** One line that says what a message is. */
export function preview(message) {
  if (message.text ?? message.caption) return message.text ?? message.caption;
  const special = Object.keys(SERVICE).find((kind) => message[kind]);
  if (special) return SERVICE[special](message[special]);
  const kind = Object.keys(NAMES).find((one) => message[one]);
  return kind ? NAMES[kind] : "Служебное сообщение";
}
