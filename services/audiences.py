"""Whom a post is for: members of its organisations, as they are at the moment of asking."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TypeAlias, TypeVar

from sqlalchemy import BindParameter, ColumnElement, Select, exists, func, or_, select, union_all

from models.base import Session
from models.event import Event
from models.member import Member
from models.organisation import Organisation, day_in
from models.person import UNREACHABLE, Person, person_interests
from models.post import Audience, Post, post_rubrics, post_targets
from models.subscription import mutes
from services.access import within
from services.ages import young_after

Value = TypeVar("Value")
Known: TypeAlias = Value | BindParameter[Value]  # now, or by the time the statement is executed

GENERAL = "news"  # the kind of news that has no rubric
EVENTS = "events"  # and of that which tells of an event, whatever its rubrics


def kind_of(rubric_id: int) -> str:
    """The switch a member turns news of this rubric off with."""
    return f"rubric:{rubric_id}"


def kinds_of(rubrics: Iterable[int], *, of_event: bool) -> list[str]:
    """News in these is silent for whoever has switched all of them off."""
    return [EVENTS] if of_event else [kind_of(one) for one in rubrics] or [GENERAL]


async def readers(
    session: Session, post: Post, *, wide: bool = False, now: datetime
) -> Select[int, int]:
    """Selects person id and Telegram id of everybody who may be told of it by a message now.

    `wide`: they are many, and read a part at a time: all members are walked in order.
    """
    rubrics = await _rubrics(session, post)
    aimed = await _aimed(session, post, rubrics, now, by_person=wide, few=True)
    kinds = await _kinds(session, post, rubrics)
    return (
        select(Member.person_id, Person.telegram_id)
        .join(Person, Person.id == Member.person_id)
        .where(
            *aimed,
            Person.met_at.is_not(None),
            Person.unreachable_since.is_(None),
            Member.person_id.not_in(_muting(kinds)),
        )
    )


async def count(session: Session, post: Post, *, now: datetime) -> int:
    """How many there are now.

    A look at the account of each takes SQLite half a second in a large union, and everybody else
    waits: so those whom no message of it may go to are found by themselves.
    """
    rubrics = await _rubrics(session, post)
    members = select(func.count()).select_from(Member)
    kinds = await _kinds(session, post, rubrics)
    barred = union_all(select(Person.id).where(UNREACHABLE), _muting(kinds))
    one_by_one = await _aimed(session, post, rubrics, now, by_person=True)
    if post.audience is Audience.FOLLOWERS:
        told = members.where(*one_by_one, Member.person_id.not_in(barred))
        return await session.scalar(told) or 0
    aimed = await _aimed(session, post, rubrics, now)
    everybody = await session.scalar(members.where(*aimed))
    untold = await session.scalar(members.where(*one_by_one, Member.person_id.in_(barred)))
    return (everybody or 0) - (untold or 0)


async def among(session: Session, post: Post, people: Sequence[int], *, now: datetime) -> set[int]:
    """Those of these people to whom a message of it may go."""
    asked = (await readers(session, post, now=now)).where(Member.person_id.in_(people))
    return set(await session.scalars(asked))


def visible_to(
    person_id: Known[int], lineage: Known[Sequence[int]], *, young: bool
) -> ColumnElement[bool]:
    """Of posts: those a member of the organisation with this lineage finds in the feed."""
    targeted = exists().where(
        post_targets.c.post_id == Post.id, post_targets.c.organisation_id.in_(lineage)
    )
    open_to = [Audience.ALL, Audience.YOUNG] if young else [Audience.ALL]
    return targeted & or_(
        Post.audience.in_(open_to), (Post.audience == Audience.FOLLOWERS) & interests(person_id)
    )


def interests(person_id: Known[int]) -> ColumnElement[bool]:
    """Of posts: those in a rubric this person follows."""
    return exists().where(
        post_rubrics.c.post_id == Post.id,
        person_interests.c.interest_id == post_rubrics.c.interest_id,
        person_interests.c.person_id == person_id,
    )


async def _rubrics(session: Session, post: Post) -> list[int]:
    of_post = select(post_rubrics.c.interest_id).where(post_rubrics.c.post_id == post.id)
    return list(await session.scalars(of_post))


async def _kinds(session: Session, post: Post, rubrics: Sequence[int]) -> list[str]:
    of_event = await session.scalar(select(exists().where(Event.post_id == post.id)))
    return kinds_of(rubrics, of_event=bool(of_event))


async def _aimed(
    session: Session,
    post: Post,
    rubrics: Sequence[int],
    now: datetime,
    *,
    by_person: bool = False,
    few: bool = False,
) -> list[ColumnElement[bool]]:
    """Of members: those it is meant for, whether or not a message may go to them.

    `by_person`: found by who they are, and not organisation by organisation. `few` are asked for
    at a time: what each of them follows is looked up, and not who follows it.
    """
    paths = await session.scalars(
        select(Organisation.path)
        .join(post_targets, post_targets.c.organisation_id == Organisation.id)
        .where(post_targets.c.post_id == post.id)
    )
    there = select(Organisation.id).where(within(Organisation.path, list(paths)))
    # Not a bare column: then SQLite would go through the organisations first.
    organisation = Member.organisation_id + 0 if by_person else Member.organisation_id
    chosen = await _chosen(session, post, rubrics, now, few)
    return [Member.left_at.is_(None), organisation.in_(there), *chosen]


async def _chosen(
    session: Session, post: Post, rubrics: Sequence[int], now: datetime, few: bool
) -> list[ColumnElement[bool]]:
    match post.audience:
        case Audience.YOUNG:
            return await _young(session, now)
        case Audience.FOLLOWERS:
            follower = person_interests.c.person_id
            following = select(follower).where(person_interests.c.interest_id.in_(rubrics))
            if few:
                return [following.where(follower == Member.person_id).exists()]
            return [Member.person_id.in_(following)]
    return []


async def _young(session: Session, now: datetime) -> list[ColumnElement[bool]]:
    """Each by the calendar of their own organisation: it may be today there, and here tomorrow."""
    zones = defaultdict[date, list[str]](list)
    for zone in await session.scalars(select(Organisation.timezone).distinct()):
        zones[day_in(zone, now)].append(zone)
    exact = [
        (Member.born_on > young_after(day))
        & Member.organisation_id.in_(
            select(Organisation.id).where(Organisation.timezone.in_(zones[day]))
        )
        for day in zones
    ]
    first = Member.born_on > young_after(min(zones))  # a range for the index
    return [first, or_(*exact)] if len(zones) > 1 else [first]


def _muting(kinds: Sequence[str]) -> Select[int]:
    return (
        select(mutes.c.person_id)
        .where(mutes.c.kind.in_(kinds))
        .group_by(mutes.c.person_id)
        .having(func.count() == len(kinds))
    )
