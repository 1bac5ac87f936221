"""aiosqlite without its thread: each call is done on the spot.

A hop to a thread and back costs ten times the statement it carries; one transaction makes thirty.
What the loop waits for instead is short: a statement of the hot path takes some 20 µs, a commit
the disk's own time. Nobody waits on a lock here: `Database` takes turns and asks again.
"""

import asyncio
import sqlite3
from collections import deque
from collections.abc import Callable, Generator
from itertools import islice
from typing import Any

import aiosqlite
from sqlalchemy import Connection
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.aiosqlite import (
    AsyncAdapt_aiosqlite_connection,
    SQLiteDialect_aiosqlite,
)
from sqlalchemy.util import await_only

DRIVER = "sqlite+direct"
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
        super().__init__(lambda: sqlite3.connect(file, isolation_level=None), iter_chunk_size=64)
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
        await_only(DONE)
        if raw := self._connection._connection:
            return raw.cursor(_Cursor)
        raise sqlite3.OperationalError("no active connection")  # SQLAlchemy drops it then

    def execute(self, operation: Any, parameters: Any = None) -> Any:
        return self.cursor().execute(operation, parameters or ())

    def commit(self) -> None:
        if raw := self._connection._connection:  # None once it is closed
            raw.commit()

    def rollback(self) -> None:
        if raw := self._connection._connection:
            raw.rollback()


class DirectDialect(SQLiteDialect_aiosqlite):
    """Its savepoints are plain words: nothing to compile for each."""

    supports_statement_cache = True

    def connect(self, *where: str, **_how: Any) -> Any:
        return _Adapted(self.dbapi, await_only(Direct(where[0])))  # type: ignore[arg-type]

    def do_savepoint(self, connection: Connection, name: str) -> None:
        _say(connection, f"SAVEPOINT {name}")

    def do_rollback_to_savepoint(self, connection: Connection, name: str) -> None:
        _say(connection, f"ROLLBACK TO {name}")

    def do_release_savepoint(self, connection: Connection, name: str) -> None:
        _say(connection, f"RELEASE {name}")


def _say(connection: Connection, statement: str) -> None:
    connection.connection.cursor().execute(statement)


registry.register("sqlite.direct", __name__, DirectDialect.__name__)
