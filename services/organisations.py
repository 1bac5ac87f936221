"""The tree of the union: found by code, walked down, searched by name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import aliased

from models.base import Session
from models.member import Member
from models.organisation import ROOT, Level, Organisation
from models.person import Person
from models.role import Grant, Role
from services.access import Actor, Can, below, require, within
from services.errors import Forbidden, NotFound, Refusal
from services.paging import Paged, page_of
from services.parsing import name_key
from services.stems import akin

PAGE = 8
BY_NAME = (Organisation.sort_key, Organisation.id)
NOT_FOUND = 3  # farther than any distance between what is asked and a name
LONGEST_QUESTION = 100  # words to find one by


class UnknownCode(Refusal):
    text_id = "organisations-unknown-code"


class OutOfReach(Forbidden):
    text_id = "organisations-out-of-reach"


@dataclass(frozen=True)
class Overview:
    """What an admin looks after: how much there is, and the two uppermost levels of it."""

    counts: dict[Level, int]
    members: int
    top: Paged[Organisation]


@dataclass(frozen=True)
class Described:
    organisation: Organisation
    parent: Organisation | None
    goes_up: bool  # whether the parent is the actor's to look at
    members: int  # here and below
    chairs: Sequence[tuple[str | None, int]]  # name, if a member, and Telegram id
    below: Paged[Organisation]


async def get(session: Session, actor: Actor, organisation_id: int) -> Organisation:
    """The tree itself is no secret: everybody who joins looks at it."""
    found = await session.get(Organisation, organisation_id)
    if found is None:
        raise NotFound
    return found


async def find_above(session: Session, actor: Actor, one: Organisation) -> Organisation | None:
    return await session.get(Organisation, one.parent_id) if one.parent_id else None


async def get_by_code(session: Session, actor: Actor, code: str) -> Organisation:
    found: Organisation | None = await session.scalar(
        select(Organisation).where(func.lower(Organisation.code) == code.lower())
    )
    if found is None:
        raise UnknownCode(code=code[:40])
    return found


async def operator(session: Session, actor: Actor) -> str:
    """Who answers for personal data: the organisation at the root of the tree."""
    root = select(Organisation.name).where(Organisation.level == Level.UNION)
    return await session.scalar(root.order_by(Organisation.id).limit(1)) or ""


async def list_level(
    session: Session, actor: Actor, level: Level, *, under: str = ROOT, page: int = 0
) -> Paged[Organisation]:
    query = select(Organisation).where(
        Organisation.level == level, below(Organisation.path, under)
    )
    return await page_of(session, query.order_by(*BY_NAME), page, PAGE)


async def list_open_to(
    session: Session, actor: Actor, can: Can, *, page: int = 0
) -> Paged[Organisation]:
    """Where the actor has this right, the uppermost first."""
    require(actor, can)
    reach = select(Organisation).where(within(Organisation.path, actor.paths(can)))
    return await page_of(session, reach.order_by(Organisation.level.desc(), *BY_NAME), page, PAGE)


async def list_below(
    session: Session, actor: Actor, one: Organisation, *, page: int = 0
) -> Paged[Organisation]:
    """Everything under it, level by level."""
    return await page_of(session, _below(one, Organisation), page, PAGE)


async def page_below(
    session: Session, actor: Actor, one: Organisation, organisation_id: int
) -> int:
    """The page of that list on which an organisation stands."""
    ids = list(await session.scalars(_below(one, Organisation.id)))
    return ids.index(organisation_id) // PAGE if organisation_id in ids else 0


def _below(one: Organisation, what: Any) -> Select[Any]:
    under = select(what).where(below(Organisation.path, one.path), Organisation.id != one.id)
    return under.order_by(Organisation.level.desc(), *BY_NAME)


async def survey(session: Session, actor: Actor, *, page: int = 0) -> Overview:
    paths = _reach(actor)
    counted = await session.execute(
        select(Organisation.level, func.count())
        .where(within(Organisation.path, paths))
        .group_by(Organisation.level)
    )
    members = await _count_members(session, within(Organisation.path, paths))
    heads = _heads(paths)
    led = select(Organisation.id).where(heads)
    # The levels' names happen to sort backwards from the union down.
    top = (
        select(Organisation)
        .where(or_(heads, Organisation.parent_id.in_(led)))
        .order_by(Organisation.level.desc(), *BY_NAME)
    )
    counts = {row[0]: row[1] for row in counted}
    return Overview(counts, members, await page_of(session, top, page, PAGE))


async def describe(
    session: Session, actor: Actor, organisation_id: int, *, page: int = 0
) -> Described:
    paths = _reach(actor)
    one = await get(session, actor, organisation_id)
    if not one.path.startswith(tuple(paths)):
        raise OutOfReach
    parent = await find_above(session, actor, one)
    children = select(Organisation).where(Organisation.parent_id == one.id)
    return Described(
        one,
        parent,
        parent is not None and parent.path.startswith(tuple(paths)),
        await _count_members(session, below(Organisation.path, one.path)),
        await _chairs(session, one),
        await page_of(session, children.order_by(*BY_NAME), page, PAGE),
    )


async def search(session: Session, actor: Actor, words: str) -> Paged[Organisation]:
    """One page of what the actor looks after and has every word in its name or code."""
    every = select(Organisation).where(within(Organisation.path, _reach(actor)))
    found = having(words, await _by_name(session, every))
    return Paged(found[:PAGE], 0, 0, len(found))


async def search_joinable(
    session: Session, actor: Actor, words: str, *, limit: int = PAGE
) -> list[Organisation]:
    """Where one joins, or what leads there: territories first, then primary organisations."""
    below_union = select(Organisation).where(Organisation.level != Level.UNION)
    every = await _by_name(session, below_union.order_by(Organisation.level.desc()))
    return having(words, every)[:limit]


def having(words: str, every: Iterable[Organisation]) -> list[Organisation]:
    """Those with every word in their name or code: the nearest first, otherwise as they came."""
    # Folded here and not in SQL: SQLite knows no lower case beyond ASCII.
    asked = name_key(words)
    measured = [(_distance(one, asked), one) for one in every]
    return [one for far, one in sorted(measured, key=itemgetter(0)) if far < NOT_FOUND]


async def find_twins(
    session: Session, actor: Actor, shown: Sequence[Organisation], among: Sequence[str] = (ROOT,)
) -> dict[int, str]:
    """Those shown whose name is not theirs alone on these paths, and what each belongs to."""
    parent = aliased(Organisation)
    names = {one.name for one in shown}
    shared = (
        select(Organisation.name)
        .where(Organisation.name.in_(names), within(Organisation.path, among))
        .group_by(Organisation.name)
        .having(func.count() > 1)
    )
    rows = await session.execute(
        select(Organisation.id, parent.name)
        .outerjoin(parent, parent.id == Organisation.parent_id)
        .where(Organisation.id.in_([one.id for one in shown]), Organisation.name.in_(shared))
    )
    return {number: place or "" for number, place in rows}


def _reach(actor: Actor) -> list[str]:
    """The paths the actor is an admin of."""
    require(actor, Can.GRANT)
    return actor.paths(Can.GRANT)


def _heads(paths: Sequence[str]) -> ColumnElement[bool]:
    """The uppermost organisations of these paths: no path lies below another's."""
    if ROOT in paths:
        return Organisation.parent_id.is_(None)
    upper = [p for p in paths if not any(p != q and p.startswith(q) for q in paths)]
    return Organisation.path.in_(upper)


