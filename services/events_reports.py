"""How an event was, as its organiser tells it; one tap makes news of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import exists, insert, literal, select

from models.base import Session, insert_of
from models.event import Event, Report, State
from models.mail import Lane
from models.person import Person
from models.post import Post, Standing, post_rubrics
from services import (
    access,
    audit,
    checkins,
    checkins_people,
    events,
    events_rating,
    notices,
    posts,
)
from services.access import Actor, Can
from services.errors import Refusal
from services.events import Known
from services.events_rating import Opinions
from services.parsing import TooLong
from services.posts_content import FULL, Content, fill, word

CARD, PLACE = "events-report", "report:"
AFTER = timedelta(hours=1)  # after the end its organiser is asked
ASKED = timedelta(days=2)  # later nobody is; the key of a notice is kept for three days
MOST = 100_000


class TooEarly(Refusal):
    text_id = "events-report-early"


class Unlikely(Refusal):
    text_id = "events-report-unlikely"


class Fewer(Refusal):
    text_id = "events-report-fewer"


class Unwritten(Refusal):
    text_id = "events-report-unwritten"


@dataclass(frozen=True)
class Told:
    known: Known
    report: Report | None
    marked: int  # as the check-in has it
    guests: int
    opinions: Opinions
    may_post: bool

    @property
    def came(self) -> int:
        """Whoever is marked after the organiser has counted is one more than was known then."""
        counted = self.report.came if self.report else None
        return max(self.marked, counted or 0)


async def get_for(session: Session, actor: Actor, event_id: int, *, now: datetime) -> Told:
    known = await checkins.get_desk(session, actor, event_id, now=now)
    if known.event.starts_at is None or now < known.event.starts_at:
        raise TooEarly
    marked, guests = await checkins_people.count(session, event_id, now=now)
    return Told(
        known,
        await session.get(Report, event_id),
        marked,
        guests,
        await events_rating.sum_up(session, known.event, now=now),
        actor.may(Can.POST, known.organisation.path),
    )


async def write(
    session: Session,
    actor: Actor,
    event_id: int,
    content: Content,
    *,
    below: bool = False,
    now: datetime,
) -> Report:
    """Takes the content, or one more part of the album; `below`: words for the album above."""
    _require_short(content.plain)
    report = await _begin(session, actor, event_id, now)
    if below and content.plain and not content.media:
        word(report, content)
    else:
        fill(report, content)
    report.at, report.by_id = now, actor.id
    return report


async def count(
    session: Session, actor: Actor, event_id: int, came: int, *, now: datetime
) -> None:
    """With those whom nobody has checked in."""
    told = await get_for(session, actor, event_id, now=now)
    if came > MOST:
        raise Unlikely
    if came < told.marked:
        raise Fewer(marked=told.marked)
    report = await _begin(session, actor, event_id, now)
    report.came, report.at, report.by_id = came, now, actor.id


async def make_news(
    session: Session, actor: Actor, event_id: int, head: Content, *, now: datetime
) -> int:
    """A draft of news for those whom the event was for; asked for again, the same one."""
    told = await get_for(session, actor, event_id, now=now)
    report = await _lock(session, event_id)
    if report is None or not (report.plain or report.media):
        raise Unwritten
    made = await session.get(Post, report.post_id) if report.post_id else None
    if made is not None and made.standing is not Standing.DISCARDED:
        return made.id
    _require_short(report.plain)
    source = told.known.post
    post = await posts.begin(session, actor, told.known.organisation.id, now=now)
    html, plain = _joined(head.html, report.html), _joined(head.plain, report.plain)
    fill(post, Content(html, plain, report.media, report.album))
    post.audience = source.audience
    targets = await posts.targets_of(session, source, now=now)
    await posts.aim(session, post, [one.id for one in targets], now=now)
    rubrics = select(literal(post.id), post_rubrics.c.interest_id).where(
        post_rubrics.c.post_id == source.id
    )
    await session.execute(insert(post_rubrics).from_select(["post_id", "interest_id"], rubrics))
    report.post_id = post.id
    return post.id


async def ask_due(session: Session, *, now: datetime) -> None:
    """The clock's: whoever answers for what ended an hour ago, or has written it; or else those
    who could have made somebody responsible.
    """
    due = events.whole().where(
        Event.state == State.OPEN,
        Event.ends_at <= now - AFTER,
        Event.ends_at > now - ASKED,
        ~exists().where(Report.event_id == Event.id),
    )
    for known in [Known(*row) for row in await session.execute(due.order_by(Event.id))]:
        event = known.event
        await notices.owe_all(
            session,
            await _answering(session, known, now),
            CARD,
            now=now,
            lane=Lane.REMINDER,
            place=place_of(event.id),
            key=f"report:{event.id}:{event.over_at.timestamp():.0f}",
            details={"event_id": event.id},
        )


async def _answering(session: Session, known: Known, now: datetime) -> Sequence[Person]:
    for one in (known.event.host_id, known.post.author_id):
        person = await session.get(Person, one) if one else None
        if person and events.works_on(await access.load(session, person), known):
            return [person] if person.is_reachable else []
    return await events.list_appointing(session, known, now=now)


async def redraw(session: Session, event_id: int, *, now: datetime) -> None:
    await notices.redraw(session, place_of(event_id), CARD, now=now, event_id=event_id)


def place_of(event_id: int) -> str:
    return f"{PLACE}{event_id}"


def _joined(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)


def _require_short(words: str) -> None:
    """The news that is made of it says more than these words, and is one message."""
    if len(words) > FULL:
        raise TooLong(limit=FULL, length=len(words))


async def _lock(session: Session, event_id: int) -> Report | None:
    """Of two who make news of it at once the second waits, and finds it made."""
    held = select(Report).where(Report.event_id == event_id).with_for_update(key_share=True)
    report: Report | None = await session.scalar(held.execution_options(populate_existing=True))
    return report


async def _begin(session: Session, actor: Actor, event_id: int, now: datetime) -> Report:
    told = await get_for(session, actor, event_id, now=now)
    if told.report is not None:
        return told.report
    row = {"event_id": event_id, "html": "", "plain": "", "media": []}
    new = insert_of(session, Report).values(**row, by_id=actor.id, at=now)
    new = new.on_conflict_do_nothing(index_elements=["event_id"])
    if (await session.scalars(new.returning(Report.event_id))).first():
        title = told.known.event.title
        audit.record(session, actor, "event.reported", "event", event_id, now=now, title=title)
    return await session.get_one(Report, event_id)
