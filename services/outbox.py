"""The queue of what is owed to Telegram: taken in order, settled once."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    Integer,
    Table,
    and_,
    bindparam,
    delete,
    exists,
    insert,
    or_,
    select,
    tuple_,
    update,
)

from models.base import OneOf, Session, Spot
from models.mail import Lane, Owed, Place, Sending

REPEATING = [int(lane) for lane in Lane if lane.repeats]
# Said twice is said once, in whatever lane.
HARMLESS = (
    "posts-correct",
    "posts-correct-opened",
    "posts-withdraw",
    "posts-withdraw-opened",
    "channels-correct",
    "channels-withdraw",
)


class Taken(NamedTuple):
    """A row on its way."""

    id: int
    chat_id: int
    person_id: int | None
    lane: int
    method: str | None
    payload: dict[str, Any] | None
    notice: str | None
    details: dict[str, Any] | None
    place: str | None
    redraws: int | None
    attempts: int

    @property
    def aim(self) -> tuple[Any, ...] | None:
        """What a later row with the same aim makes needless."""
        if self.redraws is not None:
            return (self.chat_id, self.method, self.redraws)
        return (self.chat_id, self.notice, self.place) if self.notice and self.place else None


# Plain tables here: a row passes through in a hurry, and nobody changes it by hand.
OUTBOX: Table = Owed.__table__  # type: ignore[assignment]
EARLIER = OUTBOX.alias("earlier")
ROW = OUTBOX.c
TAKEN = [ROW[name] for name in Taken._fields]
WAITING = ROW.settled_at.is_(None)

# What waits for the morning is no reason for what cannot wait to do so.
ASLEEP = and_(
    ROW.lane == int(Lane.URGENT),
    EARLIER.c.lane == int(Lane.REMINDER),
    EARLIER.c.due_at > bindparam("now"),
)
HELD_BACK = exists().where(
    EARLIER.c.chat_id == ROW.chat_id,
    EARLIER.c.settled_at.is_(None),
    or_(
        EARLIER.c.state == Sending.SENDING,
        and_(tuple_(EARLIER.c.lane, EARLIER.c.id) < tuple_(ROW.lane, ROW.id), ~ASLEEP),
    ),
)
NEXT = (
    select(Spot(ROW.id))
    .where(
        WAITING,
        ROW.state == Sending.NEW,
        ROW.due_at <= bindparam("now"),
        ROW.lane <= bindparam("worst"),
        ~OneOf(ROW.chat_id, "even_for_sos"),
        or_(
            ROW.lane == int(Lane.SOS),
            ~OneOf(ROW.chat_id, "resting"),
        ),
        ~HELD_BACK,
    )
    .order_by(ROW.lane, ROW.id)
    .limit(bindparam("limit", type_=Integer))
    .with_for_update(skip_locked=True)
)
TAKE = (
    update(OUTBOX)
    .where(OneOf(Spot(ROW.id), NEXT))
    .values(
        state=Sending.SENDING,
        claimed_at=bindparam("now"),
        holder=bindparam("by"),
        attempts=ROW.attempts + 1,
    )
    .returning(*TAKEN)
)
OWE = insert(OUTBOX)
HELD = (ROW.state == Sending.SENDING, ROW.holder == bindparam("by"))
SETTLE = (
    update(OUTBOX)
    .where(OneOf(ROW.id, "ids"), *HELD)
    .values(
        state=bindparam("became"),
        settled_at=bindparam("now"),
        error=bindparam("why"),
        holder=None,
    )
)
PUT_BACK = (
    update(OUTBOX)
    .where(ROW.id == bindparam("row"), *HELD)
    .values(state=Sending.NEW, due_at=bindparam("again"), error=bindparam("why"), holder=None)
)
UNLEFT = (
    update(OUTBOX)
    .where(WAITING, *HELD, ~OneOf(ROW.id, "held"))
    .values(state=Sending.NEW, holder=None)
)


def owing(
    chat_id: int,
    method: str,
    payload: dict[str, Any],
    *,
    now: datetime,
    lane: Lane = Lane.ANSWER,
    person_id: int | None = None,
    place: str | None = None,
) -> dict[str, Any]:
    """A row for a call that is ready-made."""
    return {
        "chat_id": chat_id,
        "person_id": person_id,
        "lane": int(lane),
        "method": method,
        "payload": payload,
        "place": place,
        "redraws": payload.get("message_id") if method.startswith("edit") else None,
        "state": Sending.NEW,
        "attempts": 0,
        "due_at": now,
    }


async def add(session: Session, rows: Sequence[dict[str, Any]], *, now: datetime) -> None:
    if rows:
        await session.execute(OWE, rows)


async def claim(
    session: Session,
    *,
    now: datetime,
    limit: int,
    by: str = "",
    worst: Lane = Lane.BULK,
    resting: Sequence[int] = (),
    even_for_sos: Sequence[int] = (),
) -> list[Taken]:
    """The next row of each chat that has none on its way, best lane first."""
    values = {"now": now, "worst": int(worst), "by": by}
    chats = {"resting": list(resting), "even_for_sos": list(even_for_sos)}
    rows: list[Taken] = []
    while len(rows) < limit:
        asked = values | chats | {"limit": limit - len(rows)}
        found = [Taken(*row) for row in (await session.execute(TAKE, asked)).all()]
        if not found:
            break
        kept = await _without_overtaken(session, found, by, now)
        rows += kept
        if len(kept) == len(found):
            break
    return sorted(rows, key=lambda row: (row.lane, row.id))


async def settle(
    session: Session,
    ids: Sequence[int],
    became: Sending,
    why: str | None,
    *,
    by: str,
    now: datetime,
) -> None:
    """What is over. Rows that another process has taken over meanwhile are left to it."""
    await session.execute(
        SETTLE, {"ids": list(ids), "became": became, "why": why, "by": by, "now": now}
    )


async def list_held(session: Session, ids: Sequence[int], *, by: str, now: datetime) -> set[int]:
    """Which of these are still this process's to settle; nobody else takes them meanwhile."""
    if not ids:
        return set()
    mine = select(ROW.id).where(OneOf(ROW.id, "ids"), *HELD).with_for_update()
    return set(await session.scalars(mine, {"ids": list(ids), "by": by}))


