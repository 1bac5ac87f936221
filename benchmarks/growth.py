"""What one update and one claim cost in a union of a thousand, and in one of a million.

The two databases are asked in turns, so that the machine's moods meet both alike.
"""

import gc
import os
import time
from datetime import UTC, datetime

from sqlalchemy import Insert, insert, literal, select

from benchmarks.rows import analyze, databases, fill
from benchmarks.stage import percentile, say
from bot.database import Database
from models.mail import Lane, Sending
from services import access, outbox

FEW, MANY = 1_000, 1_000_000
SETTLED = int(os.environ.get("BENCH_SETTLED", "300000"))  # 10,000,000 takes minutes
STEP = 100_000
TURNS = 400
NOW = datetime(2026, 11, 24, tzinfo=UTC)

Took = dict[str, list[float]]


async def measure() -> None:
    async with databases() as small, databases() as large:
        for name, database in small.items():
            await fill(database, FEW)
            await fill(large[name], MANY)
            for _ in range(0, SETTLED, STEP):
                async with large[name].transaction() as session:
                    await session.execute(_settled(STEP))
            await _compare(name, database, large[name])


async def _compare(name: str, small: Database, large: Database) -> None:
    for database in (small, large):
        await _queue(database)
        await analyze(database)
    gc.collect()
    gc.freeze()
    few: Took = {"who asks": [], "a claim": []}
    many: Took = {"who asks": [], "a claim": []}
    for turn in range(TURNS):
        await _ask(small, turn % FEW, few)
        await _ask(large, turn * (MANY // TURNS), many)
    gc.unfreeze()
    for what in few:
        before, now = percentile(few[what], 0.5), percentile(many[what], 0.5)
        say(
            f"{what} on {name}, {MANY:,} people, {SETTLED:,} settled",
            f"{now * 1e6:.0f} µs",
            f"{FEW:,} people: {before * 1e6:.0f} µs",
            f"ratio {now / before:.2f}, goal ≤ 1.2",
            now / before <= 1.2,
        )


async def _queue(database: Database) -> None:
    """A row for each turn waits to be claimed."""
    async with database.transaction() as session:
        rows = [outbox.owing(n + 1, "sendMessage", {}, now=NOW) for n in range(TURNS)]
        await outbox.add(session, rows, now=NOW)


async def _ask(database: Database, who: int, took: Took) -> None:
    """Of people far apart in the table: whoever writes next may be anybody."""
    async with database.transaction() as session:
        start = time.perf_counter()
        await access.find(session, 10_000_001 + who, 10_000_001 + who, now=NOW)
        took["who asks"].append(time.perf_counter() - start)
        start = time.perf_counter()
        (row,) = await outbox.claim(session, now=NOW, limit=1, by="bench")
        took["a claim"].append(time.perf_counter() - start)
        await outbox.settle(session, [row.id], Sending.SENT, None, by="bench", now=NOW)


def _settled(count: int) -> Insert:
    numbers = select(literal(1).label("n")).cte("numbers", recursive=True)
    numbers = numbers.union_all(select(numbers.c.n + 1).where(numbers.c.n < count))
    values = {
        "lane": int(Lane.BULK),
        "state": Sending.SENT,
        "attempts": 1,
        "due_at": NOW,
        "settled_at": NOW,
        "method": "sendMessage",
        "payload": {"text": "…"},
    }
    typed = [literal(value, outbox.ROW[name].type) for name, value in values.items()]
    return insert(outbox.OUTBOX).from_select(["chat_id", *values], select(numbers.c.n, *typed))
