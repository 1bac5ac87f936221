"""The one way in: polling and webhook end here. When it returns, the update is in the database."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Any
from weakref import WeakValueDictionary

import structlog
from aiogram import Bot, Dispatcher
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.types import Update
from pydantic import ValidationError
from sqlalchemy.exc import InterfaceError, OperationalError

from bot import replies
from bot.courier import Courier
from bot.database import Database
from bot.dialogs import dialog_of
from bot.errors import trouble, worded
from bot.replies import Origin
from handlers.scene import Scene
from keyboards.menu import leaves_dialog
from keyboards.screen import Reply
from locales import Translator
from models.base import Session
from services import access, inbox, people
from services.errors import Refusal
from services.house import House

log = structlog.get_logger()

Json = dict[str, Any]
KINDS = ("message", "callback_query", "my_chat_member")
DATABASE_DOWN = (OperationalError, InterfaceError, OSError)
RETRIES = (0.05, 0.2)
# Anonymous administrators, channels and linked posts share these ids: they are nobody.
NOBODY = frozenset({1087968824, 136817688, 777000})


Act = Callable[[Scene], Awaitable[Reply]]


class Ingest:
    def __init__(
        self,
        database: Database,
        dispatcher: Dispatcher,
        bot: Bot,
        house: House,
        courier: Courier,
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._dispatcher = dispatcher
        self._bot = bot
        self._house = house
        self._courier = courier
        self._clock = clock
        self._lanes: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def __call__(self, raw: Json) -> None:
        """Raises only when the database is away: then the update must be delivered again."""
        async with self._lane(_chat_of(raw)):
            await self._insist(_clean(raw))
        self._courier.wake()

    def _lane(self, chat_id: int) -> AbstractAsyncContextManager[None]:
        """Updates of one chat in order, of different chats side by side."""
        return self._lanes.setdefault(chat_id, asyncio.Lock())

    async def _insist(self, raw: Json) -> None:
        for pause in (*RETRIES, None):
            try:
                await self._once(raw)
            except DATABASE_DOWN:
                raise
            except Exception as error:
                log.exception("update failed", update_id=raw.get("update_id"))
                if pause is None or isinstance(error, ValidationError):
                    await self._bury(raw, error)
                    return
                await asyncio.sleep(pause)
            else:
                return

    async def _once(self, raw: Json) -> None:
        update = Update.model_validate(raw, context={"bot": self._bot})
        try:
            await self._transact(raw, lambda scene: self._dispatch(update, scene))
        except Refusal as refusal:
            refused = refusal  # everything it had begun is undone; only the words remain
            await self._transact(raw, lambda scene: worded(scene.t, refused))

    async def _bury(self, raw: Json, error: Exception) -> None:
        now = self._clock()
        async with self._database.transaction() as session:
            await inbox.bury(session, raw, type(error).__name__, now=now)
        if not isinstance(error, ValidationError):
            await self._transact(raw, lambda scene: trouble(scene.t))

    async def _transact(self, raw: Json, act: Act) -> None:
        kind = next((k for k in KINDS if k in raw), None)
        answer = None
        async with self._database.transaction() as session:
            now = self._clock()
            if not await inbox.remember(session, raw["update_id"], now=now):
                return
            if kind is not None and _is_for_us(raw[kind]):
                origin, scene = await self._meet(session, kind, raw[kind], now)
                reply = await act(scene)
                session.add_all(replies.owed(origin, reply, now))
                answer = replies.tap_answer(origin, reply)
        if answer is not None:
            self._courier.answer_tap(answer)

    async def _meet(
        self, session: Session, kind: str, event: Json, now: datetime
    ) -> tuple[Origin, Scene]:
        who = event["from"]
        person = await people.meet(
            session, who["id"], who.get("username"), who.get("language_code"), now=now
        )
        actor = await access.load(session, person)
        origin = Origin.of(kind, event, person.id)
        t = Translator(person.language, access.zone_of(actor, self._house.zone))
        dialog = dialog_of(session, now, origin.chat_id, who["id"])
        if kind == "message" and leaves_dialog(event.get("text")):
            await dialog.clear()
        return origin, Scene(session, actor, t, now, dialog, self._house)

    async def _dispatch(self, update: Update, scene: Scene) -> Reply:
        raw_state = await scene.dialog.get_state()
        reply = await self._dispatcher.feed_update(
            self._bot, update, scene=scene, raw_state=raw_state
        )
        return None if reply is UNHANDLED else reply


def _chat_of(raw: Json) -> int:
    for event in raw.values():
        if isinstance(event, dict):
            message = event.get("message")
            chat = event.get("chat") or (
                message.get("chat") if isinstance(message, dict) else None
            )
            if isinstance(chat, dict) and isinstance(chat.get("id"), int):
                return int(chat["id"])
    return 0


def _is_for_us(event: Json) -> bool:
    """A person speaks, and to the bot: what people say to each other in a group is theirs."""
    sender, chat = event.get("from"), event.get("chat")
    if sender is None or sender["is_bot"] or sender["id"] in NOBODY:
        return False
    private = chat is None or chat["type"] == "private"
    return private or "new_chat_member" in event or event.get("text", "").startswith("/")


def _clean(value: Any) -> Any:
    """NUL and lone surrogates pass JSON but no database: they never get further than here."""
    match value:
        case str():
            return value.replace("\0", "").encode("utf-8", "ignore").decode()
        case dict():
            return {key: _clean(item) for key, item in value.items()}
        case list():
            return [_clean(item) for item in value]
    return value
