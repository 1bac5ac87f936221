"""Channels the union already has, and whose voice each of them is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, exists, or_, select, true
from sqlalchemy.orm import aliased

from models.audit import AuditRecord
from models.base import Session
from models.channel import Channel
from models.member import Member
from models.organisation import ROOT, Organisation
from models.person import Person
from models.post import Post, Standing
from models.role import Grant, Role
from services import audit, notices
from services.access import Actor, Can, require, within
from services.errors import Forbidden, NotFound, Refusal
from services.paging import Paged, page_of

CARD, PLACE = "channels-card", "channel:"
CLAIMED = "channels-claimed"
PAGE = 6
SHOWN = 5  # posts that have become news


class Lost(Refusal):
    """The bot is no longer its administrator."""

    text_id = "channels-lost"


class NotOffered(Forbidden):
    """Whose voice it is is for others to say."""

    text_id = "channels-not-offered"


class Found(NamedTuple):
    """What is told of a channel with anything that happens in it."""

    id: int
    title: str
    username: str | None


@dataclass(frozen=True)
class Described:
    channel: Channel
    organisation: Organisation | None  # none: nobody has said whose voice it is
    posts: Sequence[Post]  # that have become news, the latest first


async def meet(session: Session, found: Found, *, now: datetime) -> Channel:
    """As it is called today. Met for the first time, it speaks for nobody."""
    channel = await session.get(Channel, found.id)
    if channel is None:
        channel = Channel(id=found.id, may_post=True)
        session.add(channel)
    channel.title = found.title[:255]
    channel.username = found.username[:64] if found.username else None
    return channel


async def gain(
    session: Session, actor: Actor, found: Found, *, may_post: bool, now: datetime
) -> None:
    """The bot is its administrator now, or has other rights there than before."""
    known = await session.get(Channel, found.id)
    is_back = known is None or known.lost_at is not None
    channel = await meet(session, found, now=now)
    channel.may_post, channel.lost_at = may_post, None
    if is_back:
        channel.added_by = actor.id
        await session.flush()
        await _ask(session, actor, channel, now=now)


async def lose(session: Session, actor: Actor, found: Found, *, now: datetime) -> None:
    """Thrown out, or no longer administrator: whose voice it was is remembered."""
    channel = await session.get(Channel, found.id)
    if channel and channel.lost_at is None:
        channel.lost_at = now
        await _redraw(session, actor, channel, now=now)


async def list_for(
    session: Session, actor: Actor, *, page: int = 0
) -> Paged[tuple[Channel, Organisation | None]]:
    """Those the actor may give a voice to, then those that speak for the actor's organisations."""
    _require_publisher(actor)
    there = within(Organisation.path, actor.paths(Can.PUBLISH))
    query = (
        select(Channel, Organisation)
        .outerjoin(Organisation, Organisation.id == Channel.organisation_id)
        .where(Channel.lost_at.is_(None), or_(_is_offered(actor), there))
        .order_by(Channel.organisation_id.is_not(None), Channel.title, Channel.id)
    )
    return await page_of(session, query, page, PAGE)


async def get_for(session: Session, actor: Actor, channel_id: int, *, now: datetime) -> Described:
    """For those who publish for its organisation; while it has none, for whom it is offered to."""
    _require_publisher(actor)
    # Two who decide at once: the second waits, and finds it decided.
    asked = select(Channel).where(Channel.id == channel_id).with_for_update()
    channel = await session.scalar(asked.execution_options(populate_existing=True))
    if channel is None:
        raise NotFound
    place = None
    if channel.organisation_id is not None:
        place = await session.get_one(Organisation, channel.organisation_id)
        require(actor, Can.PUBLISH, place.path)
    if channel.lost_at is not None:
        raise Lost(title=channel.title)
    if place is None and not await session.scalar(asked.where(_is_offered(actor))):
        raise NotOffered
    return Described(channel, place, await _list_posts(session, channel))


async def confirm(
    session: Session, actor: Actor, channel_id: int, organisation_id: int, *, now: datetime
) -> None:
    """What it posts from now on is news of this organisation, whoever's it was before."""
    found = await get_for(session, actor, channel_id, now=now)
    place = await session.get(Organisation, organisation_id)
    if place is None:
        raise NotFound
    require(actor, Can.PUBLISH, place.path)
    if found.organisation is not place:
        found.channel.organisation_id, found.channel.confirmed_at = place.id, now
        await _changed(session, actor, "confirmed", found.channel, place, now=now)
        await _tell_claimed(session, actor, found.channel, now=now)


