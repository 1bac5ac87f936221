"""What the clock says to those who answered: a week before, a day, two hours, and afterwards."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, exists, select

from models.base import Session
from models.event import Answer, Attendance, Call, Calling, Change, Event, Reply, State
from models.mail import Lane
from models.member import Member
from models.person import Person
from services import broadcasts, events, notices

STEP = 5_000  # people told at a time
DAYS = {Call.WEEK: 7, Call.DAY: 1}
SOON, AFTER = timedelta(hours=2), timedelta(hours=1)
LATE = timedelta(days=3)  # for what was to be said a week before
RATED = timedelta(days=7)  # later than that nobody is asked what it was like
MOMENT = timedelta(minutes=1)  # a mark that is not there yet when the round goes out
SHIFT = timedelta(hours=2)  # more than any clock is put forward or back
NOTICES = {Call.RATE: "events-rate"}
MEANING = (Answer.GOING, Answer.MAYBE)  # to come
# Whoever still waits for a seat is told so once, when it is time to decide.
TOLD = {Call.WEEK: MEANING, Call.DAY: MEANING, Call.SOON: (*MEANING, Answer.WAITING)}
# Two hours before it cannot wait for the morning: then it comes without a sound.
LANES = {Call.SOON: Lane.CASE}


async def call_due(session: Session, *, now: datetime) -> None:
    """The clock's: the next people of the rounds that are due or under way."""
    left = STEP
    for call in Call:
        for event in (await session.scalars(_candidates(call, now))).all():
            if left <= 0:
                return
            if _is_due(event, call, now):
                left -= await _go_on(session, event, call, left, now=now)


async def ask_late(session: Session, event: Event, person: Person, *, now: datetime) -> None:
    """Whoever is marked when the others are asked «Оцените», or have been; nobody twice."""
    if event.starts_at and _is_due(event, Call.RATE, now + MOMENT) and person.is_reachable:
        lane, key = Lane.REMINDER, _key_of(event)
        await notices.owe(
            session, person, NOTICES[Call.RATE], now=now, lane=lane, key=key, event_id=event.id
        )


def due_at(event: Event, call: Call) -> datetime:
    """At the same hour by the event's own clock, whatever became of that clock meanwhile."""
    assert event.starts_at
    if call is Call.RATE:
        return event.over_at + AFTER
    if call is Call.SOON:
        return event.starts_at - SOON
    local = event.starts_at.astimezone(ZoneInfo(event.zone))
    return (local - timedelta(days=DAYS[call])).astimezone(UTC)


def is_asked(event: Event, now: datetime) -> bool:
    """Whether it is time for «Придёте?» of the day it is held on now."""
    return due_at(event, Call.DAY) <= now


def _over_at(event: Event, call: Call) -> datetime:
    """From then on it is too late to say so."""
    assert event.starts_at
    match call:
        case Call.WEEK:
            return due_at(event, call) + LATE
        case Call.DAY:
            return due_at(event, Call.SOON)
        case Call.SOON:
            return event.starts_at
    return due_at(event, call) + RATED


def _is_due(event: Event, call: Call, now: datetime) -> bool:
    return due_at(event, call) <= now < _over_at(event, call)


def _candidates(call: Call, now: datetime) -> Select[Event]:
    """A little more than those that are due, for clocks are put forward and back."""
    over = exists().where(
        Calling.event_id == Event.id,
        Calling.call == call,
        Calling.starts_at == Event.starts_at,
        Calling.over.is_(True),
    )
    return (
        select(Event)
        .where(Event.state == State.OPEN, *_about(call, now), ~over)
        .order_by(Event.starts_at, Event.id)
    )


def _about(call: Call, now: datetime) -> Iterable[ColumnElement[bool]]:
    if call is Call.RATE:
        since, till = now - AFTER - RATED, now - AFTER
        return (
            Event.starts_at > since - events.LONGEST,
            Event.ends_at > since,
            Event.ends_at <= till,
        )
    ahead = timedelta(days=DAYS[call]) + SHIFT if call in DAYS else SOON
    return Event.starts_at > now, Event.starts_at <= now + ahead


async def _go_on(session: Session, event: Event, call: Call, step: int, *, now: datetime) -> int:
    """How many were told now."""
    assert event.starts_at
    key = {"event_id": event.id, "call": call, "starts_at": event.starts_at}
    calling = await session.get(Calling, key)
    if calling is None:
        calling = Calling(**key, reached=0, over=False)
        session.add(calling)
        if call is not Call.RATE and await _known_since(session, event) > due_at(event, call):
            calling.over = True  # whoever answered by then has just read when it begins
            return 0
    count, reached = await broadcasts.owe_everyone(
        session,
        _audience(event, call, now),
        NOTICES.get(call, "events-call"),
        _details(event, call),
        after=calling.reached,
        step=step,
        lane=LANES.get(call, Lane.REMINDER),
        key=_key_of(event) if call is Call.RATE else None,
        place=None if call is Call.RATE else _place_of(event, call),
        now=now,
    )
    calling.reached = calling.reached if reached is None else reached
    calling.over = reached is None
    return count


def _key_of(event: Event) -> str:
    return f"rate:{event.id}"


def _place_of(event: Event, call: Call) -> str:
    """Of another round, or another day, it is another message."""
    assert event.starts_at
    return f"{events.CALLED}{event.id}:{call}:{event.starts_at.timestamp():.0f}"


def _details(event: Event, call: Call) -> dict[str, str | int]:
    if call is Call.RATE:
        return {"event_id": event.id}
    assert event.starts_at
    return {"event_id": event.id, "call": call, "starts_at": event.starts_at.isoformat()}


def _audience(event: Event, call: Call, now: datetime) -> Select[int, int]:
    """Person id and Telegram id of members who came, or answered that they might."""
    who = select(Person.id, Person.telegram_id)
    if call is Call.RATE:
        who = who.join(Attendance, Attendance.person_id == Person.id)
        who = who.where(Attendance.event_id == event.id)
    else:
        who = who.join(Reply, Reply.person_id == Person.id)
        who = who.where(Reply.event_id == event.id, Reply.answer.in_(TOLD[call]))
        who = who.where(~events.of_those_here())
    still = and_(Member.person_id == Person.id, Member.left_at.is_(None))
    who = who.join(Member, still)
    return who.where(Person.met_at.is_not(None), Person.unreachable_since.is_(None))


async def _known_since(session: Session, event: Event) -> datetime:
    """Since when it has been known that it begins when it does."""
    changes = await session.scalars(
        select(Change).where(Change.event_id == event.id).order_by(Change.sequence)
    )
    moved = [change.at for change in changes if "starts_at" in change.before]
    assert event.published_at
    return max([event.published_at, *moved])
