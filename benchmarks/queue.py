"""The outbox as a queue: many recipients at once, claimed and settled in batches, however full."""

import gc
import os
import resource
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from statistics import median

from sqlalchemy import Insert, bindparam, insert, literal, select, text

from benchmarks.stage import percentile, say
from benchmarks.storm.places import SERVER, answers, server_database
from bot.database import Database
from bot.migrating import migrate
from models.mail import Sending
from models.person import Person
from services import access, broadcasts, outbox

RECIPIENTS = 250_000
SETTLED = int(os.environ.get("BENCH_SETTLED", "300000"))  # 10,000,000 takes minutes
STEP = 100_000
BATCH = 500
NOW = datetime(2026, 11, 24, tzinfo=UTC)
BARE = text(
    "INSERT INTO outbox (person_id, chat_id, lane, notice, details, state, attempts, due_at)"
    " SELECT id, telegram_id, 4, 'bench', '{\"post_id\": 1}', 'new', 0, :now FROM people"
).bindparams(bindparam("now", type_=outbox.ROW.due_at.type))
AUDIENCE = select(Person.id, Person.telegram_id)


@asynccontextmanager
async def databases() -> AsyncIterator[dict[str, Database]]:
    """Both, empty, with the present schema; the server's where one answers."""
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        urls = {"SQLite": f"sqlite+aiosqlite:///{folder}/bench.db"}
        if await answers(SERVER):
            urls["PostgreSQL"] = await stack.enter_async_context(server_database(SERVER))
        else:
            say("PostgreSQL", "does not answer")
        found = {name: Database(url) for name, url in urls.items()}
        for database in found.values():
            stack.push_async_callback(database.close)
            await migrate(database)
        yield found


async def measure() -> None:
    async with databases() as found:
        gc.collect()
        gc.freeze()  # as `App` does at its start
        for name, database in found.items():
            await _people(database, RECIPIENTS)
            await _enqueue(name, database)
            await _claim_and_settle(name, database)
            await _growth(name, database)
        gc.unfreeze()


async def _people(database: Database, count: int, first: int = 1) -> None:
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
    await _analyze(database)


async def _analyze(database: Database) -> None:
    """The server does this by itself within minutes."""
    if database.embedded:
        async with database.transaction() as session:
            await session.execute(text("ANALYZE"))
    else:
        async with database.engine.connect() as connection:
            free = await connection.execution_options(isolation_level="AUTOCOMMIT")
            for statement in ("VACUUM ANALYZE", "CHECKPOINT"):
                await free.execute(text(statement))


async def _bare(database: Database) -> float:
    """Seconds for the same rows in one statement, written by hand, before its commit."""
    async with database.transaction() as session:
        start = time.perf_counter()
        await session.execute(BARE, {"now": NOW})
        took = time.perf_counter() - start
    async with database.transaction() as session:
        await session.execute(
            text("DELETE FROM outbox" if database.embedded else "TRUNCATE outbox")
        )
    return took


async def _enqueue(name: str, database: Database) -> None:
    bare = await _bare(database)
    before, holds = _memory(), list[float]()
    after: int | None = 0
    size = STEPS[name]
    start = time.perf_counter()
    while after is not None:
        step = time.perf_counter()
        async with database.transaction() as session:
            after = await broadcasts.owe_everyone(
                session, AUDIENCE, "bench", {"post_id": 1}, after=after, now=NOW, step=size
            )
        holds.append(time.perf_counter() - step)
        if database.embedded:  # only here does anybody wait for the lock
            size = broadcasts.fit(size, holds[-1])
    took, goal = time.perf_counter() - start, {"SQLite": 0.5, "PostgreSQL": 1.5}[name]
    say(
        f"enqueue {RECIPIENTS:,} on {name}",
        f"{took:.2f} s",
        f"one bare statement {bare:.2f} s",
        f"goal ≤ {goal} s",
        took <= goal,
    )
    if database.embedded:  # on the server nobody waits for it
        say(
            "  the longest hold of the writer lock",
            f"{max(holds) * 1e3:.0f} ms",
            f"median {median(holds) * 1e3:.0f} ms",
            "goal ≤ 25 ms",
            max(holds) <= 0.025,
        )
    grown = _memory() - before
    say("  memory", f"+ {grown:.1f} MB", "", "goal + ≤ 5 MB", grown <= 5)


STEPS = {"SQLite": 1000, "PostgreSQL": 25_000}


async def _claim_and_settle(name: str, database: Database) -> None:
    await _analyze(database)
    done, ids, claiming, settling = 0, list[int](), 0.0, 0.0
    start = time.perf_counter()
    while done < 50_000:
        async with database.transaction() as session:  # as the courier does at each turn
            begun = time.perf_counter()
            await outbox.settle(session, ids, Sending.SENT, None, by="bench", now=NOW)
            settled = time.perf_counter()
            rows = await outbox.claim(session, now=NOW, limit=BATCH, by="bench")
            claiming += time.perf_counter() - settled
        ids = [row.id for row in rows]
        settling += settled - begun
        done += len(rows)
    took = {"claim": claiming, "settle": settling, "both": time.perf_counter() - start}
    for what, seconds in took.items():
        say(
            f"{what} in batches of {BATCH} on {name}",
            f"{done / seconds:,.0f} rows/s",
            "",
            "goal ≥ 50,000",
            done / seconds >= 50_000,
        )


async def _growth(name: str, database: Database) -> None:
    """The same questions before and after years of use; the queue itself is short."""
    async with database.transaction() as session:
        await session.execute(text("DELETE FROM outbox WHERE state = 'new' AND id % 250 > 0"))
    await _analyze(database)
    small = await _questions(database)
    for _ in range(0, SETTLED, STEP):
        async with database.transaction() as session:
            await session.execute(_settled_rows(STEP))
    await _people(database, 1_000_000 - RECIPIENTS, first=RECIPIENTS + 1)
    await _analyze(database)
    large = await _questions(database)
    for what, before, now in zip(("who asks", "a claim"), small, large, strict=True):
        ratio = now / before
        say(
            f"{what} on {name}, 1,000,000 people, {SETTLED:,} settled",
            f"{now * 1e6:.0f} µs",
            f"before {before * 1e6:.0f} µs",
            f"ratio {ratio:.2f}, goal ≤ 1.2",
            ratio <= 1.2,
        )


def _settled_rows(count: int) -> Insert:
    numbers = select(literal(1).label("n")).cte("numbers", recursive=True)
    numbers = numbers.union_all(select(numbers.c.n + 1).where(numbers.c.n < count))
    values = {
        "lane": 4,
        "state": Sending.SENT,
        "attempts": 1,
        "due_at": NOW,
        "settled_at": NOW,
        "method": "sendMessage",
        "payload": {"text": "…"},
    }
    typed = [literal(value, outbox.ROW[name].type) for name, value in values.items()]
    return insert(outbox.OUTBOX).from_select(["chat_id", *values], select(numbers.c.n, *typed))


async def _questions(database: Database) -> Sequence[float]:
    who, claims = list[float](), list[float]()
    for n in range(300):
        async with database.transaction() as session:
            start = time.perf_counter()
            await access.find(session, 10_000_001 + n, 10_000_001 + n, now=NOW)
            who.append(time.perf_counter() - start)
            start = time.perf_counter()
            (row,) = await outbox.claim(session, now=NOW, limit=1, by="bench")
            claims.append(time.perf_counter() - start)
            await outbox.settle(session, [row.id], Sending.SENT, None, by="bench", now=NOW)
    return percentile(who, 0.5), percentile(claims, 0.5)


def _memory() -> float:
    """Megabytes at the most so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
