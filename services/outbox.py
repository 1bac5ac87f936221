"""The queue of what is owed to Telegram: taken in order, settled once."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, delete, exists, or_, select, tuple_, update
from sqlalchemy.orm import aliased

from models.base import Session
from models.mail import Lane, Owed, Place, Sending

REPEATING = [int(lane) for lane in Lane if lane.repeats]


async def claim(
    session: Session, *, now: datetime, limit: int, resting: Sequence[int] = ()
) -> Sequence[Owed]:
    """The next row of each chat that has none on its way, best lane first."""
    earlier = aliased(Owed)
    blocked = exists().where(
        earlier.chat_id == Owed.chat_id,
        or_(
            earlier.state == Sending.SENDING,
            and_(
                earlier.state == Sending.NEW,
                tuple_(earlier.lane, earlier.id) < tuple_(Owed.lane, Owed.id),
            ),
        ),
    )
    query = (
        select(Owed)
        .where(Owed.state == Sending.NEW, Owed.due_at <= now, ~blocked)
        .order_by(Owed.lane, Owed.id)
        .limit(limit)
    )
    if resting:
        query = query.where(Owed.chat_id.not_in(resting))
    rows = (await session.scalars(query)).all()
    for row in rows:
        row.state = Sending.SENDING
        row.claimed_at = now
        row.attempts += 1
    return rows


async def count_due(session: Session, *, now: datetime) -> int:
    waiting = select(Owed.id).where(Owed.state == Sending.NEW, Owed.due_at <= now)
    return len((await session.scalars(waiting.limit(100))).all())


async def recover(session: Session, *, now: datetime) -> None:
    """What was on its way when the process died: said again, or let go, as its lane has it."""
    interrupted = Owed.state == Sending.SENDING
    repeats = Owed.lane.in_(REPEATING)
    await session.execute(
        update(Owed).where(interrupted, repeats).values(state=Sending.NEW, due_at=now)
    )
    await session.execute(
        update(Owed).where(interrupted).values(state=Sending.UNKNOWN, settled_at=now)
    )


async def find_message(session: Session, chat_id: int, place: str, *, now: datetime) -> int | None:
    """The message that shows this place."""
    found = await session.get(Place, (chat_id, place))
    return found.message_id if found else None


async def put(
    session: Session, chat_id: int, place: str, message_id: int, *, now: datetime
) -> None:
    await session.merge(Place(chat_id=chat_id, place=place, message_id=message_id, shown_at=now))


async def forget_place(session: Session, chat_id: int, place: str, *, now: datetime) -> None:
    await session.execute(delete(Place).where(Place.chat_id == chat_id, Place.place == place))
