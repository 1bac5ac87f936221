"""What became of a post in each reader's chat: recorded with the settling of its row."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Insert, bindparam, false, func, insert, select

from models.base import Session, insert_of
from models.channel import Printed
from models.mail import Sending
from models.member import Member
from models.person import Person
from models.post import Delivery, Errand, Mailing
from services import channels_fates
from services.ages import young_for
from services.outbox import Taken

MAIN, LEAD = 0, 1  # the part with the buttons, and an album or a picture before it
COUNTERS = {
    Sending.SENT: "delivered",
    Sending.BLOCKED: "blocked",
    Sending.STALE: "dropped",
    Sending.FAILED: "failed",
    Sending.UNKNOWN: "failed",
}
PARTS = {"posts-post": MAIN, "posts-lead": LEAD, "channels-post": MAIN, "channels-lead": LEAD}
RECORDED = (
    "post_id", "person_id", "part", "state", "chat_id", "message_ids", "at",
    "organisation_id", "young",
)  # fmt: skip


class Receipt(NamedTuple):
    """Whose part of which post a row of the outbox carries."""

    post_id: int
    person_id: int | None  # none: the chat is a channel
    chat_id: int
    part: int


class Delivered(NamedTuple):
    receipt: Receipt
    state: Sending
    message_ids: Sequence[int] = ()
    why: str | None = None  # Telegram's words, if it refused


def receipt_of(row: Taken) -> Receipt | None:
    part = PARTS.get(row.notice or "")
    if part is None or row.details is None:
        return None
    return Receipt(row.details["post_id"], row.person_id, row.chat_id, part)


async def record(session: Session, done: Iterable[Delivered], *, now: datetime) -> None:
    """Once for each: what is told again changes nothing, and is not counted again."""
    done = list(done)
    await _record_printed(session, done, now)
    posts = defaultdict[tuple[int, int], list[Delivered]](list)
    for one in done:
        if one.receipt.person_id is not None:
            posts[one.receipt.post_id, one.receipt.part].append(one)
    for (post_id, part), those in posts.items():
        await _record(session, post_id, part, those, now)


async def _record(
    session: Session, post_id: int, part: int, those: Sequence[Delivered], now: datetime
) -> None:
    # Two that record at once would count alike: one waits for the other.
    mailing = await find_sending(session, post_id, to_change=True, now=now)
    people = [one.receipt.person_id for one in those]
    known = set(
        await session.scalars(
            select(Delivery.person_id).where(
                Delivery.post_id == post_id,
                Delivery.part == part,
                Delivery.person_id.in_(people),
            )
        )
    )
    fresh = [one for one in those if one.receipt.person_id not in known]
    if not fresh:
        return
    rows = [
        {"who": receipt.person_id, "chat": receipt.chat_id, "became": state, "ids": list(ids)}
        for receipt, state, ids, _ in fresh
    ]
    always = {"post": post_id, "part_no": part, "at": now}
    born_after = await young_for(session, post_id, now=now)
    await (await session.connection()).execute(_insert(born_after), [always | row for row in rows])
    if mailing is not None and part == MAIN:
        for one in fresh:
            counter = COUNTERS[one.state]
            setattr(mailing, counter, getattr(mailing, counter) + 1)


def _insert(born_after: date) -> Insert:
    columns = Delivery.__table__.c
    source = (
        select(
            bindparam("post", type_=columns.post_id.type),
            Person.id,
            bindparam("part_no", type_=columns.part.type),
            bindparam("became", type_=columns.state.type),
            bindparam("chat", type_=columns.chat_id.type),
            bindparam("ids", type_=columns.message_ids.type),
            bindparam("at", type_=columns.at.type),
            Member.organisation_id,
            func.coalesce(Member.born_on > born_after, false()),
        )
        .select_from(Person)
        .outerjoin(Member, (Member.person_id == Person.id) & Member.left_at.is_(None))
        .where(Person.id == bindparam("who"))
    )
    return insert(Delivery).from_select(RECORDED, source)


async def lose(session: Session, rows: Iterable[Taken], *, now: datetime) -> None:
    """Nobody will ever know whether these arrived."""
    receipts = [receipt for row in rows if (receipt := receipt_of(row))]
    await record(session, [Delivered(one, Sending.UNKNOWN) for one in receipts], now=now)


async def find_sending(
    session: Session, post_id: int, *, to_change: bool = False, now: datetime
) -> Mailing | None:
    """The sending of a post, if it has been sent by messages. `to_change`: nobody else may."""
    query = (
        select(Mailing)
        .where(Mailing.post_id == post_id, Mailing.errand == Errand.SEND)
        .order_by(Mailing.id.desc())
        .limit(1)
    )
    if to_change:
        query = query.with_for_update().execution_options(populate_existing=True)
    found: Mailing | None = await session.scalar(query)
    return found


async def find_message(
    session: Session, post_id: int, person_id: int, part: int, *, now: datetime
) -> Sequence[int]:
    """The messages of a part in somebody's chat."""
    found = await session.get(Delivery, (post_id, person_id, part))
    return found.message_ids if found and found.state is Sending.SENT else ()


async def _record_printed(session: Session, done: Iterable[Delivered], now: datetime) -> None:
    printed = [one for one in done if one.receipt.person_id is None]
    rows = [
        {
            "channel_id": receipt.chat_id,
            "message_id": message_id,
            "post_id": receipt.post_id,
            "part": receipt.part,
        }
        for receipt, _, message_ids, _ in printed
        for message_id in message_ids
    ]
    if rows:
        await session.execute(insert_of(session, Printed).on_conflict_do_nothing(), rows)
    for receipt, became, _, why in printed:
        await channels_fates.record(
            session, receipt.post_id, receipt.chat_id, became, why, now=now
        )
