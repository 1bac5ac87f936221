"""`python -m bot …` as somebody types it, within this process; and a look into the database."""

import io
import json
import sqlite3
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import closing, redirect_stderr, redirect_stdout
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from openpyxl import Workbook

from bot.__main__ import main
from bot.settings import Settings, database_file
from tests import postgres


class Done(NamedTuple):
    code: int
    out: str
    err: str


def run(*arguments: object, env: Mapping[str, str], typed: str = "") -> Done:
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        only(env, patch)
        patch.setattr("sys.argv", ["bot", *map(str, arguments)])
        patch.setattr("sys.stdin", io.StringIO(typed))
        try:
            main()
        except SystemExit as stop:
            return Done(int(stop.code or 0), out.getvalue(), err.getvalue())
    return Done(0, out.getvalue(), err.getvalue())


def only(env: Mapping[str, str], patch: pytest.MonkeyPatch) -> None:
    """These settings and no others: not those of whoever runs the tests."""
    for name in Settings.model_fields:
        patch.setenv(name.upper(), env.get(name.upper(), ""))


def kept_in(where: Path | str) -> dict[str, str]:
    """A file, or a database by its address."""
    return {"DATABASE_URL": f"sqlite+aiosqlite:///{where}" if isinstance(where, Path) else where}


def bring(kind: str, content: bytes, where: Path | str, *flags: str, typed: str = "") -> Done:
    """A file of organisations or members is imported."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        return run("import", kind, *flags, file.name, env=kept_in(where), typed=typed)


def workbook(lines: Sequence[Sequence[Any]]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in lines:
        sheet.append(list(line))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def rows(where: Path | str, query: str) -> list[Any]:
    """One column as a list, several as tuples; dates and JSON as SQLite has them, as text.

    Several rows need an order: PostgreSQL gives them in any."""
    url = kept_in(where)["DATABASE_URL"]
    if file := database_file(url):
        with closing(sqlite3.connect(file)) as opened:
            found = opened.execute(query).fetchall()
    else:
        with postgres.connect(url) as server:
            found = [tuple(map(_as_text, row)) for row in server.execute(query.encode())]
    assert len(found) < 2 or "ORDER BY" in query, f"in which order? {query}"
    return [row[0] if len(row) == 1 else row for row in found]


def _as_text(value: Any) -> Any:
    match value:
        case date():
            return value.isoformat()
        case dict():
            return json.dumps(value, ensure_ascii=False)
    return value
