"""News the bot publishes in the organisation's channels, and what became of it there."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, select, update

from models.base import Session, insert_of
from models.channel import Channel, Printed
from models.mail import Lane, Owed, Sending
from models.organisation import Organisation
from models.post import Errand, Post, Standing, post_channels
from services import channels_fates, deliveries, mailings, news, outbox
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
    for channel_id in await session.scalars(_chosen(post)):
        post.lead = mailings.has_lead(post)
        await _owe(session, post, channel_id, _messages(post), once=True, now=now)


async def owe_again(session: Session, post: Post, *, now: datetime) -> bool:
    """What went wrong in the channels there was trouble with; whether there are any."""
    row = post_channels.c
    troubled = (
        update(post_channels)
        .where(row.post_id == post.id, row.trouble.is_not(None))
        .values(trouble=None)
        .returning(row.channel_id)
    )
    again = (await session.scalars(troubled)).all()
    for channel_id in again:
        undone = await _undone(session, post, channel_id)
        await _owe(session, post, channel_id, undone, once=False, now=now)
    return bool(again)


async def _undone(session: Session, post: Post, channel_id: int) -> list[str]:
    """What neither stands there nor is on its way; else what came after that."""
    if post.standing is Standing.WITHDRAWN:
        return [WITHDRAW]
    parts = select(Printed.part).filter_by(post_id=post.id, channel_id=channel_id)
    there = set(await session.scalars(parts))
    waiting = select(Owed.notice).where(
        Owed.chat_id == channel_id,
        outbox.WAITING,
        Owed.details["post_id"].as_integer() == post.id,
    )
    coming = set(await session.scalars(waiting))
    missing = [one for one in _messages(post) if deliveries.PARTS[one] not in there]
    return [one for one in missing if one not in coming] if missing else [CORRECT]


async def follow(session: Session, post: Post, errand: Errand, *, now: datetime) -> None:
    """What was corrected or taken back is so in the channels, too."""
    notice = CORRECT if errand is Errand.CORRECT else WITHDRAW
    await channels_fates.forget(session, post, errand, now=now)
    for channel_id in await session.scalars(_chosen(post)):
        await _owe(session, post, channel_id, (notice,), once=False, now=now)


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


def _messages(post: Post) -> Sequence[str]:
    return (LEAD, POST) if mailings.has_lead(post) else (POST,)


async def _owe(
    session: Session,
    post: Post,
    channel_id: int,
    notices: Sequence[str],
    *,
    once: bool,
    now: datetime,
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
        for notice in notices
    ]
    if rows:
        await session.execute(insert_of(session, Owed).on_conflict_do_nothing(), rows)
