"""Writing news: a draft survives everything, others may have to approve it, and then it is out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, insert, or_, select

from models.base import Session
from models.channel import Channel
from models.member import Member
from models.organisation import Organisation
from models.person import Interest
from models.post import EDITABLE, Audience, Post, Standing, post_rubrics, post_targets
from services import (
    audiences,
    audit,
    channels_fates,
    channels_out,
    events,
    mailings_pace,
    posts_cards,
    reach,
)
from services.access import Actor, Can, require, within
from services.errors import Forbidden, NotFound, Refusal
from services.mailings_pace import Progress
from services.posts_content import Content, fill, word
from services.reach import Reach

LONGEST_REMARK = 400


class Empty(Refusal):
    text_id = "posts-empty"


class Past(Refusal):
    text_id = "posts-past"


class NoRubric(Refusal):
    text_id = "posts-no-rubric"


class Changed(Refusal):
    text_id = "posts-changed"


class NotYours(Forbidden):
    text_id = "posts-not-yours"


class Elsewhere(Refusal):
    """It has moved on: published, returned or thrown away meanwhile."""

    text_id = "posts-elsewhere"


@dataclass(frozen=True)
class Draft:
    """A post with all that its card shows."""

    post: Post
    organisation: Organisation
    targets: Sequence[Organisation]
    rubrics: Sequence[Interest]
    recipients: int
    author: str | None
    may_publish: bool
    channels: Sequence[channels_out.Choice]
    fates: Sequence[channels_fates.Fate]  # of those chosen
    progress: Progress | None  # of its sending
    reach: Reach


def is_open_to(actor: Actor) -> ColumnElement[bool]:
    """Of unfinished posts with their organisations."""
    waiting = Post.standing.in_([Standing.REVIEW, Standing.SCHEDULED])
    return or_(Post.author_id == actor.id, are_theirs(actor) & waiting)


def are_theirs(actor: Actor) -> ColumnElement[bool]:
    """They may publish and withdraw these posts of organisations."""
    return within(Organisation.path, actor.paths(Can.PUBLISH))


async def begin(session: Session, actor: Actor, organisation_id: int, *, now: datetime) -> Post:
    organisation = await session.get(Organisation, organisation_id)
    if organisation is None:
        raise NotFound
    require(actor, Can.POST, organisation.path)
    post = await lay(session, organisation.id, now=now, author_id=actor.id)
    note(session, actor, post, "begun", now)
    return post


async def lay(session: Session, organisation_id: int, *, now: datetime, **source: Any) -> Post:
    """An empty one for all of an organisation; `source` is whom or where it comes from."""
    post = Post(
        organisation_id=organisation_id,
        created_at=now,
        changed_at=now,
        **source,
    )
    session.add(post)
    await session.flush()
    await aim(session, post, [organisation_id], now=now)
    return post


async def get_for(
    session: Session, actor: Actor, post_id: int, *, counted: bool = True, now: datetime
) -> Draft:
    """For its author and for those who may publish it.

    Not `counted`: its recipients are not asked for, which in a large union takes long.
    """
    post, organisation = await look(session, actor, post_id, now=now)
    return Draft(
        post,
        organisation,
        await targets_of(session, post, now=now),
        await rubrics_of(session, post.id, now=now),
        await _recipients(session, post, now) if counted else 0,
        await author_of(session, post, now=now),
        actor.may(Can.PUBLISH, organisation.path),
        await channels_out.list_choices(session, actor, post, organisation, now=now),
        await channels_fates.list_for(session, post, now=now),
        await mailings_pace.find(session, post.id, now=now),
        await reach.of_post(session, post.id, now=now),
    )


async def author_of(session: Session, post: Post, *, now: datetime) -> str | None:
    """A member's name of today, or the title of the channel it came from."""
    if post.channel_id is not None:
        return (await session.get_one(Channel, post.channel_id)).title
    mine = select(Member.name).where(Member.person_id == post.author_id, Member.left_at.is_(None))
    return await session.scalar(mine)


async def write(
    session: Session,
    actor: Actor,
    post_id: int,
    content: Content,
    *,
    below: bool = False,
    now: datetime,
) -> Post:
    """Takes the content, or one more part of the album that is being sent.

    `below`: words alone go under the album that came just before.
    """
    post = await get_editable(session, actor, post_id)
    goes_on = content.album is not None and content.album == post.album
    if content.plain or not goes_on:
        post.message_id = content.at
    if below and content.plain and not content.media:
        word(post, content)
    elif content.plain or content.media:
        fill(post, content)
    else:
        raise Empty
    post.changed_at = now
    return post


