"""Files people keep: what is in them comes in as words, bytes go out."""

import io
from collections.abc import Callable, Sequence

WIDEST = 60  # signs of a column

MIMES = {
    "png": "image/png",
    "ics": "text/calendar",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def text(*, text: str) -> bytes:
    return text.encode()


def sheet(*, title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """A table whose cells are words: what begins with «=» is not reckoned by anybody's program."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    page = book.create_sheet(title)
    page.freeze_panes = "A2"
    for number, column in enumerate(zip(head, *rows, strict=True), 1):
        width = min(WIDEST, max(map(len, column)) + 2)
        page.column_dimensions[get_column_letter(number)].width = width
    for line, row in enumerate([head, *rows]):
        cells = [WriteOnlyCell(page, value) for value in row]
        for cell in cells:
            cell.data_type = "s"
            if line == 0:
                cell.font = Font(bold=True)
        page.append(cells)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


DOCUMENTS: dict[str, Callable[..., bytes]] = {"text": text, "sheet": sheet}
