"""Tables people bring: CSV as editors and Russian Excel write it, or XLSX."""

import csv
import io
import warnings
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple, TypeVar

from services.errors import Refusal
from services.parsing import plain_line

XLSX = b"PK\x03\x04"
XLS = b"\xd0\xcf\x11\xe0"
SHOWN = 40  # characters of a wrong value that are repeated to the person

T = TypeVar("T")
Row = TypeVar("Row")
Cells = dict[str, str]
Readers = Mapping[str, Callable[[str], Any]]  # by column


class BadCell(Refusal):
    """The sentence is `import-<problem>`."""

    def __init__(self, problem: str, value: str = "") -> None:
        super().__init__(value=plain_line(value)[:SHOWN])
        self.text_id = f"import-{problem}"


class BadRow(NamedTuple):
    line: int  # as an editor counts, the header being line 1
    refusal: Refusal


class BadRows(Exception):
    """Why nothing of the file was written; of one line there may be several."""

    def __init__(self, rows: Sequence[BadRow]) -> None:
        super().__init__(f"{len(rows)} refusals")
        self.rows = rows


class Line(NamedTuple):
    number: int
    cells: Sequence[str]


class Table(NamedTuple):
    lines: Iterator[Line]
    length: int  # of lines, about: for a progress bar


def bad(line: int, problem: str, value: str = "") -> BadRows:
    """The whole file refused for the sake of one line."""
    return BadRows([BadRow(line, BadCell(problem, value))])


def open_table(data: bytes) -> Table:
    """CSV or XLSX, told apart by what is inside: a name's ending may lie."""
    if data.startswith(XLS):
        raise bad(1, "old-excel")
    if data.startswith(XLSX):
        return _sheet(data)
    text = decode(data)
    return Table(csv_lines(text), text.count("\n") + 1)


def decode(data: bytes) -> str:
    """UTF-8 with or without its mark, or the cp1251 of Russian Excel."""
    for encoding in ("utf-8-sig", "cp1251"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise bad(1, "unreadable")


def csv_lines(text: str) -> Iterator[Line]:
    text = text.removeprefix("\ufeff")
    header = text.lstrip().partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=header.count))
    line = 1
    try:
        for cells in reader:
            yield Line(line, cells)
            line = reader.line_num + 1
    except csv.Error:
        raise bad(line, "unreadable") from None


def read_rows(
    lines: Iterable[Line],
    names: Mapping[str, str],
    required: Collection[str],
    read: Callable[[int, Cells], Row],
) -> list[Row]:
    """Rows below a header in any order; `names` maps titles in lower case to columns."""
    filled = (line for line in lines if any(cell.strip() for cell in line.cells))
    header = next(filled, Line(1, ()))
    titles = [plain_line(title).casefold() for title in header.cells]
    titled = {column: title for title, column in names.items()}
    places: dict[str, int] = {}
    for place, title in enumerate(titles):
        if title in names:
            places.setdefault(names[title], place)
    if missing := [titled[column] for column in required if column not in places]:
        raise bad(header.number, "header", ", ".join(missing))

    def understand(number: int, cells: Sequence[str]) -> Row:
        if any(cell.strip() for cell in cells[len(titles) :]):
            raise BadCell("columns")
        cells = [*cells, *[""] * (len(titles) - len(cells))]
        return read(number, {column: cells[place].strip() for column, place in places.items()})

    if not (rows := each(filled, understand)):
        raise bad(header.number, "empty")
    return rows


def read_cells(line: int, cells: Cells, readers: Readers) -> dict[str, Any]:
    """What each reader makes of its cell; all that is refused in one row is told at once."""
    columns = ((line, column) for column in readers)
    values = each(columns, lambda _line, column: readers[column](cells.get(column, "")))
    return dict(zip(readers, values, strict=True))


def each(items: Iterable[tuple[int, T]], act: Callable[[int, T], Row]) -> list[Row]:
    """Does it for every line and raises BadRows with all that was refused."""
    done: list[Row] = []
    refused: list[BadRow] = []
    for line, item in items:
        try:
            done.append(act(line, item))
        except Refusal as refusal:
            refused.append(BadRow(line, refusal))
        except BadRows as bad:
            refused += bad.rows
    if refused:
        raise BadRows(refused)
    return done


def once(seen: set[str], key: str, written: str) -> None:
    if key in seen:
        raise BadCell("repeated", written)
    seen.add(key)


def _sheet(data: bytes) -> Table:
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings(action="ignore"):
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        return Table(_sheet_lines(sheet), sheet.max_row or 1)
    except Exception:  # whatever a broken file makes of the reader, the file is broken
        raise bad(1, "unreadable") from None


def _sheet_lines(sheet: Any) -> Iterator[Line]:
    sheet.reset_dimensions()  # some programs write a size that hides all rows but the first
    line = 0
    try:
        for line, cells in enumerate(sheet.iter_rows(values_only=True), 1):
            yield Line(line, [_written(cell) for cell in cells])
    except Exception:
        raise bad(line + 1, "unreadable") from None


def _written(cell: object) -> str:
    """A cell as a person would have typed it."""
    match cell:
        case None:
            return ""
        case datetime():
            return cell.date().isoformat()
        case date():
            return cell.isoformat()
        case float() if cell.is_integer():
            return str(int(cell))
    return str(cell)
