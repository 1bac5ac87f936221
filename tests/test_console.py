import asyncio
import logging
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import click
import pytest
import structlog
from sqlalchemy import Column, Integer, Table

from bot.running import run as run_bot
from bot.settings import BadSetting, Settings, load
from models.base import Base
from sandbox.plugin import TOKEN
from sandbox.server import serving
from sandbox.world import World
from tests.terminal import Done, kept_in, rows, run

ROOT = Path(__file__).parent.parent

Start = Callable[..., Awaitable[None]]


@pytest.fixture
def database(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(template, tmp_path / "sila.db"))


@pytest.fixture
def log_of_its_own() -> Iterator[None]:
    """A bot that starts takes over the log; afterwards it is the tests' again."""
    root = logging.getLogger()
    handlers, level, hook = root.handlers[:], root.level, sys.excepthook
    yield
    structlog.reset_defaults()
    root.handlers[:], sys.excepthook = handlers, hook
    root.setLevel(level)
    logging.captureWarnings(False)


def test_migrate_makes_a_database_and_does_it_no_harm_again(tmp_path: Path) -> None:
    database = tmp_path / "data" / "sila.db"
    for _ in range(2):
        done = run("migrate", env=kept_in(database))
        assert (done.code, done.out) == (0, "База данных готова.\n")
    assert rows(database, "SELECT count(*) FROM organisations") == [0]
    assert database.stat().st_mode & 0o777 == 0o600


def test_migrate_is_quick_because_it_brings_nothing_of_telegram(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "bot", "migrate"],
        cwd=ROOT,
        env=os.environ | kept_in(tmp_path / "sila.db"),
        capture_output=True,
        text=True,
        check=True,
    )
    brought = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "bot.migrating" in brought
    assert not brought & {"aiogram", "aiohttp", "openpyxl", "PIL", "phonenumbers"}


def test_models_that_ran_ahead_of_the_migrations_are_found_out() -> None:
    forgotten = Table("forgotten", Base.metadata, Column("id", Integer, primary_key=True))
    try:
        done = run("migrate", "--check", env={})
    finally:
        Base.metadata.remove(forgotten)
    assert done.code == 1
    assert "✗ ('add_table', Table('forgotten'" in done.out
    assert run("migrate", "--check", env={}).out == "Модели и миграции совпадают.\n"


def test_a_database_newer_than_the_program_is_left_alone(database: Path) -> None:
    with closing(sqlite3.connect(database)) as opened, opened:
        opened.execute("UPDATE alembic_version SET version_num = '9999'")
    for command in (["migrate"], ["migrate", "--message", "x"], ["import", "members", __file__]):
        done = run(*command, env=kept_in(database))
        assert done.code == 2
        assert done.err.startswith("База данных")
        assert done.err.count("\n") == 1
    assert rows(database, "SELECT version_num FROM alembic_version") == ["9999"]


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("sqlite+aiosqlite:////proc/none/sila.db", "No such file or directory"),
        (f"sqlite+aiosqlite:///{__file__}", "file is not a database"),
        ("postgresql+psycopg://u:canary@127.0.0.1:1/sila", "Connection refused"),
        ("postgresql+psycopg://u:canary@127.0.0.1:port/sila", "postgresql+psycopg://"),
    ],
)
def test_a_database_that_does_not_open_is_one_line_without_its_password(
    url: str, reason: str
) -> None:
    for command in (["migrate"], ["import", "organisations", __file__]):
        done = run(*command, env={"DATABASE_URL": url})
        assert done.code == 2
        assert done.err.startswith("DATABASE_URL: ")
        assert done.err.count("\n") == 1
        assert reason in done.err
        assert "canary" not in done.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["--nonsense"],
        ["import"],
        ["import", "nonsense"],
        ["import", "members"],
        ["backup"],
        ["migrate", "--nonsense"],
        ["check", "more"],
        ["demo", "--port", "door"],
    ],
    ids=" ".join,
)
def test_what_cannot_be_understood_ends_with_2_and_the_usage(arguments: list[str]) -> None:
    done = run(*arguments, env={})
    assert done.code == 2
    assert done.err.startswith("Usage: ")
    assert done.out == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ["import", "members", "nowhere.csv"],
        ["import", "organisations", "."],
        ["restore", "nowhere.db"],
    ],
    ids=" ".join,
)
def test_a_file_that_is_not_there_is_named(arguments: list[str]) -> None:
    done = run(*arguments, env={})
    told = f"Файл {arguments[-1]} не найден или не читается. Проверьте путь.\n"
    assert done == Done(2, "", told)


def test_help_names_every_command() -> None:
    done = run("--help", env={})
    assert done.code == 0
    for command in ("backup", "check", "demo", "import", "migrate", "restore"):
        assert f"\n  {command} " in done.out


@pytest.fixture
async def start(world: World, settings: Settings, log_of_its_own: None) -> Start:
    """`await start(bot_token=…)`: the bot against a sandbox over HTTP, until it gives up."""

    async def begin(**changed: Any) -> None:
        async with serving(world) as api:
            given = dict(settings) | {"telegram_api_url": api} | changed
            await run_bot(load(_env_file=None, **given))

    return begin


async def test_an_unknown_token_is_named(start: Start) -> None:
    with pytest.raises(BadSetting, match=r"^BOT_TOKEN: "):
        await start(bot_token="43:FOREIGN")


async def test_a_silent_telegram_ends_with_1_so_that_a_supervisor_tries_again(
    start: Start,
) -> None:
    with pytest.raises(click.ClickException, match=r"^Telegram не отвечает") as away:
        await start(telegram_api_url="http://127.0.0.1:1")
    assert away.value.exit_code == 1


@pytest.mark.embedded
async def test_a_webhook_address_telegram_refuses_is_named(
    world: World, settings: Settings
) -> None:
    async with serving(world) as api:
        given = {
            "BOT_TOKEN": TOKEN,
            "SIGNING_KEY": "k" * 32,
            "TELEGRAM_API_URL": api,
            "DATABASE_URL": settings.database_url.get_secret_value(),
            "WEBHOOK_URL": "https://bot.example.org:5000/telegram",
            "WEBHOOK_SECRET": "s3cret",
            "WEB_PORT": "0",
        }
        done = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", cwd=ROOT, env=os.environ | given, stderr=-1
        )
        _, err = await done.communicate()
    assert done.returncode == 2
    last = err.decode().splitlines()[-1]
    assert last.startswith("WEBHOOK_URL: Telegram не принимает этот адрес")
    assert "ports 80, 88, 443 or 8443" in last
    assert "Traceback" not in err.decode()


async def test_a_taken_port_is_named(start: Start) -> None:
    named = pytest.raises(BadSetting, match=r"^WEB_HOST, WEB_PORT: ")
    with socket.create_server(("127.0.0.1", 0)) as taken, named:
        await start(web_port=taken.getsockname()[1])


async def test_the_bot_brings_its_own_database_up_to_date(start: Start, tmp_path: Path) -> None:
    file = tmp_path / "fresh.db"
    with pytest.raises(BadSetting):
        await start(bot_token="43:FOREIGN", database_url=f"sqlite+aiosqlite:///{file}")
    assert rows(file, "SELECT count(*) FROM people") == [0]
