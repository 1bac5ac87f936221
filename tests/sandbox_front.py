"""A bot on either front of the sandbox, and a town of people and groups to try it in."""

import io
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, TypeAlias

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramServerError,
)
from aiogram.methods import TelegramMethod
from aiogram.types import BufferedInputFile, Update
from aiohttp import ClientSession
from PIL import Image

from sandbox.plugin import TOKEN
from sandbox.server import serving
from sandbox.session import WorldSession
from sandbox.wire import Wire
from sandbox.world import World

Rule: TypeAlias = tuple[TelegramMethod[Any], str]

REFUSALS: dict[str, type[TelegramAPIError]] = {
    "Bad Request": TelegramBadRequest,
    "Forbidden": TelegramForbiddenError,
    "Not Implemented": TelegramServerError,
}
FRONTS = ("http", "in process")
STALE = "query is too old and response timeout expired or query ID is invalid"
BOT = 42
# The messages in Anna's chat, and the topics of the forum.
START, OWN, PHOTO, SECRET = 1, 4, 5, 6
OPEN, CLOSED = 2, 3
ANNA, PYOTR, BLOCKER, GONE, NOBODY = 1001, 1002, 1003, 1004, 1999
BASIC, FORUM, KICKED, LEFT, MUTED, MOVED, PLAIN = -100, -1001, -1002, -1003, -1004, -200, -1006
NEWS, READ, TALK, OWNED = -1010, -1011, -1012, -1013
OWNER = 1005
ANNAS = f"p:{BOT}:{ANNA}"


@pytest.fixture
def anna(world: World) -> int:
    """Alone with the bot, in a sandbox that makes nobody wait."""
    world.retry_scale = 0.001
    world.add_person(ANNA, "Анна")
    return ANNA


class Front:
    """Calls as any program makes them, and no library between; webhooks are served on both."""

    def __init__(self, world: World, base: str, http: ClientSession | None) -> None:
        self.world = world
        self.base = base
        self._http = http

    async def call(
        self, method: str, params: Wire | None = None, token: str = TOKEN
    ) -> tuple[int, Wire]:
        if self._http is None:
            return await self.world.call(token, method, params or {})
        url = f"{self.base}/bot{token}/{method}"
        async with self._http.post(url, json=params or {}) as response:
            return response.status, await response.json()

    async def does(self, method: str, **params: Any) -> Any:
        status, body = await self.call(method, params)
        assert status == 200, body
        return body["result"]

    async def refused(self, method: str, **params: Any) -> str:
        status, body = await self.call(method, params)
        assert status == body.get("error_code"), body
        return str(body["description"])

    async def told(self, token: str = TOKEN) -> list[Wire]:
        """The updates the bot would get now; each is one aiogram understands."""
        _, body = await self.call("getUpdates", token=token)
        return understood(body["result"])


@asynccontextmanager
async def front_of(world: World, kind: str) -> AsyncIterator[Front]:
    async with serving(world) as base, ClientSession() as http:
        yield Front(world, base, http if kind == "http" else None)


@asynccontextmanager
async def bot_over(front: str, world: World) -> AsyncIterator[Bot]:
    if front == "in process":
        yield Bot(TOKEN, session=WorldSession(world))
    else:
        async with serving(world) as base, over_http(base) as session:
            yield Bot(TOKEN, session=session)


@asynccontextmanager
async def over_http(base: str) -> AsyncIterator[AiohttpSession]:
    """Closed without the quarter of a second aiogram leaves for the goodbyes of TLS."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(base))
    async with await session.create_session():
        yield session


def settle_town(world: World) -> None:
    """Anna talks to the bot; the others cannot be reached, each for a reason of their own."""
    world.add_person(OWNER, "Ольга")
    for person, name in ((ANNA, "Анна"), (PYOTR, "Пётр"), (BLOCKER, "Вера"), (GONE, "Глеб")):
        world.add_person(person, name, phone=f"+7999000{person}")
        if person != PYOTR:
            world.say(person, f"p:{BOT}:{person}", "/start")
    world.block(BLOCKER, f"p:{BOT}:{BLOCKER}")
    world.people[GONE].deactivated = True
    both = {BOT: "member", ANNA: "member", PYOTR: "member"}
    world.add_group(BASIC, "Малая", kind="group", members=both)
    world.add_group(PLAIN, "Большая", members=both)
    world.add_group(FORUM, "Юристы", forum=True, members=both | {BOT: "administrator"})
    world.add_group(KICKED, "Выгнали", members={BOT: "kicked", ANNA: "member"})
    world.add_group(LEFT, "Ушёл", kind="group", members={ANNA: "member"})
    world.add_group(MUTED, "Молчит", members=both | {BOT: "restricted"})
    world.add_group(MOVED, "Переехала", kind="group", members=both)
    world.migrate(f"g:{MOVED}", -1005)
    world.add_group(TALK, "Обсуждение", members=both)
    crew = {BOT: "administrator", ANNA: "administrator", PYOTR: "member"}
    world.add_channel(NEWS, "Новости", username="sila_news", members=crew, discussion=f"g:{TALK}")
    ranks = {OWNER: "creator", ANNA: "administrator", BOT: "administrator"}
    world.add_group(OWNED, "Хозяйка есть", members=both | ranks)
    world.add_channel(READ, "Чтение", members=both)


async def furnish_town(bot: Bot, world: World) -> None:
    settle_town(world)
    await bot.send_message(ANNA, "привет")
    await bot.send_photo(ANNA, upload(picture()), caption="вид")
    await bot.send_message(ANNA, "тайна", protect_content=True)
    world.say(ANNA, f"g:{PLAIN}", "чужое")
    assert (await bot.create_forum_topic(FORUM, "Открытая")).message_thread_id == OPEN
    assert (await bot.create_forum_topic(FORUM, "Закрытая")).message_thread_id == CLOSED
    await bot.close_forum_topic(FORUM, CLOSED)
    world.chat(ANNAS).messages[START]["date"] -= 48 * 3600 + 1


async def broken(bot: Bot, rules: Sequence[Rule]) -> list[str]:
    """The rules the sandbox does not keep: accepted, or refused in other words."""
    answers = [(method, text, await _answer(bot, method)) for method, text in rules]
    return [
        f"{method.__api_method__} {method.model_dump(exclude_unset=True)}\n  {text}\n  {answer}"
        for method, text, answer in answers
        if answer not in (text, f"Bad Request: {text}")
    ]


async def _answer(bot: Bot, method: TelegramMethod[Any]) -> str:
    try:
        await bot(method)
    except TelegramAPIError as refusal:
        fitting = REFUSALS[refusal.message.partition(":")[0]]
        return refusal.message if type(refusal) is fitting else f"{refusal!r} by its status"
    return "accepted"


def picture(width: int = 30, height: int = 20) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), "navy").save(buffer, "PNG")
    return buffer.getvalue()


def upload(data: bytes, name: str = "файл.png") -> BufferedInputFile:
    return BufferedInputFile(data, name)


def pending(world: World) -> list[Wire]:
    """The updates waiting for the bot, none of them taken."""
    return understood([parcel.update for parcel in world.bots[TOKEN].mailbox.parcels])


def understood(updates: list[Wire]) -> list[Wire]:
    for update in updates:
        assert Update.model_validate(update).event_type
    return updates
