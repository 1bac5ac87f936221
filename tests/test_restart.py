"""The program itself, stopped and killed in the middle of a dialog: it goes on where it was."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select, text

from bot.database import Database
from bot.settings import Settings
from models.application import Application
from models.mail import DeadLetter
from sandbox.people import Person
from sandbox.plugin import TOKEN
from sandbox.server import serving
from sandbox.world import World
from services import organisations_import as importing
from services.tables import csv_lines
from tests.conftest import TREE
from tests.rough import until

ROOT = Path(__file__).parent.parent
WORD = "a-secret_Word-42"


class Program:
    """`python -m bot` as a service manager sees it."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.log = folder / "log"
        self.folder = folder
        self.environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "BOT_TOKEN": TOKEN,
            "SIGNING_KEY": "k" * 40,
            "WEB_PORT": "0",
            **settings,
        }

    async def begin(self, **more: str) -> asyncio.subprocess.Process:
        """Started, whether or not it will get as far as to work."""
        with self.log.open("ab") as log:
            return await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot"),
                cwd=self.folder,
                env=self.environment | more,
                stdout=log,
                stderr=log,
            )

    @asynccontextmanager
    async def running(self, sign: signal.Signals, **more: str) -> AsyncIterator[None]:
        """Until the signal; one that asks politely is answered by a clean end."""
        ready = self.said.count('"ready"')
        process = await self.begin(**more)
        try:
            await until(lambda: process.returncode or self.said.count('"ready"') > ready, 60)
            assert process.returncode is None, self.said
            yield
            process.send_signal(sign)
            async with asyncio.timeout(20):
                assert await process.wait() == (-sign if sign == signal.SIGKILL else 0)
        except BaseException:
            if process.returncode is None:
                process.kill()
                await process.wait()
            raise

    @property
    def said(self) -> str:
        return self.log.read_text("utf-8") if self.log.exists() else ""


@pytest.fixture
async def database(settings: Settings) -> AsyncIterator[Database]:
    database = Database(settings.database_url.get_secret_value())
    async with database.transaction() as session:
        await importing.store(session, importing.read(csv_lines(TREE)), now=datetime.now(UTC))
    yield database
    await database.close()


@pytest.mark.timeout(300)
async def test_stopped_and_killed_it_goes_on_where_it_was_by_polling_and_by_webhook(
    world: World,
    settings: Settings,
    database: Database,
    people: Callable[..., Person],
    tmp_path: Path,
    unused_tcp_port: int,
) -> None:
    anna = people("Анна")
    anna.patience = 20
    by_webhook = {
        "WEB_PORT": str(unused_tcp_port),
        "WEBHOOK_URL": f"http://127.0.0.1:{unused_tcp_port}/telegram",
        "WEBHOOK_SECRET": WORD,
    }
    async with serving(world) as address:
        program = Program(
            tmp_path,
            TELEGRAM_API_URL=address,
            DATABASE_URL=settings.database_url.get_secret_value(),
        )
        async with program.running(signal.SIGTERM):
            await anna.says("/start")
            await anna.sees("Сила в каждом")
            await anna.taps("✍️ Вступить")
            await anna.sees("Согласие")
            await anna.taps("Согласен")
            await anna.sees("фамилию")
        await anna.says("смирнова анна ивановна")
        async with program.running(signal.SIGKILL):
            await anna.sees("родились")
            await anna.says("15 марта 1998")
            await anna.sees("телефон")
            world.say(anna.id, anna.chat_key, "+7 999 123-45-67")
        async with program.running(signal.SIGTERM, **by_webhook):
            await anna.sees("Где вы работаете")
            await anna.taps("ТюмнМО ВЭП")
            await anna.sees("первичную")
            await anna.taps("ППО Тюменьэнерго")
            await anna.sees("Смирнова Анна Ивановна", "15 марта 1998", "+7 999 123-45-67")
    await left_behind(database)
    for secret in (TOKEN.partition(":")[2], WORD, "k" * 40, "мирнова", "9991234567", "123-45-67"):
        assert secret not in program.said


async def left_behind(database: Database) -> None:
    async with database.transaction() as session:
        (application,) = await session.scalars(select(Application))
        assert (application.name, application.phone) == ("Смирнова Анна Ивановна", "+79991234567")
        assert list(await session.scalars(select(DeadLetter))) == []
        if database.embedded:
            assert await session.scalar(text("PRAGMA integrity_check")) == "ok"
