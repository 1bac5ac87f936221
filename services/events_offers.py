"""Seats that are free, or become so: offered to those in line, in their order, until it begins.

At the end of every transaction a seat is free only if nobody who can be told waits for one, so
that a newcomer who finds one overtakes nobody else; whoever cannot be told keeps their place.
A time to answer by closes the line to newcomers alone.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, delete, exists, or_, select, union, update

from models.base import Session
from models.event import Answer, Event, Reply, State
from models.person import Person
from services import access, events, events_desk, hours, notices

OFFER = timedelta(hours=12)
SHORTEST = timedelta(minutes=30)


async def sweep(session: Session, *, now: datetime) -> None:
    """The clock's: offers that nobody took go on to the next in line."""
    overdue = (
        select(Event.id)
        .join(Reply, Reply.event_id == Event.id)
        .where(Event.state == State.OPEN, *_is_offered(now))
        .where(or_(Reply.offered_until <= now, Event.starts_at <= now))
    )
    # What an organiser has changed may let the line go on.
    waits = exists().where(Reply.event_id == Event.id, *_waits(now))
    free = or_(Event.seats.is_(None), Event.taken < Event.seats)
    idle = select(Event.id).where(Event.state == State.OPEN, Event.starts_at > now, free, waits)
    due = (
        select(Event)
        .where(Event.id.in_(union(overdue, idle)))
        .order_by(Event.id)
        .with_for_update(skip_locked=True, key_share=True)
        .execution_options(populate_existing=True)
    )
    for event in (await session.scalars(due)).all():
        await pass_on(session, event, now=now)


def offered_until(event: Event, person: Person, zone: ZoneInfo, now: datetime) -> datetime:
    """Half of what is left until it begins, within twelve hours and thirty minutes; so many of
    them at least in which they want to hear of things.
    """
    assert event.starts_at
    until = now + max(SHORTEST, min(OFFER, (event.starts_at - now) / 2))
    for moment in (now + SHORTEST, now):
        if wakes := hours.quiet_until(person, zone, moment):
            until = max(until, wakes.astimezone(UTC) + SHORTEST)
    return min(until, event.starts_at)


async def hold(session: Session, event_id: int, *, now: datetime) -> Event:
    """Nobody else changes it or its answers until this transaction is over."""
    held = select(Event).where(Event.id == event_id).with_for_update(key_share=True)
    return (await session.scalars(held.execution_options(populate_existing=True))).one()


async def count(
    session: Session,
    event: Event,
    taken: ColumnElement[int],
    *only_if: ColumnElement[bool],
    now: datetime,
) -> bool:
    """So many seats are taken now; False: what it was to happen under is not so."""
    counting = update(Event).where(Event.id == event.id, *only_if).values(taken=taken)
    done = await session.scalar(
        counting.returning(Event.id).execution_options(synchronize_session=False)
    )
    if done is not None:
        await session.refresh(event, ["taken"])
    return done is not None


async def pass_on(session: Session, event: Event, *, now: datetime) -> None:
    await drop_overdue(session, event, now=now)
    await offer(session, event, now=now)


async def drop_overdue(session: Session, event: Event, *, now: datetime) -> None:
    """Whoever let an offer pass has not answered; they may stand in line anew."""
    if event.state is not State.OPEN:
        return
    passed = [] if event.has_begun(now) else [Reply.offered_until <= now]
    dropped = (
        delete(Reply)
        .where(Reply.event_id == event.id, *_is_offered(now), *passed)
        .returning(Reply.person_id)
        .execution_options(synchronize_session=False)
    )
    ids = list(await session.scalars(dropped))
    if ids:
        await count(session, event, Event.taken - len(ids), now=now)
        await events_desk.follow(session, event, now=now)
        people = await session.scalars(select(Person).where(Person.id.in_(ids)))
        details = {"event_id": event.id}
        await notices.owe_all(session, people, "events-missed", now=now, details=details)


async def offer(session: Session, event: Event, *, now: datetime) -> None:
    """Every free seat, to the first in line."""
    free = None if event.seats is None else event.seats - event.taken
    if event.state is not State.OPEN or event.has_begun(now) or (free is not None and free <= 0):
        return
    line = select(Reply.person_id).where(Reply.event_id == event.id, *_waits(now))
    first = (await session.scalars(line.order_by(Reply.place).limit(free))).all()
    if first:
        await count(session, event, Event.taken + len(first), now=now)
        await promise(session, event, first, now=now)


async def promise(session: Session, event: Event, ids: Sequence[int], *, now: datetime) -> None:
    """A seat is kept for these from now on, and they are told until when."""
    for until, people in (await _terms(session, event, ids, now)).items():
        await _keep(session, event, people, until)
        details = {"event_id": event.id, "until": until.isoformat()}
        await notices.owe_all(session, people, "events-offer", now=now, details=details)
    if ids:
        await events_desk.follow(session, event, now=now)


async def renew(session: Session, event: Event, *, now: datetime) -> None:
    """It begins at another time: a promise lasts as long as one made now would, if that is longer,
    and never beyond the start. What tells of the move says so.
    """
    assert event.starts_at
    asked = select(Reply.person_id, Reply.offered_until)
    held = await session.execute(asked.where(Reply.event_id == event.id, *_is_offered(now)))
    kept = {one.person_id: one.offered_until for one in held}
    for until, people in (await _terms(session, event, list(kept), now)).items():
        other = [one for one in people if not until <= kept[one.id] <= event.starts_at]
        await _keep(session, event, other, until)


async def _terms(
    session: Session, event: Event, ids: Sequence[int], now: datetime
) -> dict[datetime, list[Person]]:
    """Until when a seat would be kept for whom."""
    terms: dict[datetime, list[Person]] = defaultdict(list)
    known = await access.list_zones(session, ids, ZoneInfo(event.zone), now=now)
    for person, zone in known.values():
        terms[offered_until(event, person, zone, now)].append(person)
    return terms


async def _keep(session: Session, event: Event, people: Sequence[Person], until: datetime) -> None:
    whose = Reply.event_id == event.id, Reply.person_id.in_([one.id for one in people])
    kept = update(Reply).where(*whose).values(answer=Answer.OFFERED, offered_until=until)
    await session.execute(kept.execution_options(synchronize_session=False))


def _is_offered(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Of replies: those that may still come to nothing."""
    return Reply.answer == Answer.OFFERED, ~events.of_those_here()


def _waits(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Of replies: those to whom a seat can be offered."""
    can_be_told = (Reply.person_id == Person.id, Person.unreachable_since.is_(None))
    return Reply.answer == Answer.WAITING, ~events.of_those_here(), *can_be_told
