"""News the bot publishes in the organisation's channels, and what became of it there."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, select

from models.base import Session, insert_of
from models.channel import Channel, Printed
from models.mail import Lane, Owed, Sending
from models.organisation import Organisation
from models.post import Post, post_channels
from services import mailings, news
from services.access import Actor, below

POST, LEAD = "channels-post", "channels-lead"
CORRECT, WITHDRAW = "channels-correct", "channels-withdraw"


class Choice(NamedTuple):
    channel: Channel
    chosen: bool


async def list_choices(
    session: Session, actor: Actor, post: Post, organisation: Organisation, *, now: datetime
) -> Sequence[Choice]:
    """Channels of the organisation or any below it, each with whether the post goes there."""
    offered = _open_to(organisation) & Channel.id.is_distinct_from(post.channel_id)
    chosen = set(await session.scalars(_chosen(post)))
    found = await session.scalars(
        select(Channel).join(Organisation).where(offered).order_by(Channel.title)
    )
    return [Choice(one, one.id in chosen) for one in found]


async def owe(session: Session, post: Post, *, now: datetime) -> None:
    """The post to the channels chosen for it, once for each."""
    notices = (LEAD, POST) if mailings.has_lead(post) else (POST,)
    await _owe(session, post, notices, once=True, now=now)


async def follow(session: Session, post: Post, notice: str, *, now: datetime) -> None:
    """What was corrected or taken back is so in the channels, too."""
    await _owe(session, post, (notice,), once=False, now=now)


async def find_printable(
    session: Session, post_id: int, channel_id: int, *, now: datetime
) -> Post | None:
    """The post, if at this moment it may still go out there."""
    post = await news.find_published(session, post_id, now=now)
    if post is None:
        return None
    home = await session.get_one(Organisation, post.organisation_id)
    there = select(Channel.id).join(Organisation).where(Channel.id == channel_id, _open_to(home))
    return post if await session.scalar(there) else None


async def list_printed(
    session: Session, post_id: int, channel_id: int, *, part: int | None = None, now: datetime
) -> Sequence[int]:
    """The messages there that show it."""
    query = select(Printed.message_id).filter_by(post_id=post_id, channel_id=channel_id)
    query = query if part is None else query.where(Printed.part == part)
    return (await session.scalars(query.order_by(Printed.message_id))).all()


def _open_to(organisation: Organisation) -> ColumnElement[bool]:
    """Of channels: those the organisation may speak through."""
    return and_(
        below(Organisation.path, organisation.path), Channel.lost_at.is_(None), Channel.may_post
    )


def _chosen(post: Post) -> Select[int]:
    return select(post_channels.c.channel_id).where(post_channels.c.post_id == post.id)


async def _owe(
    session: Session, post: Post, notices: Sequence[str], *, once: bool, now: datetime
) -> None:
    rows = [
        {
            "chat_id": channel_id,
            "lane": int(Lane.URGENT),  # in doubt not again: everybody would see it twice
            "notice": notice,
            "details": {"post_id": post.id},
            "key": f"{notice}:{post.id}:{channel_id}" if once else None,
            "state": Sending.NEW,
            "attempts": 0,
            "due_at": now,
        }
        for channel_id in await session.scalars(_chosen(post))
        for notice in notices
    ]
    if rows:
        await session.execute(insert_of(session, Owed).on_conflict_do_nothing(), rows)
