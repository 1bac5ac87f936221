"""Rubrics: the list admins keep for the whole union, and what each member follows of it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, exists, func, insert, select

from models.base import Session
from models.member import Member
from models.person import Interest, person_interests
from services import audit, members
from services.access import Actor, Can, require
from services.errors import NotFound, Refusal

FIRST = (
    "Охрана труда",
    "Зарплата и договор",
    "Молодёжь",
    "Спорт",
    "Культура и отдых",
    "Обучение",
    "Ветераны",
    "Юридическая помощь",
)
LONGEST = 60
MOST = 40  # retired ones included: all of them are shown at once


class Taken(Refusal):
    text_id = "interests-taken"


class Full(Refusal):
    text_id = "interests-full"


class RenamedMeanwhile(Refusal):
    text_id = "interests-renamed-meanwhile"


class Choice(NamedTuple):
    interest: Interest
    chosen: bool


async def seed(session: Session, titles: Iterable[str] = FIRST, *, now: datetime) -> None:
    """Fills an empty list; one that holds anything is the admins' own."""
    if await session.scalar(select(exists(select(Interest.id)))):
        return
    first = [Interest(title=title, retired=False) for title in titles]
    session.add_all(first)
    await session.flush()
    for interest in first:
        _record(session, None, "added", interest, now=now)


async def list_choices(session: Session, actor: Actor, *, now: datetime) -> list[Choice]:
    members.require_member(actor)
    chosen = await _chosen(session, actor)
    return [Choice(one, one.id in chosen) for one in await list_open(session, now=now)]


async def list_chosen(session: Session, actor: Actor) -> list[str]:
    chosen = await _chosen(session, actor)
    return [one.title for one in await _list(session) if one.id in chosen and not one.retired]


async def choose(session: Session, actor: Actor, interest_id: int, *, chosen: bool) -> None:
    """Chosen twice is chosen. What a person likes is no business of the audit."""
    members.require_member(actor)
    interest = await session.get(Interest, interest_id)
    if interest is None or interest.retired:
        raise NotFound
    if chosen is (interest_id in await _chosen(session, actor)):
        return
    row = {"person_id": actor.id, "interest_id": interest_id}
    if chosen:
        await session.execute(insert(person_interests).values(row))
    else:
        await session.execute(delete(person_interests).filter_by(**row))


async def list_open(session: Session, *, now: datetime) -> list[Interest]:
    """Those one may choose."""
    await seed(session, now=now)
    return [one for one in await _list(session) if not one.retired]


async def list_all(session: Session, actor: Actor, *, now: datetime) -> Sequence[Interest]:
    require(actor, Can.ARRANGE)
    await seed(session, now=now)
    return await _list(session)


async def get_for(session: Session, actor: Actor, interest_id: int) -> Interest:
    require(actor, Can.ARRANGE)
    interest = await session.get(Interest, interest_id)
    if interest is None:
        raise NotFound
    return interest


async def count_followers(session: Session, interest_id: int, *, now: datetime) -> int:
    followers = (
        select(func.count())
        .select_from(person_interests)
        .join(Member, Member.person_id == person_interests.c.person_id)
        .where(person_interests.c.interest_id == interest_id, Member.left_at.is_(None))
    )
    return await session.scalar(followers) or 0


async def add(session: Session, actor: Actor, title: str, *, now: datetime) -> Interest:
    require(actor, Can.ARRANGE)
    kept = await _hold(session)
    if len(kept) >= MOST:
        raise Full(limit=MOST)
    interest = Interest(title=_free(title, kept), retired=False)
    session.add(interest)
    await session.flush()
    _record(session, actor, "added", interest, now=now)
    return interest


async def rename(
    session: Session, actor: Actor, interest_id: int, before: str, title: str, *, now: datetime
) -> Interest:
    """`before` is the title the admin was shown: another admin's new one is not overwritten."""
    interest = await get_for(session, actor, interest_id)
    kept = await _hold(session)
    if interest.title != before:
        raise RenamedMeanwhile(title=interest.title)
    interest.title = _free(title, [one for one in kept if one is not interest])
    _record(session, actor, "renamed", interest, now=now)
    return interest


async def retire(session: Session, actor: Actor, interest_id: int, *, now: datetime) -> Interest:
    """Hidden from members; what they chose is kept for the day it comes back."""
    interest = await get_for(session, actor, interest_id)
    if not interest.retired:
        interest.retired = True
        _record(session, actor, "retired", interest, now=now)
    return interest


async def restore(session: Session, actor: Actor, interest_id: int, *, now: datetime) -> Interest:
    interest = await get_for(session, actor, interest_id)
    if interest.retired:
        interest.retired = False
        _record(session, actor, "restored", interest, now=now)
    return interest


def _record(
    session: Session, actor: Actor | None, what: str, interest: Interest, *, now: datetime
) -> None:
    """With the title of that day: the list is public, and may read otherwise later."""
    audit.record(
        session,
        actor,
        f"interests.{what}",
        "interest",
        interest.id,
        now=now,
        title=interest.title,
    )


async def _list(session: Session) -> Sequence[Interest]:
    return (await session.scalars(select(Interest).order_by(Interest.id))).all()


async def _hold(session: Session) -> Sequence[Interest]:
    """The list as it is now, with other admins waiting until this change is done."""
    await session.execute(select(Interest.id).with_for_update())
    fresh = select(Interest).order_by(Interest.id).execution_options(populate_existing=True)
    return (await session.scalars(fresh)).all()


async def _chosen(session: Session, actor: Actor) -> set[int]:
    mine = select(person_interests.c.interest_id).filter_by(person_id=actor.id)
    return set(await session.scalars(mine))


def _free(title: str, others: Iterable[Interest]) -> str:
    """The title on one line, unless another rubric has it, in whatever case."""
    line = " ".join(title.split())
    for other in others:
        if other.title.casefold() == line.casefold():
            raise Taken(title=other.title, retired="yes" if other.retired else "no")
    return line
