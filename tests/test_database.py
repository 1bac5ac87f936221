"""The database: nothing lost between those who write, nothing half done, nobody else's."""

import asyncio
import stat
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import event, select, text
from sqlalchemy.exc import IntegrityError, OperationalError

from bot.app import App
from bot.database import DanglingReferences, Database
from bot.migrating import differences, migrate, rewind
from bot.settings import Settings
from models.base import Base
from models.member import Counter
from models.person import Person
from models.role import Grant, Role
from tests import postgres
from tests.applying import rows

NOW = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.fixture
async def database(settings: Settings) -> AsyncIterator[Database]:
    database = Database(settings.database_url.get_secret_value())
    yield database
    await database.close()


async def count_up(database: Database) -> None:
    async with database.transaction() as session:
        counter = await session.get_one(Counter, "n", with_for_update=True)
        await asyncio.sleep(0)
        counter.value += 1


async def write(database: Database, *rows: Base | None) -> None:
    async with database.transaction() as session:
        for row in rows:
            if row is None:
                raise KeyError
            session.add(row)
            await session.flush()


async def test_nobody_overwrites_what_another_has_just_written(database: Database) -> None:
    async with database.transaction() as session:
        session.add(Counter(name="n", value=0))
    async with asyncio.TaskGroup() as crowd:
        for _ in range(100):
            crowd.create_task(count_up(database))
    async with database.transaction() as session:
        assert (await session.get_one(Counter, "n")).value == 100


async def test_several_processes_do_not_overwrite_each_other(
    database: Database, settings: Settings
) -> None:
    other = Database(settings.database_url.get_secret_value())
    async with database.transaction() as session:
        session.add(Counter(name="n", value=0))
    async with asyncio.TaskGroup() as crowd:
        for _ in range(25):
            crowd.create_task(count_up(database))
            crowd.create_task(count_up(other))
    async with other.transaction() as session:
        assert (await session.get_one(Counter, "n")).value == 50
    await other.close()


async def test_who_only_looks_waits_for_no_writer_and_sees_what_is_committed(
    database: Database,
) -> None:
    await write(database, Counter(name="n", value=1))
    async with database.transaction() as session:
        (await session.get_one(Counter, "n", with_for_update=True)).value = 2
        await session.flush()
        async with asyncio.timeout(3), database.looking() as look:
            assert (await look.get_one(Counter, "n")).value == 1
    async with database.looking() as look:
        assert (await look.get_one(Counter, "n")).value == 2


@pytest.mark.server
async def test_connections_the_server_has_closed_are_given_to_nobody(
    database: Database, settings: Settings
) -> None:
    async with database.looking() as one, database.looking() as other:
        for session in (one, other):
            await session.get(Counter, "n")
    postgres.dismiss(settings.database_url.get_secret_value())
    async with database.looking() as one, database.looking() as other:
        for session in (one, other):
            assert await session.get(Counter, "n") is None


async def test_a_transaction_is_whole_or_nothing(database: Database) -> None:
    nobodys = Grant(person_id=404, role=Role.ADMIN, granted_at=NOW)
    with pytest.raises(KeyError):
        await write(database, Counter(name="n", value=1), None)
    with pytest.raises(IntegrityError):
        await write(database, Counter(name="n", value=1), nobodys)
    async with database.transaction() as session:
        assert await session.get(Counter, "n") is None


async def test_a_cancelled_transaction_leaves_nothing_and_locks_nobody(
    database: Database,
) -> None:
    async def begin() -> None:
        async with database.transaction() as session:
            session.add(Counter(name="n", value=1))
            await session.flush()
            await asyncio.sleep(10)

    async with asyncio.TaskGroup() as group:
        begun = group.create_task(begin())
        await asyncio.sleep(0.1)
        begun.cancel()
    async with asyncio.timeout(3), database.transaction() as session:
        assert await session.get(Counter, "n") is None


@pytest.fixture
def commits(database: Database) -> list[object]:
    """Grows with every commit."""
    heard: list[object] = []
    event.listen(database.engine.sync_engine, "commit", heard.append)
    return heard


