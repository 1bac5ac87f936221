"""What an organiser says of an event, one thing at a time; a change of one may move another."""

from datetime import datetime, timedelta
from typing import NamedTuple

from models.base import Session
from models.event import Event, State
from services import events_changes, events_seats, mailings, posts_content
from services.access import Actor
from services.errors import NotFound, Refusal
from services.events import LONGEST, Known
from services.events_changes import alter, lock_changeable, settle
from services.events_making import CONTACT, lock_draft, reset_clock
from services.events_typed import ADDRESS, Point, Where
from services.moments import MomentPassed
from services.parsing import Empty, TooLong, parse_text, plain_line
from services.posts_content import Content
from services.profile import ZONES

TITLE = 120
DESCRIPTION = 2000  # with the longest of all the rest the card is still one message
HEAD_ROOM = 450  # signs an announcement says before the description


class TitleEmpty(Empty):
    text_id = "events-title-empty"


class EndFirst(Refusal):
    text_id = "events-end-first"


class TooLasting(Refusal):
    text_id = "events-too-lasting"


class AnswerLate(Refusal):
    text_id = "events-answer-late"


class StartFirst(Refusal):
    """The end and the time to answer by are counted from the beginning."""

    text_id = "events-start-first"


class Weighed(NamedTuple):
    """A move that is asked about first."""

    event: Event
    to: Event  # as it would be: only to be looked at
    told: int  # people
    marks: int  # of those who came, undone by it


async def name(session: Session, actor: Actor, event_id: int, text: str, *, now: datetime) -> None:
    title = parse_text(plain_line(text), TITLE, TitleEmpty)
    known = await lock_changeable(session, actor, event_id, now=now)
    await alter(session, actor, known, now=now, title=title)


async def describe(
    session: Session, actor: Actor, event_id: int, content: Content, *, now: datetime
) -> None:
    """Words, and files with them; of what is out already only the words can change."""
    known = await lock_changeable(session, actor, event_id, now=now)
    post, is_open = known.post, known.event.state is State.OPEN
    captioned = bool(post.media) and not post.lead
    limit = mailings.CAPTION - HEAD_ROOM if is_open and captioned else DESCRIPTION
    if (length := _length(content.plain)) > limit:
        raise TooLong(limit=limit, length=length)
    old = post.plain
    if is_open:
        if not content.plain:
            raise Empty
        posts_content.word(post, content)
    else:
        posts_content.fill(post, content)
        post.lead = _has_lead(known)
    post.changed_at = now
    if post.plain != old or not is_open:
        await settle(session, actor, known, {"description": old}, now=now)


async def start(
    session: Session,
    actor: Actor,
    event_id: int,
    at: datetime,
    until: datetime | None = None,
    *,
    now: datetime,
) -> None:
    """The end moves with it, and the time to answer by if it has not passed."""
    known = await lock_changeable(session, actor, event_id, now=now)
    event, before = known.event, known.event.starts_at
    await alter(session, actor, known, now=now, **_moved(event, at, until, now))
    if event.state is State.OPEN and at != before:
        await events_seats.reschedule(session, actor, event, now=now)


async def weigh(
    session: Session, event: Event, at: datetime, until: datetime | None = None, *, now: datetime
) -> Weighed:
    """What moving it would come to."""
    to = Event(zone=event.zone, changed_at=now, **_moved(event, at, until, now))
    told = await events_changes.count_told(session, event.id, now=now)
    marks = await events_seats.count_undone(session, event.id, at, now=now)
    return Weighed(event, to, told, marks)


def _moved(
    event: Event, at: datetime, until: datetime | None, now: datetime
) -> dict[str, datetime | None]:
    if at <= now:
        raise MomentPassed
    moved = at - event.starts_at if event.starts_at else timedelta()
    end = until or (event.ends_at + moved if event.ends_at else None)
    if end is not None:
        _check_length(at, end)
    return {"starts_at": at, "ends_at": end, "answer_by": _by_then(event, at, moved, now)}


def _by_then(event: Event, at: datetime, moved: timedelta, now: datetime) -> datetime | None:
    """The time to answer by, moved too; what is closed stays closed, what is open stays open."""
    by = event.answer_by
    if by is None or (event.state is State.OPEN and by <= now):
        return by
    later = by + moved
    return min(later if later > now else by, at)


