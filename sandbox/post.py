"""Messages put into chats, and the updates bots get of them."""

import asyncio
import itertools
import re
import secrets
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from sandbox import guesses
from sandbox.accounts import BotAccount, Chat
from sandbox.ballots import Poll
from sandbox.delivery import Parcel
from sandbox.limits import Pace
from sandbox.registry import Registry
from sandbox.wire import Wire

DAY = 86_400.0
CONTENT = (
    "text", "photo", "animation", "document", "sticker", "voice", "audio", "video", "video_note",
    "venue", "location", "contact", "poll", "dice",
)  # fmt: skip

_IN_CHANNELS = {"message": "channel_post", "edited_message": "edited_channel_post"}
# What of a message its copies have, too.
COPIED = (
    *CONTENT, "entities", "caption", "caption_entities", "show_caption_above_media",
    "has_media_spoiler",
)  # fmt: skip
# Messages of a chat keep their order among themselves; each of these goes its own way.
_LANES = {
    kind: kind
    for kind in (
        "callback_query", "inline_query", "chosen_inline_result", "my_chat_member",
        "message_reaction", "message_reaction_count",
    )
} | {
    "chat_member": "member", "chat_join_request": "member", "poll": "poll", "poll_answer": "poll",
}  # fmt: skip


@dataclass
class Query:
    """One tap on a button; `answer` is what the person is shown for it."""

    person_id: int
    chat_key: str
    expires: float
    bot_id: int
    answer: Wire | None = None


@dataclass
class InlineQuery:
    id: str
    bot_id: int
    person_id: int
    chat_key: str
    query: str
    expires: float
    results: dict[str, tuple[Wire, Wire]] = field(default_factory=dict)


@dataclass(frozen=True)
class CallRecord:
    method: str
    params: dict[str, object]
    status: int
    description: str
    at: float


class PostOffice(Registry):
    def __init__(
        self,
        clock: Callable[[], float] = time.time,
        *,
        flood: bool = False,
        retry_scale: float = 1.0,
        local_http_webhook: bool = True,
    ) -> None:
        super().__init__(clock)
        self.pace = Pace(watched=flood)
        self.retry_scale = retry_scale
        self.local_http_webhook = local_http_webhook
        self.queries: dict[str, Query] = {}
        self.polls: dict[str, Poll] = {}
        self.inline_queries: dict[str, InlineQuery] = {}
        # A page's query: the bot, the person, the chat and since when.
        self.page_queries: dict[str, tuple[int, int, str, float]] = {}
        # Where the messages are that a person sent in a bot's words.
        self.inline_messages: dict[str, tuple[str, int]] = {}
        self.log: deque[CallRecord] = deque(maxlen=500)
        self.posted = asyncio.Event()
        self._update_ids = itertools.count(1000)
        self._watchers: set[asyncio.Queue[Wire]] = set()

    @contextmanager
    def watch(self) -> Iterator[asyncio.Queue[Wire]]:
        """Every change of a chat, as {"chat": key}."""
        queue: asyncio.Queue[Wire] = asyncio.Queue()
        self._watchers.add(queue)
        try:
            yield queue
        finally:
            self._watchers.discard(queue)

    def changed(self, chat: Chat) -> None:
        for queue in self._watchers:
            queue.put_nowait({"chat": chat.key})

    def post(self, chat: Chat, sender: Wire, **content: object) -> Wire:
        """A message once posted is never altered, only replaced: old updates stay as they were."""
        message_id = next(chat.ids)
        chat.authors[message_id] = sender["id"]
        sign = {"sender_chat": chat.wire} if chat.channel else {"from": sender}
        head = {"message_id": message_id, **sign, "chat": chat.wire, "date": self.now}
        return self.put(chat, head | content)

    def put(self, chat: Chat, message: Wire) -> Wire:
        chat.messages[message["message_id"]] = message
        self.changed(chat)
        return message

    def remove(self, chat: Chat, message_id: int) -> None:
        del chat.messages[message_id]
        chat.pinned = [one for one in chat.pinned if one != message_id]
        self.changed(chat)

    def tell_bots(self, chat: Chat, kind: str, message: Wire, *, but: int = 0) -> None:
        kind = _IN_CHANNELS[kind] if chat.channel else kind
        for bot in _listeners(list(self.bots_in(chat)), chat, message):
            if bot.id != but:
                self.push(bot, kind, message, about=chat.id)

    def push(
        self, bot: BotAccount, kind: str, payload: Wire, *, about: int, lifetime: float = DAY
    ) -> None:
        if not bot.mailbox.wants(kind):
            return
        update = {"update_id": next(self._update_ids), kind: payload}
        lane = (_LANES.get(kind, "chat"), about)
        bot.mailbox.put(Parcel(update, lane, self.clock() + lifetime))
        self.posted.set()


