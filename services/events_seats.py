"""Who gets a seat: decided by one statement, and offered in the order of the line.

At the end of every transaction a seat is free only if nobody who can be told waits for one, so
that a newcomer who finds one overtakes nobody else; whoever cannot be told keeps their place.
Whatever changes an answer or the seats holds the event's row.
"""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, exists, or_, select, union, update
from sqlalchemy.orm import aliased

from models.base import Session
from models.event import Answer, Event, Reply, State
from models.person import Person
from services import events, members, notices
from services.access import Actor
from services.errors import NotFound, Refusal

OFFER = timedelta(hours=12)
SHORTEST = timedelta(minutes=30)
SAID = (Answer.GOING, Answer.MAYBE, Answer.NO, Answer.WAITING)  # an offer is not a person's to say

# Of replies: those to whom a seat can be offered.
_WAITS = (
    Reply.answer == Answer.WAITING,
    Reply.person_id == Person.id,
    Person.unreachable_since.is_(None),
)


class Cancelled(Refusal):
    text_id = "events-cancelled"


class Begun(Refusal):
    text_id = "events-begun"


class Closed(Refusal):
    """Answers were taken until some time before it begins."""

    text_id = "events-closed"


class FewerThanTaken(Refusal):
    text_id = "events-fewer-than-taken"


async def answer(
    session: Session,
    actor: Actor,
    event_id: int,
    said: Answer,
    *,
    sure: bool = False,
    now: datetime,
) -> Answer | None:
    """What it came to: who wanted a seat and got none answers nothing new.

    `sure`: it was asked the day before.
    """
    await events.get_for(session, actor, event_id, now=now)
    event = await _hold(session, event_id)
    await _pass_on(session, event, now=now)
    reply = await events.find_reply(session, event_id, actor.id, now=now)
    before = reply.answer if reply else None
    _require_open(actor, event, before, said, now)
    becomes = await _settle(session, event, before, said)
    if becomes is None:
        return None
    if reply is None:
        reply = Reply(event_id=event_id, person_id=actor.id)
        session.add(reply)
    if becomes is not before:
        _put(event, reply, becomes, now)
    reply.sure = reply.sure or (sure and becomes is Answer.GOING)
    await session.flush()
    await _offer(session, event, now=now)
    return becomes


async def give_up(session: Session, actor: Actor, *, now: datetime) -> None:
    """Whoever leaves the union comes to nothing of it that is still ahead."""
    ahead = (
        select(Event.id)
        .join(Reply, Reply.event_id == Event.id)
        .where(Reply.person_id == actor.id, Reply.answer != Answer.NO)
        .where(Event.state == State.OPEN, Event.starts_at > now)
    )
    for event_id in (await session.scalars(ahead.order_by(Event.id))).all():
        event = await _hold(session, event_id)
        reply = await events.find_reply(session, event_id, actor.id, now=now)
        if reply is not None:
            await _settle(session, event, reply.answer, Answer.NO)
            _put(event, reply, Answer.NO, now)
            await session.flush()
            await _pass_on(session, event, now=now)


async def widen(session: Session, event: Event, seats: int | None, *, now: datetime) -> None:
    """So many seats from now on; none: for everybody. What is free is offered to the line."""
    event = await _hold(session, event.id)
    await _drop_overdue(session, event, now=now)
    if seats is not None and seats < event.taken:
        raise FewerThanTaken(taken=str(event.taken))
    event.seats = seats
    await session.flush()
    await _offer(session, event, now=now)


async def hand_over(session: Session, old: Person, new: Person, *, now: datetime) -> None:
    """Two accounts of one person: where both have answered, the later word counts."""
    asked = aliased(Reply)
    both = select(Reply.event_id).join(asked, asked.event_id == Reply.event_id)
    both = both.where(Reply.person_id == old.id, asked.person_id == new.id)
    for event_id in (await session.scalars(both.order_by(Reply.event_id))).all():
        event = await _hold(session, event_id)
        await _forget_earlier(session, event, old, new)
        await _pass_on(session, event, now=now)
    left = update(Reply).where(Reply.person_id == old.id).values(person_id=new.id)
    await session.execute(left)


async def _forget_earlier(session: Session, event: Event, old: Person, new: Person) -> None:
    mine = [Reply.event_id == event.id, Reply.person_id.in_([old.id, new.id])]
    said = select(Reply.person_id, Reply.answer).where(*mine).order_by(Reply.at)
    (person_id, answer), _ = await session.execute(said)
    await session.execute(delete(Reply).where(*mine, Reply.person_id == person_id))
    if answer.takes_seat:
        await _count(session, event, Event.taken - 1)


