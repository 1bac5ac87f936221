"""The people of an event: who is expected, who is found by name, who came."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    and_,
    case,
    func,
    or_,
    select,
    union,
)
from sqlalchemy.orm import aliased

from models.base import Session
from models.event import Answer, Attendance, Reply
from models.member import Member
from models.organisation import Organisation
from services import checkins, members
from services.access import Actor, Can, within
from services.errors import NotFound
from services.events import Known
from services.paging import Paged, page_of
from services.parsing import name_key

LATEST = 10  # who came, on the list
PAGE = 8

_Doer = aliased(Member)


class Found(NamedTuple):
    member: Member
    organisation: Organisation
    answer: Answer | None
    sure: bool | None
    came_at: datetime | None


class Line(NamedTuple):
    """Of a table: somebody who answered, or came, or both; a guest has only a name."""

    name: str | None
    number: str | None
    organisation: str | None
    answer: Answer | None
    answered_at: datetime | None
    sure: bool | None  # said «Приду» the day before
    came_at: datetime | None
    by: str | None  # who marked them; nobody else: themselves, at the door


@dataclass(frozen=True)
class Tally:
    """How an event stands at this moment."""

    known: Known
    came: int  # with guests
    guests: int
    going: int
    missing: int  # of those who go
    latest: Sequence[tuple[datetime, str, bool]]  # when, who, whether a guest


async def tally(session: Session, actor: Actor, event_id: int, *, now: datetime) -> Tally:
    known = await checkins.get_desk(session, actor, event_id, now=now)
    came, guests = await count(session, event_id, now=now)
    goes = (Reply.event_id == event_id, Reply.answer == Answer.GOING)
    going, there = (
        await session.execute(
            select(func.count(), func.count(Attendance.id))
            .select_from(Reply)
            .outerjoin(Attendance, _attended())
            .where(*goes)
        )
    ).one()
    latest = (
        select(Attendance.at, func.coalesce(Member.name, Attendance.guest), Attendance.guest)
        .outerjoin(Member, Member.id == _membership(Attendance.person_id))
        .where(Attendance.event_id == event_id)
        .order_by(Attendance.id.desc())
        .limit(LATEST)
    )
    rows = (await session.execute(latest)).all()
    lines = [(at, name or "—", guest is not None) for at, name, guest in rows]
    return Tally(known, came, guests, going, going - there, lines)


async def count(session: Session, event_id: int, *, now: datetime) -> tuple[int, int]:
    """How many came, and how many of them were guests."""
    counted = select(func.count(), func.count(Attendance.guest)).where(
        Attendance.event_id == event_id
    )
    came, guests = (await session.execute(counted)).one()
    return came, guests


async def name_of(session: Session, came: Attendance, *, now: datetime) -> str:
    if came.guest:
        return came.guest
    named = select(Member.name).where(Member.id == _membership(came.person_id))
    return await session.scalar(named) or "—"


async def list_expected(
    session: Session, actor: Actor, event_id: int, *, page: int = 0, now: datetime
) -> tuple[Paged[Found], int]:
    """Who has said anything but «no» and is not there yet; those who go, so many, first."""
    await checkins.get_desk(session, actor, event_id, now=now)
    goes = Reply.answer == Answer.GOING
    awaited = _people(event_id).where(Reply.answer != Answer.NO, Attendance.id.is_(None))
    query = awaited.order_by(case((goes, 0), else_=1), Member.name_key, Member.id)
    found = await page_of(session, query, page, PAGE)
    going = select(func.count()).select_from(awaited.where(goes).subquery())
    items = [Found(*row) for row in found.items]
    return found._replace(items=items), await session.scalar(going) or 0


async def search(
    session: Session, actor: Actor, event_id: int, words: str, *, now: datetime
) -> Sequence[Found]:
    """By name or number, among those one may see; one more than is shown if there are more."""
    await checkins.get_desk(session, actor, event_id, now=now)
    if not name_key(words):
        return []
    query = _people(event_id).where(_may_be_marked(actor), members.named(words))
    query = query.order_by(Reply.answer.is_(None), Member.name_key, Member.id).limit(
        members.FOUND + 1
    )
    return [Found(*row) for row in await session.execute(query)]


async def find_among(
    session: Session, actor: Actor, event_id: int, member_id: int, *, now: datetime
) -> tuple[Member, Organisation]:
    query = _people(event_id).where(Member.id == member_id, _may_be_marked(actor))
    row = (await session.execute(query)).first()
    if row is None:
        raise NotFound
    return row[0], row[1]


async def list_lines(
    session: Session, actor: Actor, event_id: int, *, now: datetime
) -> Sequence[Line]:
    """All who answered or came, by name; then the guests."""
    await checkins.get_desk(session, actor, event_id, now=now)
    answered = select(Reply.person_id).where(Reply.event_id == event_id)
    attended = select(Attendance.person_id).where(
        Attendance.event_id == event_id, Attendance.person_id.is_not(None)
    )
    person = union(answered, attended).subquery().c.person_id
    by = case((Attendance.by_id != Attendance.person_id, _Doer.name))
    query = (
        select(Member.name, Member.number, Organisation.name, Reply.answer, Reply.at)
        .add_columns(Reply.sure, Attendance.at, by)
        .select_from(person.table)
        .outerjoin(Member, Member.id == _membership(person))
        .outerjoin(Organisation, Organisation.id == Member.organisation_id)
        .outerjoin(Reply, and_(Reply.event_id == event_id, Reply.person_id == person))
        .outerjoin(
            Attendance, and_(Attendance.event_id == event_id, Attendance.person_id == person)
        )
        .outerjoin(_Doer, _Doer.id == _membership(Attendance.by_id))
        .order_by(Member.name_key, person)
    )
    guests = (
        select(Attendance.guest, Attendance.at, _Doer.name)
        .outerjoin(_Doer, _Doer.id == _membership(Attendance.by_id))
        .where(Attendance.event_id == event_id, Attendance.guest.is_not(None))
        .order_by(Attendance.id)
    )
    return [
        *(Line(*row) for row in await session.execute(query)),
        *(
            Line(name, None, None, None, None, None, at, doer)
            for name, at, doer in await session.execute(guests)
        ),
    ]


def _people(event_id: int) -> Any:
    """Members as they stand to this event."""
    replied = and_(Reply.event_id == event_id, Reply.person_id == Member.person_id)
    attended = and_(Attendance.event_id == event_id, Attendance.person_id == Member.person_id)
    return (
        select(Member, Organisation, Reply.answer, Reply.sure, Attendance.at)
        .join(Organisation, Organisation.id == Member.organisation_id)
        .outerjoin(Reply, replied)
        .outerjoin(Attendance, attended)
        .where(Member.left_at.is_(None))
    )


def _attended() -> ColumnElement[bool]:
    return and_(Attendance.event_id == Reply.event_id, Attendance.person_id == Reply.person_id)


def _may_be_marked(actor: Actor) -> ColumnElement[bool]:
    """Of those people: whoever has answered, and the members one may see anyway."""
    seen = within(Organisation.path, actor.paths(Can.SEE_MEMBERS))
    return or_(Reply.answer.is_not(None), seen)


def _membership(person_id: Any) -> ScalarSelect[Any]:
    """The latest of this person: names of those who have left since are still known."""
    of_person = aliased(Member)
    return select(func.max(of_person.id)).where(of_person.person_id == person_id).scalar_subquery()
