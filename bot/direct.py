"""aiosqlite without its thread: each call is done on the spot.

A hop to a thread and back costs ten times the statement it carries; one transaction makes thirty.
What the loop waits for instead is short: a statement of the hot path takes some 20 µs. Only a
commit, which takes the disk's own time, has a thread. Nobody waits on a lock here: `Database`
takes turns and asks again.
"""

import asyncio
import sqlite3
from collections import deque
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import islice
from typing import Any

import aiosqlite
from sqlalchemy import Connection
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.aiosqlite import (
    AsyncAdapt_aiosqlite_connection,
    SQLiteDialect_aiosqlite,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.util import EMPTY_DICT, await_only, immutabledict
from sqlalchemy.util.concurrency import in_greenlet

AT_ONCE = immutabledict({"prebuffer_rows": True})  # no statement is left open behind a result
DRIVER = "sqlite+direct"
COMMITS = ThreadPoolExecutor(1, "commit")  # not behind the pictures that others draw
Work = tuple[asyncio.Future[Any] | None, Callable[[], Any]]


class _OnTheSpot:
    def put_nowait(self, work: Work) -> None:
        future, function = work
        try:
            result = function()
        except BaseException as error:
            if future is None:
                raise
            future.set_exception(error)
        else:
            if future is not None:
                future.set_result(result)


class Direct(aiosqlite.Connection):
    def __init__(self, file: str) -> None:
        # No transactions of the driver's own: SQLAlchemy's "begin" event opens them.
        opened = partial(sqlite3.connect, file, isolation_level=None, check_same_thread=False)
        super().__init__(opened, iter_chunk_size=64)
        self._tx = _OnTheSpot()  # type: ignore[assignment]

    def __await__(self) -> Generator[Any, None, aiosqlite.Connection]:
        return self._connect().__await__()


class _Done:
    """Nothing to wait for; SQLAlchemy insists that an asynchronous driver is awaited."""

    def __await__(self) -> Generator[None, None, None]:
        yield from ()


DONE = _Done()


class _Cursor(sqlite3.Cursor):
    _kept: deque[Any] | None = None

    async def _async_soft_close(self) -> None:
        """A result outlives its transaction; the statement behind it must not."""
        self._kept = deque(super().fetchall())

    def fetchone(self) -> Any:
        if self._kept is None:
            return super().fetchone()
        return self._kept.popleft() if self._kept else None

    def fetchmany(self, size: int | None = None) -> list[Any]:
        return list(islice(iter(self.fetchone, None), size or self.arraysize))

    def fetchall(self) -> list[Any]:
        if self._kept is None:
            return super().fetchall()
        kept, self._kept = self._kept, deque()
        return list(kept)


class _Adapted(AsyncAdapt_aiosqlite_connection):
    """Statements go straight to SQLite: four awaits and a wrapper fewer for each."""

    __slots__ = ()

    def cursor(self, server_side: bool = False) -> Any:
        if in_greenlet():
            await_only(DONE)
        if raw := self._connection._connection:
            return raw.cursor(_Cursor)
        raise sqlite3.OperationalError("no active connection")  # SQLAlchemy drops it then

    def execute(self, operation: Any, parameters: Any = None) -> Any:
        return self.cursor().execute(operation, parameters or ())

    def commit(self) -> None:
        if raw := self._connection._connection:  # None once it is closed
            await_only(_to_the_end(raw.commit))

    def rollback(self) -> None:
        if raw := self._connection._connection:
            raw.rollback()


async def _to_the_end(work: Callable[[], None]) -> None:
    """While the disk works the loop goes on. Whoever is to stop meanwhile stops after it."""
    doing = asyncio.get_running_loop().run_in_executor(COMMITS, work)
    told = False
    while not doing.done():
        try:
            await asyncio.wait([doing])
        except asyncio.CancelledError:
            told = True
    if told and (task := asyncio.current_task()):
        task.uncancel()
        task.cancel()
    doing.result()


class DirectDialect(SQLiteDialect_aiosqlite):
    """Its savepoints are plain words: nothing to compile for each."""

    supports_statement_cache = True

    def connect(self, *where: str, **_how: Any) -> Any:
        return _Adapted(self.dbapi, await_only(Direct(where[0])))  # type: ignore[arg-type]

    def do_savepoint(self, connection: Connection, name: str) -> None:
        _say(connection, f"SAVEPOINT {name}")

    def do_rollback_to_savepoint(self, connection: Connection, name: str) -> None:
        driver = connection.connection.driver_connection
        if driver is not None and driver.in_transaction:
            _say(connection, f"ROLLBACK TO {name}")
        else:  # SQLite has undone all: nothing more must be written as if nothing had been
            connection.invalidate()

    def do_release_savepoint(self, connection: Connection, name: str) -> None:
        _say(connection, f"RELEASE {name}")


class OnTheSpot(AsyncSession):
    """For an open connection: what is asked most often is asked without a greenlet."""

    async def execute(
        self,
        statement: Any,
        params: Any = None,
        *,
        execution_options: Any = EMPTY_DICT,
        **how: Any,
    ) -> Any:
        options = AT_ONCE.union(execution_options)
        return self.sync_session.execute(statement, params, execution_options=options, **how)

    async def scalar(self, statement: Any, params: Any = None, **how: Any) -> Any:
        return self.sync_session.scalar(statement, params, **how)

    async def get(self, entity: Any, ident: Any, **how: Any) -> Any:
        return self.sync_session.get(entity, ident, **how)

    async def flush(self, objects: Any = None) -> None:
        self.sync_session.flush(objects)


def _say(connection: Connection, statement: str) -> None:
    connection.connection.cursor().execute(statement)


registry.register("sqlite.direct", __name__, DirectDialect.__name__)
