"""The card of a post: one in each chat of those who write and publish it."""

from datetime import datetime

from models.base import Session
from services import notices

CARD, PLACE = "posts-card", "post:"


def place_of(post_id: int) -> str:
    return f"{PLACE}{post_id}"


async def redraw(session: Session, post_id: int, *, now: datetime) -> None:
    """Wherever it stands it shows how things are now."""
    await notices.redraw(session, place_of(post_id), CARD, now=now, post_id=post_id)
