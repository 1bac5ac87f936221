"""The card of a post: one in each chat of those who write and publish it."""

from datetime import datetime

from models.base import Session
from services import notices
from services.access import Actor

CARD, PLACE = "posts-card", "post:"


def place_of(post_id: int) -> str:
    return f"{PLACE}{post_id}"


async def redraw(session: Session, post_id: int, *, now: datetime) -> None:
    """Wherever it stands it shows how things are now."""
    await notices.redraw(session, place_of(post_id), CARD, now=now, post_id=post_id)


async def redraw_others(session: Session, actor: Actor, post_id: int, *, now: datetime) -> None:
    """But for whoever changes it, whose message asks for more just now."""
    place, about = place_of(post_id), {"post_id": post_id}
    shown = await notices.list_shown(session, place, now=now)
    others = [one for one in shown if one.id != actor.id]
    await notices.owe_all(session, others, CARD, now=now, place=place, details=about)
