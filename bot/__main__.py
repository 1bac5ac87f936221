"""`python -m bot`: the whole program from the console.

Imports wait until they are needed, and until the settings are read: a bad one is named at once.
"""

import asyncio
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, TypeVar

import click

from bot.settings import BadSetting, database_file, database_url, load
from bot.thrift import import_aiogram

Answer = TypeVar("Answer")


class Existing(click.Path):
    """A file that can be read; of one that cannot, the house tells and not click."""

    def convert(
        self, value: Any, param: click.Parameter | None, context: click.Context | None
    ) -> Any:
        try:
            return super().convert(value, param, context)
        except click.BadParameter:
            from bot.console import Stop, t

            raise Stop(t.label("console-file-none", file=str(value))) from None


EXISTING = Existing(exists=True, dir_okay=False, path_type=Path)


@click.group(invoke_without_command=True)
@click.pass_context
def program(context: click.Context) -> None:
    """Without a command: runs the bot on the settings in the environment or `.env`."""
    if context.invoked_subcommand is None:
        settings = load()
        from bot import running

        _run(running.run(settings))


@program.command()
@click.option("--port", default=8090, help="Where the chat page opens.")
def demo(port: int) -> None:
    """Everything on this machine, with no Telegram account."""
    import_aiogram()
    from bot.demo import show

    _run(show(port))


@program.command()
@click.option("--check", is_flag=True, help="Only say whether models and migrations agree.")
@click.option("--message", help="Write a new migration from what the models have become.")
def migrate(check: bool, message: str | None) -> None:
    """Brings the database up to date."""
    url = None if check else database_url()
    from bot import console

    _run(console.migrate(url, message) if url else console.compare_migrations())


@program.group("import")
def bring_in() -> None:
    """Organisations or the register of members, from files."""


@bring_in.command()
@click.argument("file", type=EXISTING)
def organisations(file: Path) -> None:
    """CSV or XLSX: code,name,level,parent,timezone — again updates, never duplicates."""
    from bot import console

    _run(console.import_organisations(database_url(), file.read_bytes()))


@bring_in.command()
@click.argument("file", type=EXISTING)
@click.option(
    "--whole", is_flag=True, help="The file is the whole register: who is not in it has left."
)
@click.option("--yes", is_flag=True, help="With --whole: let them leave without asking.")
def members(file: Path, whole: bool, yes: bool) -> None:
    """The union's register, CSV or XLSX: name, birth date, phone, number, organisation.

    Who is missing has left, in the organisations of the file; others stay as they are.
    """
    from bot import console

    _run(console.import_members(database_url(), file.read_bytes(), whole=whole, sure=yes))


@program.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """A whole copy of the database, taken while the bot runs."""
    kept_in = database_file(database_url())
    from bot import backups

    backups.save(kept_in, file)


@program.command()
@click.argument("file", type=EXISTING)
@click.option("--yes", is_flag=True, help="Replace the present database without asking.")
def restore(file: Path, yes: bool) -> None:
    """Puts a copy back; the bot must be stopped."""
    kept_in = database_file(database_url())
    from bot import backups

    backups.restore(file, kept_in, sure=yes)


@program.command()
def check() -> None:
    """Settings, database, Telegram, staff group: what works and what does not."""
    settings = load()
    from bot import checkup

    if not _run(checkup.examine(settings)):
        sys.exit(1)


def _run(work: Coroutine[Any, Any, Answer]) -> Answer:
    return asyncio.run(work)


def main() -> None:
    try:
        program(standalone_mode=False)
    except BadSetting as bad:
        click.echo(f"{bad}", err=True)
        sys.exit(2)
    except click.UsageError as wrong:
        wrong.show()
        sys.exit(2)
    except click.ClickException as error:
        click.echo(error.format_message(), err=True)
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(1)


if __name__ == "__main__":
    main()
