"""Three thousand readers, a storm of refusals, a sudden death: exact all the same."""

import asyncio
import signal
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select

from bot.database import Database
from bot.settings import Settings
from models.mail import Sending
from models.member import Member
from models.organisation import Organisation
from models.person import Person as Account
from models.post import Delivery, Timing
from models.role import Grant, Role
from sandbox.accounts import PersonAccount
from sandbox.plugin import TOKEN
from sandbox.server import serving
from sandbox.world import World
from services import (
    deliveries,
    mailings_pace,
    people,
    posts,
    posts_choices,
    posts_publishing,
    reach,
)
from services.posts_content import Content
from tests.test_restart import Program, database

assert database  # a fixture

READERS, BLOCKED, DELETED = 3000, 50, 5
FIRST = 700_000
NEWS = "Завтра собрание"


async def fill(database: Database, world: World) -> list[int]:
    """Telegram ids of the readers; the last ones have blocked the bot or deleted their account."""
    ids = [FIRST + n for n in range(READERS)]
    bot = world.bots[TOKEN]
    for one in ids:
        world.add_person(one, "Анна")
        world.private_chat(bot, one).started = True
    for one in ids[-BLOCKED - DELETED : -DELETED]:
        world.private_chat(bot, one).blocked = True
    for one in ids[-DELETED:]:
        account: PersonAccount = world.people[one]
        account.deactivated = True
    now = datetime.now(UTC)
    async with database.transaction() as session:
        home = await session.scalar(select(Organisation.id).where(Organisation.code == "TMN-1"))
        accounts = [
            {"telegram_id": one, "language": "ru", "notify_from": 0, "notify_to": 0, "met_at": now}
            for one in ids
        ]
        await session.execute(insert(Account), accounts)
        known = await session.execute(select(Account.id, Account.telegram_id))
        members = [
            {
                "person_id": person_id,
                "organisation_id": home,
                "number": f"{telegram_id}",
                "name": "Смирнова Анна",
                "name_key": "смирнова анна",
                "born_on": date(1998, 3, 15),
                "phone": "+79991234567",
                "phone_verified": True,
                "joined_at": now,
            }
            for person_id, telegram_id in known
            if telegram_id in set(ids)
        ]
        await session.execute(insert(Member), members)
    return ids


async def publish(database: Database) -> int:
    """By an organiser who is no member."""
    now = datetime.now(UTC)
    async with database.transaction() as session:
        oleg = await people.meet(session, 5, None, "ru", now=now)
        home = await session.scalar(select(Organisation).where(Organisation.code == "TMN"))
        assert home
        granted = {"role": Role.ORGANISER, "organisation_id": home.id, "granted_at": now}
        session.add(Grant(person_id=oleg.id, **granted))
        await session.flush()
        oleg = await people.meet(session, 5, None, "ru", now=now)
        post = await posts.begin(session, oleg, home.id, now=now)
        await posts.write(session, oleg, post.id, Content(NEWS, NEWS), now=now)
        await posts_choices.time(session, oleg, post.id, Timing.URGENT, now=now)
        await posts_publishing.publish(session, oleg, post.id, posts.version(post), now=now)
        return post.id


async def settled(database: Database, post_id: int) -> int:
    async with database.transaction() as session:
        counted = select(func.count()).where(Delivery.post_id == post_id)
        return await session.scalar(counted) or 0


async def in_doubt(database: Database, post_id: int) -> set[int]:
    """In whose chats it may have arrived or not: the organiser's card counts them."""
    async with database.transaction() as session:
        mailing = await deliveries.find_sending(session, post_id, now=datetime.now(UTC))
        lost = select(Delivery.chat_id).where(Delivery.state == Sending.UNKNOWN)
        found = set(await session.scalars(lost))
        assert mailing
        assert mailing.unsure == len(found)
        return found


async def repeat(database: Database, post_id: int) -> None:
    """«Отправить им ещё раз», and a second tap."""
    now = datetime.now(UTC)
    async with database.transaction() as session:
        oleg = await people.meet(session, 5, None, "ru", now=now)
        for _ in range(2):
            await posts_publishing.repeat(session, oleg, post_id, now=now)


@pytest.mark.timeout(300)
async def test_everybody_gets_it_once_whatever_happens(
    world: World, settings: Settings, database: Database, tmp_path: Path
) -> None:
    ids = await fill(database, world)
    post_id = await publish(database)
    world.faults.switch_on("flood", method="sendMessage", share=0.05, seconds=1)
    async with serving(world) as address:
        program = Program(
            tmp_path,
            TELEGRAM_API_URL=address,
            DATABASE_URL=settings.database_url.get_secret_value(),
            SEND_RATE="500",
            LOG_LEVEL="WARNING",
        )

        async def came() -> Counter[int]:
            chats = (world.private_chat(world.bots[TOKEN], one) for one in ids)
            return Counter({chat.id: len(chat.messages) for chat in chats})

        process = await program.begin()
        while sum((await came()).values()) < READERS // 3:
            assert process.returncode is None, program.said
            await asyncio.sleep(0.05)
        process.send_signal(signal.SIGKILL)
        await process.wait()
        process = await program.begin()

        async def over() -> None:
            async with asyncio.timeout(120):
                while await settled(database, post_id) < READERS:
                    assert process.returncode is None, program.said
                    await asyncio.sleep(0.2)

        await over()
        once, unsure = await came(), await in_doubt(database, post_id)
        await repeat(database, post_id)
        await over()
        process.send_signal(signal.SIGTERM)
        await process.wait()
        got = await came()
    async with database.transaction() as session:
        now = datetime.now(UTC)
        rows = {row.chat_id: row.state for row in await session.scalars(select(Delivery))}
        mailing = await deliveries.find_sending(session, post_id, now=now)
        assert mailing
        progress = mailings_pace.progress(mailing, now)
        told = await reach.of_post(session, post_id, now=now)
    assert len(rows) == READERS
    assert max(once.values()) == 1
    assert len(unsure) <= 100  # what was on its way when it died
    assert {one for one, state in rows.items() if state is Sending.BLOCKED} == {
        *ids[-BLOCKED - DELETED :]
    }
    assert len(unsure) <= 100  # what was on its way when it died
    for one in ids[: -BLOCKED - DELETED]:
        assert one in unsure or once[one] == 1, (one, rows[one])
        assert got[one] == once[one] + (one in unsure), (one, rows[one])
    assert progress.delivered == READERS - BLOCKED - DELETED
    assert progress.blocked == BLOCKED + DELETED
    assert told[:3] == (progress.delivered, progress.blocked, progress.failed)
    nobody = (progress.failed, progress.unsure, progress.dropped, progress.left)
    assert (nobody, progress.is_over) == ((0, 0, 0, 0), True)
    assert world.faults.struck["flood"] > 50
