"""Reading news: the feed, an item opened once by each, what readers thought of it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    and_,
    case,
    exists,
    or_,
    select,
)

from models.base import Session, insert_of
from models.event import Event, State
from models.organisation import Organisation
from models.post import Post, Reading, Standing, Timing
from services import audiences, events, mailings, members, reach
from services.access import Actor
from services.ages import is_young
from services.audiences import Known
from services.errors import Refusal
from services.paging import Paged, page_of
from services.parsing import name_key
from services.reach import Change
from services.stems import stem

PAGE = 6


class Gone(Refusal):
    text_id = "news-gone"


class Wordless(Refusal):
    """Signs alone are nothing to search for."""

    text_id = "news-wordless"


@dataclass(frozen=True)
class Item:
    post: Post
    organisation: Organisation
    useful: bool | None  # what this reader said of it
    event: Event | None = None  # that it announces


async def list_feed(
    session: Session,
    actor: Actor,
    *,
    page: int = 0,
    relevant: bool = False,
    words: str = "",
    now: datetime,
) -> Paged[tuple[Post, Organisation, bool]]:
    """Posts for this member with whose they are and whether they were read."""
    home = _home(actor)
    read = exists().where(Reading.post_id == Post.id, Reading.person_id == actor.id)
    query = (
        select(Post, Organisation, read.label("was_read"))
        .join(Organisation, Organisation.id == Post.organisation_id)
        .where(_is_visible(actor, now), *_having(words))
    )
    newest = (Post.published_at.desc(), Post.id.desc())
    order = (_weight(actor.id, home.id, read).desc(), *newest) if relevant else newest
    return await page_of(session, query.order_by(*order), page, PAGE)


def is_fresh(since: Known[datetime], up_to: Known[datetime]) -> ColumnElement[bool]:
    """Of posts: those a digest of this span tells of, but for events cancelled or over by then."""
    off = exists().where(
        Event.post_id == Post.id, or_(Event.state == State.CANCELLED, Event.ends_at <= up_to)
    )
    return and_(
        Post.standing == Standing.PUBLISHED,
        Post.published_at > since,
        Post.published_at <= up_to,
        Post.timing == Timing.DIGEST,
        or_(Post.title.is_(None), ~off),
    )


async def open_item(session: Session, actor: Actor, post_id: int, *, now: datetime) -> Item:
    """A member has read it from now on; a second look changes nothing."""
    item = await _get(session, actor, post_id, now)
    await _read(session, actor, post_id, now=now)
    return item


async def rate(
    session: Session, actor: Actor, post_id: int, *, useful: bool, now: datetime
) -> Item:
    """Said again, it is taken back."""
    item = await _get(session, actor, post_id, now)
    reading = await _read(session, actor, post_id, now=now)
    before, reading.useful = reading.useful, None if reading.useful is useful else useful
    for said, number in ((before, -1), (reading.useful, 1)):
        if said is not None:
            what = "useful" if said else "useless"
            await _count(session, reading, what, number, now=now)
    return replace(item, useful=reading.useful)


async def opinion(session: Session, actor: Actor, post_id: int) -> bool | None:
    """Whether this reader found it useful, if they have said."""
    reading = await session.get(Reading, (post_id, actor.id))
    return reading.useful if reading else None


async def find_published(session: Session, post_id: int, *, now: datetime) -> Post | None:
    """Of it anybody with its link may see the beginning."""
    post = await session.get(Post, post_id)
    return post if post and post.standing is Standing.PUBLISHED else None


async def is_for(session: Session, actor: Actor, post: Post, *, now: datetime) -> bool:
    """Whether it stands in the feed of whoever asks."""
    if actor.member is None:
        return False
    mine = select(Post.id).where(Post.id == post.id, _is_visible(actor, now))
    return await session.scalar(mine) is not None


async def get(session: Session, post_id: int, *, now: datetime) -> Post:
    return await session.get_one(Post, post_id)


async def place_of(session: Session, post: Post, *, now: datetime) -> str:
    """Whose news it is."""
    return (await session.get_one(Organisation, post.organisation_id)).name


async def told(
    session: Session, people: Sequence[int], *, post_id: int, now: datetime
) -> dict[int, Post]:
    """Those of these people to whom a message of it may still go at this moment."""
    post = await find_published(session, post_id, now=now)
    if post is None or await mailings.is_stopped(session, post_id, now=now):
        return {}
    return dict.fromkeys(await audiences.among(session, post, people, now=now), post)


def _home(actor: Actor) -> Organisation:
    members.require_member(actor)
    assert actor.organisation
    return actor.organisation


def _is_visible(actor: Actor, now: datetime) -> ColumnElement[bool]:
    member, home = members.require_member(actor), _home(actor)
    young = is_young(member.born_on, home.day_of(now))
    visible = audiences.visible_to(actor.id, home.lineage, young=young)
    return (Post.standing == Standing.PUBLISHED) & visible


def _having(words: str) -> list[ColumnElement[bool]]:
    stems = [stem(word) for word in name_key(words).split()]
    if words and not stems:
        raise Wordless
    return [Post.search_key.contains(f" {one}", autoescape=True) for one in stems]


def _weight(
    person_id: Known[int], home_id: Known[int], read: ColumnElement[bool]
) -> ColumnElement[int]:
    """Unread before read, then one's own organisation and interests."""
    return (
        case((read, 0), else_=4)
        + case((Post.organisation_id == home_id, 2), else_=0)
        + case((audiences.interests(person_id), 1), else_=0)
    )


async def _get(session: Session, actor: Actor, post_id: int, now: datetime) -> Item:
    found = await session.execute(
        select(Post, Organisation, Reading.useful)
        .join(Organisation, Organisation.id == Post.organisation_id)
        .outerjoin(Reading, (Reading.post_id == Post.id) & (Reading.person_id == actor.id))
        .where(Post.id == post_id, _is_visible(actor, now))
    )
    row = found.first()
    if row is None:
        raise Gone
    return Item(*row, event=await events.find_of(session, row[0], now=now))


async def _read(session: Session, actor: Actor, post_id: int, *, now: datetime) -> Reading:
    member, home = members.require_member(actor), _home(actor)
    first = insert_of(session, Reading).values(
        post_id=post_id,
        person_id=actor.id,
        at=now,
        useful=None,
        organisation_id=home.id,
        young=is_young(member.born_on, home.day_of(now)),
    )
    is_first = await session.scalar(first.on_conflict_do_nothing().returning(Reading.post_id))
    reading = await session.get_one(Reading, (post_id, actor.id))
    if is_first:
        await _count(session, reading, "opened", 1, now=now)
    return reading


async def _count(
    session: Session, reading: Reading, what: str, number: int, *, now: datetime
) -> None:
    change = Change(reading.post_id, reading.organisation_id, reading.young, what)
    await reach.count(session, Counter({change: number}), now=now)
