import asyncio
import os
import shutil
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.database import Database
from tests.terminal import Done, kept_in, rows, run

MET = "INSERT INTO people (telegram_id, language, notify_from, notify_to) VALUES ({}, 'ru', 8, 22)"
HOW_MANY = "SELECT count(*) FROM people"


@pytest.fixture
def database(template: Path, tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    return Path(shutil.copy(template, tmp_path / "data" / "sila.db"))


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return tmp_path / "copy.db"


def meet(database: Path, *ids: int) -> None:
    with closing(sqlite3.connect(database)) as opened, opened:
        opened.executescript(";".join(MET.format(number) for number in ids))


def save(database: Path, copy: Path) -> Done:
    return run("backup", copy, env=kept_in(database))


def restore(database: Path, copy: Path, *flags: str, typed: str = "") -> Done:
    return run("restore", *flags, copy, env=kept_in(database), typed=typed)


def beside(file: Path) -> list[str]:
    return sorted(one.name for one in file.parent.iterdir())


def test_a_copy_holds_everything_and_is_for_its_owner_alone(database: Path, copy: Path) -> None:
    with closing(sqlite3.connect(database)) as running:
        running.executescript("PRAGMA journal_mode = WAL;" + MET.format(5))
        assert database.with_name("sila.db-wal").stat().st_size > 0
        done = save(database, copy)
    assert done.code == 0
    assert f"Копия готова и проверена: {copy}" in done.out
    assert rows(copy, "SELECT telegram_id FROM people") == [5]
    assert copy.stat().st_mode & 0o777 == 0o600
    assert beside(copy) == ["copy.db", "data"]


def test_a_copy_is_of_one_moment_though_others_go_on_writing(database: Path, copy: Path) -> None:
    stopped = threading.Event()
    written = threading.Event()

    def write() -> None:
        with closing(sqlite3.connect(database, isolation_level=None)) as opened:
            opened.execute("PRAGMA journal_mode = WAL")
            for number in range(1, 100_000):
                # Two that belong together: a torn copy would hold one without the other.
                opened.executescript(f"BEGIN;{MET.format(number)};{MET.format(-number)};COMMIT")
                written.set()
                if stopped.is_set():
                    return

    writer = threading.Thread(target=write)
    writer.start()
    written.wait(10)
    try:
        assert save(database, copy).code == 0
    finally:
        stopped.set()
        writer.join()
    kept = rows(copy, "SELECT telegram_id FROM people ORDER BY 1")
    assert kept
    assert kept == [-number for number in reversed(kept)]
    assert len(rows(database, "SELECT telegram_id FROM people ORDER BY 1")) > 0


def test_a_copy_never_overwrites_anything(database: Path, copy: Path) -> None:
    copy.write_text("mine")
    refused = save(database, copy)
    assert refused.code == 2
    assert "уже есть" in refused.err
    assert copy.read_text() == "mine"
    assert save(database, database).code == 2


def test_without_a_database_there_is_nothing_to_copy(tmp_path: Path, copy: Path) -> None:
    refused = save(tmp_path / "none.db", copy)
    assert refused.code == 2
    assert "ещё нет" in refused.err
    assert beside(copy) == []


def test_a_place_that_cannot_be_written_is_named(database: Path) -> None:
    refused = save(database, Path("/proc/copy.db"))
    assert refused.code == 2
    assert "/proc/copy.db" in refused.err


def test_a_copy_is_put_back_and_the_present_database_kept_aside(
    database: Path, copy: Path
) -> None:
    meet(database, 1, 2)
    save(database, copy)
    meet(database, 3)
    done = restore(database, copy, "--yes")
    assert done.code == 0
    assert rows(database, HOW_MANY) == [2]
    assert rows(database.with_name("sila.db.before-restore"), HOW_MANY) == [3]
    assert database.stat().st_mode & 0o777 == 0o600
    assert restore(database, copy, "--yes").code == 0
    assert rows(database.with_name("sila.db.before-restore"), HOW_MANY) == [3]
    assert rows(database.with_name("sila.db.before-restore-2"), HOW_MANY) == [2]


def test_what_was_only_in_the_log_is_kept_aside_and_not_mixed_in(
    database: Path, copy: Path
) -> None:
    save(database, copy)
    child = os.fork()
    if child == 0:  # killed in the middle of its work: the log stays, unfinished
        killed = sqlite3.connect(database)
        killed.executescript("PRAGMA journal_mode = WAL;" + MET.format(7))
        os._exit(0)
    os.waitpid(child, 0)
    assert database.with_name("sila.db-wal").stat().st_size > 0
    assert restore(database, copy, "--yes").code == 0
    assert rows(database, HOW_MANY) == [0]
    assert rows(database.with_name("sila.db.before-restore"), HOW_MANY) == [1]
    assert not database.with_name("sila.db-wal").exists()
    assert not database.with_name("sila.db-shm").exists()


def test_a_copy_is_put_where_there_is_no_database_and_an_old_log_removed(
    database: Path, copy: Path
) -> None:
    meet(database, 1)
    save(database, copy)
    database.unlink()
    database.with_name("sila.db-wal").write_bytes(b"stale" * 100)
    assert restore(database, copy, "--yes").code == 0
    assert rows(database, HOW_MANY) == [1]
    assert "sila.db-wal" not in beside(database)


def test_a_broken_database_can_be_replaced(database: Path, copy: Path) -> None:
    meet(database, 1)
    save(database, copy)
    database.write_bytes(b"rubbish" * 1000)
    assert restore(database, copy, "--yes").code == 0
    assert rows(database, HOW_MANY) == [1]


def test_nothing_changes_until_the_question_is_answered_with_yes(
    database: Path, copy: Path
) -> None:
    save(database, copy)
    meet(database, 1)
    for no in ("n\n", "нет\n", "\n", ""):
        assert restore(database, copy, typed=no).code == 1
    assert rows(database, HOW_MANY) == [1]
    assert beside(database) == ["sila.db"]
    done = restore(database, copy, typed="ага\nда\n")
    assert done.code == 0
    assert "Ответьте «да» или «нет»" in done.out
    assert rows(database, HOW_MANY) == [0]
    assert restore(database, copy, typed="y\n").code == 0


async def test_while_the_bot_runs_nothing_is_put_back(database: Path, copy: Path) -> None:
    await asyncio.to_thread(save, database, copy)
    running = Database(kept_in(database)["DATABASE_URL"])
    async with running.engine.connect():
        pass  # idle, as a bot nobody talks to
    refused = await asyncio.to_thread(restore, database, copy)
    assert "Заменить" not in refused.out, "refused before it is asked"
    await running.close()
    assert refused.code == 2
    assert "похоже, бот работает" in refused.err
    assert beside(database) == ["sila.db"]
    assert (await asyncio.to_thread(restore, database, copy, "--yes")).code == 0


def foreign(copy: Path) -> None:
    copy.unlink()
    with closing(sqlite3.connect(copy)) as opened:
        opened.executescript("CREATE TABLE alembic_version (version_num); CREATE TABLE people (x)")


def newer(copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as opened, opened:
        opened.execute("UPDATE alembic_version SET version_num = '9999'")


def unmigrated(copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as opened, opened:
        opened.execute("DELETE FROM alembic_version")


def damaged(copy: Path) -> None:
    (page,) = rows(copy, "SELECT rootpage FROM sqlite_master WHERE name = 'people'")
    content = bytearray(copy.read_bytes())
    start = (page - 1) * 4096
    content[start : start + 50] = b"\xff" * 50
    copy.write_bytes(content)


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda copy: copy.write_bytes(b"rubbish" * 1000), "file is not a database"),
        (lambda copy: copy.write_bytes(b""), "не база данных этой программы"),
        (foreign, "не база данных этой программы"),
        (damaged, "В копии повреждения"),
        (newer, "База данных новее программы"),
        (unmigrated, "База данных новее программы"),
    ],
    ids=["rubbish", "empty", "foreign", "damaged", "newer", "unmigrated"],
)
def test_what_is_no_sound_copy_of_ours_is_refused(
    database: Path, copy: Path, spoil: Callable[[Path], object], reason: str
) -> None:
    meet(database, 1)
    save(database, copy)
    spoil(copy)
    refused = restore(database, copy, "--yes")
    assert refused.code == 2
    assert reason in refused.err
    assert rows(database, HOW_MANY) == [1]
    assert beside(database) == ["sila.db"]


def test_on_a_server_its_own_tools_are_named(copy: Path) -> None:
    env = {"DATABASE_URL": "postgresql+psycopg://sila:pass@db/sila"}
    copy.write_bytes(b"")
    for refused in (run("backup", "x.db", env=env), run("restore", "--yes", copy, env=env)):
        assert refused.code == 2
        assert "pg_dump" in refused.err
        assert "pg_restore" in refused.err