async def put_back(
    session: Session, row_id: int, why: str | None, *, by: str, again: datetime, now: datetime
) -> None:
    """To be sent at `again`."""
    await session.execute(PUT_BACK, {"row": row_id, "why": why, "by": by, "again": again})


async def let_go(session: Session, held: Collection[int], *, by: str, now: datetime) -> None:
    """What was taken without the taker's knowing: of its commit no answer came back."""
    await session.execute(UNLEFT, {"held": list(held), "by": by})


async def recover(session: Session, alive: Collection[str], *, now: datetime) -> list[Taken]:
    """What was on its way when a process died: said again, or let go, as its lane has it.

    Answers what is let go.
    """
    interrupted = (
        ROW.state == Sending.SENDING,
        or_(ROW.holder.is_(None), ROW.holder.not_in(alive)),
    )
    mine = update(OUTBOX).where(WAITING, *interrupted)
    await session.execute(
        mine.where(or_(ROW.lane.in_(REPEATING), ROW.notice.in_(HARMLESS))).values(
            state=Sending.NEW, due_at=now, holder=None
        )
    )
    lost = mine.values(state=Sending.UNKNOWN, settled_at=now, holder=None).returning(*TAKEN)
    return [Taken(*row) for row in await session.execute(lost)]


async def find_message(session: Session, chat_id: int, place: str, *, now: datetime) -> int | None:
    """The message that shows this place."""
    found = await session.get(Place, (chat_id, place))
    return found.message_id if found else None


async def put(
    session: Session, chat_id: int, place: str, message_id: int, *, now: datetime
) -> None:
    """The message that shows it from now on; an older one must not offer the same buttons.

    A message shows one thing: what it showed before is in no message now.
    """
    before = await find_message(session, chat_id, place, now=now)
    if before not in (None, message_id):
        bare = owing(chat_id, "editMessageReplyMarkup", {"message_id": before}, now=now)
        await add(session, [bare], now=now)
    here = (Place.chat_id == chat_id, Place.message_id == message_id, Place.place != place)
    await session.execute(delete(Place).where(*here))
    await session.merge(Place(chat_id=chat_id, place=place, message_id=message_id, shown_at=now))


async def send_anew(session: Session, row_id: int, *, now: datetime) -> None:
    """The message it was to redraw is gone or cannot show it: it becomes one of its own."""
    row = await session.get_one(Owed, row_id)
    if row.place:
        await session.execute(
            delete(Place).where(Place.chat_id == row.chat_id, Place.place == row.place)
        )
    if row.payload:
        kept = {name: row.payload[name] for name in row.payload if name != "message_id"}
        if "caption" in kept:
            kept["text"] = kept.pop("caption")
        row.method, row.payload, row.redraws = "sendMessage", kept, None


async def _without_overtaken(
    session: Session, rows: Sequence[Taken], by: str, now: datetime
) -> list[Taken]:
    """Of several pending edits of one message only the last is worth sending."""
    aimed = [row for row in rows if row.aim]
    if not aimed:
        return list(rows)
    later = select(*TAKEN).where(
        WAITING, ROW.state == Sending.NEW, ROW.chat_id.in_({row.chat_id for row in aimed})
    )
    aims = {Taken(*row).aim for row in await session.execute(later)}
    overtaken = _ids(row for row in aimed if row.aim in aims)
    if overtaken:
        await settle(session, overtaken, Sending.STALE, None, by=by, now=now)
    return [row for row in rows if row.id not in overtaken]


def _ids(rows: Iterable[Taken]) -> list[int]:
    return [row.id for row in rows]
