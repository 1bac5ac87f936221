"""Making an event: a draft at once, its fields one by one, and then it is there for everybody."""

from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy import select

from models.base import Session
from models.event import Event, State
from models.organisation import Organisation
from models.person import Person
from models.post import Audience, Post, Standing, Timing
from services import (
    access,
    audit,
    events,
    events_cards,
    notices,
    people,
    posts,
    posts_choices,
    posts_publishing,
)
from services.access import Actor, Can
from services.errors import Forbidden, NotFound, Refusal
from services.events import Known

CONTACT = 120  # signs


class NotOrganiser(Forbidden):
    text_id = "events-not-organiser"


class DraftsOnly(Forbidden):
    text_id = "events-drafts-only"


class Unfinished(Refusal):
    """`what` is still to be said."""

    text_id = "events-unfinished"


class Changed(Refusal):
    text_id = "events-draft-changed"


class StartPassed(Refusal):
    text_id = "events-start-passed"


class AnswerPassed(Refusal):
    """Nobody could answer it."""

    text_id = "events-answer-passed"


class Herald(StrEnum):
    """How members hear of it besides the list of events."""

    DIGEST = "digest"
    URGENT = "urgent"
    NONE = "none"


def require_organiser(actor: Actor) -> None:
    if not actor.may(Can.POST):
        raise NotOrganiser


async def begin(session: Session, actor: Actor, organisation_id: int, *, now: datetime) -> Event:
    """A draft, there from the first moment; whoever makes it is responsible for it.

    One of theirs that says nothing yet is that draft.
    """
    organisation = await session.get(Organisation, organisation_id)
    if organisation is None:
        raise NotFound
    if not actor.may(Can.POST, organisation.path):
        raise NotOrganiser
    if (blank := await _find_blank(session, actor, organisation_id)) is not None:
        return blank
    post = await posts.lay(session, organisation.id, now=now, author_id=actor.id, title="")
    event = Event(
        post_id=post.id,
        zone=organisation.timezone,
        changed_at=now,
    )
    _entrust_to(event, actor)
    session.add(event)
    await session.flush()
    note(session, actor, Known(event, post, organisation), "begun", now)
    return event


async def _find_blank(session: Session, actor: Actor, organisation_id: int) -> Event | None:
    said = (Event.starts_at, Event.address, Event.latitude, Event.link, Event.seats)
    found = select(Event, Post.media).join(Post, Post.id == Event.post_id)
    blank = found.where(
        Event.state == State.DRAFT,
        Event.title == "",
        *(column.is_(None) for column in said),
        Post.plain == "",
        Post.author_id == actor.id,
        Post.organisation_id == organisation_id,
    )
    rows = await session.execute(blank.order_by(Event.id.desc()))
    return next((event for event, media in rows if not media), None)


def _entrust_to(event: Event, actor: Actor) -> None:
    event.host_id = actor.id
    event.contact = contact_of(actor.person, actor.member.name if actor.member else None)


async def see_to(session: Session, actor: Actor, known: Known, *, now: datetime) -> None:
    """Nobody answers for it who cannot any more: whoever makes it does instead."""
    event = known.event
    host = await session.get(Person, event.host_id) if event.host_id else None
    if host and not events.may_host(await access.load(session, host), known):
        _entrust_to(event, actor)


def contact_of(person: Person, name: str | None) -> str | None:
    return (people.contact_of(person, name) or "")[:CONTACT] or None


async def lock(session: Session, actor: Actor, event_id: int, *, now: datetime) -> Known:
    """To change it: of two who do so at once the second waits, and finds it changed."""
    locked = select(Event).where(Event.id == event_id).with_for_update(key_share=True)
    event = await session.scalar(locked.execution_options(populate_existing=True))
    if event is not None:  # whom it is for is chosen with its post locked
        post = select(Post).where(Post.id == event.post_id).with_for_update(key_share=True)
        await session.scalar(post.execution_options(populate_existing=True))
    known = await events.find(session, event_id, now=now)
    if known is None:
        raise NotFound
    if not actor.may(Can.POST, known.organisation.path):
        raise NotOrganiser
    return known


async def lock_draft(session: Session, actor: Actor, event_id: int, *, now: datetime) -> Known:
    known = await lock(session, actor, event_id, now=now)
    require_draft(known)
    return known


def require_draft(known: Known) -> None:
    """Not with those who may publish it either."""
    if known.event.state is not State.DRAFT:
        raise events.Elsewhere
    posts.require_editable(known.post)


