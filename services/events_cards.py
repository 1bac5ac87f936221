"""The card of an event for those who work on it: one in each chat of theirs."""

from datetime import datetime

from models.base import Session
from services import notices
from services.access import Actor

CARD, PLACE = "events-desk", "event-desk:"
REVIEW = "events-review"  # the card, sent to those who may publish it


def place_of(event_id: int) -> str:
    return f"{PLACE}{event_id}"


async def redraw(session: Session, event_id: int, *, now: datetime) -> None:
    """It shows how things are now wherever it stands."""
    await notices.redraw(session, place_of(event_id), CARD, now=now, event_id=event_id)


async def redraw_others(session: Session, actor: Actor, event_id: int, *, now: datetime) -> None:
    """Whoever changed it is shown their own with the answer."""
    place, details = place_of(event_id), {"event_id": event_id}
    shown = await notices.list_shown(session, place, now=now)
    others = [one for one in shown if one.id != actor.id]
    await notices.owe_all(session, others, CARD, now=now, place=place, details=details)
