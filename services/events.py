"""Events: found by those they are for, and loaded by those who may work on them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, case, exists, false, func, or_, select

from models.base import Session
from models.event import Answer, Attendance, Event, Reply, State
from models.organisation import Organisation
from models.person import Person
from models.post import Post, post_targets
from services import audiences, holders, members
from services.access import Actor, Can, within
from services.ages import is_young
from services.errors import Refusal
from services.paging import Paged, page_of

PLACE = "event:"  # the card of an event in a chat
CALLED = "event-call:"  # a reminder of it there
PAGE = 6
LONGEST = timedelta(days=31)  # that one may last
OPENS = timedelta(hours=3)  # before the start somebody may be marked
MOMENTS = ("starts_at", "ends_at", "answer_by")
SEEN = (State.OPEN, State.CANCELLED)  # by members
COMING = (Answer.GOING, Answer.MAYBE, Answer.WAITING, Answer.OFFERED)


class Which(StrEnum):
    """Which of the coming events a list shows."""

    HOME = "home"  # of one's own primary organisation, or for it alone
    REGION = "region"
    ALL = "all"
    MINE = "mine"  # to which one goes, or would


class Gone(Refusal):
    """Not for this person, or not any more."""

    text_id = "events-gone"


class Elsewhere(Refusal):
    """Published, cancelled or thrown away meanwhile."""

    text_id = "events-elsewhere"


@dataclass(frozen=True)
class Known:
    event: Event
    post: Post  # whom it is for, what it says and shows
    organisation: Organisation


@dataclass(frozen=True)
class Shown:
    """An event as one person sees it."""

    known: Known
    reply: Reply | None
    waiting: int  # in line for a seat
    ahead: int  # of them, before this person
    manages: bool = False
    as_member: bool = False
    is_here: bool = False

    @property
    def goes(self) -> bool:
        """What is only for those who go is for them."""
        return self.as_member and (self.is_here or self.answer is Answer.GOING)

    @property
    def answer(self) -> Answer | None:
        return self.reply.answer if self.reply else None


async def list_coming(
    session: Session, actor: Actor, which: Which, *, page: int = 0, now: datetime
) -> Paged[tuple[Event, Answer | None]]:
    """What is not over yet, the soonest first; one's region and interests before others."""
    members.require_member(actor)
    mine = and_(Reply.event_id == Event.id, Reply.person_id == actor.id)
    query = (
        select(Event, Reply.answer)
        .join(Post, Post.id == Event.post_id)
        .outerjoin(Reply, mine)
        .where(*_is_not_over(now), _is_among(actor, which, now))
    )
    order = (_is_closer(actor).desc(),) if which is Which.ALL else ()
    return await page_of(session, query.order_by(*order, Event.starts_at, Event.id), page, PAGE)


async def get_shown(session: Session, actor: Actor, event_id: int, *, now: datetime) -> Shown:
    known = await get_for(session, actor, event_id, now=now)
    reply = await find_reply(session, event_id, actor.id, now=now)
    in_line = select(func.count()).where(
        Reply.event_id == event_id, Reply.answer == Answer.WAITING, ~of_those_here()
    )
    waiting = await session.scalar(in_line) or 0
    place = reply.place if reply and reply.answer is Answer.WAITING else None
    ahead = await session.scalar(in_line.where(Reply.place < place)) if place else 0
    here = await is_here(session, event_id, actor.id, now=now)
    manages, as_member = works_on(actor, known), actor.member is not None
    return Shown(known, reply, waiting, ahead or 0, manages, as_member, here)


async def find_shown(
    session: Session, actor: Actor, event_id: int, *, now: datetime
) -> Shown | None:
    try:
        return await get_shown(session, actor, event_id, now=now)
    except Gone:
        return None


async def find_reply(
    session: Session, event_id: int, person_id: int, *, now: datetime
) -> Reply | None:
    """As it stands now, whatever this session has seen of it before."""
    asked = select(Reply).filter_by(event_id=event_id, person_id=person_id)
    found: Reply | None = await session.scalar(asked.execution_options(populate_existing=True))
    return found


async def is_here(session: Session, event_id: int, person_id: int, *, now: datetime) -> bool:
    """Whether somebody has been checked in."""
    mark = (Attendance.event_id == event_id, Attendance.person_id == person_id)
    return bool(await session.scalar(select(exists().where(*mark))))


def of_those_here() -> ColumnElement[bool]:
    """Of replies: whoever is checked in neither waits nor lets an offer pass; no seat is theirs
    but one that was kept for them. A mark taken back leaves all as it was.
    """
    mark = (Attendance.event_id == Reply.event_id, Attendance.person_id == Reply.person_id)
    return exists().where(*mark)