async def disconnect(session: Session, actor: Actor, channel_id: int, *, now: datetime) -> None:
    """It speaks for nobody until somebody says for whom again."""
    found = await get_for(session, actor, channel_id, now=now)
    if found.organisation is not None:
        found.channel.organisation_id = found.channel.confirmed_at = None
        await _changed(session, actor, "disconnected", found.channel, found.organisation, now=now)


async def find_claimed(
    session: Session, channel_id: int, organisation_id: int, *, now: datetime
) -> tuple[Channel, Organisation] | None:
    """The channel, if it still speaks for this organisation."""
    channel = await session.get(Channel, channel_id)
    if channel is None or (channel.organisation_id, channel.lost_at) != (organisation_id, None):
        return None
    return channel, await session.get_one(Organisation, organisation_id)


async def find_unclaimed(session: Session, channel_id: int, *, now: datetime) -> Channel | None:
    """The channel, if it is still to be said whose voice it is."""
    channel = await session.get(Channel, channel_id)
    is_open = channel and channel.lost_at is None and channel.organisation_id is None
    return channel if is_open else None


def place_of(channel_id: int) -> str:
    return f"{PLACE}{channel_id}"


def _is_offered(actor: Actor) -> ColumnElement[bool]:
    """Of channels: nobody's yet, and it is for the actor to say whose voice they are.

    Whoever has added the bot, and who publishes for an organisation that person belongs to or
    organises; who publishes for the whole union; and whoever had a channel and let it go.
    """
    place = aliased(Organisation)
    theirs = within(place.path, actor.paths(Can.PUBLISH))
    home = select(Member.id).join(place, place.id == Member.organisation_id)
    served = select(Grant.id).join(place, place.id == Grant.organisation_id)
    let_go = (AuditRecord.subject == "channel", AuditRecord.action == "channel.disconnected")
    may = or_(
        Channel.added_by == actor.id,
        home.where(
            Member.person_id == Channel.added_by, Member.left_at.is_(None), theirs
        ).exists(),
        served.where(
            Grant.person_id == Channel.added_by, Grant.role == Role.ORGANISER, theirs
        ).exists(),
        exists().where(
            AuditRecord.subject_id == Channel.id, AuditRecord.actor_id == actor.id, *let_go
        ),
    )
    everywhere = actor.may(Can.PUBLISH, ROOT)
    return Channel.organisation_id.is_(None) & (true() if everywhere else may)


def _require_publisher(actor: Actor) -> None:
    require(actor, Can.POST)
    require(actor, Can.PUBLISH)


async def _list_posts(session: Session, channel: Channel) -> Sequence[Post]:
    mine = select(Post).where(
        Post.channel_id == channel.id,
        Post.organisation_id == channel.organisation_id,
        Post.standing == Standing.PUBLISHED,
    )
    return (await session.scalars(mine.order_by(Post.message_id.desc()).limit(SHOWN))).all()


async def _ask(session: Session, actor: Actor, channel: Channel, *, now: datetime) -> None:
    """Whoever has added the bot, whose voice it is; if that is known, its card is open again."""
    if channel.organisation_id is None and actor.person.is_reachable:
        await notices.renew(session, place_of(channel.id), now=now)
        await _show(session, [actor.person], channel, now=now)
    else:
        await _redraw(session, actor, channel, now=now)


async def _changed(
    session: Session,
    actor: Actor,
    what: str,
    channel: Channel,
    place: Organisation,
    *,
    now: datetime,
) -> None:
    about = {"title": channel.title, "code": place.code}
    audit.record(session, actor, f"channel.{what}", "channel", channel.id, now=now, **about)
    await _redraw(session, actor, channel, now=now)


async def _tell_claimed(
    session: Session, actor: Actor, channel: Channel, *, now: datetime
) -> None:
    """Whoever has added the bot, if somebody else says whose voice it is."""
    added_by = await session.get(Person, channel.added_by) if channel.added_by else None
    if added_by and added_by.id != actor.id and added_by.is_reachable:
        about = {"channel_id": channel.id, "organisation_id": channel.organisation_id}
        await notices.owe_all(session, [added_by], CLAIMED, now=now, details=about)


async def _redraw(session: Session, actor: Actor, channel: Channel, *, now: datetime) -> None:
    """Wherever its card stands; whoever has changed it sees that already."""
    shown = await notices.list_shown(session, place_of(channel.id), now=now)
    others = [one for one in shown if one.id != actor.id]
    await _show(session, others, channel, now=now)


async def _show(
    session: Session, to: Sequence[Person], channel: Channel, *, now: datetime
) -> None:
    place, details = place_of(channel.id), {"channel_id": channel.id}
    await notices.owe_all(session, to, CARD, now=now, place=place, details=details)
