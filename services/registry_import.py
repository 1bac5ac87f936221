"""The union's register of members from a file: read whole, checked whole, then written at once."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import NamedTuple

from sqlalchemy import func, select, update

from models.base import Session, insert_of
from models.organisation import Level, Organisation
from models.registry import RegistryEntry
from services import audit
from services.dates import parse_birth_date
from services.parsing import name_key, parse_name, parse_phone, plain_line
from services.tables import BadCell, Cells, Line, Readers, once, read_cells, read_rows

LONGEST_NUMBER = 20
BATCH = 2000
REQUIRED = ("name", "born_on", "number", "organisation_id")
NAMES = {
    "name": "name",
    "фио": "name",
    "born": "born_on",
    "birth date": "born_on",
    "дата рождения": "born_on",
    "phone": "phone",
    "телефон": "phone",
    "number": "number",
    "member number": "number",
    "номер": "number",
    "organisation": "organisation_id",
    "организация": "organisation_id",
}

Homes = Mapping[str, int]  # ids of primary organisations by code in lower case


class Entry(NamedTuple):
    number: str
    name: str
    name_key: str
    born_on: date
    phone: str | None
    organisation_id: int


class Outcome(NamedTuple):
    counts: Counter[str]  # of: added, updated, returned, unchanged
    left: list[Entry]
    beyond: list[tuple[str, int]]  # organisations the file says nothing of: code, people there


async def list_homes(session: Session, *, now: datetime) -> Homes:
    query = select(func.lower(Organisation.code), Organisation.id)
    rows = await session.execute(query.where(Organisation.level == Level.PRIMARY))
    return {row[0]: row[1] for row in rows}


def read(lines: Iterable[Line], homes: Homes, today: date) -> list[Entry]:
    """Raises BadRows for all rows that are not right."""
    return read_rows(lines, NAMES, REQUIRED, partial(_entry, homes, today, set()))


async def store(
    session: Session,
    entries: Sequence[Entry],
    *,
    whole: bool = False,
    now: datetime,
    tell: Callable[[int], object],
) -> Outcome:
    """`tell` hears how many entries are done. Only organisations in the file can lose members,
    unless it is the whole register."""
    present, gone = await _known(session)
    outcomes = {entry.number: _outcome(entry, present, gone) for entry in entries}
    for batch in _batches(entries):
        await _write(session, [one for one in batch if outcomes[one.number] != "unchanged"], now)
        tell(len(batch))
    told_of = [*entries, *present.values()] if whole else entries
    homes = {entry.organisation_id for entry in told_of}
    missing = [one for one in present.values() if one.number not in outcomes]
    left = [one for one in missing if one.organisation_id in homes]
    beyond = Counter(one.organisation_id for one in missing if one.organisation_id not in homes)
    await _part(session, left, now)
    await _confirm(session, homes, now)
    counts = Counter(outcomes.values())
    audit.record(
        session, None, "registry.imported", "registry", 0, now=now, left=len(left), **counts
    )
    return Outcome(counts, left, await _list_codes(session, beyond))


async def count_missing(session: Session, entries: Sequence[Entry], *, now: datetime) -> int:
    """How many of the register are in none of the file's rows."""
    present = select(RegistryEntry.number).where(RegistryEntry.left_at.is_(None))
    return len(set(await session.scalars(present)) - {entry.number for entry in entries})


def _entry(homes: Homes, today: date, seen: set[str], line: int, cells: Cells) -> Entry:
    readers: Readers = {
        "number": partial(_number, seen),
        "organisation_id": partial(_home, homes),
        "name": parse_name,
        "born_on": partial(parse_birth_date, today=today),
        "phone": _phone,
    }
    found = read_cells(line, cells, readers)
    return Entry(name_key=name_key(found["name"]), **found)


def _number(seen: set[str], text: str) -> str:
    number = plain_line(text)
    if not 1 <= len(number) <= LONGEST_NUMBER:
        raise BadCell("number", number)
    once(seen, number, number)
    return number


def _home(homes: Homes, code: str) -> int:
    home = homes.get(code.lower())
    if home is None:
        raise BadCell("organisation", code)
    return home


def _phone(text: str) -> str | None:
    return parse_phone(text) if text else None


async def _known(session: Session) -> tuple[dict[str, Entry], dict[str, Entry]]:
    """By number, those who are in the register and those who have left it."""
    known: tuple[dict[str, Entry], dict[str, Entry]] = ({}, {})
    columns = [getattr(RegistryEntry, field) for field in Entry._fields]
    for *facts, left_at in await session.execute(select(*columns, RegistryEntry.left_at)):
        entry = Entry(*facts)
        known[left_at is not None][entry.number] = entry
    return known


def _outcome(entry: Entry, present: Mapping[str, Entry], gone: Mapping[str, Entry]) -> str:
    if entry.number in gone:
        return "returned"
    if entry.number not in present:
        return "added"
    return "unchanged" if present[entry.number] == entry else "updated"


async def _write(session: Session, entries: Sequence[Entry], now: datetime) -> None:
    if not entries:
        return
    connection = await session.connection()
    statement = insert_of(session, RegistryEntry)
    written = (*Entry._fields, "imported_at", "left_at")
    await connection.execute(
        statement.on_conflict_do_update(
            index_elements=[RegistryEntry.number],
            set_={name: statement.excluded[name] for name in written},
        ),
        [entry._asdict() | {"imported_at": now, "left_at": None} for entry in entries],
    )


async def _part(session: Session, left: Sequence[Entry], now: datetime) -> None:
    for batch in _batches(left):
        numbers = [entry.number for entry in batch]
        await session.execute(
            update(RegistryEntry).where(RegistryEntry.number.in_(numbers)).values(left_at=now)
        )


async def _confirm(session: Session, homes: Iterable[int], now: datetime) -> None:
    """What the file says again without a change is as fresh as the file."""
    await session.execute(
        update(RegistryEntry)
        .where(RegistryEntry.organisation_id.in_(list(homes)), RegistryEntry.left_at.is_(None))
        .values(imported_at=now)
    )


async def _list_codes(session: Session, people: Mapping[int, int]) -> list[tuple[str, int]]:
    rows = await session.execute(select(Organisation.code, Organisation.id))
    return sorted((code, people[number]) for code, number in rows if number in people)


def _batches(entries: Sequence[Entry]) -> Iterator[Sequence[Entry]]:
    return (entries[at : at + BATCH] for at in range(0, len(entries), BATCH))
