"""Long lists, a page at a time."""

from collections.abc import Sequence
from typing import Any, Generic, NamedTuple, TypeVar

from sqlalchemy import Select, func, select

from models.base import Session

T = TypeVar("T")


class Paged(NamedTuple, Generic[T]):
    """`page` and `last` count from 0; `total` counts rows."""

    items: Sequence[T]
    page: int
    last: int
    total: int


async def page_of(
    session: Session, query: Select[*tuple[Any, ...]], page: int, size: int
) -> Paged[Any]:
    """A page that is not there any more gives the last one. Rows of one thing are that thing."""
    total = await session.scalar(select(func.count()).select_from(query.subquery())) or 0
    last = max(0, (total - 1) // size)
    number = min(max(page, 0), last)
    rows = (await session.execute(query.limit(size).offset(number * size))).all()
    return Paged([row[0] if len(row) == 1 else tuple(row) for row in rows], number, last, total)
