"""Whom a post reached: by messages, by those who opened it, by what they said of it."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Table, func, select

from models.base import Session, insert_of
from models.organisation import Organisation
from models.post import Tally
from services.paging import Paged, page_of

PAGE = 8  # organisations
NOWHERE = 0  # of somebody who is in none any more
TALLIES: Table = Tally.__table__  # type: ignore[assignment]
KEY = ("post_id", "organisation_id", "young")


class Reach(NamedTuple):
    """Numbers of people."""

    delivered: int = 0
    blocked: int = 0
    failed: int = 0
    opened: int = 0
    useful: int = 0
    useless: int = 0

    @property
    def sent(self) -> int:
        return self.delivered + self.blocked + self.failed


class Change(NamedTuple):
    """What happened to one of a post's readers, as they were then."""

    post_id: int
    organisation_id: int | None
    young: bool
    what: str  # a field of `Reach`


@dataclass(frozen=True)
class Report:
    everybody: Reach
    young: Reach
    # Those that opened it most first.
    organisations: Paged[tuple[Organisation, Reach]]


async def count(session: Session, changes: Counter[Change], *, now: datetime) -> None:
    """In the transaction of what happened; how many readers it happened to, or ceased to."""
    sums = defaultdict[tuple[int, int, bool], Counter[str]](Counter)
    for (post_id, place, young, what), number in changes.items():
        sums[post_id, place or NOWHERE, young][what] += number
    # All take the rows in one order: nobody waits for one who waits for them.
    rows = [
        dict(zip(KEY, key, strict=True)) | {name: sums[key][name] for name in Reach._fields}
        for key in sorted(sums)
    ]
    if not rows:
        return
    added = insert_of(session, TALLIES)
    both = {name: TALLIES.c[name] + added.excluded[name] for name in Reach._fields}
    counted = added.on_conflict_do_update(index_elements=KEY, set_=both)
    await (await session.connection()).execute(counted, rows)


async def of_post(session: Session, post_id: int, *, now: datetime) -> Reach:
    """Quick enough for a card that changes all the time."""
    return (await of_posts(session, [post_id], now=now)).get(post_id, Reach())


async def of_posts(
    session: Session, post_ids: Sequence[int], *, now: datetime
) -> dict[int, Reach]:
    """Of those that reached anybody."""
    found = select(Tally.post_id, *_sums()).where(Tally.post_id.in_(post_ids))
    rows = await session.execute(found.group_by(Tally.post_id))
    return {row[0]: Reach._make(row[1:]) for row in rows.all()}


async def report(session: Session, post_id: int, page: int = 0, *, now: datetime) -> Report:
    """By the organisation each belonged to at the time, and as young as they were then."""
    by_age = select(Tally.young, *_sums()).where(Tally.post_id == post_id)
    ages = {
        row[0]: Reach._make(row[1:]) for row in await session.execute(by_age.group_by(Tally.young))
    }
    young = ages.get(True, Reach())
    both = zip(young, ages.get(False, Reach()), strict=True)
    listed = (
        select(Organisation, *_sums())
        .join(Tally, Tally.organisation_id == Organisation.id)
        .where(Tally.post_id == post_id)
        .group_by(Organisation.id)
        .order_by(
            func.sum(Tally.opened).desc(), func.sum(Tally.delivered).desc(), Organisation.sort_key
        )
    )
    found = await page_of(session, listed, page, PAGE)
    places = [(row[0], Reach._make(row[1:])) for row in found.items]
    return Report(Reach._make(map(sum, both)), young, found._replace(items=places))


def _sums() -> list[ColumnElement[int]]:
    return [func.sum(TALLIES.c[name]).label(name) for name in Reach._fields]
