"""Long polling over HTTP: what Telegram was told is done is in the database."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from statistics import median
from typing import Any

import pytest
from aiohttp import web
from sqlalchemy import select

from bot.app import App
from bot.polling import Polling
from bot.settings import Settings
from bot.telegram import Json, Telegram
from models.mail import Received
from sandbox.people import Person
from sandbox.plugin import TOKEN, Clock
from sandbox.world import World
from tests.rough import Fault, Line, away, cut_before, page, refuse, until, wired

pytestmark = pytest.mark.usefixtures("log")

Wired = tuple[App, Line]


@pytest.fixture
async def wire(world: World, settings: Settings, clock: Clock) -> AsyncIterator[Wired]:
    world.retry_scale = 0.02
    async with wired(world, settings, clock) as both:
        yield both


@asynccontextmanager
async def polling(app: App) -> AsyncIterator[Polling]:
    poll = Polling(app.telegram, app.ingest)
    async with asyncio.TaskGroup() as outward:
        outward.create_task(app.courier.run())
        async with asyncio.TaskGroup() as inward:
            inward.create_task(poll.run())
            yield poll
            poll.stop()
        app.courier.stop()


def waiting(world: World) -> int:
    return len(world.bots[TOKEN].mailbox.parcels)


async def handled(app: App) -> list[int]:
    async with app.database.transaction() as session:
        return list(await session.scalars(select(Received.update_id).order_by(Received.update_id)))


def says(person: Person, text: str) -> None:
    person.world.say(person.id, person.chat_key, text)


async def test_an_answer_leaves_promptly(wire: Wired, people: Callable[..., Person]) -> None:
    app, _ = wire
    anna = people("Анна")
    loop, took = asyncio.get_running_loop(), []
    async with polling(app):
        for _ in range(20):
            begun, seen = loop.time(), len(anna.history)
            says(anna, "/help")
            await until(partial(lambda seen: len(anna.history) == seen + 2, seen))
            took.append(loop.time() - begun)
    # A few hundredths of a second on an idle machine; this one may be busy.
    assert median(took) < 0.5


@pytest.mark.parametrize(
    "fault", [cut_before, page(502), page(200), refuse(401, "Unauthorized"), refuse(429)]
)
async def test_a_line_that_breaks_and_comes_back(
    wire: Wired, people: Callable[..., Person], fault: Fault
) -> None:
    app, line = wire
    line.fails(fault, on="getUpdates", times=2)
    anna = people("Анна")
    says(anna, "/help")
    async with polling(app):
        await until(lambda: len(anna.history) == 2)
    assert line.count("getUpdates") >= 3


@pytest.mark.parametrize("result", ["rubbish", 5, None, [5], [{}], {"update_id": 1}])
async def test_rubbish_instead_of_updates_is_survived(
    wire: Wired, people: Callable[..., Person], result: object
) -> None:
    async def rubbish(request: web.Request, handler: object) -> web.StreamResponse:
        return web.json_response({"ok": True, "result": result})

    app, line = wire
    line.fails(rubbish, on="getUpdates")
    anna = people("Анна")
    says(anna, "/help")
    async with polling(app):
        await until(lambda: len(anna.history) == 2)


async def test_another_poller_or_a_webhook_is_waited_out(
    wire: Wired, world: World, people: Callable[..., Person], log: list[Any]
) -> None:
    app, line = wire
    anna = people("Анна")
    async with polling(app):
        await until(lambda: line.count("getUpdates"))
        await asyncio.gather(*(world.call(TOKEN, "getUpdates", {"timeout": 0}) for _ in range(2)))
        await world.call(TOKEN, "setWebhook", {"url": "https://example.org/hook"})
        await until(lambda: sum("Conflict" in entry.get("reason", "") for entry in log) >= 2)
        await world.call(TOKEN, "deleteWebhook", {})
        says(anna, "/help")
        await until(lambda: len(anna.history) == 2)


async def test_stopping_ends_the_wait_at_once(wire: Wired) -> None:
    app, line = wire
    loop = asyncio.get_running_loop()
    async with polling(app) as poll:
        await until(lambda: line.count("getUpdates"))
        begun = loop.time()
        poll.stop()
    assert loop.time() - begun < 2


async def test_stopping_finishes_what_was_begun(
    wire: Wired, world: World, people: Callable[..., Person]
) -> None:
    app, line = wire
    anna = people("Анна")
    async with polling(app) as poll, app.database.transaction():
        says(anna, "/help")
        await until(lambda: line.count("getUpdates"))
        await asyncio.sleep(0.2)
        poll.stop()
    assert len(await handled(app)) == 1
    assert len(anna.history) == 2


async def test_telegram_keeps_an_update_until_it_is_committed(
    wire: Wired, world: World, settings: Settings, people: Callable[..., Person], log: list[Any]
) -> None:
    app, line = wire
    anna = people("Анна")
    async with polling(app):
        await until(lambda: line.count("getUpdates"))
        async with away(app.database, settings):
            says(anna, "/help")
            says(anna, "/menu")
            await until(lambda: sum("wait at Telegram" in entry["event"] for entry in log) >= 2)
            assert waiting(world) == 2
        await until(lambda: len(anna.history) == 4)
    assert len(await handled(app)) == 2
    assert anna.history[2].startswith("Что умеет")
    assert "Сила в каждом" in anna.history[3]


async def test_after_a_failure_a_chat_is_taken_up_where_it_was_left(
    wire: Wired, people: Callable[..., Person]
) -> None:
    app, _ = wire
    anna, peter = people("Анна"), people("Пётр")
    seen: list[tuple[int, str]] = []

    async def ingest(raw: Json) -> None:
        message = raw["message"]
        seen.append((message["chat"]["id"], message["text"]))
        if len(seen) == 1:
            raise ConnectionError

    for person, text in ((anna, "1"), (anna, "2"), (peter, "1")):
        says(person, text)
    poll = Polling(app.telegram, ingest)
    async with asyncio.TaskGroup() as group:
        group.create_task(poll.run())
        await until(lambda: len(seen) == 5)
        poll.stop()
    assert [text for who, text in seen if who == anna.id] == ["1", "1", "2"]


async def test_a_line_that_is_down_for_days_stops_nothing() -> None:
    asked = 0

    async def transport(*_: object) -> tuple[int, Json]:
        nonlocal asked
        asked += 1
        raise ConnectionError

    async def ingest(_: Json) -> None:
        raise AssertionError

    poll = Polling(Telegram(TOKEN, transport), ingest)
    poll._failures = 100_000
    async with asyncio.TaskGroup() as group:
        group.create_task(poll.run())
        await until(lambda: asked)
        poll.stop()
