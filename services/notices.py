"""What is owed to somebody else: a row now, worded in their language when it is sent."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, literal, or_, select

from models.base import Session, insert_of
from models.mail import Lane, Owed, Place, Sending
from models.person import Person
from services import outbox


async def owe(
    session: Session,
    to: Person,
    notice: str,
    *,
    now: datetime,
    lane: Lane = Lane.CASE,
    place: str | None = None,
    key: str | None = None,
    **details: str | int | None,
) -> None:
    """`place`: the message about one thing is redrawn, not repeated. `key`: once, whoever asks."""
    await owe_all(session, [to], notice, now=now, lane=lane, place=place, key=key, details=details)


async def owe_all(  # noqa: PLR0913
    session: Session,
    to: Iterable[Person],
    notice: str,
    *,
    now: datetime,
    lane: Lane = Lane.CASE,
    place: str | None = None,
    key: str | None = None,
    details: dict[str, Any],
) -> None:
    rows = [
        {
            "chat_id": person.telegram_id,
            "person_id": person.id,
            "lane": int(lane),
            "notice": notice,
            "details": details,
            "place": place,
            "key": f"{key}:{person.id}" if key else None,
            "state": Sending.NEW,
            "attempts": 0,
            "due_at": now,
        }
        for person in to
    ]
    if rows:
        await session.execute(insert_of(session, Owed).on_conflict_do_nothing(), rows)


async def list_shown(session: Session, place: str, *, now: datetime) -> Sequence[Person]:
    """Everybody in whose chat the place is, or is about to be."""
    there = select(Place.chat_id).where(Place.place == place)
    on_its_way = select(Owed.chat_id).where(Owed.place == place, outbox.WAITING)
    return (
        await session.scalars(
            select(Person).where(
                or_(Person.telegram_id.in_(there), Person.telegram_id.in_(on_its_way))
            )
        )
    ).all()


async def redraw(
    session: Session, place: str, notice: str, *, now: datetime, **details: str | int | None
) -> None:
    """Wherever the place stands it shows how things are now."""
    shown = await list_shown(session, place, now=now)
    await owe_all(session, shown, notice, now=now, place=place, details=details)


async def redraw_all(
    session: Session, place: str, notice: str, *, now: datetime, details: dict[str, Any]
) -> None:
    """In every chat the place is in, however many there are: one statement."""
    fixed: dict[str, Any] = {
        "lane": int(Lane.CASE),
        "notice": notice,
        "details": details,
        "place": place,
        "state": Sending.NEW,
        "attempts": 0,
        "due_at": now,
    }
    values = [literal(value, outbox.ROW[name].type) for name, value in fixed.items()]
    there = (
        select(Place.chat_id, Person.id, *values)
        .join(Person, Person.telegram_id == Place.chat_id)
        .where(Place.place == place, Person.unreachable_since.is_(None))
    )
    columns = ["chat_id", "person_id", *fixed]
    await session.execute(insert(outbox.OUTBOX).from_select(columns, there))


async def list_all_shown(
    session: Session, places: Sequence[str], *, now: datetime
) -> set[tuple[str, int]]:
    """Each of these places with each chat it is in, or is about to be."""
    there = select(Place.place, Place.chat_id).where(Place.place.in_(places))
    on_its_way = select(Owed.place, Owed.chat_id).where(Owed.place.in_(places), outbox.WAITING)
    return {(place, chat_id) for place, chat_id in await session.execute(there.union(on_its_way))}


async def list_places(
    session: Session, person: Person, prefix: str, *, now: datetime
) -> Sequence[str]:
    """The places of one kind that stand in a person's own chat."""
    mine = select(Place.place).where(
        Place.chat_id == person.telegram_id, Place.place.startswith(prefix, autoescape=True)
    )
    return (await session.scalars(mine)).all()


async def renew(session: Session, place: str, *, now: datetime) -> None:
    """What is shown there next is news, and comes as a new message in every chat."""
    await session.execute(delete(Place).where(Place.place == place))
