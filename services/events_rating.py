"""What those who came thought of an event: from one to five, and a word."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, select

from models.base import Session, insert_of
from models.event import Attendance, Event, Rating, State
from services import events, retention
from services.access import Actor
from services.errors import NotFound, Refusal
from services.events import Known

MOST = 5  # stars
LONGEST = 500
READ = 5  # words of others shown to the organiser
NAMELESS = 3  # ratings: of fewer one would guess whose words they are


class NotThere(Refusal):
    text_id = "events-rating-not-there"


class TooEarly(Refusal):
    text_id = "events-rating-early"


class TooLate(Refusal):
    """What would be said of it is forgotten by now."""

    text_id = "events-rating-late"


@dataclass(frozen=True)
class Opinions:
    average: float
    count: int
    words: Sequence[str]  # the latest; whose they are is nobody's business

    @property
    def are_nameless(self) -> bool:
        return self.count >= NAMELESS


async def find(
    session: Session, actor: Actor, event_id: int, *, now: datetime
) -> tuple[Known, Rating | None] | None:
    """What was thought of it by somebody who came; None: they did not, or it was not held."""
    came = select(Attendance.id).filter_by(event_id=event_id, person_id=actor.id)
    if not await session.scalar(came):
        return None
    known = await events.find(session, event_id, now=now)
    if known is None or known.event.state is not State.OPEN:
        return None
    return known, await session.get(Rating, (event_id, actor.id))


async def rate(
    session: Session, actor: Actor, event_id: int, stars: int, *, now: datetime
) -> tuple[Known, Rating]:
    """The last tap counts."""
    known, _ = await _get(session, actor, event_id, now)
    if not 1 <= stars <= MOST:
        raise NotFound
    said = {"stars": stars, "at": now}
    new = insert_of(session, Rating).values(event_id=event_id, person_id=actor.id, **said)
    new = new.on_conflict_do_update(index_elements=["event_id", "person_id"], set_=said)
    fresh = {"populate_existing": True}
    saved = await session.scalars(new.returning(Rating), execution_options=fresh)
    return known, saved.one()


async def get_rated(
    session: Session, actor: Actor, event_id: int, *, now: datetime
) -> tuple[Known, Rating]:
    """Words go with stars."""
    known, rating = await _get(session, actor, event_id, now)
    if rating is None:
        raise NotFound
    return known, rating


async def say(
    session: Session, actor: Actor, event_id: int, words: str, *, now: datetime
) -> tuple[Known, Rating]:
    known, rating = await get_rated(session, actor, event_id, now=now)
    rating.words = words
    return known, rating


async def sum_up(session: Session, event: Event, *, now: datetime) -> Opinions:
    """Of those who came: a mark may have been taken back since."""
    came = exists().where(
        Attendance.event_id == Rating.event_id, Attendance.person_id == Rating.person_id
    )
    theirs = (Rating.event_id == event.id, came)
    counted = select(func.avg(Rating.stars), func.count()).where(*theirs)
    average, count = (await session.execute(counted)).one()
    said = (
        select(Rating.words)
        .where(*theirs, Rating.words.is_not(None))
        .order_by(Rating.at.desc())
        .limit(READ)
    )
    words = [one for one in await session.scalars(said) if one]
    return Opinions(float(average or 0), count, words)


async def _get(
    session: Session, actor: Actor, event_id: int, now: datetime
) -> tuple[Known, Rating | None]:
    found = await find(session, actor, event_id, now=now)
    if found is None:
        raise NotThere
    if not found[0].event.is_over(now):
        raise TooEarly  # a forged button, or it has been moved
    if retention.is_forgotten(found[0].event, now):
        raise TooLate
    return found
