"""The card of an event for those who work on it: one in each chat of theirs."""

from datetime import datetime

from models.base import Session
from services import notices

CARD, PLACE = "events-desk", "event-desk:"
REVIEW = "events-review"  # the card, sent to those who may publish it


def place_of(event_id: int) -> str:
    return f"{PLACE}{event_id}"


async def redraw(session: Session, event_id: int, *, now: datetime) -> None:
    """It shows how things are now wherever it stands."""
    await notices.redraw(session, place_of(event_id), CARD, now=now, event_id=event_id)
