"""The message a draft was written in, edited by its author."""

from datetime import datetime, timedelta

from sqlalchemy import select

from models.base import Session
from models.post import EDITABLE, Post, Standing
from services import posts
from services.access import Actor
from services.errors import Refusal
from services.posts_content import Content, change, word

EDITED_WITHIN = timedelta(hours=48)  # Telegram lets nobody edit older ones
GONE = (Standing.DISCARDED, Standing.WITHDRAWN)


class Late(Refusal):
    """It is no draft any more."""

    text_id = "posts-edited-late"


async def follow(session: Session, actor: Actor, content: Content, *, now: datetime) -> int | None:
    """The draft that reads otherwise now; None: none came of the message, or nothing is new."""
    found = await _find(session, actor, content, now)
    if found is None:
        return None
    post, _ = await posts.get(session, actor, found.id)
    if post.standing not in EDITABLE:
        if content.plain == post.plain:
            return None
        raise Late
    if not _write(post, content):
        return None
    post.changed_at = now
    return post.id


def _write(post: Post, content: Content) -> bool:
    if content.media:
        return change(post, content.at or 0, content)
    before = post.html
    word(post, content)
    return before != post.html


async def _find(session: Session, actor: Actor, content: Content, now: datetime) -> Post | None:
    lately = select(Post).where(
        Post.author_id == actor.id,
        Post.title.is_(None),
        Post.channel_id.is_(None),
        Post.message_id.is_not(None),  # what was made of a report came in none
        Post.standing.not_in(GONE),
        Post.changed_at > now - EDITED_WITHIN,
    )
    found = await session.scalars(lately.order_by(Post.id.desc()))
    return next((post for post in found if _came_in(post, content.at)), None)


def _came_in(post: Post, message_id: int | None) -> bool:
    return message_id in (post.message_id, *(one["at"] for one in post.media))
