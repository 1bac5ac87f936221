"""`make bench`: each figure beside its yardstick, in turns, in one run.

Everything happens in one process on a Telegram of our own, so that only the program is measured.
CPU time per item is the steady figure; quote the ratios.
"""

import asyncio
import gc
import itertools
import platform
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import click
from aiogram import Bot, Dispatcher
from aiogram.client.session.base import BaseSession
from aiogram.methods import SendMessage, TelegramMethod
from aiogram.types import Message

from bot.app import App, build
from bot.migrating import migrate
from bot.pace import Pace
from bot.settings import load
from bot.telegram import Files, Json, Telegram

TOKEN = "42:BENCH"
ROUNDS = 5
ITEMS = 200

update_ids = itertools.count(1)  # a repeated id would slow aiogram's own dispatch


class Case(NamedTuple):
    name: str
    run: Callable[[int], Awaitable[None]]


def message(text: str, person: int) -> Json:
    who = {"id": person, "is_bot": False, "first_name": "Анна", "language_code": "ru"}
    return {
        "update_id": next(update_ids),
        "message": {
            "message_id": 1,
            "date": int(time.time()),
            "chat": {"id": person, "type": "private", "first_name": "Анна"},
            "from": who,
            "text": text,
        },
    }


class Silent(BaseSession):
    """Answers every call at once, as a Telegram with no distance would."""

    async def close(self) -> None: ...

    async def stream_content(self, *args: Any, **kw: Any) -> Any:
        yield b""

    async def make_request(self, bot: Bot, method: TelegramMethod[Any], *_: Any, **__: Any) -> Any:
        assert isinstance(method, SendMessage)
        return None


async def transport(token: str, method: str, params: Json, files: Files) -> tuple[int, Json]:
    return 200, {"ok": True, "result": {"message_id": 1}}


def stock_echo() -> Case:
    """The yardstick: aiogram that parses, routes and answers; nothing is kept."""
    dispatcher, bot = Dispatcher(), Bot(TOKEN, session=Silent())

    @dispatcher.message()
    async def echo(message: Message) -> None:
        await message.answer(message.text or "")

    async def run(count: int) -> None:
        for person in range(count):
            await dispatcher.feed_raw_update(bot, message("/help", person + 1))

    return Case("stock aiogram echo, nothing kept", run)


def whole_update(app: App) -> Case:
    async def run(count: int) -> None:
        for person in range(count):
            await app.ingest(message("/help", person + 1))
            await app.courier.drain()

    return Case("one update, whole: inbox to answer sent", run)


def acknowledged(app: App) -> Case:
    async def run(count: int) -> None:
        for person in range(count):
            await app.ingest(message("/help", person + 1))

    return Case("one update up to its commit", run)


def outbox(app: App) -> Case:
    async def run(count: int) -> None:
        await app.courier.drain()

    return Case("courier: waiting answers, claim to settle", run)


async def measure(cases: list[Case]) -> dict[str, float]:
    """Microseconds of CPU per item: the median of rounds run in turns."""
    taken: dict[str, list[float]] = {case.name: [] for case in cases}
    for _ in range(ROUNDS):
        for case in cases:
            start = time.process_time()
            await case.run(ITEMS)
            taken[case.name].append((time.process_time() - start) / ITEMS * 1e6)
    return {name: median(times) for name, times in taken.items()}


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        settings = load(
            _env_file=None,
            bot_token=TOKEN,
            signing_key="k" * 32,
            database_url=f"sqlite+aiosqlite:///{Path(folder) / 'bench.db'}",
        )
        app = build(settings, Telegram(TOKEN, transport), "bench_bot", pace=Pace(None))
        await migrate(app.database)
        base, cases = stock_echo(), [whole_update(app), acknowledged(app), outbox(app)]
        await base.run(ITEMS)
        await cases[0].run(ITEMS)
        gc.collect()
        gc.freeze()
        report(await measure([base, *cases]), base.name)
        await app.database.close()


def report(found: dict[str, float], base: str) -> None:
    click.echo(f"Python {platform.python_version()}, SQLite on disk, synchronous=FULL")
    click.echo(f"{'µs CPU':>8}  {'a second':>8}  {'ratio':>6}")
    for name, each in found.items():
        click.echo(f"{each:8.0f}  {1e6 / each:8.0f}  {each / found[base]:6.1f}  {name}")


if __name__ == "__main__":
    asyncio.run(main())
