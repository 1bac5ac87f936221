"""A post to a quarter of a million members: owed, and sent at the pace that is allowed."""

import gc
import time
from collections import Counter
from collections.abc import Awaitable, Callable

from sqlalchemy import func, insert, literal, select, update

from benchmarks.courier import PACES, our_app, paced
from benchmarks.rows import analyze, databases, memory
from benchmarks.stage import percentile, say, stub
from benchmarks.union import NOW, organiser, populate
from bot.database import Database
from bot.pace import Pace
from models.base import Session
from models.organisation import Level, Organisation
from models.person import Interest, Person, person_interests
from models.post import Audience, Errand, Post, Pulse, Timing
from models.subscription import mutes
from services import audiences, deliveries, mailings, organisations, posts, posts_choices, reach
from services.access import Can
from services.posts_content import Content
from services.reach import Change

MEMBERS = 250_000
RUBRICS = (1, 2, 3)
TEXT = "Новости профсоюза. " * 10


async def measure() -> None:
    async with databases() as found:
        for name, database in found.items():
            await populate(database, MEMBERS)
            await analyze(database)
            await _owe_all(name, database)
            await _choose(database)
            await _count(name, database)
            await _reach(name, database)
    async with stub() as api:
        for rate, allowed, seconds in PACES:
            async with our_app(api, Pace(rate)) as app:
                await populate(app.database, allowed * (seconds + 2))
                async with app.database.transaction() as session:
                    await _begin(session)
                await paced(app, api, allowed, seconds, "a post, ")


async def _owe_all(name: str, database: Database) -> None:
    gc.collect()
    gc.freeze()
    before, holds = memory(), list[float]()
    start = time.perf_counter()
    async with database.transaction() as session:
        post = await _begin(session)
        began = time.perf_counter() - start
        mailing = await deliveries.find_sending(session, post.id, now=NOW)
        assert mailing
    while mailing.pulse is not Pulse.DONE:
        step = time.perf_counter()
        async with database.transaction() as session:
            mailing = await session.merge(mailing)
            await mailings.feed(session, await session.get_one(Post, post.id), mailing, now=NOW)
        holds.append(time.perf_counter() - step)
    took = time.perf_counter() - start
    gc.unfreeze()
    say(
        f"a post owed to {mailing.owed:,} on {name}, {mailings.STEP:,} at a time",
        f"{took:.2f} s",
        f"counted and begun {began:.2f} s",
        f"a step: median {percentile(holds, 0.5) * 1e3:.0f} ms",
        mailing.owed == MEMBERS,
    )
    grown = memory() - before
    say("  memory", f"+ {grown:.1f} MB", "", "goal + ≤ 5 MB", grown <= 5)


async def _choose(database: Database) -> None:
    """A fifth of the members follow each rubric, a tenth have blocked the bot, some are silent."""
    async with database.transaction() as session:
        session.add_all(Interest(title=f"{number}", retired=False) for number in RUBRICS)
        await session.flush()
        for number in RUBRICS:
            fifth = select(Person.id, literal(number)).where(Person.id % 5 == number)
            both = ["person_id", "interest_id"]
            await session.execute(insert(person_interests).from_select(both, fifth))
        blocked = update(Person).where(Person.id % 10 == 3).values(unreachable_since=NOW)
        await session.execute(blocked.execution_options(synchronize_session=False))
        silent = select(Person.id, literal(audiences.GENERAL)).where(Person.id % 50 == 7)
        await session.execute(insert(mutes).from_select(["person_id", "kind"], silent))
    await analyze(database)


async def _count(name: str, database: Database) -> None:
    """On SQLite the loop waits for all of it."""
    async with database.transaction() as session:
        actor = await organiser(session, 8)
        place = (await organisations.list_open_to(session, actor, Can.POST)).items[0]
        post = await posts.begin(session, actor, place.id, now=NOW)
        told = select(func.count()).select_from(
            (await audiences.readers(session, post, now=NOW)).subquery()
        )
        one_by_one = await _median(lambda: session.scalar(told), 3)
        took = {"everybody": await _median(lambda: audiences.count(session, post, now=NOW))}
        post.audience = Audience.YOUNG
        took["young"] = await _median(lambda: audiences.count(session, post, now=NOW))
        post.audience = Audience.FOLLOWERS
        await posts_choices.turn_rubric(session, actor, post.id, RUBRICS[0], on=True, now=NOW)
        took["followers"] = await _median(lambda: audiences.count(session, post, now=NOW))
        post.audience = Audience.ALL
        below = select(Organisation.id).where(Organisation.level == Level.PRIMARY).limit(100)
        await posts.aim(session, post, (await session.scalars(below)).all(), now=NOW)
        took["in 100 chosen"] = await _median(lambda: audiences.count(session, post, now=NOW))
        await session.rollback()
    longest = max(took.values())
    say(
        f"recipients of a draft counted on {name}",
        f"{longest * 1e3:.0f} ms",
        f"account by account {one_by_one * 1e3:.0f} ms",
        "goal ≤ 50 ms of held loop" if database.embedded else "",
        longest <= 0.050 if database.embedded else None,
    )
    for what, seconds in took.items():
        say(f"  {what}", f"{seconds * 1e3:.0f} ms")


async def _reach(name: str, database: Database) -> None:
    """Everybody has it, half have opened it."""
    async with database.transaction() as session:
        post = (await session.scalars(select(Post))).first()
        assert post
        homes = (await session.scalars(select(Organisation.id))).all()
        changes = {
            Change(post.id, home, young, what): MEMBERS // len(homes) // (2 if young else 4)
            for home in homes
            for young in (True, False)
            for what in ("delivered", "opened")
        }
        await reach.count(session, Counter(changes), now=NOW)
    await analyze(database)
    async with database.transaction() as session:
        took = await _median(lambda: reach.report(session, post.id, now=NOW))
        card = await _median(lambda: reach.of_post(session, post.id, now=NOW))
    say(
        f"reach of a post read on {name}, {len(homes)} organisations",
        f"{took * 1e3:.1f} ms",
        f"for its card {card * 1e3:.1f} ms",
        "goal ≤ 50 ms of held loop",
        took <= 0.050,
    )


async def _median(ask: Callable[[], Awaitable[object]], times: int = 7) -> float:
    took = []
    for _ in range(times):
        start = time.perf_counter()
        await ask()
        took.append(time.perf_counter() - start)
    return percentile(took, 0.5)


async def _begin(session: Session) -> Post:
    actor = await organiser(session)
    place = (await organisations.list_open_to(session, actor, Can.POST)).items[0]
    post = await posts.begin(session, actor, place.id, now=NOW)
    await posts.write(session, actor, post.id, Content(TEXT, TEXT), now=NOW)
    await posts_choices.time(session, actor, post.id, Timing.URGENT, now=NOW)
    post.standing = post.standing.PUBLISHED
    post.published_at = NOW
    await session.flush()
    await mailings.begin(session, post, Errand.SEND, now=NOW)
    return post
