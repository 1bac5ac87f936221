"""No room left on the disk: nobody is told that anything was kept, nothing is blamed or lost."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import Connection, event, text

from bot.app import App
from models.mail import DeadLetter, Received
from models.person import Person as PersonRow
from sandbox.people import Person
from tests.applying import rows
from tests.odd_house import said
from web import SECRET, make_app

pytestmark = pytest.mark.usefixtures("log")

WORD = "a-secret_Word-42"
KNOWN = {SECRET: WORD}


@asynccontextmanager
async def full(app: App, room: int) -> AsyncIterator[None]:
    """The file may grow by so many pages and no more."""
    async with app.database.transaction() as session:
        pages = await session.scalar(text("PRAGMA page_count")) or 0

    def limit(connection: Connection) -> None:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + room}")

    engine = app.database.engine.sync_engine
    event.listen(engine, "begin", limit)
    yield
    event.remove(engine, "begin", limit)
    async with app.database.transaction() as session:
        await session.execute(text("PRAGMA max_page_count = 1000000"))


@pytest.mark.embedded
@pytest.mark.parametrize("room", [0, 1, 2])
async def test_when_the_disk_is_full_telegram_keeps_what_came_until_there_is_room(
    app: App, people: Callable[..., Person], room: int
) -> None:
    anna = people("Анна")
    anna.chat.started = True
    site = make_app(app.ingest, WORD, app.database.ping, app.read_calendar)
    async with TestClient(TestServer(site)) as client:
        refused = None
        async with full(app, room):
            for number in range(1, 400):
                update = said(number, 5000 + number, "/start " + "я" * 2000)
                answer = await client.post("/telegram", json=update, headers=KNOWN)
                if answer.status != 200:
                    refused = number
                    assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
                    break
            assert refused
            mine = said(1000, anna.id, "/help")
            statuses = {
                (await client.post("/telegram", json=mine, headers=KNOWN)).status for _ in range(2)
            }
            taken = {row.update_id for row in await rows(app, Received)}
            assert refused not in taken
            assert statuses == ({200} if 1000 in taken else {503})
            assert (await client.get("/healthz")).status == 200
        # Whatever was refused left nothing behind, and no update was blamed for it.
        assert await rows(app, DeadLetter) == []
        assert 5000 + refused not in {row.telegram_id for row in await rows(app, PersonRow)}
        for again in (said(refused, 5000 + refused, "/start"), mine):
            assert (await client.post("/telegram", json=again, headers=KNOWN)).status == 200
    await app.courier.drain()
    assert {refused, 1000} <= {row.update_id for row in await rows(app, Received)}
    assert anna.history[-1].startswith("Что умеет")
    assert len(anna.history) == 1
