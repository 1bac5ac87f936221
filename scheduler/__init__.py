"""The timetable. APScheduler only ticks; what is due is asked of the tables each time."""

import asyncio
from collections.abc import Callable, Collection
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime
from typing import Any, NamedTuple, Protocol

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from models.base import Session
from scheduler import digests, events, events_reports, housekeeping, posts, requests
from services import turns

log = structlog.get_logger()

GRACE = 10.0  # seconds a sweep under way may take to come to its end when the work stops


class Sweep(Protocol):
    async def __call__(self, session: Session, *, now: datetime) -> None: ...


class Job(NamedTuple):
    name: str
    every: int  # seconds
    sweep: Sweep


TIMETABLE = (
    Job("scheduled posts", 5, posts.publish_due),
    Job("mailings", 2, posts.send_on),
    Job("readers", 20, posts.redraw_read),
    Job("digests", 2, digests.owe_due),
    Job("slots", 60, digests.settle),
    Job("offers of seats", 15, events.pass_offers_on),
    Job("answers to events", 2, events.redraw_answered),
    Job("reminders of events", 15, events.call),
    Job("reports", 60, events_reports.ask),
    Job("requests", 60, requests.remind),
    Job("newly answering", 300, requests.catch_up),
    Job("housekeeping", 300, housekeeping.tidy),
    Job("past events", 3600, housekeeping.forget_events),
    Job("survey", 3600, housekeeping.survey),
)


class Transactions(Protocol):
    def transaction(self) -> AbstractAsyncContextManager[Session]: ...


class Ticker:
    def __init__(
        self, database: Transactions, clock: Callable[[], datetime], after: Callable[[], None]
    ) -> None:
        self._database = database
        self._clock = clock
        self._after = after
        self._stopping = asyncio.Event()
        self._under_way: set[asyncio.Task[Any]] = set()
        self._scheduler = AsyncIOScheduler(
            timezone="UTC", job_defaults={"coalesce": True, "misfire_grace_time": None}
        )

    def start(self) -> None:
        for job in TIMETABLE:
            # The first tick at once: much may have fallen due while nobody was awake.
            self._scheduler.add_job(
                self.tick,
                "interval",
                seconds=job.every,
                args=[job],
                next_run_time=datetime.now(UTC),
            )
        self._scheduler.start()

    async def stop(self) -> None:
        """No sweep begins any more; one under way ends, or is undone when that takes too long."""
        self._stopping.set()
        self._scheduler.pause()
        late = await _until_over(self._under_way, GRACE)
        for sweep in late:
            sweep.cancel()
        await _until_over(late)
        # Only now: APScheduler would break off what is under way, and log that as an error.
        self._scheduler.shutdown(wait=False)
        await asyncio.sleep(0)  # it is done at the loop's next turn

    async def tick(self, job: Job) -> None:
        myself = asyncio.current_task()
        if self._stopping.is_set() or myself is None:
            return
        self._under_way.add(myself)
        try:
            await self._sweep(job)
        except asyncio.CancelledError:
            if not self._stopping.is_set():
                raise
            log.info("sweep undone; the next start asks again", job=job.name)
        except Exception:
            log.exception("sweep failed; the next tick asks again", job=job.name)
        finally:
            self._under_way.discard(myself)
        self._after()

    async def _sweep(self, job: Job) -> None:
        async with self._database.transaction() as session:
            if await turns.take(session, job.name, now=self._clock()):
                await job.sweep(session, now=self._clock())


async def _until_over(
    tasks: Collection[asyncio.Task[Any]], patience: float | None = None
) -> Collection[asyncio.Task[Any]]:
    """Those still under way when patience ends."""
    return (await asyncio.wait(list(tasks), timeout=patience))[1] if tasks else ()
