"""A union of many members in the tables, for the benches of what goes to all of them."""

from datetime import UTC, date, datetime

from sqlalchemy import insert, select

from bot.database import Database
from models.base import Session
from models.member import Member
from models.organisation import Level, Organisation
from models.person import Person
from models.role import Grant, Role
from services import people
from services.access import Actor

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
FIRST = 10_000_000  # Telegram ids
STEP = 10_000


async def populate(database: Database, members: int, primaries: int = 500) -> None:
    """One territory, so many primary organisations, and members in turn in each of them."""
    async with database.transaction() as session:
        places = await plant(session, primaries)
    for start in range(0, members, STEP):
        numbers = range(start, min(start + STEP, members))
        async with database.transaction() as session:
            await _enrol(session, numbers, places)


async def organiser(session: Session, telegram_id: int = 7) -> Actor:
    """An admin of the whole union: may post anywhere."""
    actor = await people.meet(session, telegram_id, None, "ru", now=NOW)
    session.add(Grant(person_id=actor.id, role=Role.ADMIN, granted_at=NOW))
    await session.flush()
    return await people.meet(session, telegram_id, None, "ru", now=NOW)


async def plant(session: Session, primaries: int) -> list[int]:
    """The tree: ids of the primary organisations, one after another."""
    union = await _organisation(session, "VEP", Level.UNION, None)
    territory = await _organisation(session, "TMN", Level.TERRITORIAL, union)
    return [
        (await _organisation(session, f"TMN-{n}", Level.PRIMARY, territory)).id
        for n in range(primaries)
    ]


async def _organisation(
    session: Session, code: str, level: Level, parent: Organisation | None
) -> Organisation:
    one = Organisation(
        code=code,
        name=code,
        sort_key=code,
        level=level,
        parent_id=parent.id if parent else None,
        path=code,
        timezone="Asia/Yekaterinburg",
    )
    session.add(one)
    await session.flush()
    one.path = f"{parent.path if parent else '/'}{one.id}/"
    return one


async def _enrol(session: Session, numbers: range, places: list[int]) -> None:
    accounts = [
        {
            "telegram_id": FIRST + n,
            "language": "ru",
            "notify_from": 0,
            "notify_to": 0,
            "met_at": NOW,
        }
        for n in numbers
    ]
    await session.execute(insert(Person), accounts)
    known = await session.execute(
        select(Person.id, Person.telegram_id).where(
            Person.telegram_id.between(FIRST + numbers[0], FIRST + numbers[-1])
        )
    )
    members = [
        {
            "person_id": person_id,
            "organisation_id": places[telegram_id % len(places)],
            "number": str(telegram_id),
            "name": "Смирнова Анна",
            "name_key": "смирнова анна",
            "born_on": date(1960 + telegram_id % 45, 3, 15),
            "phone": "+79991234567",
            "phone_verified": True,
            "joined_at": NOW,
        }
        for person_id, telegram_id in known
    ]
    await session.execute(insert(Member), members)