@pytest.mark.embedded
async def test_those_who_wait_for_the_writer_share_a_commit(
    database: Database, commits: list[object]
) -> None:
    async with asyncio.TaskGroup() as crowd:
        for number in range(33):
            crowd.create_task(write(database, Counter(name=str(number), value=number)))
    assert len(commits) == 3  # the first alone, then sixteen and sixteen
    async with database.transaction() as session:
        assert len((await session.scalars(select(Counter))).all()) == 33


@pytest.mark.embedded
async def test_whoever_fails_among_others_fails_alone(
    database: Database, commits: list[object]
) -> None:
    rows = [(Counter(name=str(n), value=n), *([None] if n % 3 == 1 else [])) for n in range(9)]
    ends = await asyncio.gather(*(write(database, *pair) for pair in rows), return_exceptions=True)
    assert [isinstance(end, KeyError) for end in ends] == [n % 3 == 1 for n in range(9)]
    assert len(commits) == 2
    async with database.transaction() as session:
        kept = {one.value for one in await session.scalars(select(Counter))}
    assert kept == {0, 2, 3, 5, 6, 8}


@pytest.mark.embedded
async def test_nobody_waits_for_a_commit_left_to_somebody_who_gave_up(database: Database) -> None:

    async def write_and_stop_the_last() -> None:
        async with database.transaction() as session:
            session.add(Counter(name="kept", value=1))
            last.cancel()

    async with asyncio.timeout(3), asyncio.TaskGroup() as group:
        group.create_task(write(database))
        group.create_task(write_and_stop_the_last())
        last = group.create_task(write(database, Counter(name="never", value=1)))
    assert last.cancelled()
    async with database.transaction() as session:
        assert [one.name for one in await session.scalars(select(Counter))] == ["kept"]


@pytest.mark.embedded
async def test_a_commit_under_way_outlives_whoever_gives_up(
    database: Database, commits: list[object]
) -> None:
    def stop_the_last(_: object) -> None:
        if len(commits) == 2:
            last.cancel()

    event.listen(database.engine.sync_engine, "commit", stop_the_last)
    async with asyncio.timeout(3), asyncio.TaskGroup() as group:
        for number in range(2):
            group.create_task(write(database, Counter(name=str(number), value=number)))
        last = group.create_task(write(database, Counter(name="last", value=2)))
    assert last.cancelled()
    async with database.transaction() as session:
        kept = {one.value for one in await session.scalars(select(Counter))}
    assert kept == {0, 1, 2}


@pytest.mark.embedded
async def test_when_sqlite_undoes_all_of_it_everybody_is_told(database: Database) -> None:
    """As it does when the disk is full."""

    async def undo() -> None:
        async with database.transaction() as session:
            await session.execute(text("ROLLBACK"))
            raise KeyError

    doing = [write(database), write(database, Counter(name="n", value=1)), undo()]
    ends = await asyncio.gather(*doing, return_exceptions=True)
    assert [type(end) for end in ends] == [type(None), KeyError, KeyError]
    await write(database, Counter(name="n", value=2))
    async with database.transaction() as session:
        assert (await session.get_one(Counter, "n")).value == 2


async def test_errors_do_not_quote_what_was_being_written(database: Database) -> None:
    namesakes = [Person(telegram_id=1, username="Смирнова") for _ in range(2)]
    with pytest.raises(IntegrityError) as raised:
        await write(database, *namesakes)
    assert "Смирнова" not in str(raised.value)


@pytest.mark.embedded
async def test_a_commit_is_on_the_disk_and_references_hold(database: Database) -> None:
    async with database.engine.connect() as connection:
        for pragma, value in (
            ("journal_mode", "wal"),
            ("synchronous", 2),
            ("foreign_keys", 1),
            ("secure_delete", 1),
        ):
            assert await connection.scalar(text(f"PRAGMA {pragma}")) == value


