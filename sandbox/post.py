"""Messages put into chats, and the updates bots get of them."""

import asyncio
import itertools
import re
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sandbox import guesses
from sandbox.accounts import BotAccount, Chat
from sandbox.delivery import Lane, Parcel
from sandbox.faults import POISONS, UPDATE, Faults
from sandbox.limits import Pace
from sandbox.registry import Registry
from sandbox.wire import Wire

DAY = 86_400.0
CONTENT = (
    "text", "photo", "document", "sticker", "voice", "audio", "video", "video_note", "animation",
    "location", "venue", "contact", "poll", "dice",
)  # fmt: skip


@dataclass
class Query:
    """One tap on a button; `answer` is what the person is shown for it."""

    person_id: int
    chat_key: str
    expires: float
    bot_id: int
    answer: Wire | None = None


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
        self.faults = Faults()
        self.retry_scale = retry_scale
        self.local_http_webhook = local_http_webhook
        self.queries: dict[str, Query] = {}
        self.log: deque[CallRecord] = deque(maxlen=500)
        self.posted = asyncio.Event()
        self.given: set[int] = set()  # the numbers of all updates there were
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
        head = {
            "message_id": next(chat.ids),
            "from": sender,
            "chat": chat.wire,
            "date": self.now,
        }
        return self.put(chat, head | content)

    def put(self, chat: Chat, message: Wire) -> Wire:
        chat.messages[message["message_id"]] = message
        self.changed(chat)
        return message

    def remove(self, chat: Chat, message_id: int) -> None:
        del chat.messages[message_id]
        self.changed(chat)

    def tell_bots(self, chat: Chat, kind: str, message: Wire) -> None:
        for bot in self.bots_in(chat):
            if hears(bot, chat, message):
                self.push(bot, kind, message, about=chat.id)

    def push(
        self, bot: BotAccount, kind: str, payload: Wire, *, about: int, lifetime: float = DAY
    ) -> None:
        if not bot.mailbox.wants(kind):
            return
        lane = (kind if kind == "callback_query" else "chat", about)
        fault = self.faults.strike(UPDATE, about)
        trouble = fault.kind if fault else ""
        if trouble == "poison":
            self.deliver(bot, self.faults.chance.choice(POISONS), lane, lifetime)
        if trouble == "late" and fault:
            # Numbered only then: what waits behind a later number would count as confirmed.
            late = (bot, {kind: payload}, lane, lifetime)
            asyncio.get_running_loop().call_later(fault.seconds, self.deliver, *late)
            return
        number = self.deliver(bot, {kind: payload}, lane, lifetime)
        if trouble in ("again", "twin"):
            same = {"update_id": number} if trouble == "again" else {}
            self.deliver(bot, same | {kind: payload}, lane, lifetime)

    def deliver(self, bot: BotAccount, update: Wire, lane: Lane, lifetime: float = DAY) -> int:
        """Any update at all, under a number of its own unless it has one."""
        if "update_id" not in update:
            update = {"update_id": next(self._update_ids)} | update
        bot.mailbox.put(Parcel(update, lane, self.clock() + lifetime))
        self.posted.set()
        self.given.add(update["update_id"])
        return int(update["update_id"])


def hears(bot: BotAccount, chat: Chat, message: Wire) -> bool:
    """Privacy mode: service messages, replies to the bot, commands meant for it; or everything."""
    if chat.private or bot.hears_everything or chat.runs(bot.id):
        return True
    if not any(kind in message for kind in CONTENT):
        return True
    if message.get("reply_to_message", {}).get("from", {}).get("id") == bot.id:
        return True
    return _addressed(bot, chat, message.get("text") or message.get("caption") or "")


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
