"""News and events on their way to those who may publish them, and back."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from models.base import Session
from models.event import Event
from models.organisation import Organisation
from models.person import Person
from models.post import Post, Standing
from services import (
    access,
    audit,
    events,
    events_cards,
    events_making,
    holders,
    notices,
    posts,
    posts_cards,
    posts_publishing,
)
from services.access import Actor, Can, below, require
from services.events import Known

SCHEDULED = ("post.scheduled", "post.rescheduled")


class _Paper(NamedTuple):
    """A post, and the event that stands on it."""

    post: Post
    organisation: Organisation
    event: Event | None

    @property
    def place(self) -> str:
        if self.event is None:
            return posts_cards.place_of(self.post.id)
        return events_cards.place_of(self.event.id)


async def submit(session: Session, actor: Actor, post_id: int, *, now: datetime) -> None:
    """To those who may publish it."""
    paper = await _get(session, actor, post_id, now=now)
    posts.require_editable(paper.post)
    if paper.event is None:
        posts.require_content(paper.post)
    else:
        events_making.require_whole(paper.event, now)
    _move(session, actor, paper, Standing.REVIEW, "submitted", now)
    await notices.renew(session, paper.place, now=now)
    await _ask_publishers(session, paper, but=paper.post.author_id, now=now)


async def take_back(session: Session, actor: Actor, post_id: int, *, now: datetime) -> None:
    """From review its author goes on with it, before its hour whoever may publish it too."""
    paper = await _get(session, actor, post_id, now=now)
    if paper.post.standing is Standing.DRAFT:
        return  # a second tap
    waits = paper.post.standing is Standing.SCHEDULED
    if not waits and paper.post.author_id != actor.id:
        raise posts.NotYours
    posts.require_in(paper.post, Standing.REVIEW, Standing.SCHEDULED)
    what = "unscheduled" if waits else "taken-back"
    _move(session, actor, paper, Standing.DRAFT, what, now)
    await _redraw(session, paper, now=now)


async def give_back(
    session: Session, actor: Actor, post_id: int, remark: str, *, now: datetime
) -> None:
    paper = await _get(session, actor, post_id, now=now)
    require(actor, Can.PUBLISH, paper.organisation.path)
    posts.require_in(paper.post, Standing.REVIEW)
    _move(session, actor, paper, Standing.RETURNED, "returned", now)
    paper.post.remark = remark
    await posts_publishing.tell_author(session, actor, paper.post, "posts-returned", now=now)
    await _redraw(session, paper, now=now)


async def follow(session: Session, person: Person, path: str, *, now: datetime) -> None:
    """After a change of roles there: what was scheduled by somebody who may no longer publish it.

    Others are asked to, in time for its hour.
    """
    actor = await access.load(session, person)
    for post, organisation in await _list_scheduled(session, path):
        sender = await audit.find_doer(session, "post", post.id, SCHEDULED, now=now)
        if sender and sender.id == person.id and not actor.may(Can.PUBLISH, organisation.path):
            post.standing, post.changed_at = Standing.REVIEW, now
            posts.note(session, None, post, "unbacked", now)
            paper = _Paper(post, organisation, None)
            await _redraw(session, paper, now=now)
            await notices.renew(session, paper.place, now=now)
            await _ask_publishers(session, paper, but=person.id, now=now)


async def _list_scheduled(session: Session, path: str) -> Sequence[tuple[Post, Organisation]]:
    found = (
        select(Post, Organisation)
        .join(Organisation, Organisation.id == Post.organisation_id)
        .where(Post.standing == Standing.SCHEDULED, below(Organisation.path, path))
        .order_by(Post.id)
        .with_for_update(of=Post, key_share=True)
        .execution_options(populate_existing=True)
    )
    return [(post, organisation) for post, organisation in await session.execute(found)]


async def _get(session: Session, actor: Actor, post_id: int, *, now: datetime) -> _Paper:
    post, organisation = await posts.get(session, actor, post_id)
    return _Paper(post, organisation, await events.find_of(session, post, now=now))


def _move(
    session: Session, actor: Actor, paper: _Paper, standing: Standing, what: str, now: datetime
) -> None:
    post, organisation, event = paper
    post.standing, post.remark, post.changed_at = standing, None, now
    if event is None:
        posts.note(session, actor, post, what, now)
    else:
        events_making.note(session, actor, Known(event, post, organisation), what, now)


async def _ask_publishers(
    session: Session, paper: _Paper, *, but: int | None, now: datetime
) -> None:
    """But for whoever knows of it already."""
    able = await holders.list_able(session, Can.PUBLISH, paper.organisation, now=now)
    others = [one for one in able if one.id != but and one.is_reachable]
    card, details = posts_cards.CARD, {"post_id": paper.post.id}
    if paper.event is not None:
        card, details = events_cards.REVIEW, {"event_id": paper.event.id}
    await notices.owe_all(session, others, card, now=now, place=paper.place, details=details)


async def _redraw(session: Session, paper: _Paper, *, now: datetime) -> None:
    if paper.event is None:
        await posts_cards.redraw(session, paper.post.id, now=now)
    else:
        await events_cards.redraw(session, paper.event.id, now=now)
