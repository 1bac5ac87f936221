"""Who gets a seat: decided by one statement.

Whatever changes an answer or the seats holds the event's row.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, or_, select, update
from sqlalchemy.orm import aliased

from models.base import Session
from models.event import IN_LINE, Answer, Attendance, Event, Reply, State
from models.person import Person
from services import audit, events, events_calls, events_desk, events_offers, members
from services.access import Actor
from services.errors import NotFound, Refusal

SAID = (Answer.GOING, Answer.MAYBE, Answer.NO, Answer.WAITING)  # an offer is not a person's to say


class Cancelled(Refusal):
    text_id = "events-cancelled"


class Begun(Refusal):
    text_id = "events-begun"


class Closed(Refusal):
    """Answers were taken until some time before it begins."""

    text_id = "events-closed"


class Here(Refusal):
    """Whoever is checked in has nothing to answer any more."""

    text_id = "events-here"


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

    `sure`: it was asked the day before; of another day, before a move, it says nothing.
    """
    await events.get_for(session, actor, event_id, now=now)
    event = await events_offers.hold(session, event_id, now=now)
    await events_offers.pass_on(session, event, now=now)
    reply = await events.find_reply(session, event_id, actor.id, now=now)
    before = reply.answer if reply else None
    _require_open(actor, event, before, said, now)
    if await events.is_here(session, event_id, actor.id, now=now):
        raise Here
    becomes = await _settle(session, event, before, said, now)
    if becomes is None:
        return None
    if reply is None:
        reply = Reply(event_id=event_id, person_id=actor.id)
        session.add(reply)
    if becomes is not before:
        _put(event, reply, becomes, now)
    confirmed = sure and events_calls.is_asked(event, now)
    reply.sure = reply.sure or (confirmed and becomes is Answer.GOING)
    if session.is_modified(reply):
        await events_desk.follow(session, event, now=now)
    await session.flush()
    await events_offers.offer(session, event, now=now)
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
        event = await events_offers.hold(session, event_id, now=now)
        reply = await events.find_reply(session, event_id, actor.id, now=now)
        if reply is not None:
            await _settle(session, event, reply.answer, Answer.NO, now)
            _put(event, reply, Answer.NO, now)
            await events_desk.follow(session, event, now=now)
            await session.flush()
            await events_offers.pass_on(session, event, now=now)


async def widen(session: Session, event: Event, seats: int | None, *, now: datetime) -> None:
    """So many seats from now on; none: for everybody. What is free is offered to the line."""
    event = await events_offers.hold(session, event.id, now=now)
    await events_offers.drop_overdue(session, event, now=now)
    if seats is not None and seats < event.taken:
        raise FewerThanTaken(taken=str(event.taken))
    event.seats = seats
    await session.flush()
    await events_offers.offer(session, event, now=now)


async def reschedule(session: Session, actor: Actor, event: Event, *, now: datetime) -> None:
    """It begins at another time: whoever came, or said «Приду», did so for the old one."""
    event = await events_offers.hold(session, event.id, now=now)
    await _undo_marks(session, actor, event, now)
    said = update(Reply).where(Reply.event_id == event.id, Reply.sure.is_(True))
    await session.execute(said.values(sure=False))
    await events_offers.pass_on(session, event, now=now)
    await events_offers.renew(session, event, now=now)


async def count_undone(
    session: Session, event_id: int, starts_at: datetime, *, now: datetime
) -> int:
    """How many marks would go if it began then."""
    marks = select(func.count()).where(*_is_too_early(event_id, starts_at))
    return await session.scalar(marks) or 0


async def hand_over(session: Session, old: Person, new: Person, *, now: datetime) -> None:
    """Two accounts of one person: where both have answered, the later word counts."""
    asked = aliased(Reply)
    both = select(Reply.event_id).join(asked, asked.event_id == Reply.event_id)
    both = both.where(Reply.person_id == old.id, asked.person_id == new.id)
    for event_id in (await session.scalars(both.order_by(Reply.event_id))).all():
        event = await events_offers.hold(session, event_id, now=now)
        await _forget_earlier(session, event, old, new, now=now)
        await events_desk.follow(session, event, now=now)
        await events_offers.pass_on(session, event, now=now)
    left = update(Reply).where(Reply.person_id == old.id).values(person_id=new.id)
    await session.execute(left)


async def _forget_earlier(
    session: Session, event: Event, old: Person, new: Person, *, now: datetime
) -> None:
    mine = [Reply.event_id == event.id, Reply.person_id.in_([old.id, new.id])]
    said = select(Reply.person_id, Reply.answer).where(*mine).order_by(Reply.at)
    (person_id, answer), _ = await session.execute(said)
    await session.execute(delete(Reply).where(*mine, Reply.person_id == person_id))
    if answer.takes_seat:
        await events_offers.count(session, event, Event.taken - 1, now=now)


async def _undo_marks(session: Session, actor: Actor, event: Event, now: datetime) -> None:
    assert event.starts_at
    gone = delete(Attendance).where(*_is_too_early(event.id, event.starts_at))
    marks = len((await session.scalars(gone.returning(Attendance.id))).all())
    if marks:
        title, subject = event.title, ("checkin.cleared", "event", event.id)
        audit.record(session, actor, *subject, now=now, title=title, marks=marks)


def _is_too_early(event_id: int, starts_at: datetime) -> tuple[ColumnElement[bool], ...]:
    """Of marks: made before anybody may be marked."""
    return Attendance.event_id == event_id, Attendance.at < starts_at - events.OPENS


def _require_open(
    actor: Actor, event: Event, before: Answer | None, said: Answer, now: datetime
) -> None:
    if said not in SAID:
        raise NotFound  # a forged button
    if event.state is not State.OPEN:
        raise Cancelled
    if event.has_begun(now):
        raise Begun
    if said is Answer.NO:
        return  # whoever cannot come after all is always heard
    members.require_member(actor)
    stands = before is said or (before in IN_LINE and said in (Answer.GOING, Answer.WAITING))
    if event.closes_at <= now and not stands:
        raise Closed


async def _settle(
    session: Session, event: Event, before: Answer | None, said: Answer, now: datetime
) -> Answer | None:
    """What the answer becomes from what it was, with the seat that goes with it."""
    if said in (Answer.MAYBE, Answer.NO):
        if before and before.takes_seat:
            await events_offers.count(session, event, Event.taken - 1, now=now)
        return said
    if before is Answer.GOING:
        return before
    if before is Answer.OFFERED:
        return Answer.GOING if said is Answer.GOING else before
    if await _take_seat(session, event, now):
        return Answer.GOING
    return Answer.WAITING if said is Answer.WAITING else before


async def _take_seat(session: Session, event: Event, now: datetime) -> bool:
    free = or_(Event.seats.is_(None), Event.taken < Event.seats)
    return await events_offers.count(session, event, Event.taken + 1, free, now=now)


def _put(event: Event, reply: Reply, answer: Answer, now: datetime) -> None:
    reply.answer, reply.at, reply.offered_until, reply.sure = answer, now, None, False
    reply.place = _last_in_line(event) if answer is Answer.WAITING else None


def _last_in_line(event: Event) -> int:
    event.line += 1
    return event.line
