"""Who lives in the world and where they meet."""

import itertools
import re
import time
from collections.abc import Callable, Iterator

from sandbox.accounts import BotAccount, Chat, PersonAccount
from sandbox.files import FileStore
from sandbox.refusals import Refused, bad, forbidden
from sandbox.wire import Wire, present


class Registry:
    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self.clock = clock
        self.bots: dict[str, BotAccount] = {}
        self.people: dict[int, PersonAccount] = {}
        self.chats: dict[str, Chat] = {}
        self.files = FileStore()
        self.portraits: dict[int, list[str]] = {}
        self._group_ids = itertools.count(1)

    @property
    def now(self) -> int:
        return int(self.clock())

    def add_bot(
        self,
        token: str,
        username: str = "sila_sandbox_bot",
        name: str = "Сила в каждом",
        privacy: bool = True,
        inline: bool = False,
    ) -> BotAccount:
        bot_id = int(token.partition(":")[0])
        me = {
            "id": bot_id,
            "is_bot": True,
            "first_name": name,
            "username": username,
            "can_join_groups": True,
            "can_read_all_group_messages": not privacy,
            "supports_inline_queries": inline,
        }
        bot = self.bots[token] = BotAccount(bot_id, token, me)
        for person in self.people.values():
            self._introduce(bot, person)
        return bot

    def add_person(
        self,
        person_id: int,
        name: str,
        *,
        last_name: str | None = None,
        username: str | None = None,
        language: str = "ru",
        phone: str | None = None,
        note: str = "",
    ) -> Wire:
        user = present(
            id=person_id, first_name=name, last_name=last_name, username=username,
            language_code=language,
        ) | {"is_bot": False}  # fmt: skip
        person = self.people[person_id] = PersonAccount(user, phone, note)
        for bot in self.bots.values():
            self._introduce(bot, person)
        return user

    def add_portrait(self, user_id: int, data: bytes) -> None:
        stored = self.files.store(data, "портрет.jpg", "image/jpeg", "photo")
        self.portraits.setdefault(user_id, []).append(stored)

    def add_group(
        self,
        chat_id: int,
        title: str,
        *,
        kind: str = "supergroup",
        forum: bool = False,
        members: dict[int, str],
    ) -> Chat:
        # In a supergroup 1 is the topic General. Basic groups share one count, like private chats.
        ids = itertools.count(2) if kind == "supergroup" else self._group_ids
        chat = Chat(f"g:{chat_id}", chat_id, kind, title, ids, forum=forum, members=dict(members))
        self.chats[chat.key] = chat
        return chat

    def add_channel(
        self,
        chat_id: int,
        title: str,
        *,
        username: str = "",
        members: dict[int, str],
        discussion: str | None = None,
    ) -> Chat:
        """`discussion` is the key of the group where its posts are talked over."""
        ids = itertools.count(1)
        chat = Chat(
            f"g:{chat_id}", chat_id, "channel", title, ids, username=username,
            members=dict(members),
        )  # fmt: skip
        self.chats[chat.key] = chat
        if discussion:
            chat.linked = self.chat(discussion)
            chat.linked.linked = chat
        return chat

    def chat(self, chat_key: str) -> Chat:
        return self.chats[chat_key]

    def private_chat(self, bot: BotAccount, person_id: int) -> Chat:
        return self.chats[f"p:{bot.id}:{person_id}"]

    def chats_of(self, person_id: int) -> list[Chat]:
        return [chat for chat in self.chats.values() if chat.holds(person_id)]

    def bot_with_id(self, bot_id: int) -> BotAccount | None:
        return next((bot for bot in self.bots.values() if bot.id == bot_id), None)

    def bots_in(self, chat: Chat) -> Iterator[BotAccount]:
        for bot in self.bots.values():
            if (chat.bot is bot) if chat.private else chat.has(bot.id):
                yield bot

    def find_user(self, user_id: int) -> Wire | None:
        if user_id in self.people:
            return self.people[user_id].user
        bot = self.bot_with_id(user_id)
        return bot.user if bot else None

    def known_user(self, user_id: int) -> Wire:
        user = self.find_user(user_id)
        if user is None:
            raise bad("user not found")
        return user

    def known_chat(self, bot: BotAccount, written: str) -> Chat:
        """The chat a bot names, if it may look at it."""
        if not written:
            raise bad("chat_id is empty")
        chat = self._named(bot, written)
        if chat is None or (chat.private and not self._have_met(bot, chat)):
            raise bad("chat not found")
        if not chat.private and not chat.has(bot.id) and not chat.migrated_to:
            raise _outside(chat, bot)
        return chat

    def open_chat(self, bot: BotAccount, written: str) -> Chat:
        """The chat a bot names, if it may write there."""
        chat = self.known_chat(bot, written)
        if chat.migrated_to:
            moved = "group chat was upgraded to a supergroup chat"
            raise bad(moved, migrate_to_chat_id=chat.migrated_to)
        if chat.person:
            _check_reachable(chat, chat.person, self.clock())
        return chat

    def _introduce(self, bot: BotAccount, person: PersonAccount) -> None:
        key = f"p:{bot.id}:{person.id}"
        self.chats[key] = Chat(
            key, person.id, "private", person.name, bot.ids, person=person, bot=bot
        )

    def _named(self, bot: BotAccount, written: str) -> Chat | None:
        if written.startswith("@"):
            named = written[1:].lower()
            return next((c for c in self.chats.values() if c.username.lower() == named), None)
        number = int(written) if re.fullmatch(r"-?\d{1,19}", written) else 0
        return self.chats.get(f"g:{number}" if number < 0 else f"p:{bot.id}:{number}")

    def _have_met(self, bot: BotAccount, chat: Chat) -> bool:
        return (
            chat.started
            or chat.open_until >= self.clock()
            or any(
                other.has(bot.id) and other.has(chat.id)
                for other in self.chats.values()
                if not other.private
            )
        )


def _check_reachable(chat: Chat, person: PersonAccount, now: float) -> None:
    if person.deactivated:
        raise forbidden("user is deactivated")
    if chat.blocked:
        raise forbidden("bot was blocked by the user")
    if not chat.started and now > chat.open_until:
        raise forbidden("bot can't initiate conversation with a user")


def _outside(chat: Chat, bot: BotAccount) -> Refused:
    if chat.status_of(bot.id) == "kicked":
        return forbidden(f"bot was kicked from the {chat.kind} chat")
    return forbidden(f"bot is not a member of the {chat.kind} chat")
