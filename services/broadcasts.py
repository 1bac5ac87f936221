"""A notice to everybody there is: owed in steps, between which others may write."""

from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Insert,
    Select,
    String,
    bindparam,
    cast,
    func,
    insert,
    literal,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute

from models.base import Session, insert_of
from models.mail import Lane, Sending
from services import outbox

EVERYBODY = 2**62  # nobody is further, nor are there more
HOLD = 0.010  # seconds a step may hold up others; one that ends in a checkpoint takes 15 ms more


def fit(step: int, took: float) -> int:
    """How many the next step may be for, as this one took so many seconds."""
    return max(100, min(int(step * HOLD / took), 2 * step))


def in_step(person_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Of a column in an audience: said of each table, it spares PostgreSQL to read them whole."""
    return (person_id > bindparam("after")) & (person_id <= bindparam("last"))


async def owe_everyone(  # noqa: PLR0913
    session: Session,
    audience: Select[int, int],
    notice: str,
    details: dict[str, Any],
    *,
    after: int = 0,
    step: int = 5000,
    lane: Lane = Lane.BULK,
    among: Select[int] | None = None,
    key: str | None = None,
    place: str | None = None,
    now: datetime,
) -> tuple[int, int | None]:
    """A notice to many, a step at a time: one statement, no row leaves the base.

    `audience` selects person id and Telegram id; answers how many were owed it now, and where to
    go on: None when all have it. `among`: ids of more people than it is for, quicker to count.
    `key`: to each once, whoever else owes it to them under the same one. `place`: see `notices`.
    """
    once = insert_of(session, outbox.OUTBOX).on_conflict_do_nothing() if key else None
    owed = {"lane": int(lane), "notice": notice, "details": details, "due_at": now}
    owed |= {"place": place} if place else {}
    ends, owe = _step_of(audience, among, once, tuple(owed))
    connection = await session.connection()
    count, last = (await connection.execute(ends, {"after": after, "step": step})).one()
    values = owed | {"after": after, "last": last} | ({"key": f"{key}:"} if key else {})
    done = await connection.execute(owe, values, execution_options={"preserve_rowcount": True})
    return done.rowcount, last if count == step else None


@lru_cache(maxsize=8)
def _step_of(
    audience: Select[int, int],
    among: Select[int] | None,
    once: Insert | None,
    given: tuple[str, ...],
) -> tuple[Select[int, int], Insert]:
    """Where a step ends, and what it does; to build them takes as long as a thousand rows."""
    who = audience.subquery()
    person_id, chat_id = who.c
    further = person_id > bindparam("after")
    (one,) = among.subquery().c if among is not None else (person_id,)
    further_on = select(one).where(one > bindparam("after"))
    part = further_on.order_by(one).limit(bindparam("step")).subquery()
    fixed = {"state": Sending.NEW, "attempts": 0}
    values: dict[str, ColumnElement[Any]] = {
        **{name: literal(value, outbox.ROW[name].type) for name, value in fixed.items()},
        **{name: bindparam(name, type_=outbox.ROW[name].type) for name in given},
    }
    if once is not None:  # by keys, as `notices.owe_all` has them
        values["key"] = bindparam("key", type_=String) + cast(person_id, String)
    source = select(person_id, chat_id, *values.values()).where(
        further, person_id <= bindparam("last")
    )
    new = insert(outbox.OUTBOX) if once is None else once
    owe = new.from_select(["person_id", "chat_id", *values], source)
    return select(func.count(), func.max(part.c[0])), owe
