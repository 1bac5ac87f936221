"""One database, two sizes: SQLite with a single writer, or PostgreSQL for several machines."""

import asyncio
import json
import os
import select
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, ExceptionContext, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import InvalidatePoolError, OperationalError
from sqlalchemy.ext.asyncio import (
    AsyncConnection,
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.util import await_only

from bot import direct
from bot.writer import Writer

PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
    "analysis_limit=1000",
    # Another process may have the lock: waiting for it in here would hold up the whole loop.
    "busy_timeout=50",
)
BEGINNINGS = {
    # A deferred BEGIN that reads before it writes fails, or loses the other's update.
    "change": ("BEGIN IMMEDIATE",),
    "look": ("BEGIN",),
    "rebuild": ("PRAGMA foreign_keys=OFF", "BEGIN IMMEDIATE"),
}
OUT_OF_RANGE = "22003"  # PostgreSQL's numeric_value_out_of_range
# Seconds between tries while another process has the database: half a minute in all.
PAUSES = (0.01, 0.05, *[0.1] * 300)
IN_TURN = text("SELECT pg_advisory_xact_lock(:key)")
# Of a full disk, a lock held too long or a lost server no update is to blame: SQLite's primary
# result codes and PostgreSQL's classes of errors for such.
SQLITE_TROUBLES = {
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN,
}  # fmt: skip
SERVER_TROUBLES = {"08", "40", "53", "55", "57", "58"}
DECODE = json.JSONDecoder().raw_decode
PATIENCE = 5  # seconds a database may take to say that it is there


class Busy(Exception):
    """Another process had the database for too long; nothing was begun."""


class DanglingReferences(Exception):
    """A migration left rows that refer to nothing."""


class Database:
    def __init__(self, url: str) -> None:
        self.engine = build_engine(url)
        self.embedded = self.engine.dialect.name == "sqlite"
        self._sessions = async_sessionmaker(self.engine, expire_on_commit=False)
        self._writer = Writer(self.engine)

    @asynccontextmanager
    async def transaction(self, chat: int | None = None) -> AsyncIterator[AsyncSession]:
        """Everything inside is committed together, or none of it; one after another in a chat."""
        if self.embedded:
            async with self._writer.transaction() as session:
                yield session
            return
        async with self._sessions.begin() as session:
            if chat:
                await session.execute(IN_TURN, {"key": chat % 2**63})  # forged ones are larger
            yield session

    @asynccontextmanager
    async def looking(self) -> AsyncIterator[AsyncSession]:
        """To read what is committed by now. Waits for no writer."""
        async with self.engine.connect() as connection:
            await connection.execution_options(purpose="look")
            async with self._sessions(bind=connection) as session:
                yield session

    async def ping(self) -> None:
        """Raises when the database is away. Reads only, and waits for no writer."""
        async with asyncio.timeout(PATIENCE), self.engine.connect() as connection:
            await connection.execution_options(purpose="look")
            await connection.exec_driver_sql("SELECT version_num FROM alembic_version")

    @asynccontextmanager
    async def rebuilding(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that may replace tables to which others refer."""
        async with self.engine.connect() as connection:
            await connection.execution_options(purpose="rebuild")
            try:
                async with connection.begin():
                    yield connection
                    await self._check_references(connection)
            finally:
                await connection.invalidate()

    async def _check_references(self, connection: AsyncConnection) -> None:
        if self.embedded:
            dangling = await connection.exec_driver_sql("PRAGMA foreign_key_check")
            if table := dangling.scalar():
                raise DanglingReferences(table)

    async def close(self) -> None:
        await self.engine.dispose()


def build_engine(url: str) -> AsyncEngine:
    parsed = make_url(url)
    # Errors quote their parameters otherwise, and a log must not learn names and phones.
    alike: dict[str, Any] = {"hide_parameters": True, "json_deserializer": _from_json}
    if parsed.get_backend_name() != "sqlite":
        # To compile a plan takes longer than any statement here.
        plain = {"options": "-c jit=off"}
        engine = create_async_engine(parsed, connect_args=plain, **alike)
        event.listen(engine.sync_engine, "checkout", _still_there)
        event.listen(engine.sync_engine, "handle_error", _speak_alike)
        return engine
    _private(parsed.database)
    engine = create_async_engine(parsed.set(drivername=direct.DRIVER), **alike)
    event.listen(engine.sync_engine, "connect", _prepare)
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _from_json(stored: str | bytes) -> Any:
    """What was written by a machine needs less than half of `json.loads`."""
    return DECODE(stored if isinstance(stored, str) else stored.decode())[0]


def _prepare(connection: Any, _entry: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _still_there(connection: Any, _entry: ConnectionPoolEntry, _proxy: Any) -> None:
    """Whoever goes away says so or hangs up: a look at the line takes no way there and back."""
    server, line = connection.driver_connection, select.poll()
    if not server.closed:
        line.register(server, select.POLLIN)
    if server.closed or line.poll(0):
        raise InvalidatePoolError


def _begin(connection: Connection) -> None:
    for statement in BEGINNINGS[connection.get_execution_options().get("purpose", "change")]:
        _insist(connection, statement)


def _insist(connection: Connection, statement: str) -> None:
    """The loop goes on while another process has the database."""
    for pause in PAUSES:
        try:
            connection.exec_driver_sql(statement)
        except OperationalError as error:
            if getattr(error.orig, "sqlite_errorcode", 0) & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            await_only(asyncio.sleep(pause))
        else:
            return
    raise Busy


def _speak_alike(context: ExceptionContext) -> None:
    """A number too large for any column is an OverflowError here as it is with SQLite."""
    if getattr(context.original_exception, "sqlstate", None) == OUT_OF_RANGE:
        raise OverflowError from context.original_exception


def is_out_of_order(error: BaseException) -> bool:
    """The database's own trouble: what was asked of it may well work later."""
    if isinstance(error, Busy):
        return True
    original = getattr(error, "orig", error)  # the driver's own where it comes from a savepoint
    code = getattr(original, "sqlite_errorcode", None) or 0
    state = getattr(original, "sqlstate", None) or ""
    return code & 0xFF in SQLITE_TROUBLES or state[:2] in SERVER_TROUBLES


def _private(file: str | None) -> None:
    """Creates the database file readable by its owner only; SQLite gives -wal the same mode."""
    if file and file != ":memory:":
        path = Path(file)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