async def sweep_offers(session: Session, *, now: datetime) -> None:
    """The clock's: offers that nobody took go on to the next in line."""
    closed = or_(Event.starts_at <= now, Event.answer_by <= now)
    overdue = (
        select(Event.id)
        .join(Reply, Reply.event_id == Event.id)
        .where(Event.state == State.OPEN, Reply.answer == Answer.OFFERED)
        .where(or_(Reply.offered_until <= now, closed))
    )
    # What an organiser has changed may let the line go on.
    waits = exists().where(Reply.event_id == Event.id, *_WAITS)
    free = or_(Event.seats.is_(None), Event.taken < Event.seats)
    is_open = or_(Event.answer_by.is_(None), Event.answer_by > now)
    idle = select(Event.id).where(
        Event.state == State.OPEN, Event.starts_at > now, is_open, free, waits
    )
    due = (
        select(Event)
        .where(Event.id.in_(union(overdue, idle)))
        .order_by(Event.id)
        .with_for_update(skip_locked=True, key_share=True)
        .execution_options(populate_existing=True)
    )
    for event in (await session.scalars(due)).all():
        await _pass_on(session, event, now=now)


def offered_until(event: Event, now: datetime) -> datetime:
    """Half of what is left until answers close, within twelve hours and thirty minutes."""
    length = max(SHORTEST, min(OFFER, (event.closes_at - now) / 2))
    return min(now + length, event.closes_at)


async def _hold(session: Session, event_id: int) -> Event:
    """Nobody else changes it or its answers until this transaction is over."""
    held = select(Event).where(Event.id == event_id).with_for_update(key_share=True)
    return (await session.scalars(held.execution_options(populate_existing=True))).one()


def _require_open(
    actor: Actor, event: Event, before: Answer | None, said: Answer, now: datetime
) -> None:
    if said not in SAID:
        raise NotFound  # a forged button
    if event.state is not State.OPEN:
        raise Cancelled
    if event.starts_at is None or event.starts_at <= now:
        raise Begun
    if said is Answer.NO:
        return  # whoever cannot come after all is always heard
    members.require_member(actor)
    if event.closes_at <= now and before is not said:
        raise Closed


async def _settle(
    session: Session, event: Event, before: Answer | None, said: Answer
) -> Answer | None:
    """What the answer becomes from what it was, with the seat that goes with it."""
    if said in (Answer.MAYBE, Answer.NO):
        if before and before.takes_seat:
            await _count(session, event, Event.taken - 1)
        return said
    if before is Answer.GOING:
        return before
    if before is Answer.OFFERED:
        return Answer.GOING if said is Answer.GOING else before
    if await _take_seat(session, event):
        return Answer.GOING
    return Answer.WAITING if said is Answer.WAITING else before


async def _take_seat(session: Session, event: Event) -> bool:
    free = or_(Event.seats.is_(None), Event.taken < Event.seats)
    return await _count(session, event, Event.taken + 1, free)


async def _count(
    session: Session, event: Event, taken: ColumnElement[int], *only_if: ColumnElement[bool]
) -> bool:
    counting = update(Event).where(Event.id == event.id, *only_if).values(taken=taken)
    done = await session.scalar(
        counting.returning(Event.id).execution_options(synchronize_session=False)
    )
    if done is not None:
        await session.refresh(event, ["taken"])
    return done is not None


def _put(event: Event, reply: Reply, answer: Answer, now: datetime) -> None:
    reply.answer, reply.at, reply.offered_until, reply.sure = answer, now, None, False
    reply.place = _last_in_line(event) if answer is Answer.WAITING else None


def _last_in_line(event: Event) -> int:
    event.line += 1
    return event.line


async def _pass_on(session: Session, event: Event, *, now: datetime) -> None:
    await _drop_overdue(session, event, now=now)
    await _offer(session, event, now=now)


async def _drop_overdue(session: Session, event: Event, *, now: datetime) -> None:
    """Whoever let an offer pass has not answered; they may stand in line anew."""
    if event.state is not State.OPEN:
        return
    passed = [] if event.closes_at <= now else [Reply.offered_until <= now]
    dropped = (
        delete(Reply)
        .where(Reply.event_id == event.id, Reply.answer == Answer.OFFERED, *passed)
        .returning(Reply.person_id)
        .execution_options(synchronize_session=False)
    )
    ids = list(await session.scalars(dropped))
    if ids:
        await _count(session, event, Event.taken - len(ids))
        people = await session.scalars(select(Person).where(Person.id.in_(ids)))
        details = {"event_id": event.id}
        await notices.owe_all(session, people, "events-missed", now=now, details=details)


async def _offer(session: Session, event: Event, *, now: datetime) -> None:
    """Every free seat, to the first in line."""
    free = None if event.seats is None else event.seats - event.taken
    if event.state is not State.OPEN or event.closes_at <= now or (free is not None and free <= 0):
        return
    until = offered_until(event, now)
    first = (
        select(Reply.person_id)
        .where(Reply.event_id == event.id, *_WAITS)
        .order_by(Reply.place)
        .limit(free)
        .correlate(None)
    )
    offered = (
        update(Reply)
        .where(Reply.event_id == event.id, Reply.person_id.in_(first))
        .values(answer=Answer.OFFERED, offered_until=until)
        .returning(Reply.person_id)
        .execution_options(synchronize_session=False)
    )
    ids = list(await session.scalars(offered))
    if ids:
        await _count(session, event, Event.taken + len(ids))
        people = await session.scalars(select(Person).where(Person.id.in_(ids)))
        details = {"event_id": event.id, "until": until.isoformat()}
        await notices.owe_all(session, people, "events-offer", now=now, details=details)
