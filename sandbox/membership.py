"""Members of chats: their ranks, their coming and going, and who is told of it."""

from sandbox.accounts import GONE, BotAccount, Chat
from sandbox.polls import Polls
from sandbox.post import quoted, topic_fields, topic_of
from sandbox.wire import Wire, present

RIGHTS = (
    "is_anonymous", "can_manage_chat", "can_delete_messages",
    "can_manage_video_chats", "can_restrict_members", "can_promote_members", "can_change_info",
    "can_invite_users", "can_post_stories", "can_edit_stories", "can_delete_stories",
    "can_pin_messages", "can_manage_topics", "can_send_welcome_messages",
)  # fmt: skip
IN_CHANNELS = ("can_post_messages", "can_edit_messages", "can_manage_direct_messages")
LIBERTIES = (
    "can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos",
    "can_send_videos", "can_send_video_notes", "can_send_voice_notes", "can_send_polls",
    "can_send_other_messages", "can_add_web_page_previews", "can_change_info",
    "can_invite_users", "can_pin_messages", "can_manage_topics", "can_edit_tag",
    "can_react_to_messages",
)  # fmt: skip


def member_wire(chat: Chat, user: Wire) -> Wire:
    status = chat.status_of(user["id"])
    return {"user": user, "status": status} | _details(chat, user["id"], status)


def _details(chat: Chat, user_id: int, status: str) -> Wire:
    rights, until = chat.rights.get(user_id, {}), {"until_date": chat.until.get(user_id, 0)}
    title = present(custom_title=rights.get("custom_title"))
    if status == "creator":
        return {"is_anonymous": False} | title
    if status == "administrator":
        every = (*RIGHTS, *IN_CHANNELS) if chat.channel else RIGHTS
        granted = dict.fromkeys(every, True) | {"is_anonymous": False} | rights
        return granted | {"can_be_edited": True} | title
    if status == "restricted":
        return dict.fromkeys(LIBERTIES, False) | rights | {"is_member": True} | until
    return until if status == "kicked" else {}


class Membership(Polls):
    def set_member(
        self,
        chat_key: str,
        user_id: int,
        status: str,
        *,
        by: int | None = None,
        rights: Wire | None = None,
        until: int = 0,
        **how: object,
    ) -> None:
        """Somebody comes, goes, is thrown out or changes rank; a bot is told of its own fate."""
        chat = self.chat(chat_key)
        user, actor = self.known_user(user_id), self.known_user(by or user_id)
        before, old = member_wire(chat, user), chat.status_of(user_id)
        chat.members[user_id] = status
        chat.rights.pop(user_id, None)
        chat.until.pop(user_id, None)
        chat.rights |= {user_id: rights} if rights is not None else {}
        chat.until |= {user_id: until} if until else {}
        if old in GONE and status not in GONE:
            self.announce(chat, actor, new_chat_members=[user])
        elif status in GONE and old not in GONE:
            self.announce(chat, actor, left_chat_member=user)
        self._tell_of_member(chat, user, actor, (before, member_wire(chat, user)), **how)

    def lift_expired(self) -> None:
        """A ban or a restriction that was set for a time ends without a word."""
        for chat in self.chats.values():
            for user_id in [who for who, until in chat.until.items() if until <= self.clock()]:
                chat.members[user_id] = "left" if chat.status_of(user_id) == "kicked" else "member"
                chat.rights.pop(user_id, None)
                del chat.until[user_id]

    def set_blocked(self, chat: Chat, *, blocked: bool) -> None:
        if chat.bot and chat.person and chat.blocked != blocked:
            chat.blocked = blocked
            bot = chat.bot.user
            there: Wire = {"user": bot, "status": "member"}
            gone: Wire = {"user": bot, "status": "kicked", "until_date": 0}
            change = (there, gone) if blocked else (gone, there)
            self._tell_of_member(chat, bot, chat.person.user, change)
            self.changed(chat)

    def migrate(self, chat_key: str, new_id: int) -> Chat:
        """A basic group becomes a supergroup: new id, new message ids, the old one is closed."""
        old = self.chat(chat_key)
        new = self.add_group(new_id, old.title, members=old.members)
        new.rights = dict(old.rights)
        owner = next(self.people[member].user for member in old.members if member in self.people)
        self.announce(old, owner, migrate_to_chat_id=new_id)
        self.announce(new, owner, migrate_from_chat_id=old.id)
        old.migrated_to = new_id
        return new

    def announce(self, chat: Chat, actor: Wire, **content: object) -> None:
        """A service message, to all bots but the one that did it; channels tell of no members."""
        if chat.channel and content.keys() & {"new_chat_members", "left_chat_member"}:
            return
        self.tell_bots(chat, "message", self.post(chat, actor, **content), but=actor["id"])

    def pin(self, chat: Chat, message: Wire, actor: Wire) -> None:
        number = message["message_id"]
        chat.pinned = [one for one in chat.pinned if one != number] + [number]
        place = topic_fields(topic_of(message))
        self.announce(chat, actor, pinned_message=quoted(message), **place)

    def _tell_of_member(
        self, chat: Chat, user: Wire, actor: Wire, members: tuple[Wire, Wire], **how: object
    ) -> None:
        change = {
            "chat": chat.wire,
            "from": actor,
            "date": self.now,
            "old_chat_member": members[0],
            "new_chat_member": members[1],
            **how,
        }
        for bot in self._told_of(chat, user):
            kind = "my_chat_member" if bot.id == user["id"] else "chat_member"
            about = chat.id if kind == "my_chat_member" else int(user["id"])
            self.push(bot, kind, change, about=about)

    def _told_of(self, chat: Chat, user: Wire) -> list[BotAccount]:
        subject = self.bot_with_id(user["id"])
        return [subject] if subject else [bot for bot in self.bots_in(chat) if chat.runs(bot.id)]
