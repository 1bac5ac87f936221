"""Where somebody checks in those who come: their events, the list that is open in their chat."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, and_, case

from models.base import Session
from models.event import Event, State
from models.organisation import Organisation
from models.post import Post
from services import audit, events, events_offers, notices
from services.access import Actor, Can
from services.errors import Forbidden, Refusal
from services.events import Known
from services.paging import Paged, page_of

CARD, PLACE = "checkins-list", "checkin:"
CLOSES = timedelta(days=3)  # after the end: paper lists are typed in later
SCANS = timedelta(hours=3)  # after the end a card that is scanned is still offered for it
PAGE = 6


class NotYours(Forbidden):
    text_id = "checkins-not-yours"


class Cancelled(Refusal):
    text_id = "checkins-cancelled"


async def list_own(
    session: Session, actor: Actor, *, page: int = 0, now: datetime
) -> Paged[tuple[Event, Post, Organisation]]:
    """Events this person may check in at: those of these hours, what is ahead, what is over."""
    today = and_(
        Event.starts_at <= now + timedelta(hours=12), Event.ends_at >= now - timedelta(hours=6)
    )
    query = (
        _events_of(actor)
        .where(Event.ends_at >= now - CLOSES)
        .order_by(case((today, 0), (Event.starts_at > now, 1), else_=2), Event.starts_at, Event.id)
    )
    found = await page_of(session, query, page, PAGE)
    if not (found.total or actor.may(Can.POST)):
        raise NotYours
    return found


async def list_desks(session: Session, actor: Actor, *, now: datetime) -> Sequence[Known]:
    """Where this person is checking in at this hour: the list of it is open in their chat."""
    places = await notices.list_places(session, actor.person, PLACE, now=now)
    ids = [int(place.removeprefix(PLACE)) for place in places]
    if not ids:
        return []
    rows = await session.execute(
        _events_of(actor).where(Event.id.in_(ids)).order_by(Event.starts_at, Event.id)
    )
    found = [Known(*row) for row in rows]
    return [one for one in found if is_open(one, now) and now <= one.event.over_at + SCANS]


async def get_desk(
    session: Session, actor: Actor, event_id: int, *, held: bool = False, now: datetime
) -> Known:
    """`held`: nobody changes it meanwhile, nor what was answered."""
    known = await events.find(session, event_id, now=now)
    if known is None or not events.works_on(actor, known):
        raise NotYours
    if held:
        await events_offers.hold(session, event_id, now=now)
    if known.event.state is not State.OPEN:
        raise Cancelled
    return known


async def redraw(session: Session, event_id: int, *, now: datetime) -> None:
    """The list of it shows how things are now, in every chat it is open in."""
    await notices.redraw(session, place_of(event_id), CARD, now=now, event_id=event_id)


async def owe_sheet(session: Session, actor: Actor, event_id: int, *, now: datetime) -> None:
    """The table is filled in when it is sent: no names wait in the outbox."""
    known = await get_desk(session, actor, event_id, now=now)
    title = known.event.title
    audit.record(session, actor, "checkin.exported", "event", event_id, now=now, title=title)
    await notices.owe(session, actor.person, "checkins-sheet", now=now, event_id=event_id)


def place_of(event_id: int) -> str:
    return f"{PLACE}{event_id}"


def _events_of(actor: Actor) -> Select[Event, Post, Organisation]:
    return events.whole().where(Event.state == State.OPEN, events.worked_on_by(actor))


def is_open(known: Known, now: datetime) -> bool:
    starts = known.event.starts_at
    return starts is not None and starts - events.OPENS <= now <= known.event.over_at + CLOSES