async def _by_name(session: Session, query: Select[Organisation]) -> Sequence[Organisation]:
    return (await session.scalars(query.order_by(*BY_NAME))).all()


@lru_cache(maxsize=20_000)  # folding all names of a large union takes a second
def _keys(name: str, code: str) -> tuple[str, Sequence[str]]:
    return name_key(code), name_key(f"{name} {code}").split()


def _distance(one: Organisation, asked: str) -> int:
    """0 if its code is asked for; else as far as the farthest word. Nothing asked is not found."""
    code, words = _keys(one.name, one.code)
    if code == asked:
        return 0
    return max((_far(word, words) for word in asked.split()), default=NOT_FOUND)


def _far(asked: str, words: Sequence[str]) -> int:
    """1 if a word begins like it or is akin, 2 if it is somewhere inside: «омск» in «Томская»."""
    if any(word.startswith(asked) or akin(word, asked) for word in words):
        return 1
    return 2 if any(asked in word for word in words) else NOT_FOUND


async def _count_members(session: Session, where: ColumnElement[bool]) -> int:
    query = (
        select(func.count())
        .select_from(Member)
        .join(Organisation, Organisation.id == Member.organisation_id)
        .where(Member.left_at.is_(None), where)
    )
    return await session.scalar(query) or 0


async def _chairs(
    session: Session, organisation: Organisation
) -> Sequence[tuple[str | None, int]]:
    rows = await session.execute(
        select(Member.name, Person.telegram_id)
        .select_from(Grant)
        .join(Person, Person.id == Grant.person_id)
        .outerjoin(Member, (Member.person_id == Person.id) & Member.left_at.is_(None))
        .where(Grant.role == Role.CHAIR, Grant.organisation_id == organisation.id)
        .order_by(Grant.id)
    )
    return [(name, telegram_id) for name, telegram_id in rows]