def _listeners(bots: Sequence[BotAccount], chat: Chat, message: Wire) -> list[BotAccount]:
    """Of the bots in privacy mode a message reaches one, and first of all the one replied to."""
    hearing = [bot for bot in bots if hears(bot, chat, message)]
    if not _spoken(message):
        return hearing
    private = [bot for bot in hearing if not _hears_all(bot, chat)]
    private.sort(key=lambda bot: bot.id != _replied_to(message))
    return [bot for bot in hearing if _hears_all(bot, chat)] + private[:1]


def hears(bot: BotAccount, chat: Chat, message: Wire) -> bool:
    """Privacy mode: service messages, replies to the bot, commands meant for it; or everything."""
    if _hears_all(bot, chat) or not _spoken(message):
        return True
    if bot.id in (_replied_to(message), message.get("via_bot", {}).get("id")):
        return True
    return _addressed(bot, chat, message.get("text") or message.get("caption") or "")


def _hears_all(bot: BotAccount, chat: Chat) -> bool:
    return chat.private or bot.hears_everything or chat.runs(bot.id)


def _spoken(message: Wire) -> bool:
    return any(kind in message for kind in CONTENT)


def _replied_to(message: Wire) -> int:
    return int(message.get("reply_to_message", {}).get("from", {}).get("id", 0))


def _addressed(bot: BotAccount, chat: Chat, text: str) -> bool:
    if command := re.match(r"/\w+(?:@(\w+))?", text):
        named = command[1]
        return named.lower() == bot.username.lower() if named else chat.last_bot == bot.id
    return guesses.MENTION_BREAKS_PRIVACY and f"@{bot.username}".lower() in text.lower()


def topic_fields(thread: int | None) -> Wire:
    return {"message_thread_id": thread, "is_topic_message": True} if thread else {}


def topic_of(message: Wire | None) -> int | None:
    """Replies outside of topics have a thread, too, but no bot may write into that one."""
    return message["message_thread_id"] if message and message.get("is_topic_message") else None


def quoted(message: Wire) -> Wire:
    """A message as a reply shows it: without what it replied to itself."""
    return {key: value for key, value in message.items() if key != "reply_to_message"}


def new_group() -> str:
    return str(10**16 + secrets.randbelow(10**16))


def grouped(contents: Sequence[Wire]) -> list[tuple[Wire, Wire]]:
    """One alone belongs to no group."""
    alone = len(contents) == 1
    group = {} if alone else {"media_group_id": new_group()}
    return [(content, group) for content in contents]


def copied(message: Wire) -> Wire:
    return {key: message[key] for key in COPIED if key in message}


def origin(message: Wire) -> Wire:
    """Where a forwarded message came from first, however often it was handed on."""
    if "forward_origin" in message:
        return dict(message["forward_origin"])
    chat, date = message["chat"], {"date": message["date"]}
    if chat["type"] == "channel":
        return date | {"type": "channel", "chat": chat, "message_id": message["message_id"]}
    if "sender_chat" in message:
        return date | {"type": "chat", "sender_chat": message["sender_chat"]}
    return date | {"type": "user", "sender_user": message["from"]}
