"""One storm: a place, a database, people, troubles, and a bot that is killed over and over."""

import asyncio
import os
import random
import shutil
import signal
import socket
import sqlite3
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from sqlalchemy import func, select

from benchmarks.storm.nursery import Nursery
from benchmarks.storm.people import Chair, Joiner, Soul
from bot.database import Database
from models.mail import Owed
from sandbox.server import serving
from sandbox.world import World
from services import outbox

S = TypeVar("S", bound=Soul)

TOKEN = "42:CANARYtoken_of_the_storm"
SECRET = "CANARYsecret_of_the_storm"
KEY = "CANARYkey" * 5
ADMIN, CHAIRS, FIRST = 900, (901, 902), 5000
YOUNG = 0.2  # share of those killed before they have begun to work
INFANCY = (0.0, 0.4)  # their seconds from the fork on
PATIENCE = 10.0  # seconds for one to begin
CALM = 180.0  # seconds in which all that is owed must be settled once nobody is killed
CALLS = ("sendMessage", "editMessageText", "sendPhoto", "answerCallbackQuery")
TROUBLES = {  # share of the calls, of the updates; seconds
    "flood": (0.01, 1.0),
    "server": (0.01, 0.0),
    "gateway": (0.01, 0.0),
    "slow": (0.02, 0.3),
    "reset": (0.02, 0.0),
    "lost": (0.03, 0.0),
    "again": (0.05, 0.0),
    "late": (0.03, 0.3),
    "poison": (0.01, 0.0),
}


@dataclass(frozen=True)
class Plan:
    people: int
    webhook: bool
    url: str
    folder: Path
    seed: int
    kills: int
    updates: int = 0  # so many at least, however often it must be killed more for them
    longest: float = 600.0  # seconds it may rage, whatever is still missing
    life: float = 1.5  # at most, seconds from a bot's first question for updates to its death
    check_every: int = 1  # kills between two looks at the file's integrity


@dataclass
class Told:
    """What the storm itself knows of it."""

    kills: int = 0
    other_ends: list[int] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    troubles: Counter[str] = field(default_factory=Counter)
    raged: float = 0.0  # seconds until the last kill
    seconds: float = 0.0
    last_end: int | None = None
    waiting: list[str] = field(default_factory=list)  # whom nobody answered


