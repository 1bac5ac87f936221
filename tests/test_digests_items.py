"""What stands in a digest, and for whom: beside the other ways of asking the same."""

import random
from collections.abc import Sequence
from datetime import date, datetime

import pytest
from sqlalchemy import insert, select, update

from bot.app import App
from models.base import Session
from models.member import Member
from models.person import Interest, person_interests
from models.post import Audience, Post, Reading
from models.subscription import Slot, Subscription, mutes
from sandbox.plugin import Clock
from services import audiences, digests_items, interests
from tests.applying import Make, clock_ticks
from tests.backstage import SINCE, enrol
from tests.test_digests import Tell, now, tell

assert tell  # a fixture


@pytest.mark.usefixtures("union")
@pytest.mark.parametrize("seed", range(4))
async def test_it_tells_just_what_a_message_of_its_own_would_reach_them_with(
    app: App, people: Make, clock: Clock, tell: Tell, seed: int
) -> None:
    """The choice of a digest is made in the program, that of readers in the database."""
    chance = random.Random(seed)
    readers = await a_mixed_lot(app, people, chance)
    await clock_ticks(app, clock)
    clock.now += 60
    since = now(clock).isoformat()
    rubrics = chance.sample(interests.FIRST, 3)
    posts = []
    for number in range(7):
        clock.now += 1
        rubric = chance.choice([None, *rubrics])
        audience = chance.choice([Audience.ALL, Audience.YOUNG, Audience.FOLLOWERS])
        code = chance.choice(["VEP", "TMN", "TMN-1", "KGD"])
        posts.append(await tell(f"Новость {number}", code, rubric, audience))
    await they_choose(app, readers, rubrics, posts, chance)
    told = nothing = 0
    async with app.database.transaction() as session:
        await session.execute(update(Slot).values(told_up_to=now(clock)))  # a round has been
        for person_id in readers:
            slot = (await session.get_one(Subscription, person_id)).slot_id
            found = await digests_items.compose(
                session, [person_id], slot_id=slot, since=since, now=now(clock)
            )
            digest = found.get(person_id)
            got = {one.post_id for one in digest.items} if digest else set()
            assert got == await expected(session, person_id, posts, now(clock))
            told, nothing = told + len(got), nothing + (not got)
    assert told
    assert nothing < len(readers)


async def a_mixed_lot(app: App, people: Make, chance: random.Random) -> list[int]:
    """Account ids of members, young and not, of different places."""
    found = []
    for number in range(8):
        person = people("Анна")
        code = chance.choice(["TMN-1", "TMN", "KGD"])
        member = await enrol(app, person, code, "Смирнова Анна", number=f"0005{number:02}")
        async with app.database.transaction() as session:
            mine = update(Member).where(Member.id == member.id)
            await session.execute(mine.values(born_on=date(chance.choice([1970, 1999]), 1, 2)))
        found.append(member.person_id)
    return found


async def they_choose(
    app: App,
    readers: list[int],
    rubrics: Sequence[str],
    posts: list[int],
    chance: random.Random,
) -> None:
    """Interests, switches and what each has read already."""
    async with app.database.transaction() as session:
        known = await session.scalars(select(Interest.id).where(Interest.title.in_(rubrics)))
        ids = list(known)
        for person_id in readers:
            who = {"person_id": person_id}
            for rubric in chance.sample(ids, 2):
                row = who | {"interest_id": rubric}
                await session.execute(insert(person_interests).values(row))
            for kind in chance.sample(["news", *(f"rubric:{one}" for one in ids)], 2):
                await session.execute(insert(mutes).values(who | {"kind": kind}))
            for post in chance.sample(posts, 2):
                session.add(Reading(post_id=post, at=SINCE, young=False, **who))


async def expected(
    session: Session, person_id: int, posts: list[int], moment: datetime
) -> set[int]:
    read = set(await session.scalars(select(Reading.post_id).filter_by(person_id=person_id)))
    return {
        post.id
        for post in await session.scalars(select(Post).where(Post.id.in_(posts)))
        if post.id not in read and await audiences.among(session, post, [person_id], now=moment)
    }