async def test_the_files_are_the_owners_alone(tmp_path: Path) -> None:
    file = tmp_path / "data" / "new.db"
    database = Database(f"sqlite+aiosqlite:///{file}")
    await migrate(database)
    async with database.transaction() as session:
        session.add(Counter(name="n", value=0))
        await session.flush()
        assert {each.name for each in file.parent.iterdir()} >= {"new.db", "new.db-wal"}
        for each in file.parent.iterdir():
            assert stat.S_IMODE(each.stat().st_mode) & 0o077 == 0, each
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    await database.close()


async def test_ping_says_whether_it_is_there(database: Database, tmp_path: Path) -> None:
    await database.ping()
    empty = Database(f"sqlite+aiosqlite:///{tmp_path / 'empty.db'}")
    with pytest.raises(Exception, match="no such table"):
        await empty.ping()
    await empty.close()


async def test_migrations_lead_there_and_back(database_url: str) -> None:
    database = Database(database_url)
    await rewind(database)
    for _ in range(2):
        await migrate(database)
        await migrate(database)
        assert await differences(database) == []
        await rewind(database)
    await migrate(database)
    await database.close()


async def rebuild(database: Database, *statements: str) -> None:
    async with database.rebuilding() as connection:
        for statement in statements:
            await connection.exec_driver_sql(statement)


@pytest.mark.embedded
async def test_a_table_can_be_replaced_while_others_refer_to_it(database: Database) -> None:
    async with database.transaction() as session:
        session.add(Person(id=1, telegram_id=1))
        await session.flush()
        session.add(Grant(person_id=1, role=Role.ADMIN, granted_at=NOW))
    await rebuild(
        database,
        "CREATE TABLE fresh AS SELECT * FROM people",
        "DROP TABLE people",
        "ALTER TABLE fresh RENAME TO people",
        "CREATE UNIQUE INDEX one_id ON people (id)",
    )
    async with database.transaction() as session:
        assert len(list(await session.scalars(select(Grant)))) == 1
        assert await session.scalar(text("PRAGMA foreign_keys")) == 1
    with pytest.raises(DanglingReferences, match="grants"):
        await rebuild(database, "DELETE FROM people")
    async with database.transaction() as session:
        assert await session.get(Person, 1)


@pytest.mark.embedded
async def test_a_result_nobody_reads_to_its_end_holds_up_no_commit(app: App) -> None:
    async with app.database.transaction() as session:
        connection = await session.connection()
        added = text("INSERT INTO moves (old_id, new_id) VALUES (-1, -2), (-3, -4)")
        kept = await connection.execute(text(f"{added} RETURNING old_id"))
        assert kept.fetchone() == (-1,)
    async with app.database.transaction() as session:
        assert (await session.execute(text("SELECT count(*) FROM moves"))).scalar() == 2


@pytest.mark.embedded
async def test_a_connection_closed_under_the_pool_is_dropped_by_it(app: App) -> None:
    async with app.database.engine.connect() as connection:
        raw = (await connection.get_raw_connection()).driver_connection
        assert raw is not None
        await raw.close()
    with pytest.raises(OperationalError):
        await app.database.ping()
    await app.database.ping()


@pytest.mark.embedded
async def test_when_sqlite_undoes_all_whoever_shared_the_commit_is_told(app: App) -> None:
    """One of them swallows the trouble, as the courier does, and goes on as if all were well."""

    async def write(name: str) -> None:
        async with app.database.transaction() as session:
            session.add(Counter(name=name, value=1))

    async def swallow() -> None:
        async with app.database.transaction() as session:
            with suppress(OperationalError):
                async with session.begin_nested():
                    pages = await session.scalar(text("PRAGMA page_count"))
                    await session.execute(text(f"PRAGMA max_page_count = {pages}"))
                    session.add(Counter(name="я" * 2_000_000, value=1))
            session.add(Counter(name="after", value=1))

    done = await asyncio.gather(write("first"), write("second"), swallow(), return_exceptions=True)
    kept = {row.name for row in await rows(app, Counter)}
    for name, outcome in zip(("first", "second", "after"), done, strict=True):
        assert (name in kept) == (outcome is None), (name, outcome)
    assert done[-1] is not None
