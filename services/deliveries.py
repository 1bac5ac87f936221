"""What became of a post in each reader's chat: recorded with the settling of its row."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Insert, insert, select

from models.base import OneOf, Session, insert_of
from models.channel import Printed
from models.mail import Sending
from models.member import Member
from models.organisation import Organisation, day_in
from models.post import LEAD, MAIN, Delivery, Errand, Mailing
from services import channels_fates, reach
from services.ages import is_young
from services.outbox import Taken
from services.reach import Change, Reach

CORRECTION, REMOVAL = 2, 3  # what follows those in a channel
# What somebody has opened: its words alone, or under a picture; and the album before them.
OPENED, CAPTIONED, OPENED_LEAD = 4, 5, 6
BY_MAIL, BY_TAP = (MAIN, LEAD), (OPENED, CAPTIONED, OPENED_LEAD)
MEMBERS = Member.__table__.c
NOBODYS: tuple[int | None, bool] = (None, False)  # of somebody who is no member any more
COUNTERS = {
    Sending.SENT: "delivered",
    Sending.BLOCKED: "blocked",
    Sending.STALE: "dropped",
    Sending.FAILED: "failed",
    Sending.UNKNOWN: "unsure",
}
PARTS = {
    "posts-post": MAIN,
    "posts-lead": LEAD,
    "channels-post": MAIN,
    "channels-lead": LEAD,
    "channels-correct": CORRECTION,
    "channels-withdraw": REMOVAL,
}
ERRANDS = {CORRECTION: Errand.CORRECT, REMOVAL: Errand.WITHDRAW}


class Receipt(NamedTuple):
    """Whose part of which post a row of the outbox carries."""

    post_id: int
    person_id: int | None  # none: the chat is a channel
    chat_id: int
    part: int


class Opened(NamedTuple):
    """A part of a post in the chat of whoever has opened it: corrected and taken back with it."""

    post_id: int
    part: int


class Delivered(NamedTuple):
    receipt: Receipt
    state: Sending
    message_ids: Sequence[int] = ()
    why: str | None = None  # Telegram's words, if it refused


class Carried(NamedTuple):
    """Of which posts one message tells somebody, as a digest does."""

    person_id: int
    post_ids: Sequence[int]


def receipt_of(row: Taken) -> Receipt | None:
    details = row.details or {}
    part = PARTS.get(row.notice) if row.notice else details.get("part")
    if part is None:
        return None
    return Receipt(details["post_id"], row.person_id, row.chat_id, part)


async def record(
    session: Session,
    done: Iterable[Delivered],
    carried: Iterable[tuple[Carried, Sending]] = (),
    *,
    now: datetime,
) -> None:
    """Once for each: what is told again changes nothing, and is not counted again.

    `carried`: what became of messages that tell of several posts each; only numbers remain.
    """
    done, counted = list(done), list(carried)
    await _record_opened(session, [one for one in done if one.receipt.part in BY_TAP], now)
    done = [one for one in done if one.receipt.part not in BY_TAP]
    await _record_printed(session, done, now)
    posts = defaultdict[tuple[int, int], list[Delivered]](list)
    for one in done:
        if one.receipt.person_id is not None:
            posts[one.receipt.post_id, one.receipt.part].append(one)
    # All take channels, then mailings, then tallies, each in one order: nobody waits in a ring.
    for (post_id, part), those in sorted(posts.items()):
        counted += await _record(session, post_id, part, those, now)
    await _count(session, counted, now)


async def _count(session: Session, done: Sequence[tuple[Carried, Sending]], now: datetime) -> None:
    told = [(one, what) for one, state in done if (what := COUNTERS[state]) in Reach._fields]
    if not told:
        return
    homes = await _homes(session, [one.person_id for one, _ in told], now)
    changes = Counter(
        Change(post_id, home, young, what)
        for one, what in told
        for home, young in [homes.get(one.person_id, NOBODYS)]
        for post_id in one.post_ids
    )
    await reach.count(session, changes, now=now)


async def _record(
    session: Session, post_id: int, part: int, those: Sequence[Delivered], now: datetime
) -> list[tuple[Carried, Sending]]:
    """Answers to whom something became of the whole post."""
    # Two that record at once would count alike: one waits for the other.
    mailing = await find_sending(session, post_id, to_change=True, now=now)
    people = [one.receipt.person_id for one in those]
    found = await session.execute(
        select(Delivery.person_id, Delivery.part, Delivery.state).where(
            Delivery.post_id == post_id, Delivery.person_id.in_(people)
        )
    )
    known = {(person_id, part): state for person_id, part, state in found.all()}
    fresh = [one for one in those if (one.receipt.person_id, part) not in known]
    if not fresh:
        return []
    await _insert(session, fresh, now)
    told = [
        (Carried(who, [post_id]), state)
        for one in fresh
        if (who := one.receipt.person_id)
        and (state := _as_whole(part, one.state, known.get((who, MAIN if part == LEAD else LEAD))))
    ]
    became = Counter(COUNTERS[state] for _, state in told)
    for counter, number in became.items() if mailing else ():
        setattr(mailing, counter, getattr(mailing, counter) + number)
    return told


def _as_whole(part: int, state: Sending, other: Sending | None) -> Sending | None:
    """What became of a post for somebody, by the part that came last. None: that is to come."""
    if part == LEAD:  # after its words only where it was lost before them
        return state if other is Sending.SENT else None
    return Sending.UNKNOWN if (state, other) == (Sending.SENT, Sending.UNKNOWN) else state


async def _record_opened(session: Session, done: Sequence[Delivered], now: datetime) -> None:
    """Where it stands now; it is no receipt of a sending, and counts nowhere."""
    new = insert_of(session, Delivery)
    latest = {name: new.excluded[name] for name in ("chat_id", "message_ids", "at")}
    key = ("post_id", "person_id", "part")
    sent = [one for one in done if one.state is Sending.SENT]
    await _insert(session, sent, now, new.on_conflict_do_update(index_elements=key, set_=latest))


async def _insert(
    session: Session, fresh: Sequence[Delivered], now: datetime, new: Insert | None = None
) -> None:
    rows = [
        receipt._asdict() | {"state": state, "message_ids": list(ids), "at": now}
        for receipt, state, ids, _ in fresh
    ]
    if rows:
        connection = await session.connection()
        await connection.execute(insert(Delivery) if new is None else new, rows)


async def _homes(
    session: Session, people: Sequence[int], now: datetime
) -> dict[int, tuple[int, bool]]:
    """Where each of these is a member, and whether as one of the young: as when they read."""
    found = (
        select(Member.person_id, Member.born_on, Organisation.id, Organisation.timezone)
        .join(Organisation, Organisation.id == Member.organisation_id)
        .where(OneOf(MEMBERS.person_id, "who"), Member.left_at.is_(None))
    )
    rows = await session.execute(found, {"who": list(people)})
    return {
        person_id: (home, is_young(born_on, day_in(zone, now)))
        for person_id, born_on, home, zone in rows.all()
    }


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


async def list_parts(
    session: Session, post_id: int, person_id: int, parts: Sequence[int], *, now: datetime
) -> Sequence[Delivery]:
    """Those of these parts that stand in somebody's chat; the latest with the words comes last."""
    whose = (Delivery.post_id == post_id, Delivery.person_id == person_id)
    there = (*whose, Delivery.part.in_(parts), Delivery.state == Sending.SENT)
    lead = Delivery.part.in_([LEAD, OPENED_LEAD])
    found = select(Delivery).where(*there).order_by(lead.desc(), Delivery.at, Delivery.part)
    return (await session.scalars(found)).all()


async def _record_printed(session: Session, done: Iterable[Delivered], now: datetime) -> None:
    printed = [one for one in done if one.receipt.person_id is None]
    printed.sort(key=lambda one: (one.receipt.post_id, one.receipt.chat_id))
    rows = [
        {
            "channel_id": receipt.chat_id,
            "message_id": message_id,
            "post_id": receipt.post_id,
            "part": receipt.part,
        }
        for receipt, _, message_ids, _ in printed
        if receipt.part not in ERRANDS
        for message_id in message_ids
    ]
    if rows:
        await session.execute(insert_of(session, Printed).on_conflict_do_nothing(), rows)
    for (post_id, _, channel_id, part), became, _, why in printed:
        errand = ERRANDS.get(part, Errand.SEND)
        await channels_fates.record(session, post_id, channel_id, errand, became, why, now=now)