async def get_for(session: Session, actor: Actor, event_id: int, *, now: datetime) -> Known:
    """For members it is meant for, whoever has answered, and those who work on it."""
    mine = exists().where(Reply.event_id == Event.id, Reply.person_id == actor.id)
    open_to_me = or_(mine, _is_for(actor, now)) if actor.member else mine
    asked = whole().where(Event.id == event_id, Event.state.in_(SEEN))
    row = (await session.execute(asked.where(open_to_me))).first()
    if row is not None:
        return Known(*row)
    known = await find(session, event_id, now=now)
    if known is None or not (known.event.state in SEEN and works_on(actor, known)):
        raise Gone
    return known


async def find(session: Session, event_id: int, *, now: datetime) -> Known | None:
    row = (await session.execute(whole().where(Event.id == event_id))).first()
    return Known(*row) if row else None


async def find_of(session: Session, post: Post, *, now: datetime) -> Event | None:
    """The event that stands on a post; ordinary news has none."""
    if post.title is None:
        return None
    found: Event | None = await session.scalar(select(Event).where(Event.post_id == post.id))
    return found


async def find_of_id(session: Session, post_id: int, *, now: datetime) -> Event | None:
    post = await session.get(Post, post_id)
    return await find_of(session, post, now=now) if post else None


def works_on(actor: Actor, known: Known) -> bool:
    """Organisers there, and the member who is responsible for it, with or without a role."""
    is_host = actor.member is not None and known.event.host_id == actor.id
    hosts = is_host and known.event.state is not State.DRAFT
    return hosts or actor.may(Can.POST, known.organisation.path)


def may_host(actor: Actor, known: Known) -> bool:
    """A member of any organisation, or an organiser there, may be responsible for it."""
    return actor.member is not None or actor.may(Can.POST, known.organisation.path)


def worked_on_by(actor: Actor) -> ColumnElement[bool]:
    """Of events with their organisations: those of which `works_on` is true, but for drafts."""
    hosted = Event.host_id == actor.id if actor.member else false()
    return or_(hosted, within(Organisation.path, actor.paths(Can.POST)))


async def list_appointing(session: Session, known: Known, *, now: datetime) -> Sequence[Person]:
    """Whoever can make somebody else responsible: its author, or else all of them."""
    found = await holders.list_able(session, Can.PUBLISH, known.organisation, now=now)
    able = [one for one in found if one.is_reachable]
    return [one for one in able if one.id == known.post.author_id] or able


def place_of(event_id: int) -> str:
    return f"{PLACE}{event_id}"


def whole() -> Select[Event, Post, Organisation]:
    """What a `Known` is made of."""
    return (
        select(Event, Post, Organisation)
        .join(Post, Post.id == Event.post_id)
        .join(Organisation, Organisation.id == Post.organisation_id)
    )


def _is_for(actor: Actor, now: datetime) -> ColumnElement[bool]:
    """Of posts: those this member finds."""
    member, home = members.require_member(actor), actor.organisation
    assert home
    young = is_young(member.born_on, home.day_of(now))
    return audiences.visible_to(actor.id, home.lineage, young=young)


def _is_not_over(now: datetime) -> list[ColumnElement[bool]]:
    """Said of the start too, it spares to read all there has ever been."""
    return [Event.starts_at > now - LONGEST, Event.ends_at > now]


def _is_among(actor: Actor, which: Which, now: datetime) -> ColumnElement[bool]:
    if which is Which.MINE:
        # What has been cancelled too: whoever meant to come looks for it.
        return Reply.answer.in_(COMING) & Event.state.in_(SEEN)
    open_to_me = (Event.state == State.OPEN) & _is_for(actor, now)
    match which:
        case Which.HOME:
            return open_to_me & _is_of(_lineage(actor)[:1])
        case Which.REGION:
            return open_to_me & _is_of(_below_root(actor))
    return open_to_me


def _is_closer(actor: Actor) -> ColumnElement[int]:
    close = or_(_is_of(_below_root(actor)), audiences.interests(actor.id))
    return case((close, 1), else_=0)


def _is_of(organisations: Sequence[int]) -> ColumnElement[bool]:
    """Of posts: one of these holds it, or it is for one of these by name."""
    targeted = exists().where(
        post_targets.c.post_id == Post.id, post_targets.c.organisation_id.in_(organisations)
    )
    return Post.organisation_id.in_(organisations) | targeted


def _below_root(actor: Actor) -> Sequence[int]:
    """The member's organisations, but for the union, which is everybody's."""
    lineage = _lineage(actor)
    return lineage[:-1] or lineage


def _lineage(actor: Actor) -> Sequence[int]:
    return actor.organisation.lineage if actor.organisation else []
