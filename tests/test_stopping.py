"""Asked to stop: it ends by itself, soon, in peace, with all it acknowledged in the database."""

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator
from functools import partial

import pytest
import pytest_asyncio
from sqlalchemy import select

from benchmarks.storm.nursery import Nursery
from benchmarks.storm.places import place
from benchmarks.storm.tempest import Plan, Storm
from bot.database import Database
from models.mail import Owed, Received, Sending
from sandbox.server import serving
from tests.programs import server
from tests.rough import until

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def nursery() -> AsyncIterator[Nursery]:
    async with Nursery() as nursery:
        yield nursery


@pytest.mark.timeout(240)
@pytest.mark.parametrize("webhook", [False, True])
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_sigterm_under_load_loses_nothing_that_was_acknowledged(
    nursery: Nursery, kind: str, webhook: bool
) -> None:
    async with place(kind, server() if kind == "postgresql" else None) as (url, folder):
        plan = Plan(people=16, webhook=webhook, url=url, folder=folder, seed=1, kills=0)
        await stop_in_the_thick_of_it(Storm(plan, nursery))


async def stop_in_the_thick_of_it(storm: Storm) -> None:
    async with serving(storm.world) as address, storm.abroad():
        pid = await storm.nursery.start(storm.plan.folder, storm.environment(address))
        await until(lambda: len(storm.world.given) > 80, 60)
        begun = time.monotonic()
        os.kill(pid, signal.SIGTERM)
        async with asyncio.timeout(30):
            assert await storm.nursery.reap(pid) == 0
        assert time.monotonic() - begun < 20
        waiting = {parcel.id for parcel in storm.bot.mailbox.parcels}
        acknowledged = storm.world.given - waiting
    database = Database(storm.plan.url)
    async with database.transaction() as session:
        assert acknowledged <= set(await session.scalars(select(Received.update_id)))
        on_their_way = select(Owed.id).where(Owed.state == Sending.SENDING)
        assert list(await session.scalars(on_their_way)) == []
    await database.close()
    assert len(acknowledged) > 60


@pytest_asyncio.fixture(loop_scope="module")
async def infant(nursery: Nursery) -> AsyncIterator["Infant"]:
    """A bot that is born anew for every stop; nobody talks to it."""
    async with place("sqlite") as (url, folder):
        plan = Plan(people=1, webhook=False, url=url, folder=folder, seed=1, kills=0)
        storm = Storm(plan, nursery)
        async with serving(storm.world) as address:
            yield Infant(storm, storm.environment(address))


class Infant:
    def __init__(self, storm: Storm, environment: dict[str, str]) -> None:
        self.faults = storm.world.faults
        self._nursery = storm.nursery
        self._folder = storm.plan.folder
        self._environment = environment

    async def born(self) -> int:
        return await self._nursery.start(self._folder, self._environment)

    async def stopped(self, pid: int, sign: signal.Signals = signal.SIGTERM) -> int:
        os.kill(pid, sign)
        async with asyncio.timeout(10):
            return await self._nursery.reap(pid)

    def said(self, word: str = "") -> list[str]:
        log = self._folder / "log"
        lines = log.read_text("utf-8").splitlines() if log.exists() else []
        return [line for line in lines if word in line]

    def is_ready(self, times: int) -> bool:
        return len(self.said('"ready"')) >= times


async def test_a_stop_while_it_starts_is_clean(infant: Infant) -> None:
    for moment in range(10):
        pid = await infant.born()
        await asyncio.sleep(0.02 + moment * 0.04)
        sign = signal.SIGINT if moment % 2 else signal.SIGTERM
        assert await infant.stopped(pid, sign) in (0, 1, -sign)
    assert [line for line in infant.said() if line and '"ready"' not in line] == []


async def test_a_stop_at_its_first_ticks_is_clean(infant: Infant) -> None:
    for life in range(1, 11):
        pid = await infant.born()
        await until(partial(infant.is_ready, life), 20)
        await asyncio.sleep((life - 1) * 0.005)
        assert await infant.stopped(pid) == 0
    assert len(infant.said()) == 10


@pytest.mark.parametrize("method", ["getMe", "setMyCommands"])
async def test_a_stop_does_not_wait_for_a_telegram_that_keeps_silent(
    infant: Infant, method: str
) -> None:
    infant.faults.switch_on("silence", method=method, seconds=40)
    pid = await infant.born()
    await until(lambda: infant.faults.struck["silence"], 20)
    assert await infant.stopped(pid) == 0
    assert infant.said() == []
