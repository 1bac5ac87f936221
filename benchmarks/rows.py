"""Databases full of people, for the benches of what many rows cost."""

import os
import resource
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from sqlalchemy import insert, text

from benchmarks.storm.places import server_database
from bot.database import Database
from bot.migrating import migrate
from models.person import Person
from tests.postgres import GIVEN


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


async def fill(database: Database, count: int, first: int = 1) -> None:
    async with database.transaction() as session:
        for start in range(first, first + count, 10_000):
            rows = [
                {
                    "telegram_id": 10_000_000 + n,
                    "language": "ru",
                    "notify_from": 8,
                    "notify_to": 22,
                }
                for n in range(start, min(start + 10_000, first + count))
            ]
            await session.execute(insert(Person), rows)
    await analyze(database)


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
