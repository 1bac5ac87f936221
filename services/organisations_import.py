"""The tree of the union from a file: read whole, checked whole, then written or refused whole."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import select

from models.base import Session
from models.organisation import ROOT, Level, Organisation
from services import audit
from services.parsing import clean, sort_key
from services.tables import BadCell, Cells, Line, Readers, each, once, read_cells, read_rows

COLUMNS = ("code", "name", "level", "parent", "timezone")
CODE = re.compile(r"[A-Za-z0-9-]{1,20}")
LONGEST_NAME = 200
ABOVE = {Level.UNION: None, Level.TERRITORIAL: Level.UNION, Level.PRIMARY: Level.TERRITORIAL}
DEFAULT_ZONE = "Europe/Moscow"


class Row(NamedTuple):
    line: int
    code: str
    name: str
    level: Level
    parent: str
    timezone: str


Tree = dict[str, Organisation]  # by code in lower case


def read(lines: Iterable[Line]) -> list[Row]:
    """Raises BadRows for all rows that are not right."""
    names = {column: column for column in COLUMNS}
    return read_rows(lines, names, COLUMNS, partial(_row, set()))


async def store(session: Session, rows: Sequence[Row], *, now: datetime) -> Counter[str]:
    """Counts `added`, `updated` and `unchanged`; what is not in the file stays as it is."""
    tree = {one.code.lower(): one for one in (await session.scalars(select(Organisation))).all()}
    done: dict[str, str] = {}
    for level in Level:
        at_level = ((row.line, row) for row in rows if row.level is level)
        done |= each(at_level, lambda _line, row: (row.code, _put(session, tree, row)))
        await session.flush()  # gives the new ones the ids that what hangs on them needs
    _lay_paths(tree)
    counts = Counter(done.values())
    _record(session, [tree[code.lower()] for code in done if done[code] == "updated"], counts, now)
    return counts


def _row(seen: set[str], line: int, cells: Cells) -> Row:
    readers: Readers = {
        "code": partial(_code, seen),
        "name": _name,
        "level": _level,
        "parent": partial(_above, cells["level"]),
        "timezone": _zone,
    }
    return Row(line, **read_cells(line, cells, readers))


def _code(seen: set[str], code: str) -> str:
    if not CODE.fullmatch(code):
        raise BadCell("code", code)
    once(seen, code.lower(), code)
    return code


def _name(text: str) -> str:
    name = " ".join(clean(text).split())
    if not 1 <= len(name) <= LONGEST_NAME:
        raise BadCell("name")
    return name


def _level(name: str) -> Level:
    if name not in list(Level):
        raise BadCell("level", name)
    return Level(name)


def _above(level: str, parent: str) -> str:
    if level == Level.UNION and parent:
        raise BadCell("parent-of-union")
    if level in (Level.TERRITORIAL, Level.PRIMARY) and not parent:
        raise BadCell("parent-missing")
    return parent


def _zone(name: str) -> str:
    try:
        return ZoneInfo(name).key if name else ""
    except (KeyError, ValueError, OSError):  # OSError: a folder of zones such as Europe
        raise BadCell("timezone", name) from None


def _put(session: Session, tree: Tree, row: Row) -> str:
    parent = _parent(tree, row)
    zone = row.timezone or (parent.timezone if parent else DEFAULT_ZONE)
    known = tree.get(row.code.lower())
    if known is None:
        known = tree[row.code.lower()] = Organisation(code=row.code, path=f"{ROOT}{row.code}")
        session.add(known)
    elif known.level != row.level:
        raise BadCell("level-changed", row.code)
    new = (row.name, row.level, parent.id if parent else None, zone)
    if (known.name, known.level, known.parent_id, known.timezone) == new:
        return "unchanged"
    known.name, known.level, known.parent_id, known.timezone = new
    known.sort_key = sort_key(row.name)
    return "added" if known.id is None else "updated"


def _parent(tree: Tree, row: Row) -> Organisation | None:
    expected = ABOVE[row.level]
    if expected is None:
        return None
    parent = tree.get(row.parent.lower())
    if parent is None:
        raise BadCell("parent-unknown", row.parent)
    if parent.level is not expected:
        raise BadCell("parent-level", row.parent)
    return parent


def _lay_paths(tree: Tree) -> None:
    """From the root down: a parent is always laid before what hangs on it."""
    paths: dict[int | None, str] = {None: ROOT}
    for one in sorted(tree.values(), key=lambda one: list(Level).index(one.level)):
        one.path = paths[one.id] = f"{paths[one.parent_id]}{one.id}/"


def _record(
    session: Session, updated: Sequence[Organisation], counts: Counter[str], now: datetime
) -> None:
    """A line for each organisation that has changed; those that are new in one line together."""
    for one in updated:
        audit.record(
            session, None, "organisation.updated", "organisation", one.id, now=now, code=one.code
        )
    if added := counts["added"]:
        audit.record(session, None, "organisations.added", "organisation", 0, now=now, count=added)
