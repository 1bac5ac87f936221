"""The timetable: what is due is asked of the tables, whole or not at all, again and again."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import structlog
from sqlalchemy import select

import scheduler
from bot.app import App
from models.base import Session
from models.person import Interest
from sandbox.plugin import Clock
from scheduler import TIMETABLE, Job
from tests.rough import until


@pytest.fixture(autouse=True)
def log() -> Iterator[list[Any]]:
    with structlog.testing.capture_logs() as lines:
        yield lines


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
    app.ticker.stop()
    asked = len(sweep.asked)
    await asyncio.sleep(1.2)
    assert len(sweep.asked) == asked


async def test_the_whole_timetable_can_be_asked_at_any_time(app: App, log: list[Any]) -> None:
    assert len({job.name for job in TIMETABLE}) == len(TIMETABLE)
    for _ in range(2):
        for job in TIMETABLE:
            await app.ticker.tick(job)
    assert log == []
