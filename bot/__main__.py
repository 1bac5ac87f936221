"""`python -m bot`: the whole program from the console. Imports wait until they are needed."""

import asyncio
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import click

from bot.settings import BadSetting, Settings, database_file, database_url, load


@click.group(invoke_without_command=True)
@click.pass_context
def program(context: click.Context) -> None:
    """Without a command: runs the bot on the settings in the environment or `.env`."""
    if context.invoked_subcommand is None:
        _run(_serve(load()))


@program.command()
@click.option("--port", default=8090, help="Where the chat page opens.")
def demo(port: int) -> None:
    """Everything on this machine, with no Telegram account."""
    from bot.demo import show

    _run(show(port))


@program.command()
@click.option("--check", is_flag=True, help="Only say whether models and migrations agree.")
@click.option("--message", help="Write a new migration from what the models have become.")
def migrate(check: bool, message: str | None) -> None:
    """Brings the database up to date."""
    from bot import console

    _run(console.compare_migrations() if check else console.migrate(database_url(), message))


@program.group("import")
def bring_in() -> None:
    """Organisations or the register of members, from files."""


@bring_in.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def organisations(file: Path) -> None:
    """code,name,level,parent,timezone — again updates, never duplicates."""
    from bot import console

    _run(console.import_organisations(database_url(), file))


@bring_in.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def members(file: Path) -> None:
    """The union's register, CSV or XLSX: name, birth date, phone, number, organisation."""
    from bot import console

    _run(console.import_members(database_url(), file))


@program.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """A whole copy of the database, taken while the bot runs."""
    from bot import backups

    backups.save(database_file(database_url()), file)


@program.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.confirmation_option(prompt="Replace the present database with this copy?")
def restore(file: Path) -> None:
    """Puts a copy back; the bot must be stopped."""
    from bot import backups

    backups.restore(file, database_file(database_url()))


@program.command()
def check() -> None:
    """Settings, database, Telegram, staff group: what works and what does not."""
    from bot import checkup

    _run(checkup.examine(load()))


async def _serve(settings: Settings) -> None:
    from bot import console
    from bot.app import serve

    console.write_log(settings)
    if database_file(settings.database_url.get_secret_value()):
        await console.migrate(settings.database_url.get_secret_value(), None)
    await serve(settings)


def _run(work: Coroutine[Any, Any, None]) -> None:
    asyncio.run(work)


def main() -> None:
    try:
        program(standalone_mode=False)
    except BadSetting as bad:
        click.echo(f"{bad}", err=True)
        sys.exit(2)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(1)


if __name__ == "__main__":
    main()
