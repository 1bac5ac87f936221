"""The queue of what is owed to Telegram: taken in order, settled once."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Integer, bindparam, delete, exists, literal, or_, select, tuple_, update
from sqlalchemy.orm import aliased

from models.base import Session
from models.mail import Lane, Owed, Place, Sending

REPEATING = [int(lane) for lane in Lane if lane.repeats]
# Written out, not bound: only so does the database see that a partial index fits.
WAITING = [literal(str(one), literal_execute=True) for one in (Sending.NEW, Sending.SENDING)]

EARLIER = aliased(Owed)
HELD_BACK = exists().where(
    EARLIER.chat_id == Owed.chat_id,
    EARLIER.state.in_(WAITING),
    or_(
        EARLIER.state == Sending.SENDING,
        tuple_(EARLIER.lane, EARLIER.id) < tuple_(Owed.lane, Owed.id),
    ),
)
NEXT = (
    select(Owed)
    .where(
        Owed.state.in_(WAITING),
        Owed.state == Sending.NEW,
        Owed.due_at <= bindparam("now"),
        Owed.lane <= bindparam("worst"),
        Owed.chat_id.not_in(bindparam("resting", expanding=True)),
        ~HELD_BACK,
    )
    .order_by(Owed.lane, Owed.id)
    .limit(bindparam("limit", type_=Integer))
    .with_for_update(skip_locked=True)
)


async def claim(
    session: Session,
    *,
    now: datetime,
    limit: int,
    worst: Lane = Lane.BULK,
    resting: Sequence[int] = (),
) -> Sequence[Owed]:
    """The next row of each chat that has none on its way, best lane first."""
    values = {"now": now, "limit": limit, "worst": int(worst), "resting": list(resting)}
    rows = (await session.scalars(NEXT, values)).all()
    for row in rows:
        row.state = Sending.SENDING
        row.claimed_at = now
        row.attempts += 1
    return rows


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
    """The message that shows it from now on; an older one must not offer the same buttons."""
    before = await find_message(session, chat_id, place, now=now)
    if before not in (None, message_id):
        bare = {"method": "editMessageReplyMarkup", "payload": {"message_id": before}}
        session.add(Owed(chat_id=chat_id, lane=int(Lane.ANSWER), due_at=now, **bare))
    await session.merge(Place(chat_id=chat_id, place=place, message_id=message_id, shown_at=now))


async def send_anew(session: Session, row: Owed, *, now: datetime) -> None:
    """The message it was to redraw is gone or cannot show it: it becomes one of its own."""
    if row.place:
        await session.execute(
            delete(Place).where(Place.chat_id == row.chat_id, Place.place == row.place)
        )
    if row.payload:
        kept = {name: row.payload[name] for name in row.payload if name != "message_id"}
        if "caption" in kept:
            kept["text"] = kept.pop("caption")
        row.method, row.payload = "sendMessage", kept
