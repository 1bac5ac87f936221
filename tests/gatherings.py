"""An event made behind the scenes, and those who answer it and come."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert, select, update

from bot.app import App
from models.base import Session
from models.event import Answer, Attendance, Event, Reply, State
from models.member import Member
from models.organisation import Organisation
from models.person import Interest
from models.person import Person as Account
from models.post import Post, post_rubrics, post_targets
from sandbox.people import Person
from sandbox.plugin import Clock
from sandbox.wire import Wire
from services import access, events_seats
from tests.applying import Make, rows
from tests.backstage import SINCE, enrol

Hold = Callable[..., Awaitable[int]]
TITLE = "Спартакиада <b>Лев & Co</b>"
TERRITORY = "TMN"


def now_of(clock: Clock) -> datetime:
    return datetime.fromtimestamp(clock.now, UTC)


@pytest.fixture
def hold(app: App, clock: Clock) -> Hold:
    """`await hold(in_=timedelta(days=3), seats=2)`: published just now, behind the scenes."""

    async def publish(
        title: str = TITLE,
        code: str = TERRITORY,
        *,
        in_: timedelta = timedelta(days=3),
        lasts: timedelta = timedelta(hours=2),
        **given: Any,
    ) -> int:
        async with app.database.transaction() as session:
            return await publish_event(session, now_of(clock), title, code, in_, lasts, **given)

    return publish


async def publish_event(
    session: Session,
    now: datetime,
    title: str,
    code: str,
    in_: timedelta,
    lasts: timedelta,
    **given: Any,
) -> int:
    home = (await session.scalars(select(Organisation).filter_by(code=code))).one()
    about: dict[str, Any] = {
        name: given.pop(name) for name in ("audience", "author_id") if name in given
    }
    targets, rubric = given.pop("targets", (code,)), given.pop("rubric", None)
    words, media = given.pop("words", "Лыжи и дартс"), given.pop("media", [])
    about |= {"created_at": now, "changed_at": now}
    post = Post(organisation_id=home.id, html=words, plain=words, media=media, **about)
    session.add(post)
    await session.flush()
    for target in await session.scalars(
        select(Organisation.id).where(Organisation.code.in_(targets))
    ):
        row = {"post_id": post.id, "organisation_id": target}
        await session.execute(insert(post_targets).values(row))
    if rubric:
        known = (await session.scalars(select(Interest).filter_by(title=rubric))).one()
        row = {"post_id": post.id, "interest_id": known.id}
        await session.execute(insert(post_rubrics).values(row))
    starts = given.pop("starts_at", now + in_)
    event = Event(
        post_id=post.id,
        title=title,
        zone=given.pop("zone", home.timezone),
        starts_at=starts,
        ends_at=given.pop("ends_at", starts and starts + lasts),
        state=given.pop("state", State.OPEN),
        taken=0,
        line=0,
        changed_at=now,
        published_at=now,
        **given,
    )
    session.add(event)
    await session.flush()
    return int(event.id)


async def members_of(session: Session, size: int) -> list[int]:
    """Accounts of so many members of one organisation."""
    home = (await session.scalars(select(Organisation).filter_by(code="TMN-1"))).one()
    found = []
    for number in range(size):
        account = Account(telegram_id=500_000 + number, language="ru", met_at=SINCE)
        session.add(account)
        found.append(account)
    await session.flush()
    about = {"organisation_id": home.id, "joined_at": SINCE, "phone_verified": True}
    about |= {"born_on": SINCE.date().replace(year=1990), "phone": "+7", "left_at": None}
    await session.execute(
        insert(Member),
        [
            about
            | {"person_id": one.id, "number": f"9{one.id:05}", "name": "Ян", "name_key": "ян"}
            for one in found
        ],
    )
    return [one.id for one in found]


@pytest.fixture
async def vera(app: App, people: Make) -> Person:
    vera = people("Вера")
    await enrol(app, vera, "TMN-2", "Ветрова Вера", number="000204")
    return vera


async def opens(person: Person, title: str = TITLE) -> None:
    """From the list to the card."""
    await person.says("📅 Мероприятия")
    row = next(label for label in person.buttons if label.endswith(title))
    await person.taps(row)


async def goes(person: Person, title: str = TITLE) -> None:
    await opens(person, title)
    await person.taps("Иду")


async def waits(person: Person, title: str = TITLE) -> None:
    await opens(person, title)
    await person.taps("В лист ожидания")


async def answer_of(app: App, person: Person, event_id: int) -> Reply | None:
    async with app.database.transaction() as session:
        mine = select(Account.id).where(Account.telegram_id == person.id).scalar_subquery()
        found: Reply | None = await session.scalar(
            select(Reply).filter_by(event_id=event_id).where(Reply.person_id == mine)
        )
        return found


async def answers(
    app: App, person: Person, event_id: int, clock: Clock, said: Answer = Answer.GOING
) -> None:
    """Without a word in the chat."""
    async with app.database.transaction() as session:
        account = (await session.scalars(select(Account).filter_by(telegram_id=person.id))).one()
        actor = await access.load(session, account)
        await events_seats.answer(session, actor, event_id, said, now=now_of(clock))


async def had_answered(
    app: App,
    person: Person,
    event_id: int,
    clock: Clock,
    said: Answer = Answer.GOING,
    *,
    sure: bool = False,
) -> None:
    """Before it began, or before it was cancelled."""
    who = await id_of(app, person)
    row = {"event_id": event_id, "person_id": who, "answer": said, "sure": sure}
    async with app.database.transaction() as session:
        session.add(Reply(**row, at=now_of(clock)))


async def comes(app: App, person: Person, event_id: int, clock: Clock) -> None:
    """Marked behind the scenes."""
    who = await id_of(app, person)
    async with app.database.transaction() as session:
        row = {"event_id": event_id, "person_id": who, "by_id": who}
        session.add(Attendance(**row, at=now_of(clock)))


async def leaves(app: App, person: Person) -> None:
    """The union, behind the scenes."""
    (mine,) = await rows(app, Member, person_id=await id_of(app, person))
    async with app.database.transaction() as session:
        (await session.get_one(Member, mine.id)).left_at = mine.joined_at


async def came(app: App, event_id: int) -> list[Attendance]:
    return await rows(app, Attendance, event_id=event_id)


async def id_of(app: App, person: Person) -> int:
    (account,) = await rows(app, Account, telegram_id=person.id)
    return int(account.id)


async def event_of(app: App, event_id: int) -> Event:
    (event,) = await rows(app, Event, id=event_id)
    found: Event = event
    return found


async def changed(app: App, event_id: int, **values: Any) -> None:
    """Behind the scenes, and nobody is told."""
    async with app.database.transaction() as session:
        await session.execute(update(Event).where(Event.id == event_id).values(**values))


def by_clock(clock: Clock, local: str, zone: str = "Asia/Yekaterinburg") -> None:
    clock.now = datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone)).timestamp()


def file_of(person: Person, message: Wire) -> tuple[str, bytes]:
    """The name and the bytes of what was sent."""
    document = message["document"]
    return document["file_name"], person.world.files.get(document["file_id"]).data
