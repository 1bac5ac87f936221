"""SQLite's one writer. Those who wait for it share a commit, which costs as much as an update."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession

from bot.direct import OnTheSpot

MOST = 16  # transactions in one commit: the first of them waits for the last


class Batch:
    """Transactions on their way to one commit, each undone for itself when it fails."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection
        self.size = 0
        self._over = asyncio.Event()
        self._trouble: BaseException | None = None

    @property
    def stands(self) -> bool:
        """A full disk, for one, makes SQLite undo all of it."""
        known = self.connection.sync_connection
        if self._trouble is not None or known is None or known.invalidated:
            return False
        driver = known.connection.driver_connection
        return driver is not None and bool(driver.in_transaction)

    async def end(self) -> None:
        try:
            if self._trouble is None:
                await self.connection.commit()
        except BaseException as trouble:
            await self.give_up(trouble)
            raise
        finally:
            self._over.set()
            await self.connection.close()

    async def give_up(self, trouble: BaseException) -> None:
        """Nothing of it was kept, and all who wait for it are told."""
        self._trouble = trouble
        await self.connection.invalidate()

    async def is_kept(self) -> None:
        await self._over.wait()
        if self._trouble is not None:
            raise self._trouble


class Writer:
    """Waiting here is fair and never "database is locked"."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._turn = asyncio.Lock()
        self._waiting = 0
        self._batch: Batch | None = None

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """Over when it is on the disk, with others or alone."""
        await self._wait()
        try:
            batch = await self._open()
            async with self._part(batch) as session:
                yield session
        finally:
            self._turn.release()
        await batch.is_kept()

    async def _wait(self) -> None:
        self._waiting += 1
        try:
            await self._turn.acquire()
        except BaseException:
            self._waiting -= 1
            if not self._turn.locked():  # else whoever has it sees to the rest
                async with self._turn:
                    await self._end_unless_more()
            raise
        self._waiting -= 1

    async def _open(self) -> Batch:
        if self._batch is None:
            connection = await self._engine.connect()
            try:
                await connection.begin()
            except BaseException:
                await connection.close()
                raise
            self._batch = Batch(connection)
        self._batch.size += 1
        return self._batch

    @asynccontextmanager
    async def _part(self, batch: Batch) -> AsyncIterator[AsyncSession]:
        session = OnTheSpot(
            batch.connection, expire_on_commit=False, join_transaction_mode="create_savepoint"
        )
        try:
            with session.sync_session as part, part.begin():
                yield session
                part.flush()
        except BaseException as trouble:
            if not batch.stands:
                await batch.give_up(trouble)
            raise
        finally:
            await self._end_unless_more()

    async def _end_unless_more(self) -> None:
        batch = self._batch
        if batch is not None and (batch.size >= MOST or not self._waiting or not batch.stands):
            self._batch = None
            await batch.end()
