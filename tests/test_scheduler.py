"""The timetable: what is due is asked of the tables, whole or not at all, again and again."""

import asyncio
import logging
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

import scheduler
from bot.app import App
from models.base import Session
from models.person import Interest
from sandbox.plugin import START, Clock
from scheduler import TIMETABLE, Job, Ticker
from tests.rough import until

pytestmark = pytest.mark.usefixtures("log")


class Flaky:
    """Fails the first time, after it has begun."""

    def __init__(self) -> None:
        self.asked: list[datetime] = []

    async def __call__(self, session: Session, *, now: datetime) -> None:
        self.asked.append(now)
        session.add(Interest(title=f"{len(self.asked)}"))
        await session.flush()
        if len(self.asked) == 1:
            raise KeyError("Смирнова")


async def kept(app: App) -> list[str]:
    async with app.database.transaction() as session:
        return list(await session.scalars(select(Interest.title)))


async def test_a_sweep_is_one_transaction(app: App, clock: Clock, log: list[Any]) -> None:
    sweep = Flaky()
    before = await kept(app)
    for _ in range(2):
        await app.ticker.tick(Job("flaky", 1, sweep))
        clock.forward(minutes=1)
    assert await kept(app) == [*before, "2"]
    assert [entry["job"] for entry in log] == ["flaky"]
    assert sweep.asked[0] == datetime.fromtimestamp(clock.now - 120, UTC)


async def test_a_sweep_that_fails_is_asked_again_and_the_first_at_once(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    sweep = Flaky()
    monkeypatch.setattr(scheduler, "TIMETABLE", (Job("flaky", 1, sweep),))
    begun = asyncio.get_running_loop().time()
    app.ticker.start()
    await until(lambda: sweep.asked)
    assert asyncio.get_running_loop().time() - begun < 1
    await until(lambda: len(sweep.asked) >= 2)
    await app.ticker.stop()
    asked = len(sweep.asked)
    await asyncio.sleep(1.2)
    assert len(sweep.asked) == asked


async def test_the_whole_timetable_can_be_asked_at_any_time(app: App, log: list[Any]) -> None:
    assert len({job.name for job in TIMETABLE}) == len(TIMETABLE)
    for _ in range(2):
        for job in TIMETABLE:
            await app.ticker.tick(job)
    assert log == []


class Slow:
    """Takes as long as it is let."""

    def __init__(self) -> None:
        self.begun, self.may_end = asyncio.Event(), asyncio.Event()

    async def __call__(self, session: Session, *, now: datetime) -> None:
        session.add(Interest(title="slow"))
        await session.flush()
        self.begun.set()
        await self.may_end.wait()


async def test_a_stop_at_any_moment_of_the_first_ticks_is_clean(
    app: App, log: list[Any], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    swept: list[None] = []
    for turns in range(40):
        ticker = Ticker(app.database, lambda: START, lambda: swept.append(None))
        ticker.start()
        for _ in range(turns):
            await asyncio.sleep(0)
        await ticker.stop()
        ended = len(swept)
        await asyncio.sleep(0.01)
        assert len(swept) == ended
    assert (log, caplog.records) == ([], [])


async def test_a_stop_lets_the_sweep_under_way_end(
    app: App, log: list[Any], caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    sweep = Slow()
    monkeypatch.setattr(scheduler, "TIMETABLE", (Job("slow", 1, sweep),))
    app.ticker.start()
    await sweep.begun.wait()
    async with asyncio.TaskGroup() as group:
        stop = group.create_task(app.ticker.stop())
        await asyncio.sleep(0.1)
        assert not stop.done()
        sweep.may_end.set()
    assert "slow" in await kept(app)
    assert (log, caplog.records) == ([], [])


async def test_a_stop_undoes_a_sweep_that_does_not_end(
    app: App, log: list[Any], caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    sweep = Slow()
    monkeypatch.setattr(scheduler, "TIMETABLE", (Job("slow", 1, sweep),))
    monkeypatch.setattr(scheduler, "GRACE", 0.1)
    app.ticker.start()
    await sweep.begun.wait()
    await app.ticker.stop()
    assert "slow" not in await kept(app)
    assert [(line["job"], line["log_level"]) for line in log] == [("slow", "info")]
    assert caplog.records == []
