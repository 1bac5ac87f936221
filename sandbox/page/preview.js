const NAMES = {
  photo: "Фото", video: "Видео", audio: "Аудио", voice: "Голосовое сообщение",
  animation: "Анимация", video_note: "Видеосообщение", contact: "Контакт",
};

const name = (user) => user?.first_name ?? user?.title ?? "Кто-то";

const KINDS_OF_CONTENT = {
  sticker: ({ emoji }) => `Стикер ${emoji ?? ""}`.trim(),
  dice: ({ emoji, value }) => `${emoji} ${value}`,
  venue: ({ title, address }) => [title, address].filter(Boolean).join(", "),
  location: ({ latitude, longitude }) => `Место: ${latitude.toFixed(4)}, ${longitude.toFixed(4)}`,
  poll: ({ question }) => `Опрос: ${question}`,
  document: ({ file_name: title }) => `Файл: ${title ?? "без имени"}`,
};

const SERVICE = {
  forum_topic_created: ({ name: topic }) => `Создана тема «${topic}»`,
  forum_topic_edited: ({ name: topic }) => (topic ? `Тема теперь называется «${topic}»` : "Тема изменена"),
  forum_topic_closed: () => "Тема закрыта",
  forum_topic_reopened: () => "Тема снова открыта",
  general_forum_topic_hidden: () => "Общая тема скрыта",
  general_forum_topic_unhidden: () => "Общая тема снова видна",
  new_chat_members: (people) => `Теперь в группе: ${people.map(name).join(", ")}`,
  left_chat_member: (user) => `Больше не в группе: ${name(user)}`,
  new_chat_title: (title) => `Теперь чат называется «${title}»`,
  new_chat_photo: () => "У чата новая картинка",
  delete_chat_photo: () => "Картинка чата убрана",
  group_chat_created: () => "Группа создана",
  migrate_to_chat_id: () => "Группа стала супергруппой: разговор идёт дальше там",
  migrate_from_chat_id: () => "Группа стала супергруппой",
  pinned_message: (message, by) => `${name(by.from ?? by.sender_chat)} закрепляет: ${preview(message)}`,
  web_app_data: ({ button_text: label }) => `Страница «${label}» отправила данные боту`,
};

/** One line that says what a message is. */
export function preview(message) {
  if (message.text ?? message.caption) return message.text ?? message.caption;
  if (message.animation) return NAMES.animation;
  const special = Object.keys(TOLD).find((kind) => message[kind] !== undefined);
  if (special) return TOLD[special](message[special], message);
  const kind = Object.keys(NAMES).find((one) => message[one]);
  return kind ? NAMES[kind] : "Служебное сообщение";
}

const TOLD = { ...SERVICE, ...KINDS_OF_CONTENT };
