"""One of several processes over the same database: alive, or taken for dead by the others."""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.database import Database
from models.base import Session
from services import deliveries, leases, outbox

BEAT = 2.0  # seconds between signs of life
LEASE = timedelta(seconds=6)  # without one, a process counts as dead
ALIVE, BULK = "replica:", "bulk"


class Replica:
    """The embedded database has one process; whoever held rows of it before is dead."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self.name = secrets.token_hex(8)
        self.alive = 1
        self._database = database
        self._clock = clock
        self._next_beat = 0.0
        self._bulk_until = 0.0

    def is_time(self, at: float) -> bool:
        return at >= self._next_beat

    def sends_bulk(self, at: float) -> bool:
        """Broadcasts have one sender at a time, so that their pace is kept."""
        return self._database.embedded or at < self._bulk_until

    async def beat(self, at: float) -> None:
        """Shows signs of life, and takes over what the dead have left behind."""
        self._next_beat = at + BEAT
        async with self._database.transaction() as session:
            now = self._clock()
            holds_bulk, living = True, [self.name]
            if not self._database.embedded:
                await self._hold(ALIVE + self.name, session, now)
                holds_bulk = await self._hold(BULK, session, now)
                living = [*await leases.list_held(session, ALIVE, now=now)]
            lost = await outbox.recover(session, living, now=now)
            await deliveries.lose(session, lost, now=now)
        self.alive = max(1, len(living))
        self._bulk_until = at + LEASE.total_seconds() - 1 if holds_bulk else 0.0
        if self._database.embedded:
            self._next_beat = float("inf")

    async def leave(self) -> None:
        """Nobody has to wait until the leases have run out."""
        if not self._database.embedded:
            async with self._database.transaction() as session:
                await leases.release(session, self.name, now=self._clock())

    async def _hold(self, name: str, session: Session, now: datetime) -> bool:
        return await leases.hold(session, name, self.name, now=now, lasts=LEASE)
