"""What the world is really like: lines that break, databases that go away."""

import asyncio
import os
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any, NamedTuple, TypeVar

from aiohttp import web
from sqlalchemy import select

from bot.app import App, build
from bot.database import Database
from bot.pace import Pace
from bot.settings import Settings, database_file
from bot.telegram import Http, Telegram
from models.mail import Lane, Owed, Sending
from sandbox.people import Person
from sandbox.plugin import TOKEN, Clock
from sandbox.server import make_app
from sandbox.world import World
from services import notices, people
from tests import postgres

FULL = os.environ.get("CI") == "true"  # as many rounds as there can be; else what fits a pause
ON_SERVER = 4  # rounds on a file for each on a server, where they take longer
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)

Found = TypeVar("Found")
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Fault = Callable[[web.Request, Handler], Awaitable[web.StreamResponse]]


class Trap(NamedTuple):
    method: str
    chat_id: int | None
    fault: Fault


class Line:
    """The sandbox over HTTP, and what goes wrong on the way to it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.address = ""
        self.tried: list[tuple[str, int | None]] = []
        self._traps: deque[Trap] = deque()

    def fails(
        self, fault: Fault, *, on: str = "sendMessage", chat: int | None = None, times: int = 1
    ) -> None:
        self._traps.extend([Trap(on, chat, fault)] * times)

    def count(self, method: str = "sendMessage", chat: int | None = None) -> int:
        """Attempts, whatever became of them."""
        return sum(tried == method and chat in (None, where) for tried, where in list(self.tried))

    async def carry(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        method = request.path.rpartition("/")[2]
        chat_id = (await request.json()).get("chat_id") if _is_json(request) else None
        self.tried.append((method, chat_id))
        for trap in self._traps:
            if trap.method == method and trap.chat_id in (None, chat_id):
                self._traps.remove(trap)
                return await trap.fault(request, handler)
        return await handler(request)


@asynccontextmanager
async def rough(world: World) -> AsyncIterator[Line]:
    line = Line(world)

    @web.middleware
    async def carry(request: web.Request, handler: Handler) -> web.StreamResponse:
        return await line.carry(request, handler)

    app = make_app(world)
    app.middlewares.append(carry)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0]
        line.address = f"http://{host}:{port}"
        yield line
    finally:
        await runner.cleanup()


def refuse(status: int, description: str = "", **parameters: int) -> Fault:
    async def fault(request: web.Request, handler: Handler) -> web.StreamResponse:
        body: dict[str, Any] = {"ok": False, "error_code": status, "description": description}
        return web.json_response(body | {"parameters": parameters}, status=status)

    return fault


def page(status: int) -> Fault:
    async def fault(request: web.Request, handler: Handler) -> web.StreamResponse:
        return web.Response(text="<html>a gateway</html>", status=status)

    return fault


def hold(until: asyncio.Event) -> Fault:
    async def fault(request: web.Request, handler: Handler) -> web.StreamResponse:
        await until.wait()
        return await handler(request)

    return fault


async def cut_before(request: web.Request, handler: Handler) -> web.StreamResponse:
    return _cut(request)


async def cut_after(request: web.Request, handler: Handler) -> web.StreamResponse:
    await handler(request)
    return _cut(request)


async def fail_after(request: web.Request, handler: Handler) -> web.StreamResponse:
    await handler(request)
    return await refuse(502, "Bad Gateway")(request, handler)


def _cut(request: web.Request) -> web.StreamResponse:
    assert request.transport
    request.transport.abort()
    return web.Response()


def _is_json(request: web.Request) -> bool:
    return request.content_type == "application/json"


@asynccontextmanager
async def wired(
    world: World,
    settings: Settings,
    clock: Clock,
    *,
    pace: float | None = None,
    address: str | None = None,
) -> AsyncIterator[tuple[App, Line]]:
    """The bot on a line like that, stopped: what runs is up to the test."""
    async with rough(world) as line:
        http = Http(address or line.address)
        app = build(
            settings,
            Telegram(TOKEN, http),
            world.bots[TOKEN].username,
            clock=lambda: datetime.fromtimestamp(clock.now, UTC),
            pace=Pace(pace),
        )
        try:
            yield app, line
        finally:
            await app.database.close()
            await http.close()


def rounds(size: int, database: Database) -> int:
    return size if database.embedded else size // ON_SERVER


async def until(true: Callable[[], object], patience: float = 15) -> None:
    async with asyncio.timeout(patience):
        while not true():  # noqa: ASYNC110 - what is awaited may happen anywhere in the world
            await asyncio.sleep(0.005)


async def by_and_by(true: Callable[[], Awaitable[Found]], patience: float = 120) -> Found:
    """The same for what takes seconds, and a question each time."""
    async with asyncio.timeout(patience):
        while True:
            if found := await true():
                return found
            await asyncio.sleep(0.2)


async def owe(app: App, chat_id: int, *texts: str, lane: Lane = Lane.ANSWER) -> None:
    """Ready-made messages, one after another."""
    async with app.database.transaction() as session:
        session.add_all(
            Owed(
                chat_id=chat_id,
                lane=int(lane),
                method="sendMessage",
                payload={"text": text},
                state=Sending.NEW,
                attempts=0,
                due_at=LONG_AGO,
            )
            for text in texts
        )


async def tell(app: App, who: Person, name: str, place: str | None = None, **details: str) -> None:
    """A notice, worded when it is sent."""
    async with app.database.transaction() as session:
        person = await people.expect(session, str(who.id), now=LONG_AGO)
        await notices.owe_all(
            session, [person], name, now=LONG_AGO, place=place, details=dict(details)
        )


async def states(app: App) -> list[Sending]:
    async with app.database.transaction() as session:
        return list(await session.scalars(select(Owed.state).order_by(Owed.id)))


@asynccontextmanager
async def away(database: Database, settings: Settings) -> AsyncIterator[None]:
    """The database is out of reach for a while, and comes back as it was."""
    url = settings.database_url.get_secret_value()
    file = database_file(url)
    if file is None:
        with postgres.closed(url):
            yield
        return
    async with database._writer._turn:
        await database.close()
        kept = file.rename(file.with_suffix(".kept"))
        file.mkdir()
    try:
        yield
    finally:
        async with database._writer._turn:
            file.rmdir()
            kept.rename(file)
