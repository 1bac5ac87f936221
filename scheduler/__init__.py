"""The timetable. APScheduler only ticks; what is due is asked of the tables each time."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime
from typing import NamedTuple, Protocol

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from models.base import Session
from scheduler import housekeeping, requests
from services import turns

log = structlog.get_logger()


class Sweep(Protocol):
    async def __call__(self, session: Session, *, now: datetime) -> None: ...


class Job(NamedTuple):
    name: str
    every: int  # seconds
    sweep: Sweep


TIMETABLE = (
    Job("requests", 60, requests.remind),
    Job("newly answering", 300, requests.catch_up),
    Job("housekeeping", 300, housekeeping.tidy),
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

    def stop(self) -> None:
        self._scheduler.shutdown(wait=False)

    async def tick(self, job: Job) -> None:
        try:
            async with self._database.transaction() as session:
                if await turns.take(session, job.name, now=self._clock()):
                    await job.sweep(session, now=self._clock())
        except Exception:
            log.exception("sweep failed; the next tick asks again", job=job.name)
        self._after()
