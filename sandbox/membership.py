"""Members of chats: their ranks, their coming and going, and who is told of it."""

from sandbox.accounts import GONE, BotAccount, Chat
from sandbox.post import PostOffice
from sandbox.wire import Wire

_RIGHTS = (
    "can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages",
    "can_manage_video_chats", "can_restrict_members", "can_promote_members", "can_change_info",
    "can_invite_users", "can_post_stories", "can_edit_stories", "can_delete_stories",
    "can_pin_messages", "can_manage_topics", "can_send_welcome_messages",
)  # fmt: skip
_LIBERTIES = (
    "can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos",
    "can_send_videos", "can_send_video_notes", "can_send_voice_notes", "can_send_polls",
    "can_send_other_messages", "can_add_web_page_previews", "can_change_info",
    "can_invite_users", "can_pin_messages", "can_manage_topics", "can_edit_tag",
    "can_react_to_messages",
)  # fmt: skip


def member_wire(user: Wire, status: str) -> Wire:
    return {"user": user, "status": status} | _details(status)


def _details(status: str) -> Wire:
    if status == "creator":
        return {"is_anonymous": False}
    if status == "administrator":
        return dict.fromkeys(_RIGHTS, True) | {"can_be_edited": False, "is_anonymous": False}
    if status == "restricted":
        return dict.fromkeys(_LIBERTIES, False) | {"is_member": True, "until_date": 0}
    return {"until_date": 0} if status == "kicked" else {}


class Membership(PostOffice):
    def set_member(
        self, chat_key: str, user_id: int, status: str, *, by: int | None = None
    ) -> None:
        """Somebody comes, goes, is thrown out or changes rank; a bot is told of its own fate."""
        chat = self.chat(chat_key)
        user, actor = self.known_user(user_id), self.known_user(by or user_id)
        old, chat.members[user_id] = chat.status_of(user_id), status
        if old in GONE and status not in GONE:
            self._service(chat, actor, new_chat_members=[user])
        elif status in GONE and old not in GONE:
            self._service(chat, actor, left_chat_member=user)
        self._tell_of_member(chat, user, actor, (old, status))

    def set_blocked(self, chat: Chat, *, blocked: bool) -> None:
        if chat.bot and chat.person and chat.blocked != blocked:
            chat.blocked = blocked
            statuses = ("member", "kicked") if blocked else ("kicked", "member")
            self._tell_of_member(chat, chat.bot.user, chat.person.user, statuses)
            self.changed(chat)

    def migrate(self, chat_key: str, new_id: int) -> Chat:
        """A basic group becomes a supergroup: new id, new message ids, the old one is closed."""
        old = self.chat(chat_key)
        new = self.add_group(new_id, old.title, members=old.members)
        owner = next(self.people[member].user for member in old.members if member in self.people)
        self._service(old, owner, migrate_to_chat_id=new_id)
        self._service(new, owner, migrate_from_chat_id=old.id)
        old.migrated_to = new_id
        return new

    def _service(self, chat: Chat, actor: Wire, **content: object) -> None:
        self.tell_bots(chat, "message", self.post(chat, actor, **content))

    def _tell_of_member(
        self, chat: Chat, user: Wire, actor: Wire, statuses: tuple[str, str]
    ) -> None:
        old, new = (member_wire(user, status) for status in statuses)
        change = {
            "chat": chat.wire,
            "from": actor,
            "date": self.now,
            "old_chat_member": old,
            "new_chat_member": new,
        }
        for bot in self._told_of(chat, user):
            kind = "my_chat_member" if bot.id == user["id"] else "chat_member"
            self.push(bot, kind, change, about=chat.id)

    def _told_of(self, chat: Chat, user: Wire) -> list[BotAccount]:
        subject = self.bot_with_id(user["id"])
        return [subject] if subject else [bot for bot in self.bots_in(chat) if chat.runs(bot.id)]
