"""What the commands of `python -m bot` do with the database, and how they say it."""

import sys
import tempfile
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import ArgumentError, DBAPIError

from bot import migrating
from bot.database import Database
from bot.settings import BadSetting
from locales import Translator, Value
from services import organisations_import as organisations
from services import registry_import as registry
from services.tables import BadRows, Line, open_table

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

STEP = 500  # lines between two looks at the progress bar
NAMED = 20  # bad rows or organisations that are listed; the rest is only counted
YES, NO = ("да", "д", "yes", "y"), ("нет", "н", "no", "n", "")
SCRIPTS = ScriptDirectory(str(migrating.ROOT / "migrations"))

t = Translator()


class Stop(click.ClickException):
    """Nothing was done, and the message says why."""

    exit_code = 2


def say(text_id: str, /, **values: Value) -> None:
    click.echo(t.label(text_id, **values))


def agreed(question: str) -> bool:
    """Asked until it is answered; nothing typed is no."""
    while True:
        typed = click.prompt(question, default="", show_default=False).strip().lower()
        if typed in YES or typed in NO:
            return typed in YES
        say("console-yes-or-no")


async def migrate(url: str, message: str | None) -> None:
    async with opened(url) as database:
        if message is None:
            await _bring_up_to_date(database)
        elif await standing(database) == "current":
            await migrating.write_revision(database, message)
        else:
            raise Stop(t.label("console-database-behind"))
    say("console-migrated")


async def compare_migrations() -> None:
    """Up, compare, down and up again, on a database made for this alone."""
    with tempfile.TemporaryDirectory() as folder:
        async with opened(f"sqlite+aiosqlite:///{folder}/check.db") as database:
            await migrating.migrate(database)
            found = await migrating.differences(database)
            await migrating.rewind(database)
            await migrating.migrate(database)
    for difference in found:
        click.echo(f"✗ {difference}")
    if found:
        sys.exit(1)
    say("console-migrations-agree")


async def import_organisations(url: str, content: bytes) -> None:
    async with ready(url) as database:
        with _bad_rows_named():
            rows = organisations.read(open_table(content).lines)
            async with database.transaction() as session:
                done = await organisations.store(session, rows, now=datetime.now(UTC))
    counts = {kind: done[kind] for kind in ("added", "updated", "unchanged")}
    say("import-organisations-done", **counts)


async def import_members(url: str, content: bytes, *, whole: bool, sure: bool) -> None:
    now = datetime.now(UTC)
    async with ready(url) as database:
        async with database.transaction() as session:
            homes = await registry.list_homes(session, now=now)
        with _bad_rows_named():
            table = open_table(content)
            with _bar("import-reading", table.length, table.lines) as lines:
                entries = registry.read(lines, homes, now.date())
        if whole and not sure:
            await _ask_about_missing(database, entries, now)
        # Read before the transaction: while it lasts, the running bot cannot write.
        with _bar("import-writing", len(entries)) as bar:
            async with database.transaction() as session:
                done = await registry.store(
                    session, entries, whole=whole, now=now, tell=bar.update
                )
    counts = {kind: done.counts[kind] for kind in ("added", "updated", "returned", "unchanged")}
    say("import-members-done", **counts, left=len(done.left))
    for entry in done.left:
        say("import-left", number=entry.number, name=entry.name)
    if done.beyond:
        _say_beyond(done.beyond)


async def _ask_about_missing(
    database: Database, entries: Sequence[registry.Entry], now: datetime
) -> None:
    async with database.transaction() as session:
        missing = await registry.count_missing(session, entries, now=now)
    if missing and not agreed(t.label("import-whole-sure", count=missing)):
        raise click.Abort


def _say_beyond(beyond: Sequence[tuple[str, int]]) -> None:
    places = [t.label("import-place", code=code, people=count) for code, count in beyond[:NAMED]]
    people = sum(count for _, count in beyond)
    say("import-beyond", places=", ".join(places), more=len(beyond[NAMED:]), people=people)


@asynccontextmanager
async def ready(url: str) -> AsyncIterator[Database]:
    """A database this program can work with: the embedded one is brought up to date."""
    async with opened(url) as database:
        if database.embedded:
            await _bring_up_to_date(database)
        elif (state := await standing(database)) != "current":
            raise Stop(t.label(f"console-database-{state}"))
        yield database


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Database]:
    try:
        database = Database(url)
        async with database.engine.connect():
            pass
    except (ArgumentError, ValueError):
        raise BadSetting(t.label("console-setting-database-url")) from None
    except (DBAPIError, ImportError, OSError) as error:
        reason = str(getattr(error, "orig", error)).partition("\n")[0]
        raise BadSetting(t.label("console-database-away", reason=reason)) from None
    try:
        yield database
    finally:
        await database.close()


async def standing(database: Database) -> str:
    """`current`, or else `behind` or `newer` than this program."""
    async with database.engine.connect() as connection:
        await connection.execution_options(purpose="look")
        revision = await connection.run_sync(
            lambda sync: MigrationContext.configure(sync).get_current_revision()
        )
    if revision == SCRIPTS.get_current_head():
        return "current"
    return "behind" if revision is None or revision in revisions() else "newer"


def revisions() -> set[str]:
    """All this program knows how to begin from."""
    return {script.revision for script in SCRIPTS.walk_revisions()}


async def _bring_up_to_date(database: Database) -> None:
    state = await standing(database)
    if state == "newer":
        raise Stop(t.label("console-database-newer"))
    if state == "behind":
        await migrating.migrate(database)


@contextmanager
def _bad_rows_named() -> Iterator[None]:
    try:
        yield
    except BadRows as bad:
        lines = list(dict.fromkeys(row.line for row in bad.rows))
        named, more = lines[:NAMED], len(lines[NAMED:])
        said = [
            t.label("import-bad-row", line=str(line), reason=t.label(why.text_id, **why.values))
            for line, why in bad.rows
            if line in named
        ]
        if more:
            said.append(t.label("import-more", count=more))
        raise Stop("\n".join([*said, t.label("import-nothing-written")])) from None


def _bar(text_id: str, length: int, lines: Iterable[Line] | None = None) -> "ProgressBar[Line]":
    return click.progressbar(
        lines, length, t.label(text_id), file=sys.stderr, update_min_steps=STEP
    )
