"""The outbox as a queue: many recipients at once, claimed and settled in batches, however full."""

import gc
import time
from datetime import UTC, datetime
from statistics import median

from sqlalchemy import bindparam, select, text

from benchmarks.rows import analyze, databases, fill, memory
from benchmarks.stage import say
from bot.database import Database
from models.mail import Sending
from models.person import Person
from services import broadcasts, outbox

ROUNDS = 5
RECIPIENTS = 250_000
CLAIMED = RECIPIENTS // ROUNDS  # in each
BATCH = 500
NOW = datetime(2026, 11, 24, tzinfo=UTC)
BARE = text(
    "INSERT INTO outbox (person_id, chat_id, lane, notice, details, state, attempts, due_at)"
    " SELECT id, telegram_id, 5, 'bench', '{\"post_id\": 1}', 'new', 0, :now FROM people"
).bindparams(bindparam("now", type_=outbox.ROW.due_at.type))
AUDIENCE = select(Person.id, Person.telegram_id)


async def measure() -> None:
    async with databases() as found:
        gc.collect()
        gc.freeze()  # as `App` does at its start
        for name, database in found.items():
            await fill(database, RECIPIENTS)
            await _enqueue(name, database)
            await _claim_and_settle(name, database)
        gc.unfreeze()


async def bare(database: Database) -> float:
    """Seconds for the same rows in one statement, written by hand, before its commit."""
    async with database.transaction() as session:
        start = time.perf_counter()
        await session.execute(BARE, {"now": NOW})
        took = time.perf_counter() - start
    await _empty(database)
    return took


async def _empty(database: Database) -> None:
    every = text("DELETE FROM outbox" if database.embedded else "TRUNCATE outbox")
    async with database.transaction() as session:
        await session.execute(every)


async def _enqueue(name: str, database: Database) -> None:
    plain, took, longest, usual = list[float](), list[float](), list[float](), list[float]()
    grown = 0.0
    for number in range(ROUNDS):
        if number:
            await _empty(database)
        plain.append(await bare(database))
        before = memory()
        seconds, holds = await _owe_everyone(name, database)
        grown = max(grown, memory() - before)
        took.append(seconds)
        longest.append(max(holds))
        usual.append(median(holds))
    goal = {"SQLite": 0.5, "PostgreSQL": 1.5}[name]
    say(
        f"enqueue {RECIPIENTS:,} on {name}",
        f"{median(took):.2f} s",
        f"one bare statement {median(plain):.2f} s",
        f"goal ≤ {goal} s",
        median(took) <= goal,
    )
    if database.embedded:  # on the server nobody waits for it
        say(
            "  the longest hold of the writer lock",
            f"{median(longest) * 1e3:.0f} ms",
            f"usual {median(usual) * 1e3:.0f}, once {max(longest) * 1e3:.0f} ms",
            "goal ≤ 25 ms",
            median(longest) <= 0.025,
        )
    say("  memory", f"+ {grown:.1f} MB", "", "goal + ≤ 5 MB", grown <= 5)


async def _owe_everyone(name: str, database: Database) -> tuple[float, list[float]]:
    """Seconds in all, and for each step of it."""
    holds, size = list[float](), STEPS[name]
    after: int | None = 0
    start = time.perf_counter()
    while after is not None:
        step = time.perf_counter()
        async with database.transaction() as session:
            _, after = await broadcasts.owe_everyone(
                session, AUDIENCE, "bench", {"post_id": 1}, after=after, now=NOW, step=size
            )
        holds.append(time.perf_counter() - step)
        if database.embedded:  # only here does anybody wait for the lock
            size = broadcasts.fit(size, holds[-1])
    return time.perf_counter() - start, holds


STEPS = {"SQLite": 1000, "PostgreSQL": 25_000}


async def _claim_and_settle(name: str, database: Database) -> None:
    await analyze(database)
    rounds = [await _take_and_settle(database) for _ in range(ROUNDS)]
    for what, speeds in zip(("claim", "settle", "both"), zip(*rounds, strict=True), strict=True):
        say(
            f"{what} in batches of {BATCH} on {name}",
            f"{median(speeds):,.0f} rows/s",
            "",
            "goal ≥ 50,000",
            median(speeds) >= 50_000,
        )


async def _take_and_settle(database: Database) -> tuple[float, float, float]:
    """Rows a second."""
    done, ids, claiming, settling = 0, list[int](), 0.0, 0.0
    start = time.perf_counter()
    while done < CLAIMED:
        async with database.transaction() as session:  # as the courier does at each turn
            begun = time.perf_counter()
            await outbox.settle(session, ids, Sending.SENT, None, by="bench", now=NOW)
            settled = time.perf_counter()
            rows = await outbox.claim(session, now=NOW, limit=BATCH, by="bench")
            claiming += time.perf_counter() - settled
        ids = [row.id for row in rows]
        settling += settled - begun
        done += len(rows)
    return done / claiming, done / settling, done / (time.perf_counter() - start)
