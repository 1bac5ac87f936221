"""What a channel posts becomes news of the organisation it speaks for, and follows its edits."""

from datetime import datetime

from sqlalchemy import or_, select

from models.base import Session
from models.channel import Channel, Printed
from models.post import Post, Standing
from services import channels, posts, posts_publishing
from services.channels import Found
from services.posts_content import Content, change, fill


async def hear(
    session: Session, found: Found, message_id: int, content: Content, *, now: datetime
) -> None:
    """Heard again, or said by the bot itself, it changes nothing."""
    channel = await channels.meet(session, found, now=now)
    if channel.organisation_id is None or channel.lost_at is not None:
        return
    if await session.get(Printed, (channel.id, message_id)):
        return
    post = await _find(session, channel, message_id, content)
    if post is None:
        await _publish(session, channel, message_id, content, now)
    elif message_id not in (post.message_id, *(one["at"] for one in post.media)):
        fill(post, content)
        post.changed_at = now


async def hear_edited(
    session: Session, found: Found, message_id: int, content: Content, *, now: datetime
) -> None:
    """What is news of another organisation is not this one's to change."""
    channel = await channels.meet(session, found, now=now)
    post = await _find(session, channel, message_id, content)
    if post is None or post.standing is not Standing.PUBLISHED or channel.lost_at is not None:
        return
    if post.organisation_id == channel.organisation_id and change(post, message_id, content):
        await posts_publishing.amend(session, None, post, now=now)


async def _publish(
    session: Session, channel: Channel, message_id: int, content: Content, now: datetime
) -> None:
    assert channel.organisation_id is not None
    source = {"channel_id": channel.id, "message_id": message_id}
    post = await posts.lay(session, channel.organisation_id, now=now, **source)
    fill(post, content)
    posts.note(session, None, post, "published", now)
    await posts_publishing.go_out(session, post, now=now)


async def _find(
    session: Session, channel: Channel, message_id: int, content: Content
) -> Post | None:
    """The post this message is, or is a part of."""
    is_part = (Post.album == content.album) if content.album else (Post.message_id == message_id)
    found: Post | None = await session.scalar(
        select(Post).where(
            Post.channel_id == channel.id, or_(Post.message_id == message_id, is_part)
        )
    )
    return found
