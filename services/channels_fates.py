"""What became of news in each channel it was for; whoever had it so hears of trouble."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, func, select, update

from models.base import Session
from models.channel import Channel, Printed, Trouble
from models.mail import Sending
from models.post import MAIN, Errand, Post, Standing, post_channels
from services import audit, notices, posts_cards

NOTICE = "channels-trouble"
# What somebody did to have it so.
DID = {
    Errand.SEND: ("post.published", "post.scheduled", "post.sent-again"),
    Errand.CORRECT: ("post.corrected", "post.sent-again"),
    Errand.WITHDRAW: ("post.withdrawn", "post.withdrawn-again"),
}
ROW = post_channels.c
STANDING = (
    select(func.count(Printed.part.distinct()))
    .where(Printed.post_id == ROW.post_id, Printed.channel_id == ROW.channel_id)
    .scalar_subquery()
)


class Fate(NamedTuple):
    channel: Channel
    errand: Errand  # the latest of it there
    stands: bool  # all of it is there
    trouble: Trouble | None


async def list_for(session: Session, post: Post, *, now: datetime) -> Sequence[Fate]:
    """Of each channel chosen for the post, whatever has become of the channel."""
    chosen = (
        select(Channel, STANDING, ROW.trouble)
        .join(post_channels, ROW.channel_id == Channel.id)
        .where(ROW.post_id == post.id)
        .order_by(Channel.title)
    )
    return [_fate(post, *row) for row in await session.execute(chosen)]


def _fate(post: Post, channel: Channel, parts: int, trouble: Trouble | None) -> Fate:
    stands = parts == _whole(post)
    if post.standing is Standing.WITHDRAWN and parts:
        return Fate(channel, Errand.WITHDRAW, stands, trouble)
    return Fate(channel, Errand.CORRECT if stands else Errand.SEND, stands, trouble)


def _whole(post: Post) -> int:
    return 2 if post.lead else 1


async def forget(session: Session, post: Post, errand: Errand, *, now: datetime) -> None:
    """It is corrected or taken back anew wherever it stands: earlier trouble is over."""
    least = 1 if errand is Errand.WITHDRAW else _whole(post)
    of_it = (ROW.post_id == post.id, ROW.trouble.is_not(None), least <= STANDING)
    await session.execute(update(post_channels).where(*of_it).values(trouble=None))


async def record(
    session: Session,
    post_id: int,
    channel_id: int,
    errand: Errand,
    became: Sending,
    why: str | None,
    *,
    now: datetime,
) -> None:
    """Its card shows it; what went wrong is told once, until it is tried again."""
    trouble = await _trouble_of(session, post_id, channel_id, errand, became, why or "")
    if trouble is Trouble.DELETED:
        there = {"post_id": post_id, "channel_id": channel_id, "part": MAIN}
        await session.execute(delete(Printed).filter_by(**there))
    first = update(post_channels).where(
        ROW.post_id == post_id, ROW.channel_id == channel_id, ROW.trouble.is_(None)
    )
    if trouble and await session.scalar(first.values(trouble=trouble).returning(ROW.post_id)):
        await _tell(session, post_id, channel_id, errand, now)
    await posts_cards.redraw(session, post_id, now=now)


async def _trouble_of(
    session: Session, post_id: int, channel_id: int, errand: Errand, became: Sending, why: str
) -> Trouble | None:
    match became:
        case Sending.SENT:
            return None
        case Sending.STALE:
            sent = errand is Errand.SEND
            return await _hindrance(session, post_id, channel_id) if sent else None
        case Sending.UNKNOWN:
            return Trouble.UNSURE
    trouble = _read(why, forbidden=became is Sending.BLOCKED)
    if errand is Errand.WITHDRAW and trouble is Trouble.GONE:
        return None  # and the post with it
    return trouble


def _read(why: str, *, forbidden: bool) -> Trouble:
    """Telegram's words."""
    if "chat not found" in why or "was deleted" in why:
        return Trouble.GONE
    if "to edit not found" in why or "MESSAGE_ID_INVALID" in why:
        return Trouble.DELETED
    if "deleted for everyone" in why:
        return Trouble.OLD
    forbidden = forbidden or any(one in why for one in ("rights", "FORBIDDEN", "can't be"))
    return Trouble.RIGHTS if forbidden else Trouble.REFUSED


async def _hindrance(session: Session, post_id: int, channel_id: int) -> Trouble | None:
    """Why it was not even tried; none: the post was withdrawn meanwhile."""
    post = await session.get_one(Post, post_id)
    if post.standing is not Standing.PUBLISHED:
        return None
    channel = await session.get_one(Channel, channel_id)
    barred = channel.lost_at is not None or not channel.may_post
    return Trouble.RIGHTS if barred else Trouble.ELSEWHERE


async def _tell(
    session: Session, post_id: int, channel_id: int, errand: Errand, now: datetime
) -> None:
    """Whoever had it so last."""
    sender = await audit.find_doer(session, "post", post_id, DID[errand], now=now)
    if sender and sender.is_reachable:
        await notices.owe(session, sender, NOTICE, now=now, post_id=post_id, channel_id=channel_id)
