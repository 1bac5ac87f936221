"""The tree of the union: found by code, walked down, searched by name."""

from datetime import datetime

from sqlalchemy import func, select

from models.base import Session
from models.member import Member
from models.organisation import ROOT, Level, Organisation
from services.access import Actor, Can, below, require, within
from services.errors import NotFound, Refusal
from services.paging import Paged, page_of

PAGE = 8


class UnknownCode(Refusal):
    text_id = "organisations-unknown-code"


async def get(session: Session, actor: Actor, organisation_id: int) -> Organisation:
    """The tree itself is no secret: everybody who joins looks at it."""
    found = await session.get(Organisation, organisation_id)
    if found is None:
        raise NotFound
    return found


async def get_by_code(session: Session, actor: Actor, code: str) -> Organisation:
    found: Organisation | None = await session.scalar(
        select(Organisation).where(func.lower(Organisation.code) == code.lower())
    )
    if found is None:
        raise UnknownCode(code=code[:40])
    return found


async def list_level(
    session: Session, actor: Actor, level: Level, *, under: str = ROOT, page: int = 0
) -> Paged[Organisation]:
    query = select(Organisation).where(
        Organisation.level == level, below(Organisation.path, under)
    )
    return await page_of(session, query.order_by(Organisation.name, Organisation.id), page, PAGE)


async def list_held(
    session: Session, actor: Actor, can: Can, page: int = 0
) -> Paged[Organisation]:
    """The organisations for which the actor may do this, the highest first."""
    require(actor, can)
    query = select(Organisation).where(within(Organisation.path, actor.paths(can)))
    return await page_of(session, query.order_by(Organisation.path), page, PAGE)


async def search_primary(
    session: Session, actor: Actor, words: str, *, under: str = ROOT, limit: int = PAGE
) -> list[Organisation]:
    """Primary organisations whose name or code has every word of the question."""
    query = select(Organisation).where(
        Organisation.level == Level.PRIMARY, below(Organisation.path, under)
    )
    # Folded here and not in SQL: SQLite knows no lower case beyond ASCII.
    every = (await session.scalars(query.order_by(Organisation.name))).all()
    asked = _folded(words).split()
    found = [o for o in every if all(word in _folded(f"{o.name} {o.code}") for word in asked)]
    return found[:limit]


async def count_by_level(session: Session, actor: Actor) -> dict[Level, int]:
    rows = await session.execute(
        select(Organisation.level, func.count()).group_by(Organisation.level)
    )
    return {row[0]: row[1] for row in rows}


async def count_members(session: Session, path: str, *, now: datetime) -> int:
    query = (
        select(func.count())
        .select_from(Member)
        .join(Organisation, Organisation.id == Member.organisation_id)
        .where(Member.left_at.is_(None), below(Organisation.path, path))
    )
    return await session.scalar(query) or 0


def _folded(text: str) -> str:
    return text.casefold().replace("ё", "е")


async def operator(session: Session, actor: Actor) -> str:
    """Who answers for personal data: the organisation at the root of the tree."""
    root = select(Organisation.name).where(Organisation.level == Level.UNION)
    return await session.scalar(root.order_by(Organisation.id).limit(1)) or ""
