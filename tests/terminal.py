"""`python -m bot …` as somebody types it, within this process; and a look into the database."""

import io
import sqlite3
from collections.abc import Mapping
from contextlib import closing, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from bot.__main__ import main
from bot.settings import Settings


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


def kept_in(file: Path) -> dict[str, str]:
    return {"DATABASE_URL": f"sqlite+aiosqlite:///{file}"}


def rows(file: Path, query: str) -> list[Any]:
    """One column as a list, several as tuples."""
    with closing(sqlite3.connect(file)) as opened:
        found = opened.execute(query).fetchall()
    return [row[0] if len(row) == 1 else row for row in found]
