"""Digests for a whole union: owed when their hour comes, put together when each is sent."""

import gc
import random
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert, select, text

from benchmarks.queue import bare
from benchmarks.rows import analyze, databases, memory
from benchmarks.stage import percentile, say
from bot.database import Database
from bot.parcels import pack_alike
from keyboards import digests as worded
from models.base import Session
from models.member import Member
from models.organisation import Level, Organisation
from models.person import Interest, Person, person_interests
from models.post import Audience, Post, Standing, Timing, post_rubrics, post_targets
from models.subscription import Slot, mutes
from services import broadcasts, digests, outbox, slots
from services.house import House, Seal
from services.interests import FIRST
from services.outbox import Taken

assert worded

MEMBERS, TERRITORIES, PRIMARIES, POSTS = 250_000, 20, 479, 40
ZONE = "Asia/Yekaterinburg"
BEFORE = datetime(2026, 11, 23, 8, tzinfo=UTC)
DUE = datetime(2026, 11, 23, 13, 1, tzinfo=UTC)
STEPS = {"SQLite": 2_000, "PostgreSQL": 25_000}
SAMPLE = 2_000
TURNS = {30: 3, 1_000: 80}  # rows the courier takes at once, by the rate it sends at
Rows = list[dict[str, Any]]


async def measure() -> None:
    async with databases() as found:
        gc.collect()
        gc.freeze()  # as `App` does at its start
        for name, database in found.items():
            await _union(database)
            await _settle(name, database)
            await _round(name, database)
            await _word(name, database)
        gc.unfreeze()


async def _round(name: str, database: Database) -> None:
    plain = await bare(database)
    before, holds, owed, step = memory(), list[float](), 0, STEPS[name]
    start, over = time.perf_counter(), False
    while not over:
        begun = time.perf_counter()
        async with database.transaction() as session:
            slot = (await session.scalars(select(Slot))).one()
            if slot.up_to is None:
                slot.up_to = DUE
            owed += await digests.advance(session, slot, step, now=DUE)
            over = slot.up_to is None
        holds.append(time.perf_counter() - begun)
        if database.embedded:  # only here does anybody wait for the lock
            step = broadcasts.fit(step, holds[-1])
    took = time.perf_counter() - start
    say(
        f"digests for {MEMBERS:,} members on {name}",
        f"{took:.2f} s",
        f"one bare statement {plain:.2f} s",
        "goal ≤ 2 s",
        took <= 2,
    )
    say("  of them have one", f"{owed:,}", f"{len(holds)} steps")
    if database.embedded:
        say(
            "  the longest step",
            f"{max(holds) * 1e3:.0f} ms",
            "",
            "goal ≤ 25 ms",
            max(holds) <= 0.025,
        )
    grown = memory() - before
    say("  memory", f"+ {grown:.1f} MB", "", "goal + ≤ 5 MB", grown <= 5)