async def rehome(
    session: Session, actor: Actor, event_id: int, organisation_id: int, *, now: datetime
) -> None:
    """Another organisation's, and by its clock: seven in the evening stays seven."""
    known = await lock_draft(session, actor, event_id, now=now)
    event, post = known.event, known.post
    await posts_choices.rehome(session, actor, post.id, organisation_id, now=now)
    home = await session.get_one(Organisation, post.organisation_id)
    reset_clock(event, home.timezone)
    event.changed_at = now


def reset_clock(event: Event, zone: str) -> None:
    """The same hours by another clock."""
    old, new = ZoneInfo(event.zone), ZoneInfo(zone)
    for name in events.MOMENTS:
        at: datetime | None = getattr(event, name)
        if at is not None:
            setattr(event, name, at.astimezone(old).replace(tzinfo=new))
    event.zone = zone


async def herald(
    session: Session, actor: Actor, event_id: int, how: Herald, *, now: datetime
) -> None:
    known = await lock_draft(session, actor, event_id, now=now)
    event, post = known.event, known.post
    event.announced = how is not Herald.NONE
    post.timing = Timing.URGENT if how is Herald.URGENT else Timing.DIGEST
    event.changed_at = now


async def publish(
    session: Session, actor: Actor, event_id: int, read: int, *, now: datetime
) -> Known:
    """What was seen when «Опубликовать» was pressed; `read` is its mark."""
    known = await lock(session, actor, event_id, now=now)
    event, post = known.event, known.post
    if event.state is State.OPEN:
        return known  # a second tap
    if event.state is not State.DRAFT:
        raise events.Elsewhere
    if not actor.may(Can.PUBLISH, known.organisation.path):
        raise DraftsOnly
    require_whole(event, now)
    if post.audience is Audience.FOLLOWERS and not await posts.rubrics_of(
        session, post.id, now=now
    ):
        raise posts.NoRubric
    if read != version(known):
        raise Changed
    await see_to(session, actor, known, now=now)
    was_asked = post.standing is Standing.REVIEW
    event.state, event.published_at, event.changed_at = State.OPEN, now, now
    note(session, actor, known, "published", now)
    if event.announced:
        posts.note(session, actor, post, "published", now)
        await posts_publishing.go_out(session, post, now=now)
    else:
        post.standing = Standing.SILENT
    await posts_publishing.tell_author(session, actor, post, "posts-approved", now=now)
    await _tell_host(session, actor, known, now=now)
    if was_asked:
        await events_cards.redraw(session, event.id, now=now)
    return known


def require_whole(event: Event, now: datetime) -> None:
    for what in missing(event):
        raise Unfinished(what=what)
    if event.has_begun(now):
        raise StartPassed
    if event.answer_by is not None and event.answer_by <= now:
        raise AnswerPassed


def missing(event: Event) -> list[str]:
    said = {"title": event.title, "start": event.starts_at, "end": event.ends_at}
    return [what for what, value in said.items() if not value]


def says_how(contact: str | None) -> bool:
    """Whether it holds an @name, a number or an address: by a name alone nobody is reached."""
    return any(sign in "@/" or sign.isdigit() for sign in contact or "")


async def discard(session: Session, actor: Actor, event_id: int, *, now: datetime) -> None:
    known = await lock(session, actor, event_id, now=now)
    if known.event.state is State.DISCARDED:
        return  # a second tap
    if known.event.state is not State.DRAFT:
        raise events.Elsewhere
    known.event.state, known.post.standing = State.DISCARDED, Standing.DISCARDED
    note(session, actor, known, "discarded", now)


def version(known: Known) -> int:
    """What a button that publishes knows of the event: when it or its post changed last."""
    latest = max(known.event.changed_at, known.post.changed_at)
    return round(latest.timestamp() * 1e6)


async def _tell_host(session: Session, actor: Actor, known: Known, *, now: datetime) -> None:
    """Its author and whoever publishes it know."""
    event = known.event
    host = await session.get(Person, event.host_id) if event.host_id else None
    if host and host.id not in (actor.id, known.post.author_id) and host.is_reachable:
        await notices.owe(session, host, "events-host", now=now, event_id=event.id)


def note(session: Session, actor: Actor, known: Known, what: str, now: datetime) -> None:
    event, code = known.event, known.organisation.code
    details = {"title": event.title, "code": code}
    audit.record(session, actor, f"event.{what}", "event", event.id, now=now, **details)
