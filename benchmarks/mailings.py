"""A post to a quarter of a million members: owed, and sent at the pace that is allowed."""

import gc
import time

from benchmarks.courier import PACES, our_app, paced
from benchmarks.rows import analyze, databases, memory
from benchmarks.stage import percentile, say, stub
from benchmarks.union import NOW, organiser, populate
from bot.database import Database
from bot.pace import Pace
from models.base import Session
from models.post import Errand, Post, Pulse, Timing
from services import deliveries, mailings, organisations, posts, posts_choices
from services.access import Can
from services.posts_content import Content

MEMBERS = 250_000
TEXT = "Новости профсоюза. " * 10


async def measure() -> None:
    async with databases() as found:
        for name, database in found.items():
            await populate(database, MEMBERS)
            await analyze(database)
            await _owe_all(name, database)
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