async def _word(name: str, database: Database) -> None:
    """What the courier does for a turn's: who they are, what there is for them, the messages."""
    await analyze(database)
    house = _house()
    async with database.transaction() as session:
        spread = outbox.ROW.id % (MEMBERS // SAMPLE) == 0
        rows = [Taken(*row) for row in await session.execute(select(*outbox.TAKEN).where(spread))]
        for rate, turn in TURNS.items():
            taken = list[float]()
            for start in range(0, min(len(rows), 200 * turn), turn):
                begun = time.perf_counter()
                await pack_alike(session, house, rows[start : start + turn], DUE)
                taken.append((time.perf_counter() - begun) / turn)
                session.expunge_all()
            middle = percentile(taken, 0.5)
            say(
                f"one of {turn} put together as they are sent on {name}",
                f"{middle * 1e3:.2f} ms",
                f"p99 {percentile(taken, 0.99) * 1e3:.2f} ms",
                f"goal ≤ {300 / rate:.1f} ms: a third of the time at {rate} a second",
                middle <= 0.3 / rate,
            )


async def _settle(name: str, database: Database) -> None:
    """Every member into the usual slot: once, a part at each tick."""
    start, parts = time.perf_counter(), 0
    while parts == 0 or await _unsettled(database):
        async with database.transaction() as session:
            await slots.settle_next(session, now=BEFORE)
        parts += 1
    took = time.perf_counter() - start
    say(f"a slot for each of {MEMBERS:,} on {name}", f"{took:.2f} s", f"{parts} ticks")
    await analyze(database)


async def _unsettled(database: Database) -> bool:
    async with database.transaction() as session:
        counter = await session.scalar(text("SELECT value FROM counters WHERE name = 'settled'"))
        return bool(counter)


def _house() -> House:
    return House("bench", Seal("k" * 32), ZoneInfo("Europe/Moscow"))


async def _union(database: Database) -> None:
    """500 organisations, members spread over them with interests and mutes of their own."""
    chance = random.Random(1)
    async with database.transaction() as session:
        session.add_all(Interest(title=title, retired=False) for title in FIRST)
        session.add_all(_organisations())
        await session.flush()
        primaries = range(TERRITORIES + 2, TERRITORIES + 2 + PRIMARIES)
        for start in range(1, MEMBERS + 1, 10_000):
            numbers = range(start, min(start + 10_000, MEMBERS + 1))
            await session.execute(insert(Person), [_person(n) for n in numbers])
            await session.execute(
                insert(Member), [_member(n, chance.choice(primaries), chance) for n in numbers]
            )
            await _choices(session, numbers, chance)
        await _posts(session, chance)
    await analyze(database)


def _organisations() -> Iterator[Organisation]:
    """The union, its territories, and primaries spread over them; ids are their numbers."""
    places = [("/1/", Level.UNION)]
    places += [(f"/1/{number}/", Level.TERRITORIAL) for number in range(2, TERRITORIES + 2)]
    for number in range(TERRITORIES + 2, TERRITORIES + 2 + PRIMARIES):
        places.append((f"/1/{2 + number % TERRITORIES}/{number}/", Level.PRIMARY))
    for number, (path, level) in enumerate(places, 1):
        above = path.strip("/").split("/")[-2:-1]
        yield Organisation(
            id=number,
            code=f"B{number}",
            name=f"Организация {number}",
            sort_key=f"{number:05}",
            level=level,
            parent_id=int(above[0]) if above else None,
            path=path,
            timezone=ZONE,
        )


def _person(number: int) -> dict[str, Any]:
    return {
        "id": number,
        "telegram_id": 10_000_000 + number,
        "language": "ru",
        "notify_from": 8,
        "notify_to": 22,
        "met_at": BEFORE,
    }


def _member(number: int, home: int, chance: random.Random) -> dict[str, Any]:
    return {
        "person_id": number,
        "organisation_id": home,
        "number": f"{number:06}",
        "name": "Смирнова Анна",
        "name_key": "смирнова анна",
        "born_on": date(chance.randrange(1960, 2006), 3, 15),
        "phone": "+79990000000",
        "phone_verified": True,
        "joined_at": BEFORE,
    }


async def _choices(session: Session, numbers: Iterable[int], chance: random.Random) -> None:
    rubrics = range(1, len(FIRST) + 1)
    chosen: Rows = []
    muted: Rows = []
    for number in numbers:
        likes = chance.sample(rubrics, chance.randrange(5))
        chosen += [{"person_id": number, "interest_id": one} for one in likes]
        if chance.random() < 0.1:
            kind = chance.choice(["news", *(f"rubric:{one}" for one in rubrics)])
            muted.append({"person_id": number, "kind": kind})
    await session.execute(insert(person_interests), chosen)
    await session.execute(insert(mutes), muted)


async def _posts(session: Session, chance: random.Random) -> None:
    """Of a day: some for everybody, most for a territory or for one organisation."""
    for number in range(1, POSTS + 1):
        home = [1, chance.randrange(2, TERRITORIES + 2), 21 + number][min(number % 5, 2)]
        at = BEFORE + timedelta(minutes=number)
        words = f"Новость № {number} о том, что сделано за день\n\n" + "Подробности. " * 40
        post = Post(id=number, organisation_id=home, html=words, plain=words, search_key="")
        post.standing, post.timing, post.media = Standing.PUBLISHED, Timing.DIGEST, []
        post.audience = chance.choice([*[Audience.ALL] * 6, Audience.YOUNG, Audience.FOLLOWERS])
        post.created_at = post.changed_at = post.published_at = at
        session.add(post)
        await session.flush()
        target = {"post_id": number, "organisation_id": home}
        await session.execute(insert(post_targets).values(target))
        rubric = {"post_id": number, "interest_id": chance.randrange(1, len(FIRST) + 1)}
        await session.execute(insert(post_rubrics).values(rubric))
