"""The tree of the union from a CSV: read whole, checked whole, then written or refused whole."""

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import select

from models.base import Session
from models.organisation import ROOT, Level, Organisation
from services.errors import Refusal

COLUMNS = ["code", "name", "level", "parent", "timezone"]
CODE = re.compile(r"[A-Za-z0-9-]{1,20}")
LONGEST_NAME = 200
ABOVE = {Level.UNION: None, Level.TERRITORIAL: Level.UNION, Level.PRIMARY: Level.TERRITORIAL}
DEFAULT_ZONE = "Europe/Moscow"


class BadRow(Refusal):
    """`line` counts as an editor does, the header being line 1."""

    def __init__(self, line: int, problem: str, value: str = "") -> None:
        super().__init__(line=line, value=value)
        self.text_id = f"import-{problem}"


class Row(NamedTuple):
    line: int
    code: str
    name: str
    level: Level
    parent: str
    timezone: str


Tree = dict[str, Organisation]  # by code in lower case


def read(text: str) -> list[Row]:
    """Raises BadRow for the first row that is not right."""
    table = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), restval="")
    if [name.strip().lower() for name in table.fieldnames or ()] != COLUMNS:
        raise BadRow(1, "header", ",".join(COLUMNS))
    table.fieldnames = COLUMNS
    rows = [_row(table.line_num, cells) for cells in table]
    codes = Counter(row.code.lower() for row in rows)
    for row in rows:
        if codes[row.code.lower()] > 1:
            raise BadRow(row.line, "repeated", row.code)
    return rows


async def store(session: Session, rows: Sequence[Row], *, now: datetime) -> Counter[str]:
    """Counts `added`, `updated` and `unchanged`; what is not in the file stays as it is."""
    tree = {one.code.lower(): one for one in (await session.scalars(select(Organisation))).all()}
    done: Counter[str] = Counter()
    for row in sorted(rows, key=lambda row: list(Level).index(row.level)):
        done[_put(session, tree, row)] += 1
        await session.flush()
    _lay_paths(tree)
    await session.flush()
    return done


def _row(line: int, cells: dict[str, str]) -> Row:
    code, name, level, parent, timezone = (cells[column].strip() for column in COLUMNS)
    if not CODE.fullmatch(code):
        raise BadRow(line, "code", code[:40])
    if not 1 <= len(name) <= LONGEST_NAME:
        raise BadRow(line, "name", code)
    if level not in list(Level):
        raise BadRow(line, "level", level[:40])
    if bool(parent) != (level != Level.UNION):
        raise BadRow(line, "parent-missing" if level != Level.UNION else "parent-of-union", code)
    if timezone and not _is_zone(timezone):
        raise BadRow(line, "timezone", timezone[:40])
    return Row(line, code, name, Level(level), parent, timezone)


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return False
    return True


def _put(session: Session, tree: Tree, row: Row) -> str:
    parent = _parent(tree, row)
    zone = row.timezone or (parent.timezone if parent else DEFAULT_ZONE)
    known = tree.get(row.code.lower())
    if known is None:
        known = tree[row.code.lower()] = Organisation(code=row.code, path=f"{ROOT}{row.code}")
        session.add(known)
    elif known.level != row.level:
        raise BadRow(row.line, "level-changed", row.code)
    new = (row.name, row.level, parent.id if parent else None, zone)
    if (known.name, known.level, known.parent_id, known.timezone) == new:
        return "unchanged"
    known.name, known.level, known.parent_id, known.timezone = new
    return "added" if known.id is None else "updated"


def _parent(tree: Tree, row: Row) -> Organisation | None:
    expected = ABOVE[row.level]
    if expected is None:
        return None
    parent = tree.get(row.parent.lower())
    if parent is None:
        raise BadRow(row.line, "parent-unknown", row.parent[:40])
    if parent.level is not expected:
        raise BadRow(row.line, "parent-level", row.parent)
    return parent


def _lay_paths(tree: Tree) -> None:
    """From the root down: a parent is always laid before what hangs on it."""
    paths: dict[int | None, str] = {None: ROOT}
    for one in sorted(tree.values(), key=lambda one: list(Level).index(one.level)):
        one.path = paths[one.id] = f"{paths[one.parent_id]}{one.id}/"
