"""What an author decides about a draft besides its words: rubrics, readers, the moment."""

from datetime import datetime

from sqlalchemy import Table, delete, insert

from models.base import Session
from models.organisation import Organisation
from models.person import Interest
from models.post import Audience, Post, Standing, Timing, post_channels, post_rubrics
from services import channels_out, interests, posts, posts_cards
from services.access import Actor, Can, require
from services.errors import NotFound


async def turn_rubric(
    session: Session, actor: Actor, post_id: int, interest_id: int, *, on: bool, now: datetime
) -> None:
    """In or out of a rubric, whatever it was before."""
    post = await posts.get_editable(session, actor, post_id)
    rubric = await session.get(Interest, interest_id)
    if rubric is None or rubric.retired:
        raise NotFound
    await _turn(session, post, post_rubrics, on=on, now=now, interest_id=interest_id)


async def list_rubrics(
    session: Session, actor: Actor, post_id: int, *, now: datetime
) -> list[tuple[Interest, bool]]:
    """All there are, each with whether the post stands in it."""
    post = await posts.get_editable(session, actor, post_id)
    chosen = {one.id for one in await posts.rubrics_of(session, post.id, now=now)}
    found = await interests.list_open(session, now=now)
    return [(one, one.id in chosen) for one in found]


async def aim_at(
    session: Session, actor: Actor, post_id: int, audience: Audience, *, now: datetime
) -> None:
    post = await posts.get_editable(session, actor, post_id)
    post.audience, post.changed_at = audience, now
    await posts.require_rubric(session, post, now=now)


async def turn_target(
    session: Session, actor: Actor, post_id: int, organisation_id: int, *, on: bool, now: datetime
) -> None:
    """Chosen organisations below the post's own; with none chosen it is for all of them."""
    post, home = await posts.get(session, actor, post_id)
    posts.require_editable(post)
    wanted = await session.get(Organisation, organisation_id)
    if wanted is None or not wanted.path.startswith(home.path):
        raise NotFound
    chosen = {one.id for one in await posts.targets_of(session, post, now=now)} - {home.id}
    chosen = chosen | {wanted.id} if on else chosen - {wanted.id}
    await posts.aim(session, post, sorted(chosen) or [home.id], now=now)
    post.changed_at = now


async def time(
    session: Session,
    actor: Actor,
    post_id: int,
    timing: Timing,
    due_at: datetime | None = None,
    *,
    now: datetime,
) -> bool:
    """When it goes out; answers whether it was scheduled.

    Whoever may publish it moves it where it stands, in review or scheduled for an hour.
    Otherwise one that is scheduled becomes a draft again.
    """
    post, home = await posts.get(session, actor, post_id)
    posts.require_news(post)
    if timing is Timing.AT and (due_at is None or due_at <= now):
        raise posts.Past
    before, may = post.standing, actor.may(Can.PUBLISH, home.path)
    stays = before is Standing.REVIEW or (before is Standing.SCHEDULED and timing is Timing.AT)
    if may and stays:
        posts.note(session, actor, post, "rescheduled", now)
    elif before is Standing.SCHEDULED:
        post.standing = Standing.DRAFT
        posts.note(session, actor, post, "unscheduled", now)
    else:
        posts.require_editable(post)
    post.timing, post.due_at, post.changed_at = timing, due_at, now
    if before in (Standing.REVIEW, Standing.SCHEDULED):
        await posts_cards.redraw_others(session, actor, post.id, now=now)
    return before is Standing.SCHEDULED


async def rehome(
    session: Session, actor: Actor, post_id: int, organisation_id: int, *, now: datetime
) -> None:
    """It becomes another organisation's, and for all of that one."""
    post = await posts.get_editable(session, actor, post_id)
    wanted = await session.get(Organisation, organisation_id)
    if wanted is None:
        raise NotFound
    require(actor, Can.POST, wanted.path)
    if post.organisation_id != wanted.id:
        post.organisation_id, post.changed_at = wanted.id, now
        await posts.aim(session, post, [wanted.id], now=now)
        await session.execute(delete(post_channels).filter_by(post_id=post.id))


async def turn_channel(
    session: Session, actor: Actor, post_id: int, channel_id: int, *, on: bool, now: datetime
) -> None:
    """Whether it also goes out in one of the organisation's channels."""
    post, home = await posts.get(session, actor, post_id)
    posts.require_editable(post)
    offered = await channels_out.list_choices(session, actor, post, home, now=now)
    if channel_id not in {one.channel.id for one in offered}:
        raise NotFound
    await _turn(session, post, post_channels, on=on, now=now, channel_id=channel_id)


async def _turn(
    session: Session, post: Post, ticks: Table, *, on: bool, now: datetime, **tick: int
) -> None:
    """On is on, whatever it was before."""
    row = {"post_id": post.id, **tick}
    await session.execute(delete(ticks).filter_by(**row))
    if on:
        await session.execute(insert(ticks).values(row))
    post.changed_at = now
