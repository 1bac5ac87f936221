"""Databases full of people, for the benches of what many rows cost."""

import os
import resource
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from sqlalchemy import ColumnElement, insert, literal, select, text

from benchmarks.storm.places import server_database
from bot.database import Database
from bot.migrating import migrate
from models.person import Person
from tests.postgres import GIVEN

FIRST = 10_000_000  # Telegram ids
STEP = 100_000


@asynccontextmanager
async def databases() -> AsyncIterator[dict[str, Database]]:
    """Both, empty, with the present schema; the server's where there is one."""
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        urls = {"SQLite": f"sqlite+aiosqlite:///{folder}/bench.db"}
        if server := os.environ.get(GIVEN):
            urls["PostgreSQL"] = await stack.enter_async_context(server_database(server))
        found = {name: Database(url) for name, url in urls.items()}
        for database in found.values():
            stack.push_async_callback(database.close)
            await migrate(database)
        yield found


async def fill(database: Database, count: int) -> None:
    await add(database, Person.__table__, count, telegram_id=lambda n: FIRST + n)
    await analyze(database)


async def add(
    database: Database,
    table: Any,
    count: int,
    fixed: dict[str, Any] | None = None,
    **counted: Callable[[ColumnElement[int]], ColumnElement[Any]],
) -> None:
    """So many rows, and not one of them passes through here: fixed values, others by number."""
    for first in range(1, count + 1, STEP):
        numbers = select(literal(first).label("n")).cte("numbers", recursive=True)
        last = min(first + STEP - 1, count)
        numbers = numbers.union_all(select(numbers.c.n + 1).where(numbers.c.n < last))
        given = fixed or {}
        values = (literal(value, table.c[name].type) for name, value in given.items())
        made = (make(numbers.c.n) for make in counted.values())
        rows = insert(table).from_select([*given, *counted], select(*values, *made))
        async with database.transaction() as session:
            await session.execute(rows)


async def analyze(database: Database) -> None:
    """The server does this by itself within minutes."""
    if database.embedded:
        async with database.transaction() as session:
            await session.execute(text("ANALYZE"))
    else:
        async with database.engine.connect() as connection:
            free = await connection.execution_options(isolation_level="AUTOCOMMIT")
            for statement in ("VACUUM ANALYZE", "CHECKPOINT"):
                await free.execute(text(statement))


def memory() -> float:
    """Megabytes at the most so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