async def end(
    session: Session, actor: Actor, event_id: int, at: datetime, *, now: datetime
) -> None:
    known = await lock_changeable(session, actor, event_id, now=now)
    _check_length(require_start(known.event), at)
    if at <= now and known.event.state is State.OPEN:
        raise MomentPassed
    await alter(session, actor, known, now=now, ends_at=at)


async def place(
    session: Session, actor: Actor, event_id: int, where: Where, *, now: datetime
) -> None:
    known = await lock_changeable(session, actor, event_id, now=now)
    event = known.event
    is_bare = event.latitude is not None and not event.address
    if is_bare and where.address and where.latitude is None:
        where = where._replace(latitude=event.latitude, longitude=event.longitude)
    await alter(session, actor, known, now=now, **where._asdict())


async def pin(
    session: Session, actor: Actor, event_id: int, point: Point, title: str, *, now: datetime
) -> bool:
    """A point on the map, with the name it came with.

    Without one it waits for an address: of what is published both are told at once.
    """
    known = await lock_changeable(session, actor, event_id, now=now)
    if address := plain_line(title)[:ADDRESS]:
        await alter(session, actor, known, now=now, **Where(address, *point)._asdict())
    elif known.event.state is not State.OPEN:
        await refine(session, actor, event_id, point, now=now)
    return bool(address)


async def refine(
    session: Session, actor: Actor, event_id: int, point: Point, *, now: datetime
) -> None:
    """Another point under the same address."""
    known = await lock_changeable(session, actor, event_id, now=now)
    where = Where(known.event.address, *point)
    await alter(session, actor, known, now=now, **where._asdict())


async def seat(
    session: Session, actor: Actor, event_id: int, seats: int | None, *, now: datetime
) -> None:
    """So many seats, or none counted; never fewer than are taken."""
    known = await lock_changeable(session, actor, event_id, now=now)
    event, before = known.event, known.event.seats
    if seats == before:
        return
    if event.state is State.OPEN:
        await events_seats.widen(session, event, seats, now=now)
    event.seats = seats
    await settle(session, actor, known, {"seats": before}, now=now)


async def answer_by(
    session: Session, actor: Actor, event_id: int, at: datetime | None, *, now: datetime
) -> None:
    """None: until it begins."""
    known = await lock_changeable(session, actor, event_id, now=now)
    if at is not None and at <= now:
        raise MomentPassed
    if at is not None and at > require_start(known.event):
        raise AnswerLate
    await alter(session, actor, known, now=now, answer_by=at)


async def set_zone(
    session: Session, actor: Actor, event_id: int, zone: str, *, now: datetime
) -> None:
    """By whose clock it is held; the hours that were typed stay as they are."""
    known = await lock_draft(session, actor, event_id, now=now)
    if zone not in (*ZONES, known.organisation.timezone):
        raise NotFound  # a forged button
    reset_clock(known.event, zone)
    await settle(session, actor, known, {}, now=now)


async def contact(
    session: Session, actor: Actor, event_id: int, text: str, *, now: datetime
) -> None:
    """The line by which whoever is responsible is reached."""
    line = parse_text(plain_line(text), CONTACT)
    known = await lock_changeable(session, actor, event_id, now=now)
    await alter(session, actor, known, now=now, contact=line)


def require_start(event: Event) -> datetime:
    if event.starts_at is None:
        raise StartFirst
    return event.starts_at


def _check_length(start: datetime, end: datetime) -> None:
    if end <= start:
        raise EndFirst
    if end - start > LONGEST:
        raise TooLasting(days=LONGEST.days)


def _has_lead(known: Known) -> bool:
    """As `mailings.has_lead` has it, with room for what stands before the description."""
    post = known.post
    room = mailings.CAPTION - HEAD_ROOM
    return len(post.media) > 1 or (bool(post.media) and _length(post.plain) > room)


def _length(plain: str) -> int:
    """As Telegram counts: an emoji is two signs."""
    return len(plain.encode("utf-16-le")) // 2
