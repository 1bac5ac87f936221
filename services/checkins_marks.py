"""Who really came: marked by the organiser, by whoever is responsible, or at the door's QR.

Whoever marks holds the event's row: meanwhile no seat goes on, nor the event to another day.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum, auto

from sqlalchemy import delete, select

from models.base import Session, insert_of
from models.event import Attendance, Event, State
from models.member import Member
from models.organisation import Organisation
from models.person import Person
from services import (
    audit,
    cards,
    checkins,
    checkins_people,
    events,
    events_calls,
    events_desk,
    events_leaving,
    events_offers,
)
from services.access import Actor
from services.ages import is_young
from services.errors import Refusal
from services.events import Known
from services.house import House

DOOR = timedelta(hours=1)  # before the start the QR at the door begins to work
UNDO = timedelta(minutes=10)


class TooEarly(Refusal):
    text_id = "checkins-too-early"


class TooLate(Refusal):
    text_id = "checkins-too-late"


class Left(Refusal):
    text_id = "checkins-left"


class Kept(Refusal):
    """What was marked long enough ago stays."""

    text_id = "checkins-kept"


class Undone(Refusal):
    text_id = "checkins-undone-already"


class Verdict(StrEnum):
    """What the QR at the door comes to."""

    CAME = auto()
    ALREADY = auto()
    EARLY = auto()
    LATE = auto()


@dataclass(frozen=True)
class Marked:
    known: Known
    attendance: Attendance
    name: str
    fresh: bool  # not there before

    def may_undo(self, now: datetime) -> bool:
        return now - self.attendance.at <= UNDO


async def mark(
    session: Session, actor: Actor, event_id: int, member_id: int, *, now: datetime
) -> Marked:
    """Somebody among those one may see, or who has answered."""
    known = await _get_open(session, actor, event_id, now)
    member, home = await checkins_people.find_among(session, actor, event_id, member_id, now=now)
    return await _put(session, actor, known, member, home, now)


async def mark_card(
    session: Session, actor: Actor, event_id: int, pointer: str, house: House, *, now: datetime
) -> Marked:
    """Whoever has shown their card."""
    known = await _get_open(session, actor, event_id, now)
    checked = await cards.check(session, actor, pointer, house, shown=True, now=now)
    if not checked.valid or checked.member is None or checked.organisation is None:
        raise Left
    return await _put(session, actor, known, checked.member, checked.organisation, now)


async def mark_guest(
    session: Session, actor: Actor, event_id: int, name: str, *, now: datetime
) -> Marked:
    known = await _get_open(session, actor, event_id, now)
    came = Attendance(event_id=event_id, guest=name, at=now, by_id=actor.id)
    session.add(came)
    await session.flush()
    title = known.event.title
    audit.record(session, actor, "checkin.guest", "event", event_id, now=now, title=title)
    await _redraw(session, known.event, None, now=now)
    return Marked(known, came, name, fresh=True)


async def come(
    session: Session, actor: Actor, event_id: int, *, now: datetime
) -> tuple[Verdict, Known, datetime]:
    """The QR at the door, read by a member's own phone; when it says so, or when it counted."""
    known = await events.get_for(session, actor, event_id, now=now)
    event = await events_offers.hold(session, event_id, now=now)
    member, home = actor.member, actor.organisation
    if event.state is not State.OPEN or event.starts_at is None or not (member and home):
        raise events.Gone
    opens, closes = door_of(event)
    if now < opens:
        return Verdict.EARLY, known, opens
    if now > closes:
        return Verdict.LATE, known, closes
    marked = await _put(session, actor, known, member, home, now)
    return Verdict.CAME if marked.fresh else Verdict.ALREADY, known, marked.attendance.at


def door_of(event: Event) -> tuple[datetime, datetime]:
    """From when and till when its QR works."""
    assert event.starts_at
    return event.starts_at - DOOR, event.over_at


async def undo(
    session: Session, actor: Actor, attendance_id: int, *, now: datetime
) -> tuple[Known, str]:
    """Of which event, and whose it was."""
    came = await session.get(Attendance, attendance_id)
    if came is None:
        raise Undone
    known = await checkins.get_desk(session, actor, came.event_id, held=True, now=now)
    if now - came.at > UNDO:
        raise Kept
    gone = delete(Attendance).where(Attendance.id == attendance_id).returning(Attendance.id)
    if (await session.scalars(gone)).first() is None:
        raise Undone  # by somebody else, a moment ago
    audit.record(
        session, actor, "checkin.undone", "event", came.event_id, now=now, title=known.event.title
    )
    person = await session.get(Person, came.person_id) if came.person_id else None
    await _redraw(session, known.event, person, now=now)
    return known, await checkins_people.name_of(session, came, now=now)


async def _get_open(session: Session, actor: Actor, event_id: int, now: datetime) -> Known:
    known = await checkins.get_desk(session, actor, event_id, held=True, now=now)
    if not checkins.is_open(known, now):
        raise TooEarly if now < known.event.over_at else TooLate
    return known


async def _put(
    session: Session,
    actor: Actor,
    known: Known,
    member: Member,
    home: Organisation,
    now: datetime,
) -> Marked:
    """Of two who mark somebody at once the second finds it done."""
    event_id = known.event.id
    row = {"event_id": event_id, "person_id": member.person_id, "at": now, "by_id": actor.id}
    young = is_young(member.born_on, home.day_of(now))
    new = insert_of(session, Attendance).values(**row, organisation_id=home.id, young=young)
    new = new.on_conflict_do_nothing(index_elements=["event_id", "person_id"])
    fresh = (await session.scalars(new.returning(Attendance.id))).first() is not None
    mine = select(Attendance).filter_by(event_id=event_id, person_id=member.person_id)
    came = (await session.scalars(mine)).first()
    if came is None:
        raise Undone  # by somebody else, while it was looked at
    if fresh:
        audit.record(session, actor, "checkin.marked", "member", member.id, now=now)
        person = await session.get_one(Person, member.person_id)
        await _redraw(session, known.event, person, now=now)
        await events_calls.ask_late(session, known.event, person, now=now)
    return Marked(known, came, member.name, fresh)


async def _redraw(session: Session, event: Event, person: Person | None, *, now: datetime) -> None:
    """Whoever is here stands in no line: the cards say so as the lists do."""
    if person:
        await events_desk.follow(session, event, now=now)
        await events_leaving.redraw_card(session, person, event, now=now)
    await checkins.redraw(session, event.id, now=now)
