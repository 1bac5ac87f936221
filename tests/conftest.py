"""The whole bot on a Telegram of its own: real dispatcher, real database, real courier."""

import asyncio
import gc
import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest
import structlog
from pydantic import SecretStr
from sqlalchemy import Dialect, Engine, event, select
from sqlalchemy.dialects.sqlite.aiosqlite import AsyncAdapt_aiosqlite_connection

from bot.app import App, build, utc_now
from bot.database import Database
from bot.migrating import migrate
from bot.pace import Pace
from bot.settings import Settings, load
from bot.telegram import Files, Json, Telegram
from models.organisation import Organisation
from models.role import Grant, Role
from sandbox.people import Person
from sandbox.plugin import START, TOKEN, Clock
from sandbox.wire import Upload
from sandbox.world import World
from services import organisations_import as importing
from services import people as people_service
from services import roles
from services.tables import csv_lines
from tests import postgres
from tests.programs import needed
from tests.rough import Line, wired
from tests.sandbox_front import FRONTS, Front, front_of
from tests.sandbox_remote import Remote, remote_of

ADMIN = 900
COMPILED: dict[object, object] = {}
DIALECTS: dict[str, Dialect] = {}
Kept = TypeVar("Kept")
TREE = """code,name,level,parent,timezone
VEP,Всероссийский Электропрофсоюз,union,,Europe/Moscow
TMN,ТюмнМО ВЭП,territorial,VEP,Asia/Yekaterinburg
KGD,Калининградская организация,territorial,VEP,Europe/Kaliningrad
TMN-1,ППО Тюменьэнерго,primary,TMN,
TMN-2,ППО Сургутская ГРЭС,primary,TMN,
KGD-1,ППО Янтарьэнерго,primary,KGD,
"""


@event.listens_for(Engine, "connect")
def in_no_order(connection: Any, _entry: object) -> None:
    """Rows nobody put in an order come backwards: whoever relies on one is found here at once,
    not on the day PostgreSQL uses a page again."""
    if isinstance(connection, AsyncAdapt_aiosqlite_connection):
        connection.execute("PRAGMA reverse_unordered_selects=ON")


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        postgres.prepare()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What may take long begins first: at the end no worker waits for the last of it."""
    long = {item.path for item in items if item.get_closest_marker("timeout")}
    items.sort(key=lambda item: item.path not in long)


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
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A migrated database with each beginning, made once and copied for every test."""
    folder = tmp_path_factory.mktemp("beginnings")
    file = folder / "empty.db"

    def kept(beginning: str) -> Path:
        return Path(shutil.copy(file, folder / f"{beginning}.kept"))

    return asyncio.run(make(f"sqlite+aiosqlite:///{file}", kept))


@pytest.fixture(scope="session")
def template(files: dict[str, Path]) -> Path:
    return files["database_url"]


@pytest.fixture(scope="session")
def server_database() -> Iterator[tuple[str, Callable[[str], None]]]:
    """The same on PostgreSQL, one for each worker, and what brings it back before every test."""
    with postgres.database(f"sila_test_{os.getpid()}") as url:
        rows = asyncio.run(make(url, lambda _: postgres.dump(url)))
        with postgres.connect(url, postgres.KEEPER) as keeper:
            yield url, lambda beginning: postgres.put_back(keeper, rows[beginning])


async def make(url: str, keep: Callable[[str], Kept]) -> dict[str, Kept]:
    """What every test would do before it begins is done once, and kept at each point."""
    kept: dict[str, Kept] = {}
    for beginning, act in BEGINNINGS.items():
        database = Database(url)
        await act(database)
        await database.close()
        kept[beginning] = keep(beginning)
    return kept


async def opened(database: Database) -> None:
    async with database.transaction() as session:
        await roles.appoint_from_settings(session, (ADMIN,), now=utc_now())


async def planted(database: Database) -> None:
    async with database.transaction() as session:
        await importing.store(session, importing.read(csv_lines(TREE)), now=START)


# Each stands on the one before. A test begins with the last whose fixture it asks for.
BEGINNINGS: dict[str, Callable[[Database], Awaitable[None]]] = {
    "database_url": migrate,
    "app": opened,
    "union": planted,
}


@pytest.fixture
def database_url(request: pytest.FixtureRequest, files: dict[str, Path], tmp_path: Path) -> str:
    """A migrated database. Whoever asks for it runs twice: on SQLite and on PostgreSQL."""
    beginning = [name for name in BEGINNINGS if name in request.fixturenames][-1]
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{shutil.copy(files[beginning], tmp_path / 'sila.db')}"
    try:
        url, put_back = request.getfixturevalue("server_database")
    except postgres.Absent as absent:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(f"not run on PostgreSQL: {absent}")
    put_back(beginning)
    return str(url)


@pytest.fixture(scope="session")
def any_settings() -> Settings:
    return load(
        _env_file=None, bot_token=TOKEN, signing_key="k" * 40, admin_ids=(ADMIN,), web_port=0
    )


@pytest.fixture
def settings(any_settings: Settings, database_url: str) -> Settings:
    return any_settings.model_copy(update={"database_url": SecretStr(database_url)})


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
def union(app: App) -> None:
    """The tree every conversation takes place in: the database begins with it."""


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


@pytest.fixture
async def remote(world: World) -> AsyncIterator[Remote]:
    """Another program, at the levers of a sandbox with a town of people."""
    async with remote_of(world) as remote:
        yield remote


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
