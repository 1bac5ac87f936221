"""What stands in a digest: decided once for all to whom the same may be told."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, TypeAlias, TypeVar

from sqlalchemy import Select, func, select

from models.base import Session
from models.event import Event
from models.member import Member
from models.organisation import Organisation
from models.person import person_interests
from models.post import Audience, Post, Reading, post_rubrics, post_targets
from models.subscription import Slot, Subscription, mutes
from services import audiences, news, slots
from services.ages import is_young

MOST = 7  # items in one
BEGINNING = 500  # signs, more than are shown

Value = TypeVar("Value", int, str)
_Sets: TypeAlias = Mapping[int, frozenset[Value]]


class Item(NamedTuple):
    post_id: int
    plain: str  # how it begins


class Digest(NamedTuple):
    items: tuple[Item, ...]
    more: int  # that had no place


class _Fresh(NamedTuple):
    """A post of the span, and what decides whether it is for somebody."""

    item: Item
    organisation_id: int
    audience: Audience
    published_at: datetime
    targets: frozenset[int]
    rubrics: frozenset[int]
    kinds: frozenset[str]  # whoever has switched all of them off is not told


class _Segment(NamedTuple):
    """All that decides what somebody is told, and in which order."""

    up_to: datetime
    home: Organisation
    young: bool
    interests: frozenset[int]
    muted: frozenset[str]
    read: frozenset[int]


async def compose(
    session: Session, people: Sequence[int], *, slot_id: int, since: str, now: datetime
) -> dict[int, Digest]:
    """As things stand now, for those of these people who are to be told anything."""
    slot = await session.get_one(Slot, slot_id)
    fresh = await _list_fresh(session, datetime.fromisoformat(since), now)
    segments = await _segments(session, slot, people, fresh, now)
    digests = {segment: _digest(segment, fresh) for segment in set(segments.values())}
    return {who: digests[one] for who, one in segments.items() if digests[one].items}


async def _list_fresh(session: Session, since: datetime, now: datetime) -> list[_Fresh]:
    """The newest first."""
    beginning = func.substr(func.coalesce(Post.title, Post.plain), 1, BEGINNING)
    posts = await session.execute(
        select(Post.id, beginning, Post.organisation_id, Post.audience, Post.published_at)
        .where(news.is_fresh(since, now))
        .order_by(Post.published_at.desc(), Post.id.desc())
    )
    found = posts.all()
    ids = [row.id for row in found]
    targets = await _sets(session, select(post_targets).where(post_targets.c.post_id.in_(ids)))
    rubrics = await _sets(session, select(post_rubrics).where(post_rubrics.c.post_id.in_(ids)))
    of_events = set(await session.scalars(select(Event.post_id).where(Event.post_id.in_(ids))))
    return [
        _Fresh(
            Item(post_id, plain),
            home,
            audience,
            at,
            targets[post_id],
            rubrics[post_id],
            frozenset(audiences.kinds_of(rubrics[post_id], of_event=post_id in of_events)),
        )
        for post_id, plain, home, audience, at in found
    ]


async def _segments(
    session: Session,
    slot: Slot,
    people: Sequence[int],
    fresh: Sequence[_Fresh],
    now: datetime,
) -> dict[int, _Segment]:
    """Members who stand in the slot. Of their choices only what makes a difference today."""
    standing = (
        select(Subscription, Member.born_on, Organisation)
        .join(Member, Member.person_id == Subscription.person_id)
        .join(Organisation, Organisation.id == Member.organisation_id)
        .where(
            Subscription.person_id.in_(people),
            Subscription.slot_id == slot.id,
            Member.left_at.is_(None),
        )
    )
    interests, muted, read = await _choices(session, people, fresh)
    return {
        one.person_id: _Segment(
            slots.told(slot, one),
            home,
            is_young(born_on, home.day_of(now)),
            interests[one.person_id],
            muted[one.person_id],
            read[one.person_id],
        )
        for one, born_on, home in await session.execute(standing)
    }


async def _choices(
    session: Session, people: Sequence[int], fresh: Sequence[_Fresh]
) -> tuple[_Sets[int], _Sets[str], _Sets[int]]:
    """Whose interests, whose muted kinds, and what was read, by person."""
    likes, muted = person_interests.c, mutes.c
    rubrics = {rubric for one in fresh for rubric in one.rubrics}
    kinds = {kind for one in fresh for kind in one.kinds}
    posts = [one.item.post_id for one in fresh]
    following = select(likes.person_id, likes.interest_id).where(
        likes.person_id.in_(people), likes.interest_id.in_(rubrics)
    )
    silent = select(muted.person_id, muted.kind).where(
        muted.person_id.in_(people), muted.kind.in_(kinds)
    )
    read = select(Reading.person_id, Reading.post_id).where(
        Reading.person_id.in_(people), Reading.post_id.in_(posts)
    )
    return (
        await _sets(session, following),
        await _sets(session, silent),
        await _sets(session, read),
    )


def _digest(segment: _Segment, fresh: Iterable[_Fresh]) -> Digest:
    found = [one for one in fresh if _is_for(segment, one)]
    found.sort(key=lambda one: _weight(segment, one), reverse=True)
    return Digest(tuple(one.item for one in found[:MOST]), max(0, len(found) - MOST))


def _is_for(segment: _Segment, one: _Fresh) -> bool:
    """As `audiences.visible_to` has it for the feed, less what was read or is muted."""
    open_to = {
        Audience.ALL: True,
        Audience.YOUNG: segment.young,
        Audience.FOLLOWERS: not one.rubrics.isdisjoint(segment.interests),
    }
    return (
        one.published_at <= segment.up_to
        and not one.targets.isdisjoint(segment.home.lineage)
        and open_to[one.audience]
        and one.item.post_id not in segment.read
        and not one.kinds <= segment.muted
    )


def _weight(segment: _Segment, one: _Fresh) -> int:
    """One's own organisation, then one's interests, then what is newer."""
    own = one.organisation_id == segment.home.id
    return 2 * own + (not one.rubrics.isdisjoint(segment.interests))


async def _sets(session: Session, pairs: Select[int, Value]) -> _Sets[Value]:
    """By the first of each pair all the second ones."""
    found = defaultdict[int, set[Value]](set)
    for one, other in await session.execute(pairs):
        found[one].add(other)
    return defaultdict(frozenset, {one: frozenset(others) for one, others in found.items()})
