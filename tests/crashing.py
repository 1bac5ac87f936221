"""A bot that dies at a chosen moment, and another over the same rows that takes its place."""

import copy
from collections.abc import AsyncIterator, Awaitable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import DateTime, select

from bot.app import App, build
from bot.pace import Pace
from bot.settings import Settings, database_file
from bot.telegram import Files, Json, Telegram
from models.base import Base, Moment
from sandbox.people import Person
from sandbox.plugin import TOKEN
from sandbox.wire import Upload
from sandbox.world import World
from services import outbox
from tests import postgres
from tests.conftest import share_what_is_compiled

# What differs between histories that came to the same: how often a thing was tried, and where the
# message stands that shows it.
INCIDENTAL = {"attempts", "error", "message_id", "payload", "redraws"}
OF_ONE_LIFE = {"leases"}  # which process lives, under a name it gave itself

Digest = dict[str, list[tuple[object, ...]]]


class Dead(BaseException):
    """Killed: nothing catches it, and nothing is tidied up."""


class Fate:
    """Every commit has a moment before and one after it, and so has every call to Telegram."""

    def __init__(self) -> None:
        self.passed: list[str] = []
        self.fatal: set[int] = set()

    def at(self, moment: str) -> None:
        self.passed.append(moment)
        if len(self.passed) in self.fatal:
            raise Dead(moment)


class Step(NamedTuple):
    who: int
    act: str
    what: str

    def queue(self, world: World) -> Awaitable[Any]:
        key = world.private_chat(world.bots[TOKEN], self.who).key
        person = Person(world, self.who, key)
        return person.says(self.what) if self.act == "says" else person.taps(self.what)


class Life:
    """The world, the rows and whatever bot there is at the moment."""

    def __init__(self, world: World, settings: Settings, fate: Fate) -> None:
        self.world = world
        self.settings = settings
        self.fate = fate
        self.deaths: list[str] = []
        self.app = self._born()

    async def take(self, step: Step) -> None:
        await step.queue(self.world)
        await self.catch_up()

    async def catch_up(self) -> None:
        """Whoever lives takes in what waits and sends what is owed, however often it dies."""
        mailbox = self.world.bots[TOKEN].mailbox
        while True:
            try:
                for parcel in list(mailbox.parcels):
                    await self.app.ingest(parcel.update)
                    mailbox.take(parcel)
                await self.app.courier.drain()
            except Dead as death:
                self.deaths.append(str(death))
                await self._reborn()
            else:
                return

    async def _reborn(self) -> None:
        """What a start does before anything else, here where nobody dies."""
        await self.app.database.close()
        if not self.app.database.embedded:
            postgres.count_on(self.settings.database_url.get_secret_value())
        self.app = self._born()
        fatal, self.fate.fatal = self.fate.fatal, set()
        await self.app.open()
        async with self.app.database.transaction() as session:
            await outbox.recover(session, [], now=self._now())
        self.fate.fatal = fatal

    def _born(self) -> App:
        username = self.world.bots[TOKEN].username
        telegram = Telegram(TOKEN, self._call)
        app = build(self.settings, telegram, username, clock=self._now, pace=Pace(None))
        share_what_is_compiled(app.database)
        committing = app.database.transaction

        @asynccontextmanager
        async def transaction(chat: int | None = None) -> AsyncIterator[Any]:
            async with committing(chat) as session:
                yield session
                self.fate.at("before a commit")
            self.fate.at("after a commit")

        app.database.transaction = transaction  # type: ignore[method-assign]
        return app

    async def _call(self, token: str, method: str, params: Json, files: Files) -> tuple[int, Json]:
        self.fate.at(f"before {method}")
        uploads = {name: Upload(*file) for name, file in files.items()}
        answer = await self.world.call(token, method, params, uploads)
        self.fate.at(f"after {method}")
        return answer

    def _now(self) -> datetime:
        return datetime.fromtimestamp(self.world.clock(), UTC)

    async def snapshot(self) -> "Snapshot":
        await self.app.database.close()
        return Snapshot(self.world, self.settings)

    async def digest(self) -> Digest:
        """All rows of all tables, times left out."""
        found: Digest = {}
        async with self.app.database.engine.connect() as connection:
            for table in Base.metadata.sorted_tables:
                if table.name in OF_ONE_LIFE:
                    continue
                telling = [
                    column
                    for column in table.columns
                    if column.name not in INCIDENTAL
                    and not isinstance(column.type, DateTime | Moment)
                ]
                rows = await connection.execute(select(*telling))
                found[table.name] = sorted((tuple(map(str, row)) for row in rows), key=repr)
        return found


class Snapshot:
    """A moment one can come back to as often as one likes."""

    def __init__(self, world: World, settings: Settings) -> None:
        self.world = copy.deepcopy(world)
        self._rows = rows_of(settings.database_url.get_secret_value())

    @asynccontextmanager
    async def life(self, settings: Settings, fatal: Sequence[int] = ()) -> AsyncIterator[Life]:
        """One at a time: they live in the same database."""
        self._rows.put_back()
        fate = Fate()
        fate.fatal = set(fatal)
        life = Life(copy.deepcopy(self.world), settings, fate)
        yield life
        await life.app.database.close()


class File:
    """The rows of a database nobody has open."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._bytes = file.read_bytes()

    def put_back(self) -> None:
        for rest in self._file.parent.glob(f"{self._file.name}-*"):
            rest.unlink()
        self._file.write_bytes(self._bytes)


class Server:
    def __init__(self, url: str) -> None:
        self._url = url
        self._rows = postgres.dump(url)

    def put_back(self) -> None:
        postgres.refill(self._url, self._rows)


def rows_of(url: str) -> File | Server:
    file = database_file(url)
    return File(file) if file else Server(url)


def rows_gone(before: Digest, after: Digest) -> str:
    """Where two histories differ, in words for whoever has to find out why."""
    lines = []
    for table, rows in before.items():
        lines += [f"- {table} {row}" for row in rows if row not in after[table]]
        lines += [f"+ {table} {row}" for row in after[table] if row not in rows]
    return "\n".join(lines)
