"""The whole bot on a Telegram of its own: real dispatcher, real database, real courier."""

import asyncio
import gc
import os
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import structlog
from sqlalchemy import Dialect, event, select

from bot.app import App, build
from bot.database import Database
from bot.migrating import migrate
from bot.pace import Pace
from bot.settings import Settings, load
from bot.telegram import Files, Json, Telegram
from models.organisation import Organisation
from models.role import Grant, Role
from sandbox.people import Person
from sandbox.plugin import TOKEN, Clock
from sandbox.wire import Upload
from sandbox.world import World
from services import organisations_import as importing
from services import people as people_service
from services.tables import csv_lines
from tests import postgres
from tests.programs import needed
from tests.rough import Line, wired
from tests.sandbox_front import FRONTS, Front, front_of

ADMIN = 900
COMPILED: dict[object, object] = {}
DIALECTS: dict[str, Dialect] = {}
TREE = """code,name,level,parent,timezone
VEP,Всероссийский Электропрофсоюз,union,,Europe/Moscow
TMN,ТюмнМО ВЭП,territorial,VEP,Asia/Yekaterinburg
KGD,Калининградская организация,territorial,VEP,Europe/Kaliningrad
TMN-1,ППО Тюменьэнерго,primary,TMN,
TMN-2,ППО Сургутская ГРЭС,primary,TMN,
KGD-1,ППО Янтарьэнерго,primary,KGD,
"""


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        postgres.prepare()


def pytest_collection_finish() -> None:
    """As the bot at its start: what lasts is not walked by each full collection."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        postgres.clear_away()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database_url" in metafunc.fixturenames:
        told = metafunc.definition.get_closest_marker
        kinds = ["sqlite"] * (not told("server")) + ["postgresql"] * (not told("embedded"))
        metafunc.parametrize("database_url", kinds, indirect=True)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty database, made once and copied for every test."""
    file = tmp_path_factory.mktemp("template") / "empty.db"
    asyncio.run(make(f"sqlite+aiosqlite:///{file}"))
    return file


async def make(url: str) -> None:
    database = Database(url)
    await migrate(database)
    await database.close()


@pytest.fixture(scope="session")
def server_database() -> Iterator[tuple[str, Callable[[], None]]]:
    """The same on PostgreSQL, one for each worker, and what empties it before every test."""
    with postgres.database(f"sila_test_{os.getpid()}") as url:
        asyncio.run(make(url))
        with postgres.connect(url, postgres.KEEPER) as keeper:
            yield url, partial(postgres.empty, keeper)


@pytest.fixture
def database_url(request: pytest.FixtureRequest, template: Path, tmp_path: Path) -> str:
    """A migrated, empty database. Whoever asks for it runs twice: on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{shutil.copy(template, tmp_path / 'sila.db')}"
    try:
        url, empty = request.getfixturevalue("server_database")
    except postgres.Absent as absent:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(f"not run on PostgreSQL: {absent}")
    empty()
    return str(url)


@pytest.fixture
def settings(database_url: str) -> Settings:
    return load(
        _env_file=None,
        bot_token=TOKEN,
        signing_key="k" * 40,
        database_url=database_url,
        admin_ids=(ADMIN,),
        web_port=0,
    )


@pytest.fixture
async def app(world: World, clock: Clock, settings: Settings) -> AsyncIterator[App]:
    """Connected straight to the world: an action returns when everything it caused is done."""

    def now() -> datetime:
        return datetime.fromtimestamp(clock.now, UTC)

    username = world.bots[TOKEN].me["username"]

    async def transport(token: str, method: str, params: Json, files: Files) -> tuple[int, Json]:
        uploads = {name: Upload(*file) for name, file in files.items()}
        return await world.call(token, method, params, uploads)

    app = build(settings, Telegram(TOKEN, transport), username, clock=now, pace=Pace(None))

    async def handle(update: dict[str, object]) -> None:
        await app.ingest(update)
        await app.courier.drain()

    share_what_is_compiled(app.database)
    if app.database.embedded:
        event.listen(app.database.engine.sync_engine, "connect", wait_for_no_disk)
    world.connect(TOKEN, handle)
    await app.open()
    yield app
    await app.database.close()


def share_what_is_compiled(database: Database) -> None:
    """Statements compiled once serve every test's own database: they are kept by dialect."""
    engine = database.engine.sync_engine
    engine.dialect = DIALECTS.setdefault(engine.dialect.name, engine.dialect)
    engine.update_execution_options(compiled_cache=COMPILED)


def wait_for_no_disk(connection: Any, _entry: object) -> None:
    """What a machine survives is not in question here, only what a process does."""
    connection.execute("PRAGMA synchronous=OFF")


@pytest.fixture
async def union(app: App, clock: Clock) -> None:
    """The tree every conversation takes place in."""
    async with app.database.transaction() as session:
        rows = importing.read(csv_lines(TREE))
        await importing.store(session, rows, now=datetime.fromtimestamp(clock.now, UTC))


@pytest.fixture
def holds(app: App, clock: Clock) -> Callable[..., object]:
    """`await holds(person, "chair", "TMN-1")`: a role given behind the scenes."""

    async def give(person: Person, role: str, code: str | None = None) -> None:
        now = datetime.fromtimestamp(clock.now, UTC)
        async with app.database.transaction() as session:
            known = await people_service.expect(session, str(person.id), now=now)
            home = await session.scalar(select(Organisation).where(Organisation.code == code))
            session.add(
                Grant(
                    person_id=known.id,
                    role=Role(role),
                    organisation_id=home.id if home else None,
                    granted_at=now,
                )
            )

    return give


@pytest.fixture(params=FRONTS)
async def front(request: pytest.FixtureRequest, world: World) -> AsyncIterator[Front]:
    """The Bot API of that world: whoever asks for it is tested over HTTP and in process."""
    async with front_of(world, request.param) as front:
        yield front


@pytest.fixture(scope="session")
def zbarimg() -> str:
    """The QR reader: what a phone's camera would make of our pictures."""
    return needed("zbarimg", "zbar-tools", "the QR codes cannot be checked")


@pytest.fixture
def log() -> Iterator[list[Any]]:
    """What the program says of itself, line by line."""
    with structlog.testing.capture_logs() as lines:
        yield lines


@pytest.fixture
async def wire(world: World, settings: Settings, clock: Clock) -> AsyncIterator[tuple[App, Line]]:
    """The bot, and the line to Telegram with what can go wrong on it."""
    async with wired(world, settings, clock) as both:
        yield both
