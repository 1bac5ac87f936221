"""An event as those who work on it see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import case, func, or_, select, update

from models.base import Session
from models.event import Answer, Event, Reply, State
from models.organisation import Organisation
from models.person import Interest, Person
from models.post import Post, Timing
from services import access, audiences, channels_out, events, events_cards, members, posts
from services.access import Actor, Can
from services.errors import NotFound
from services.events import Known
from services.events_making import Herald, NotOrganiser, require_organiser
from services.paging import Paged, page_of

CARD_EVERY = timedelta(seconds=3)
ME, ADMIN, ORGANISER, MEMBER = "me", "admin", "organiser", "member"  # of whom no name is known
SHOWN = 6  # drafts at a time, and published ones
RECENT = timedelta(days=30)  # so long a past event is offered to be worked on


class Answers(NamedTuple):
    """Numbers of people."""

    going: int = 0
    sure: int = 0  # of them, when asked the day before
    maybe: int = 0
    waiting: int = 0
    offered: int = 0


@dataclass(frozen=True)
class Desk:
    """An event with all that those who work on it see."""

    known: Known
    targets: Sequence[Organisation]
    rubrics: Sequence[Interest]
    recipients: int
    author: str | None
    host: str | None  # a member's name, or @username, or what they are here
    may_edit: bool
    may_publish: bool
    channels: Sequence[channels_out.Choice]
    answers: Answers

    @property
    def event(self) -> Event:
        return self.known.event

    @property
    def herald(self) -> Herald:
        if not self.event.announced:
            return Herald.NONE
        return Herald.URGENT if self.known.post.timing is Timing.URGENT else Herald.DIGEST


async def list_drafts(session: Session, actor: Actor) -> Sequence[Known]:
    """The actor's own, and those that wait for a publisher; the latest first."""
    require_organiser(actor)
    found = events.whole().where(Event.state == State.DRAFT, posts.is_open_to(actor))
    found = found.order_by(Event.changed_at.desc()).limit(SHOWN)
    return [Known(*row) for row in await session.execute(found)]


async def list_managed(
    session: Session, actor: Actor, *, page: int = 0, now: datetime
) -> Paged[Event]:
    """Published ones the actor works on: the coming ones in their order, then the latest."""
    found = (
        select(Event)
        .join(Post, Post.id == Event.post_id)
        .join(Organisation, Organisation.id == Post.organisation_id)
        .where(
            Event.state.in_(events.SEEN),
            Event.ends_at > now - RECENT,
            events.worked_on_by(actor),
        )
        .order_by(
            Event.ends_at <= now,
            case((Event.ends_at > now, Event.starts_at)),
            Event.starts_at.desc(),
            Event.id,
        )
    )
    return await page_of(session, found, page, SHOWN)


async def look(session: Session, actor: Actor, event_id: int, *, now: datetime) -> Known:
    """For those who work on it, and no more than is needed to ask or to decide."""
    known = await events.find(session, event_id, now=now)
    if known is None or known.event.state is State.DISCARDED:
        raise NotFound
    if not events.works_on(actor, known):
        raise NotOrganiser
    return known


async def get_desk(
    session: Session, actor: Actor, event_id: int, *, counted: bool = True, now: datetime
) -> Desk:
    """For those who work on it. How many it is for is asked of a draft, and if `counted`."""
    known = await look(session, actor, event_id, now=now)
    event, post, organisation = known.event, known.post, known.organisation
    is_draft = event.state is State.DRAFT
    return Desk(
        known,
        await posts.targets_of(session, post, now=now),
        await posts.rubrics_of(session, post.id, now=now),
        await audiences.count(session, post, now=now) if counted and is_draft else 0,
        await posts.author_of(session, post, now=now),
        await _host_of(session, actor, known, now),
        actor.may(Can.POST, organisation.path),
        actor.may(Can.PUBLISH, organisation.path),
        await channels_out.list_choices(session, actor, post, organisation, now=now),
        await _answers_of(session, event.id, now),
    )


async def follow(session: Session, event: Event, *, now: datetime) -> None:
    """Other answers are given than it shows: soon it is redrawn, once for all of them."""
    its_post = update(Post).where(Post.id == event.post_id)
    await session.execute(its_post.values(told=None).execution_options(synchronize_session=False))


async def redraw_answered(session: Session, *, now: datetime) -> None:
    """Of what is ahead, each at most every three seconds."""
    lately = or_(Post.told_at.is_(None), Post.told_at <= now - CARD_EVERY)
    ahead = select(Event.id, Post).join(Post, Post.id == Event.post_id)
    due = ahead.where(
        Event.state == State.OPEN, Event.starts_at > now, Post.told.is_(None), lately
    )
    for event_id, post in (await session.execute(due.order_by(Event.id))).all():
        post.told = "/".join(map(str, await _answers_of(session, event_id, now)))
        post.told_at = now
        await events_cards.redraw(session, event_id, now=now)


async def _answers_of(session: Session, event_id: int, now: datetime) -> Answers:
    said = Answer.GOING, Answer.MAYBE, Answer.WAITING, Answer.OFFERED
    going, *others = (func.count().filter(Reply.answer == one) for one in said)
    sure = func.count().filter(Reply.sure.is_(True))
    stands = or_(Reply.answer == Answer.GOING, ~events.of_those_here())
    counted = select(going, sure, *others).where(Reply.event_id == event_id, stands)
    return Answers._make((await session.execute(counted)).one())


async def name_for(session: Session, actor: Actor, person: Person, *, now: datetime) -> str | None:
    """A member's name, if it is one's own or of those one may look up."""
    found = await members.find_home(session, person.id, now=now)
    if found is None:
        return None
    member, home = found
    return member.name if person.id == actor.id or actor.may(Can.SEE_MEMBERS, home.path) else None


def as_published(event: Event) -> Event:
    """As it would be then: only to be looked at."""
    columns = {name: getattr(event, name) for name in Event.__table__.columns.keys()}  # noqa: SIM118
    return Event(**columns | {"state": State.OPEN})


async def _host_of(session: Session, actor: Actor, known: Known, now: datetime) -> str | None:
    host_id = known.event.host_id
    person = await session.get(Person, host_id) if host_id else None
    if person is None:
        return None
    name = await name_for(session, actor, person, now=now)
    if name or person.username:
        return name or f"@{person.username}"
    if person.id == actor.id:
        return ME
    host = await access.load(session, person)
    if not events.may_host(host, known):
        return None
    return ADMIN if host.may(Can.GRANT) else ORGANISER if host.may(Can.POST) else MEMBER
