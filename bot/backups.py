"""Copies of the embedded database: taken while the bot runs, put back while it stands still."""

import os
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import click

from bot.console import Stop, agreed, revisions, say, t

# Some of our tables: other programs use Alembic, too.
OURS = {"alembic_version", "organisations", "people", "members", "inbox", "outbox"}
PAGES = 1000  # copied between two looks at the progress bar
PATIENCE = 2  # seconds to wait for whoever has the database


def save(database: Path | None, target: Path) -> None:
    database = _embedded(database)
    if not database.exists():
        raise Stop(t.label("console-backup-nothing", file=str(database)))
    if target.exists():
        raise Stop(t.label("console-backup-exists", file=str(target)))
    with _draft_of(target) as draft:
        _copy(database, draft)
        _check(draft)
        draft.rename(target)
    say("console-backup-done", file=str(target), size=round(target.stat().st_size / 1e6, 1))


def restore(copy: Path, database: Path | None, *, sure: bool) -> None:
    database = _embedded(database)
    database.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _draft_of(database) as draft:
        _copy(copy, draft)
        _check(draft)
        _same_owner(database, draft)
        with _locked(database):
            if not (sure or agreed(t.label("console-restore-sure", file=str(copy)))):
                raise click.Abort
            aside = _put_aside(database)
            draft.rename(database)
    say("console-restore-done", aside=str(aside or "none"))


def _embedded(database: Path | None) -> Path:
    if database is None:
        raise Stop(t.label("console-backup-server"))
    return database.resolve()


@contextmanager
def _draft_of(target: Path) -> Iterator[Path]:
    """A private file beside the target; gone if it has not become the target."""
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Stop(t.label("console-backup-failed", file=str(target), reason=reason)) from None
    os.close(handle)
    draft = Path(name)
    try:
        yield draft
    finally:
        draft.unlink(missing_ok=True)


def _copy(source: Path, target: Path) -> None:
    """SQLite's own backup: the state of one moment, though others go on writing."""
    try:
        with closing(_open(source)) as one, closing(_open(target)) as other:
            # An open read holds that moment; without it each foreign write starts it all anew.
            one.execute("BEGIN")
            one.execute("SELECT count(*) FROM sqlite_master")
            with _bar() as bar:
                one.backup(other, pages=PAGES, progress=bar)
            other.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it
    except sqlite3.Error as error:
        text_id = "console-backup-failed"
        raise Stop(t.label(text_id, file=str(source), reason=str(error))) from None


def _open(file: Path) -> sqlite3.Connection:
    address = f"{file.absolute().as_uri()}?mode=rw"
    return sqlite3.connect(address, uri=True, isolation_level=None, timeout=PATIENCE)


@contextmanager
def _bar() -> Iterator[Callable[[int, int, int], None]]:
    label = t.label("console-copying")
    with click.progressbar(length=1, label=label, file=sys.stderr) as bar:

        def progress(_status: int, left: int, whole: int) -> None:
            bar.length = whole
            bar.update(whole - left - bar.pos)

        yield progress


def _check(draft: Path) -> None:
    try:
        with closing(_open(draft)) as opened:
            problem = _problem(opened)
    except sqlite3.DatabaseError:
        problem = "console-backup-broken"
    if problem:
        raise Stop(t.label(problem))


def _problem(opened: sqlite3.Connection) -> str | None:
    if opened.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
        return "console-backup-broken"
    tables = opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    if not {name for (name,) in tables} >= OURS:
        return "console-backup-foreign"
    standing = opened.execute("SELECT version_num FROM alembic_version").fetchone()
    return None if standing and standing[0] in revisions() else "console-database-newer"


def _same_owner(database: Path, draft: Path) -> None:
    """Root may put a copy back, and still the bot must be able to open it."""
    if os.geteuid() == 0:
        present = (database if database.exists() else database.parent).stat()
        os.chown(draft, present.st_uid, present.st_gid)


@contextmanager
def _locked(database: Path) -> Iterator[None]:
    """Refuses while anybody else has the database open."""
    if not database.exists():
        yield
        return
    with closing(_open(database)) as present:
        try:
            # In this mode the lock covers idle readers; by itself BEGIN EXCLUSIVE does not.
            present.execute("PRAGMA locking_mode = EXCLUSIVE")
            present.execute("BEGIN EXCLUSIVE")
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise Stop(t.label("console-restore-running")) from None
            # Broken, and so in nobody's use: the reason why a copy is put back.
        yield


def _put_aside(database: Path) -> Path | None:
    """The present database under another name, with what belongs to it; never over an older."""
    existed = database.exists()
    aside, taken = Path(f"{database}.before-restore"), 1
    while aside.exists():
        taken += 1
        aside = Path(f"{database}.before-restore-{taken}")
    for kept in ("", "-wal"):  # a log that is not empty is part of the database
        present = Path(f"{database}{kept}")
        if present.exists() and present.stat().st_size:
            present.rename(f"{aside}{kept}")
    for stale in ("-wal", "-shm"):
        Path(f"{database}{stale}").unlink(missing_ok=True)
    return aside if existed else None