class Storm:
    def __init__(self, plan: Plan, nursery: Nursery) -> None:
        self.plan = plan
        self.nursery = nursery
        self.told = Told()
        self.chance = random.Random(plan.seed)
        self.world = World(retry_scale=0.02)
        self.bot = self.world.add_bot(TOKEN)
        self.world.faults.chance.seed(plan.seed)
        self.calm = asyncio.Event()
        self.chairs = [self._soul(Chair, one, f"Председатель {one}") for one in CHAIRS]
        self.admin = self._soul(Soul, ADMIN, "Елена")
        # Half are there from the beginning, the others come while it rages.
        late = plan.kills * 0.6 / plan.people
        self.joiners = [
            self._soul(Joiner, FIRST + n, "Некто", after=max(0, n - plan.people // 2) * late)
            for n in range(plan.people)
        ]

    @property
    def souls(self) -> tuple[Soul, ...]:
        return (self.admin, *self.chairs, *self.joiners)

    def _soul(self, kind: Callable[..., S], person_id: int, name: str, **more: float) -> S:
        self.world.add_person(person_id, name)
        return kind(self.world, person_id, self.world.private_chat(self.bot, person_id), **more)

    async def rage(self) -> Told:
        begun = time.monotonic()
        async with serving(self.world) as address, self.abroad() as people:
            environment = self.environment(address)
            self._trouble()
            while self._rages(time.monotonic() - begun):
                await self._one_life(environment)
            self.told.raged = time.monotonic() - begun
            self.told.troubles = self.world.faults.struck.copy()
            self.world.faults.switch_off()
            await self._settle(environment, people)
        self.told.seconds = time.monotonic() - begun
        return self.told

    def _rages(self, seconds: float) -> bool:
        enough = self.told.kills >= self.plan.kills and len(self.world.given) >= self.plan.updates
        return not enough and seconds < self.plan.longest

    async def _one_life(self, environment: dict[str, str]) -> None:
        before = self._taken_in()
        pid = await self.nursery.start(self.plan.folder, environment)
        if self.chance.random() < YOUNG:
            await asyncio.sleep(self.chance.uniform(*INFANCY))
        else:
            await self._begun(before)
            await asyncio.sleep(self.chance.uniform(0, self.plan.life))
        os.kill(pid, signal.SIGKILL)
        end = await self.nursery.reap(pid)
        if end != -signal.SIGKILL:
            self.told.other_ends.append(end)
            return
        self.told.kills += 1
        if self.told.kills % self.plan.check_every == 0:
            await asyncio.to_thread(self._look_at_the_file)

    def _taken_in(self) -> object:
        """Another value once a bot asks for updates, or says where to bring them."""
        mailbox = self.bot.mailbox
        return mailbox.webhook if self.plan.webhook else mailbox.last_ask

    async def _begun(self, before: object) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                while self._taken_in() in (None, before):  # noqa: ASYNC110 - another process
                    await asyncio.sleep(0.01)
        except TimeoutError:
            return  # it has ended by itself, and is counted so

    async def _settle(self, environment: dict[str, str], people: list[asyncio.Task[None]]) -> None:
        """One bot nobody kills: everybody gets their answer, and it ends when asked to."""
        pid = await self.nursery.start(self.plan.folder, environment)
        self.calm.set()
        try:
            async with asyncio.timeout(CALM):
                await asyncio.wait(people)
                while self.bot.mailbox.parcels or await self._owed():  # noqa: ASYNC110
                    await asyncio.sleep(0.1)
        except TimeoutError:
            self.told.waiting = [
                f"{one.id} {one.waits_for}" for one in self.souls if one.waits_for
            ]
        os.kill(pid, signal.SIGTERM)
        self.told.last_end = await self.nursery.reap(pid)

    async def _owed(self) -> int:
        database = Database(self.plan.url)
        async with database.transaction() as session:
            waits = select(func.count()).select_from(Owed).where(outbox.WAITING)
            owed = await session.scalar(waits)
        await database.close()
        return owed or 0

    @asynccontextmanager
    async def abroad(self) -> AsyncIterator[list[asyncio.Task[None]]]:
        async with asyncio.TaskGroup() as group:
            always = [group.create_task(self._stir())]
            staff = (self.admin, *self.chairs)
            always += [group.create_task(one.live(self.calm)) for one in staff]
            yield (living := [group.create_task(one.live(self.calm)) for one in self.joiners])
            for task in (*always, *living):
                task.cancel()

    async def _stir(self) -> None:
        """Everybody looks up when something changes on their own screen, and only then."""
        souls = {soul.chat.key: soul for soul in self.souls}
        with self.world.watch() as changes:
            while True:
                if soul := souls.get((await changes.get())["chat"]):
                    soul.stirred.set()

    def _trouble(self) -> None:
        for kind, (share, seconds) in TROUBLES.items():
            for method in CALLS if kind not in ("again", "late", "poison") else (None,):
                self.world.faults.switch_on(kind, method=method, share=share, seconds=seconds)
        for kind in ("reset", "lost"):
            self.world.faults.switch_on(kind, method="getUpdates", share=0.05)

    def environment(self, address: str) -> dict[str, str]:
        environment = {
            "BOT_TOKEN": TOKEN,
            "SIGNING_KEY": KEY,
            "DATABASE_URL": self.plan.url,
            "TELEGRAM_API_URL": address,
            "ADMIN_IDS": str(ADMIN),
            "SEND_RATE": "1000",
            "WEB_PORT": "0",
        }
        if self.plan.webhook:
            with socket.socket() as free:
                free.bind(("127.0.0.1", 0))
                port = free.getsockname()[1]
            environment["WEB_PORT"] = str(port)
            environment["WEBHOOK_URL"] = f"http://127.0.0.1:{port}/telegram"
            environment["WEBHOOK_SECRET"] = SECRET
        return environment

    def _look_at_the_file(self) -> None:
        """At a copy: opening the file itself would repair what the next bot is to find."""
        if not self.plan.url.startswith("sqlite"):
            return
        file = Path(self.plan.url.partition("///")[2])
        with tempfile.TemporaryDirectory(dir=self.plan.folder) as folder:
            for part in file.parent.glob(f"{file.name}*"):
                if not part.name.endswith("-shm"):  # is made anew from the other two
                    shutil.copy(part, folder)
            self._examine(Path(folder) / file.name)

    def _examine(self, copy: Path) -> None:
        found = sqlite3.connect(copy)
        said = found.execute("PRAGMA integrity_check").fetchone()[0]
        dangling = found.execute("PRAGMA foreign_key_check").fetchall()
        found.close()
        if said != "ok" or dangling:
            self.told.damaged.append(f"{said} {dangling}")
