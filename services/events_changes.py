"""A published event changes: whoever answered is told what was and what is, once."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, and_, func, insert, select

from models.base import Session
from models.event import Change, Event, Reply, State
from models.mail import Lane, Owed, Sending
from models.member import Member
from models.person import Person
from models.post import Post, post_channels, post_rubrics, post_targets
from services import (
    broadcasts,
    checkins,
    events,
    events_cards,
    notices,
    outbox,
    posts_content,
    posts_publishing,
)
from services.access import Actor, Can
from services.errors import Refusal
from services.events import Known
from services.events_making import DraftsOnly, lock, note, require_draft, see_to

CHANGED, CANCELLED, CARD = "events-changed", "events-off", "events-card"
WEEK = timedelta(weeks=1)
LONGEST_REASON = 400
# What an announcement says of an event besides its description.
HEAD = {"title", "starts_at", "ends_at", "zone", "address", "latitude", "link"}
COPIED = (
    "title", "zone", "address", "latitude", "longitude", "link", "seats",
    "host_id", "contact", "announced",
)  # fmt: skip


class Over(Refusal):
    """It has been held: what was, was."""

    text_id = "events-has-been"


async def lock_changeable(
    session: Session, actor: Actor, event_id: int, *, now: datetime
) -> Known:
    """A draft, or a published event that is not over, by those who may publish."""
    known = await lock(session, actor, event_id, now=now)
    _require_changeable(actor, known, now)
    return known


def _require_changeable(actor: Actor, known: Known, now: datetime) -> None:
    event = known.event
    if event.state is not State.OPEN:
        require_draft(known)
        return
    if not actor.may(Can.PUBLISH, known.organisation.path):
        raise DraftsOnly
    if event.is_over(now):
        raise Over


async def alter(
    session: Session, actor: Actor, known: Known, *, now: datetime, **values: Any
) -> None:
    """Sets columns of an event that is locked; once published, it is told."""
    event = known.event
    before = {name: old for name in values if (old := getattr(event, name)) != values[name]}
    if not before:
        return
    for name in before:
        setattr(event, name, values[name])
    if "title" in before:
        known.post.title = event.title
        posts_content.index(known.post)
    await settle(session, actor, known, before, now=now)


async def settle(
    session: Session, actor: Actor, known: Known, before: dict[str, Any], *, now: datetime
) -> None:
    """What was changed is recorded, and told to those who had answered by then."""
    event, post = known.event, known.post
    event.changed_at = now
    if event.state is not State.OPEN:
        return
    event.sequence += 1
    session.add(
        Change(
            event_id=event.id,
            sequence=event.sequence,
            before={name: _plain(value) for name, value in before.items()},
            by_id=actor.id,
            at=now,
        )
    )
    note(session, actor, known, "changed", now)
    await _tell(session, event, CHANGED, now=now, since=event.sequence)
    await events_cards.redraw_others(session, actor, event.id, now=now)
    if event.announced and before.keys() & (HEAD | {"description"}):
        await posts_publishing.amend(session, actor, post, now=now)


async def find_changes(
    session: Session, event: Event, since: int, *, now: datetime
) -> dict[str, Any]:
    """The oldest value of each column since then, where it is another now."""
    found = select(Change.before).where(Change.event_id == event.id, Change.sequence >= since)
    oldest: dict[str, Any] = {}
    for before in await session.scalars(found.order_by(Change.sequence)):
        oldest = before | oldest
    for name in events.MOMENTS:
        if oldest.get(name):
            oldest[name] = datetime.fromisoformat(oldest[name])
    return {
        name: value
        for name, value in oldest.items()
        if name == "description" or value != getattr(event, name)
    }


async def cancel(
    session: Session, actor: Actor, event_id: int, reason: str, *, now: datetime
) -> None:
    """It stays readable as cancelled, and its announcement says so."""
    known = await lock(session, actor, event_id, now=now)
    event = known.event
    if event.state is State.CANCELLED:
        return  # a second tap
    _require_changeable(actor, known, now)
    if event.state is not State.OPEN:
        raise events.Elsewhere
    event.state, event.reason = State.CANCELLED, reason
    event.cancelled_at = event.changed_at = now
    event.sequence += 1
    note(session, actor, known, "cancelled", now)
    await _tell(session, event, CANCELLED, now=now)
    await events_cards.redraw_others(session, actor, event.id, now=now)
    if event.announced:
        await posts_publishing.amend(session, actor, known.post, now=now)


async def count_told(session: Session, event_id: int, *, now: datetime) -> int:
    """How many would be told of a change."""
    answered = _answered(event_id).subquery()
    return await session.scalar(select(func.count()).select_from(answered)) or 0


async def repeat(session: Session, actor: Actor, event_id: int, *, now: datetime) -> Event:
    """A draft of the same, a week later at the same hour of its own clock; asked for again, it."""
    known = await lock(session, actor, event_id, now=now)
    old = known.event
    if old.state not in events.SEEN or old.starts_at is None:
        raise events.Elsewhere
    zone, weeks = ZoneInfo(old.zone), max(1, -((old.starts_at - now) // WEEK))
    moments = {name: _later(getattr(old, name), weeks, zone) for name in events.MOMENTS}
    if (there := await _find_repeat(session, known, moments["starts_at"])) is not None:
        return there
    post = await _copy_post(session, actor, known.post, now)
    copied = {name: getattr(old, name) for name in COPIED}
    event = Event(post_id=post.id, changed_at=now, **copied | moments)
    if event.answer_by and event.answer_by <= now:
        event.answer_by = None  # until it begins
    session.add(event)
    await session.flush()
    made = Known(event, post, known.organisation)
    await see_to(session, actor, made, now=now)
    note(session, actor, made, "repeated", now)
    return event


async def _find_repeat(session: Session, known: Known, starts_at: datetime | None) -> Event | None:
    """A draft of that name, of that organisation, for that moment."""
    drafts = (
        select(Event)
        .join(Post, Post.id == Event.post_id)
        .where(
            Event.state == State.DRAFT,
            Event.title == known.event.title,
            Event.starts_at == starts_at,
            Post.organisation_id == known.organisation.id,
        )
    )
    found: Event | None = await session.scalar(drafts.order_by(Event.id).limit(1))
    return found


async def _copy_post(session: Session, actor: Actor, old: Post, now: datetime) -> Post:
    kept = (
        "organisation_id",
        "title",
        "html",
        "plain",
        "search_key",
        "media",
        "lead",
        "audience",
        "timing",
    )
    post = Post(
        author_id=actor.id,
        created_at=now,
        changed_at=now,
        **{name: getattr(old, name) for name in kept},
    )
    session.add(post)
    await session.flush()
    for table in (post_targets, post_rubrics, post_channels):
        own, other, *_ = table.c  # trouble with a channel stays behind
        rows = select(post.id, other).where(own == old.id)  # type: ignore[call-overload]
        await session.execute(insert(table).from_select([own.name, other.name], rows))
    return post


def _later(at: datetime | None, weeks: int, zone: ZoneInfo) -> datetime | None:
    """By the clock on the wall, whatever summer time does to it meanwhile."""
    return at.astimezone(zone) + weeks * WEEK if at else None


def _answered(event_id: int) -> Select[int, int]:
    """Selects person id and Telegram id of members: whoever said no may be able to come now."""
    return (
        select(Reply.person_id, Person.telegram_id)
        .join(Person, Person.id == Reply.person_id)
        .join(Member, and_(Member.person_id == Person.id, Member.left_at.is_(None)))
        .where(
            Reply.event_id == event_id,
            Person.met_at.is_not(None),
            Person.unreachable_since.is_(None),
        )
    )


def _plain(value: Any) -> Any:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value


async def _tell(
    session: Session, event: Event, notice: str, *, now: datetime, **details: int
) -> None:
    """Whoever has one on the way already will read all of it there: from the oldest on."""
    waiting = [
        outbox.WAITING,
        Owed.state == Sending.NEW,
        Owed.lane == int(Lane.CASE),
        Owed.notice == notice,
        Owed.details["event_id"].as_integer() == event.id,
    ]
    # One that is being worded at this moment says what was before: whoever it is for has none.
    await session.execute(select(Owed.id).where(*waiting).with_for_update())
    # Not `exists`: of rows this young PostgreSQL knows too little to choose well.
    have_one = select(Owed.person_id).where(*waiting, Owed.person_id.is_not(None))
    await broadcasts.owe_everyone(
        session,
        _answered(event.id).where(Reply.person_id.not_in(have_one)),
        notice,
        {"event_id": event.id, **details},
        step=broadcasts.EVERYBODY,
        lane=Lane.CASE,
        now=now,
    )
    place, card = events.place_of(event.id), {"event_id": event.id}
    await notices.redraw_all(session, place, CARD, now=now, details=card)
    await checkins.redraw(session, event.id, now=now)
