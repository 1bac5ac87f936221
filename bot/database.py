"""One database, two sizes: SQLite with a single writer, or PostgreSQL for several machines."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)
from sqlalchemy.pool import ConnectionPoolEntry

PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=5000",
    "secure_delete=ON",
)


class Database:
    def __init__(self, url: str) -> None:
        self.engine = build_engine(url)
        self.embedded = self.engine.dialect.name == "sqlite"
        self._sessions = async_sessionmaker(self.engine, expire_on_commit=False)
        # SQLite has one writer at a time; waiting here is fair and never "database is locked".
        self._writer = asyncio.Lock()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """Everything inside is committed together, or none of it."""
        async with AsyncExitStack() as stack:
            if self.embedded:
                await stack.enter_async_context(self._writer)
            yield await stack.enter_async_context(self._sessions.begin())

    async def close(self) -> None:
        await self.engine.dispose()


def build_engine(url: str) -> AsyncEngine:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_async_engine(parsed, pool_pre_ping=True)
    _private(parsed.database)
    engine = create_async_engine(parsed)
    event.listen(engine.sync_engine, "connect", _prepare)
    event.listen(engine.sync_engine, "begin", _begin_immediate)
    return engine


def _prepare(connection: Any, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the driver must not open transactions of its own
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_immediate(connection: Connection) -> None:
    # A deferred BEGIN that reads before it writes fails, or loses the other's update.
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _private(file: str | None) -> None:
    """Creates the database file readable by its owner only; SQLite gives -wal the same mode."""
    if file and file != ":memory:":
        path = Path(file)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