async def rubrics_of(session: Session, post_id: int, *, now: datetime) -> Sequence[Interest]:
    of_post = (
        select(Interest)
        .join(post_rubrics, post_rubrics.c.interest_id == Interest.id)
        .where(post_rubrics.c.post_id == post_id)
    )
    return (await session.scalars(of_post.order_by(Interest.id))).all()


async def discard(session: Session, actor: Actor, post_id: int, *, now: datetime) -> None:
    post, _ = await get(session, actor, post_id)
    require_news(post)
    if post.standing in (Standing.PUBLISHED, Standing.WITHDRAWN):
        raise Elsewhere
    if post.standing is not Standing.DISCARDED:
        post.standing = Standing.DISCARDED
        note(session, actor, post, "discarded", now)
        await posts_cards.redraw_others(session, actor, post.id, now=now)


async def _recipients(session: Session, post: Post, now: datetime) -> int:
    """As many as there would be now; of what is out, as many as there were."""
    if post.recipients is not None:
        return post.recipients
    return await audiences.count(session, post, now=now)


def version(post: Post) -> int:
    """What a button that publishes knows of the post: not its words, but when they changed."""
    return round(post.changed_at.timestamp() * 1e6)


async def look(
    session: Session, actor: Actor, post_id: int, *, now: datetime
) -> tuple[Post, Organisation]:
    """Unlocked: the courier reads it too, in the middle of its own work."""
    return await _allowed(session, actor, await session.get(Post, post_id))


async def get(session: Session, actor: Actor, post_id: int) -> tuple[Post, Organisation]:
    """To change it: of two who decide at once the second waits, and finds it decided."""
    found = select(Post).where(Post.id == post_id).with_for_update(key_share=True)
    post = await session.scalar(found.execution_options(populate_existing=True))
    return await _allowed(session, actor, post)


async def _allowed(session: Session, actor: Actor, post: Post | None) -> tuple[Post, Organisation]:
    if post is None:
        raise NotFound
    organisation = await session.get_one(Organisation, post.organisation_id)
    if post.author_id != actor.id and not actor.may(Can.PUBLISH, organisation.path):
        raise NotYours
    require(actor, Can.POST, organisation.path)
    return post, organisation


async def get_editable(session: Session, actor: Actor, post_id: int) -> Post:
    post, _ = await get(session, actor, post_id)
    require_editable(post)
    return post


async def get_to_publish(session: Session, actor: Actor, post_id: int) -> Post:
    post, organisation = await get(session, actor, post_id)
    require(actor, Can.PUBLISH, organisation.path)
    return post


async def get_in(session: Session, actor: Actor, post_id: int, standing: Standing) -> Post:
    """For those who may publish it."""
    post = await get_to_publish(session, actor, post_id)
    require_in(post, standing)
    return post


def require_editable(post: Post) -> None:
    require_in(post, *EDITABLE)


def require_in(post: Post, *standings: Standing) -> None:
    if post.standing not in standings:
        raise Elsewhere if post.title is None else events.Elsewhere


def require_news(post: Post) -> None:
    """What stands under an event goes out, and goes, with it."""
    if post.title is not None:
        raise events.Elsewhere


def require_content(post: Post) -> None:
    if not post.plain and not post.media:
        raise Empty


async def require_rubric(session: Session, post: Post, *, now: datetime) -> None:
    """Its readers may be those who follow its rubrics: then it must have one."""
    if post.audience is Audience.FOLLOWERS and not await rubrics_of(session, post.id, now=now):
        raise NoRubric


async def targets_of(session: Session, post: Post, *, now: datetime) -> Sequence[Organisation]:
    aimed = (
        select(Organisation)
        .join(post_targets, post_targets.c.organisation_id == Organisation.id)
        .where(post_targets.c.post_id == post.id)
    )
    return (await session.scalars(aimed.order_by(Organisation.sort_key))).all()


async def aim(
    session: Session, post: Post, organisation_ids: Sequence[int], *, now: datetime
) -> None:
    await session.execute(delete(post_targets).where(post_targets.c.post_id == post.id))
    rows = [{"post_id": post.id, "organisation_id": one} for one in organisation_ids]
    await session.execute(insert(post_targets), rows)


def note(session: Session, actor: Actor | None, post: Post, what: str, now: datetime) -> None:
    audit.record(session, actor, f"post.{what}", "post", post.id, now=now)
