"""An event in the news: its announcement says what the event says now."""

from datetime import datetime

from sqlalchemy import select

from models.base import Session
from models.event import Event
from models.post import Post


async def find_of(session: Session, post: Post, *, now: datetime) -> Event | None:
    """The event a post stands under; ordinary news has none."""
    if post.title is None:
        return None
    found: Event | None = await session.scalar(select(Event).where(Event.post_id == post.id))
    return found


async def find_of_id(session: Session, post_id: int, *, now: datetime) -> Event | None:
    post = await session.get(Post, post_id)
    return await find_of(session, post, now=now) if post else None
