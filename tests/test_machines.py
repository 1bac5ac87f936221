"""Several bots over one PostgreSQL: nothing is lost, nothing said out of turn, whoever dies."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path

import pytest

from bot.app import App, build
from bot.database import Database
from bot.pace import Pace
from bot.replica import BEAT, LEASE
from models.mail import Lane
from sandbox.people import Person
from sandbox.plugin import Clock
from sandbox.server import serving
from sandbox.world import World
from services import outbox
from tests.applying import Make
from tests.machines import Machine, nginx
from tests.rough import LONG_AGO, owe, until
from tests.talking import Crowd
from tests.terminal import rows
from tests.test_restart import WORD, Program

pytestmark = pytest.mark.server

SOON = 10  # seconds in which a dead sender of broadcasts must be replaced
KILLS = 10  # one a second


@pytest.fixture
async def twin(app: App, clock: Clock) -> AsyncIterator[App]:
    def now() -> datetime:
        return datetime.fromtimestamp(clock.now, UTC)

    again = build(app.settings, app.telegram, app.house.bot, clock=now, pace=Pace(None))
    yield again
    await again.database.close()


async def test_broadcasts_have_one_sender_and_a_dead_one_is_replaced(
    app: App, twin: App, clock: Clock, people: Make
) -> None:
    anna = people("Анна")
    await anna.says("/start")
    await owe(app, anna.id, "новость", lane=Lane.BULK)
    await twin.courier.drain()
    assert "новость" not in anna.history
    await app.courier.drain()
    assert anna.history.count("новость") == 1
    await owe(app, anna.id, "ещё одна", lane=Lane.BULK)
    clock.forward(seconds=LEASE.total_seconds() + 1)
    await asyncio.sleep(BEAT)
    await twin.courier.drain()
    assert anna.history.count("ещё одна") == 1
    assert LEASE.total_seconds() + BEAT < SOON


@pytest.fixture
def machines(
    database_url: str, tmp_path: Path, unused_tcp_port_factory: Callable[[], int]
) -> Callable[[str, int, list[int]], list[Machine]]:
    def make(api: str, front: int, ports: list[int]) -> list[Machine]:
        made = []
        for port in ports:
            folder = tmp_path / f"{port}"
            folder.mkdir()
            settings = {
                "WEB_PORT": f"{port}",
                "WEBHOOK_URL": f"http://127.0.0.1:{front}/telegram",
                "WEBHOOK_SECRET": WORD,
                "TELEGRAM_API_URL": api,
                "DATABASE_URL": database_url,
            }
            made.append(Machine(Program(folder, **settings)))
        return made

    return make


async def broadcast(url: str, person: Person, text: str) -> None:
    database = Database(url)
    row = outbox.owing(person.id, "sendMessage", {"text": text}, now=LONG_AGO, lane=Lane.BULK)
    async with database.transaction() as session:
        await outbox.add(session, [row], now=LONG_AGO)
    await database.close()


@pytest.mark.timeout(600)
async def test_two_and_three_bots_killed_one_a_second_lose_nothing_and_keep_the_order(
    world: World,
    database_url: str,
    people: Make,
    machines: Callable[[str, int, list[int]], list[Machine]],
    tmp_path: Path,
    unused_tcp_port_factory: Callable[[], int],
) -> None:
    world.retry_scale = 0.1
    front, *ports = (unused_tcp_port_factory() for _ in range(4))
    crowd = Crowd([people(f"Анна-{number}") for number in range(6)], every=2)
    olga = people("Ольга")
    enough, up, may_return = asyncio.Event(), asyncio.Event(), asyncio.Event()
    up.set()
    may_return.set()
    async with serving(world) as api, nginx(tmp_path, front, ports), asyncio.TaskGroup() as group:
        first, second, third = machines(api, front, ports)
        lives = [group.create_task(first.keep(may_return))]
        await first.begins()
        lives.append(group.create_task(second.keep(up)))
        talk = group.create_task(crowd.talk(enough))
        world.say(olga.id, olga.chat_key, "/help")
        await second.begins()
        lives.append(group.create_task(third.keep(up)))
        await until(lambda: olga.history)
        # The first to come sends the broadcasts; now it is gone.
        may_return.clear()
        first.kill()
        await broadcast(database_url, olga, "новость")
        await until(lambda: "новость" in olga.history, SOON)
        may_return.set()
        await third.begins()
        for _, machine in zip(range(KILLS), cycle((second, third, first)), strict=False):
            machine.kill()
            await asyncio.sleep(1)
        enough.set()
        await talk
        with suppress(TimeoutError):  # what is missing is told below
            await until(lambda: crowd.satisfied, 120)
        for life in lives:
            life.cancel()
    assert not crowd.complaints
    assert rows(database_url, "SELECT count(*) FROM dead_letters") == [0]
    assert rows(database_url, "SELECT count(*) FROM inbox") == [crowd.updates + 1]
