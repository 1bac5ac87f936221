"""The one way in: polling and webhook end here. When it returns, the update is in the database."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any
from weakref import WeakValueDictionary

import structlog
from aiogram import Bot
from aiogram.types import Update
from pydantic import ValidationError

from bot import replies
from bot.courier import Courier
from bot.database import Database, is_out_of_order
from bot.dialogs import dialog_of
from bot.errors import trouble, worded
from bot.replies import Origin
from bot.switchboard import FROM_CHANNELS, KINDS, Switchboard
from handlers.scene import Scene, Stage, leave
from keyboards.menu import leaves_dialog
from keyboards.screen import Reply
from locales import Translator
from models.base import Session
from services import access, chats, inbox, outbox, people
from services.errors import NotFound, Refusal
from services.house import House

log = structlog.get_logger()

Json = dict[str, Any]
PAUSES = (0, 0.05, 0.2)  # seconds before each attempt
# Anonymous administrators, channels and linked posts share these ids: they are nobody.
NOBODY = frozenset({1087968824, 136817688, 777000})

Act = Callable[[Stage], Awaitable[Reply]]


class Ingest:
    def __init__(
        self,
        database: Database,
        switchboard: Switchboard,
        bot: Bot,
        house: House,
        courier: Courier,
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._switchboard = switchboard
        self._bot = bot
        self._house = house
        self._courier = courier
        self._clock = clock
        self._lanes: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def __call__(self, raw: Json) -> None:
        """Raises only when the database is away: then the update must be delivered again."""
        # Updates of one chat in order, of different chats side by side.
        async with self._lanes.setdefault(chat_of(raw), asyncio.Lock()):
            await self._insist(raw)
        self._courier.wake()

    async def _insist(self, raw: Json) -> None:
        failure: Exception | None = None
        for pause in PAUSES:
            await asyncio.sleep(pause)
            try:
                await self._handle(_clean(raw))
            except Exception as error:
                await self._database.ping()  # away: the update is not to blame
                log.exception("update failed", update_id=raw.get("update_id"))
                failure = error
                if isinstance(error, ValidationError):
                    break  # it will read no better the next time
            else:
                return
        if failure is not None and is_out_of_order(failure):
            raise failure
        await self._bury(raw, type(failure).__name__)

    async def _handle(self, raw: Json) -> None:
        update = Update.model_validate(raw, context={"bot": self._bot})
        try:
            await self._transact(raw, partial(self._dispatch, update))
        except Refusal as refusal:
            # Everything it had begun is undone; only the words remain.
            await self._transact(raw, partial(worded, refusal))
        except OverflowError:  # a forged button: no row has such a number
            await self._transact(raw, partial(worded, NotFound()))

    async def _transact(self, raw: Json, act: Act) -> None:
        now = self._clock()
        async with self._database.transaction(chat_of(raw) or None) as session:
            if not await inbox.remember(session, raw["update_id"], now=now):
                return
            answer = await self._converse(session, raw, act, now)
        self._answer_tap(answer)

    async def _bury(self, raw: Json, error: str) -> None:
        now = self._clock()
        answer = None
        async with self._database.transaction(chat_of(raw) or None) as session:
            if not await inbox.bury(session, raw, error, now=now):
                return
            with suppress(Exception):  # whoever cannot be understood cannot be answered
                async with session.begin_nested():
                    answer = await self._converse(session, raw, trouble, now)
        self._answer_tap(answer)

    def _answer_tap(self, answer: Json | None) -> None:
        if answer is not None:
            self._courier.answer_tap(answer)

    async def _converse(self, session: Session, raw: Json, act: Act, now: datetime) -> Json | None:
        """Owes the answer; returns what stops the button's spinner if it was a tap."""
        kind = next((kind for kind in KINDS if raw.get(kind)), None)
        if kind == "message" and (move := _move_of(raw[kind])):
            await chats.move(session, *move, now=now)
        if kind in FROM_CHANNELS:
            await act(Stage(session, Translator(zone=self._house.zone), now, self._house))
        if kind is None or not _is_for_us(kind, raw[kind]):
            return None
        origin, scene = await self._meet(session, kind, raw[kind], now)
        reply = await act(scene)
        if _is_in_channel(raw[kind]):
            return None  # where everybody reads nobody is answered
        await outbox.add(session, replies.owed(origin, reply, now), now=now)
        return replies.tap_answer(origin, reply, scene.t)

    async def _meet(
        self, session: Session, kind: str, event: Json, now: datetime
    ) -> tuple[Origin, Scene]:
        who = event["from"]
        telegram_id, origin = int(who["id"]), Origin.of(kind, event)
        actor = await people.meet(
            session,
            telegram_id,
            who.get("username"),
            who.get("language_code"),
            now=now,
            chat_id=origin.chat_id,
        )
        origin = replace(origin, person_id=actor.id)
        t = Translator(actor.person.language, access.zone_of(actor, self._house.zone))
        dialog = dialog_of(session, now, origin.chat_id, telegram_id, actor.dialog)
        scene = Scene(session, t, now, self._house, actor, dialog)
        if kind == "message" and leaves_dialog(event.get("text")):
            await leave(scene)
        return origin, scene

    async def _dispatch(self, update: Update, scene: Stage) -> Reply:
        raw_state = await scene.dialog.get_state() if isinstance(scene, Scene) else None
        return await self._switchboard(update, scene=scene, raw_state=raw_state, bot=self._bot)


def chat_of(raw: Json) -> int:
    for event in raw.values():
        if isinstance(event, dict):
            message = event.get("message")
            chat = event.get("chat") or (
                message.get("chat") if isinstance(message, dict) else None
            )
            if isinstance(chat, dict) and isinstance(chat.get("id"), int):
                return int(chat["id"])
    return 0


def _move_of(message: Json) -> tuple[int, int] | None:
    """What the old group says last when it becomes a supergroup: its id, and the new one."""
    old, new = chat_of({"message": message}), message.get("migrate_to_chat_id")
    if isinstance(new, int) and all(-(2**63) <= one < 0 for one in (old, new)):
        return old, new
    return None


def _is_for_us(kind: str, event: Json) -> bool:
    """A person speaks, and to the bot: what people say to each other in a group is theirs."""
    sender, chat, text = event.get("from"), event.get("chat"), event.get("text")
    if kind in FROM_CHANNELS or sender is None or sender["is_bot"] or sender["id"] in NOBODY:
        return False
    if kind == "my_chat_member" and _is_in_channel(event):
        return True
    if isinstance(chat, dict) and chat.get("type") != "private":
        return isinstance(text, str) and text.startswith("/")
    return True


def _is_in_channel(event: Json) -> bool:
    chat = event.get("chat")
    return isinstance(chat, dict) and chat.get("type") == "channel"


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
