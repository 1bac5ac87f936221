"""aiosqlite without its thread: each call is done on the spot.

A hop to a thread and back costs ten times the statement it carries; one transaction makes thirty.
What the loop waits for instead is short: a statement of the hot path takes some 20 µs, a commit
the disk's own time. Nobody waits on a lock here: `Database` takes turns and asks again.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Generator
from typing import Any

import aiosqlite

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
