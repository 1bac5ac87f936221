"""An event to come to, made behind the scenes, and who answers, leads and comes."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select

from bot.app import App
from models.event import Answer, Attendance, Event, Reply, State
from models.member import Member
from models.organisation import Organisation
from models.person import Person as Account
from models.post import Post, post_targets
from sandbox.people import Person
from sandbox.plugin import Clock
from sandbox.wire import Wire
from tests.applying import Holds, Make, rows
from tests.backstage import enrol

Hold = Callable[..., Awaitable[int]]
TITLE = "Спартакиада <b>Лев & Co</b>"


def now_of(clock: Clock) -> datetime:
    return datetime.fromtimestamp(clock.now, UTC)


@pytest.fixture
def hold(app: App, clock: Clock) -> Hold:
    """`await hold(in_=timedelta(hours=2))`: published a while ago, for the whole territory."""

    async def publish(
        *, code: str = "TMN", in_: timedelta = timedelta(hours=2), **given: Any
    ) -> int:
        now = now_of(clock)
        async with app.database.transaction() as session:
            home = (await session.scalars(select(Organisation).filter_by(code=code))).one()
            words, starts = given.pop("words", "Лыжи и дартс"), now + in_
            post = Post(
                organisation_id=home.id,
                author_id=given.pop("author_id", None),
                html=words,
                plain=words,
                created_at=now,
                changed_at=now,
            )
            session.add(post)
            await session.flush()
            target = {"post_id": post.id, "organisation_id": home.id}
            await session.execute(insert(post_targets).values(target))
            fields = {
                "title": TITLE,
                "zone": home.timezone,
                "state": State.OPEN,
                "starts_at": starts,
                "ends_at": starts + timedelta(hours=2),
                "changed_at": now,
                "published_at": now,
            }
            event = Event(post_id=post.id, **fields | given)
            session.add(event)
            await session.flush()
            return int(event.id)

    return publish


@pytest.fixture
async def oleg(app: App, people: Make, holds: Holds) -> Person:
    """An organiser of the whole territory."""
    oleg = people("Олег")
    await enrol(app, oleg, "TMN-1", "Власов Олег", number="000201")
    await holds(oleg, "organiser", "TMN")
    await oleg.says("/start")
    return oleg


@pytest.fixture
async def anna(app: App, people: Make) -> Person:
    anna = people("Анна")
    await enrol(app, anna, "TMN-1", "Смирнова Анна", number="000202")
    return anna


@pytest.fixture
async def boris(app: App, people: Make) -> Person:
    boris = people("Борис")
    await enrol(app, boris, "TMN-2", "Быков Борис", number="000203")
    return boris


async def id_of(app: App, person: Person) -> int:
    (account,) = await rows(app, Account, telegram_id=person.id)
    return int(account.id)


async def answers(
    app: App, person: Person, event_id: int, clock: Clock, said: Answer = Answer.GOING
) -> None:
    """Without a word in the chat."""
    row = {"event_id": event_id, "person_id": await id_of(app, person), "answer": said}
    async with app.database.transaction() as session:
        session.add(Reply(**row, at=now_of(clock)))


async def comes(app: App, person: Person, event_id: int, clock: Clock) -> None:
    """Marked behind the scenes."""
    who = await id_of(app, person)
    async with app.database.transaction() as session:
        row = {"event_id": event_id, "person_id": who, "by_id": who}
        session.add(Attendance(**row, at=now_of(clock)))


async def changed(app: App, event_id: int, **values: Any) -> None:
    """Behind the scenes, and nobody is told."""
    async with app.database.transaction() as session:
        event = await session.get_one(Event, event_id)
        for name, value in values.items():
            setattr(event, name, value)


async def leaves(app: App, person: Person) -> None:
    """The union, behind the scenes."""
    (mine,) = await rows(app, Member, person_id=await id_of(app, person))
    async with app.database.transaction() as session:
        (await session.get_one(Member, mine.id)).left_at = mine.joined_at


async def came(app: App, event_id: int) -> list[Attendance]:
    return await rows(app, Attendance, event_id=event_id)


def file_of(person: Person, message: Wire) -> tuple[str, bytes]:
    """The name and the bytes of what was sent."""
    document = message["document"]
    return document["file_name"], person.world.files.get(document["file_id"]).data
