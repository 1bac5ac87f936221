"""What became of news in each channel it was for; whoever sent it there hears of trouble."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import exists, select, update

from models.audit import AuditRecord
from models.base import Session
from models.channel import Channel, Printed, Trouble
from models.mail import Sending
from models.person import Person
from models.post import Post, Standing, post_channels
from services import notices, posts_cards

NOTICE = "channels-trouble"
SENT = ("post.published", "post.scheduled", "post.sent-again")  # what somebody did to send it


class Fate(NamedTuple):
    channel: Channel
    stands: bool  # something of it is there
    trouble: Trouble | None


async def list_for(session: Session, post: Post, *, now: datetime) -> Sequence[Fate]:
    """Of each channel chosen for the post, whatever has become of the channel."""
    stands = exists().where(Printed.post_id == post.id, Printed.channel_id == Channel.id)
    chosen = (
        select(Channel, stands, post_channels.c.trouble)
        .join(post_channels, post_channels.c.channel_id == Channel.id)
        .where(post_channels.c.post_id == post.id)
    )
    return [Fate(*row) for row in await session.execute(chosen.order_by(Channel.title))]


async def record(
    session: Session,
    post_id: int,
    channel_id: int,
    became: Sending,
    why: str | None,
    *,
    now: datetime,
) -> None:
    """Its card shows it; what went wrong is told once, until it is sent again."""
    if became is not Sending.SENT:
        trouble = await _trouble_of(session, post_id, channel_id, became, why or "")
        row = post_channels.c
        first = update(post_channels).where(
            row.post_id == post_id, row.channel_id == channel_id, row.trouble.is_(None)
        )
        if trouble and await session.scalar(first.values(trouble=trouble).returning(row.post_id)):
            await _tell(session, post_id, channel_id, now)
    await posts_cards.redraw(session, post_id, now=now)


async def _trouble_of(
    session: Session, post_id: int, channel_id: int, became: Sending, why: str
) -> Trouble | None:
    if became is Sending.STALE:
        return await _hindrance(session, post_id, channel_id)
    if became is Sending.UNKNOWN:
        return Trouble.UNSURE
    if "chat not found" in why or "deleted" in why:
        return Trouble.GONE
    forbidden = became is Sending.BLOCKED or "rights" in why or "FORBIDDEN" in why
    return Trouble.RIGHTS if forbidden else Trouble.REFUSED


async def _hindrance(session: Session, post_id: int, channel_id: int) -> Trouble | None:
    """Why it was not even tried; none: the post was withdrawn meanwhile."""
    post = await session.get_one(Post, post_id)
    if post.standing is not Standing.PUBLISHED:
        return None
    channel = await session.get_one(Channel, channel_id)
    barred = channel.lost_at is not None or not channel.may_post
    return Trouble.RIGHTS if barred else Trouble.ELSEWHERE


async def _tell(session: Session, post_id: int, channel_id: int, now: datetime) -> None:
    """Whoever sent it there last."""
    sender: Person | None = await session.scalar(
        select(Person)
        .join(AuditRecord, AuditRecord.actor_id == Person.id)
        .where(
            AuditRecord.subject == "post",
            AuditRecord.subject_id == post_id,
            AuditRecord.action.in_(SENT),
        )
        .order_by(AuditRecord.id.desc())
        .limit(1)
    )
    if sender and sender.is_reachable:
        await notices.owe(session, sender, NOTICE, now=now, post_id=post_id, channel_id=channel_id)
