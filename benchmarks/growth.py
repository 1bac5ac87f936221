"""What one update and one claim cost in a union of a thousand, and in one of a million.

The two databases are asked in turns, so that the machine's moods meet both alike.
"""

import gc
import os
import time
from collections import defaultdict
from collections.abc import Awaitable
from datetime import UTC, date, datetime

from sqlalchemy import String, cast, func, select

from benchmarks.rows import FIRST, add, analyze, databases, fill
from benchmarks.stage import TOKEN, Json, message, percentile, say, tap
from benchmarks.union import plant
from bot.app import App, build
from bot.database import Database
from bot.pace import Pace
from bot.settings import load
from bot.telegram import Files, Telegram
from keyboards.profile import Open
from models.audit import AuditRecord
from models.mail import DeadLetter, Lane, Received, Sending
from models.member import Member
from services import access, outbox

FEW = 1_000
MANY = int(os.environ.get("BENCH_MEMBERS", "1000000"))
SETTLED = int(os.environ.get("BENCH_SETTLED", "300000"))  # 10,000,000 takes minutes
TURNS = 400
LATER = 1_000_000_000  # update ids which nobody has had yet
NOW = datetime(2026, 11, 24, tzinfo=UTC)

Took = dict[str, list[float]]


async def measure() -> None:
    async with databases() as small, databases() as large:
        for name, database in small.items():
            await _union(database, FEW)
            await _union(large[name], MANY)
            await _settle(large[name], SETTLED)
            await _compare(name, database, large[name])


async def _union(database: Database, count: int) -> None:
    """Members, each with an update that came and something done long ago."""
    async with database.transaction() as session:
        homes = await plant(session, 500)
    await fill(database, count)
    await add(
        database,
        Member.__table__,
        count,
        MEMBER,
        **{
            "person_id": lambda n: n,
            "organisation_id": lambda n: homes[0] + n % len(homes),
            "number": lambda n: cast(n, String),
        },
    )
    await add(database, Received.__table__, count, {"received_at": NOW}, update_id=lambda n: n)
    deed = {"at": NOW, "action": "member.joined", "subject": "person", "details": {}}
    await add(
        database,
        AuditRecord.__table__,
        count,
        deed,
        actor_id=lambda n: n,
        subject_id=lambda n: n,
    )


MEMBER = {
    "name": "Смирнова Анна",
    "name_key": "смирнова анна",
    "born_on": date(1990, 3, 15),
    "phone": "+79990000000",
    "phone_verified": True,
    "joined_at": NOW,
}


async def _settle(database: Database, count: int) -> None:
    sent = {
        "lane": int(Lane.BULK),
        "state": Sending.SENT,
        "attempts": 1,
        "due_at": NOW,
        "settled_at": NOW,
        "method": "sendMessage",
        "payload": {"text": "…"},
    }
    await add(database, outbox.OUTBOX, count, sent, chat_id=lambda n: n)


async def _compare(name: str, small: Database, large: Database) -> None:
    apps = {database: _app(database) for database in (small, large)}
    for database in apps:
        await _queue(database)
        await analyze(database)
    gc.collect()
    gc.freeze()
    few: Took = defaultdict(list)
    many: Took = defaultdict(list)
    for turn in range(TURNS):
        await _ask(apps[small], small, turn % FEW, few)
        await _ask(apps[large], large, turn * (MANY // TURNS), many)
    gc.unfreeze()
    for database, app in apps.items():
        await _look_back(database)
        await app.database.close()
    for what in few:
        before, now = percentile(few[what], 0.5), percentile(many[what], 0.5)
        say(
            f"{what} on {name}, {MANY:,} people, {SETTLED:,} settled",
            f"{now * 1e6:.0f} µs",
            f"{FEW:,} people: {before * 1e6:.0f} µs",
            f"ratio {now / before:.2f}, goal ≤ 1.2",
            now / before <= 1.2,
        )


def _app(database: Database) -> App:
    async def nobody(token: str, method: str, params: Json, files: Files) -> tuple[int, Json]:
        raise AssertionError(method)  # no courier is at work

    driver = "sqlite+aiosqlite" if database.embedded else "postgresql+psycopg"
    url = database.engine.url.set(drivername=driver)
    settings = load(
        _env_file=None,
        bot_token=TOKEN,
        signing_key="k" * 32,
        database_url=url.render_as_string(hide_password=False),
    )
    return build(settings, Telegram(TOKEN, nobody), "bench_bot", pace=Pace(None))


async def _queue(database: Database) -> None:
    """A row for each turn waits to be claimed."""
    async with database.transaction() as session:
        rows = [
            outbox.owing(n + 1, "sendMessage", {}, now=NOW, lane=Lane.SOS) for n in range(TURNS)
        ]
        await outbox.add(session, rows, now=NOW)


async def _ask(app: App, database: Database, who: int, took: Took) -> None:
    """Of people far apart in the table: whoever writes next may be anybody."""
    person = FIRST + 1 + who
    word, press = message("/start", person), tap(Open().pack(), person)
    for what, update in {"a word, whole": word, "a tap, whole": press}.items():
        update["update_id"] += LATER
        took[what].append(await _time(app.ingest(update)))
    async with database.transaction() as session:
        took["  who asks"].append(await _time(access.find(session, person, person, now=NOW)))
        start = time.perf_counter()
        (row,) = await outbox.claim(session, now=NOW, limit=1, by="bench")
        took["a claim"].append(time.perf_counter() - start)
        await outbox.settle(session, [row.id], Sending.SENT, None, by="bench", now=NOW)


async def _time(work: Awaitable[object]) -> float:
    start = time.perf_counter()
    await work
    return time.perf_counter() - start


async def _look_back(database: Database) -> None:
    """Each was understood, and answered."""
    async with database.transaction() as session:
        assert not await session.scalar(select(func.count()).select_from(DeadLetter))
        answered = select(func.count()).select_from(outbox.OUTBOX).where(outbox.WAITING)
        assert (await session.scalar(answered) or 0) >= 2 * TURNS
