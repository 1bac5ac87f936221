"""Where a storm rages: a fresh database with a small union, gone afterwards."""

import os
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import make_url, select, text
from sqlalchemy.ext.asyncio import create_async_engine

from benchmarks.storm.tempest import CHAIRS
from bot.database import Database
from bot.migrating import migrate
from models.organisation import Organisation
from models.role import Grant, Role
from services import organisations_import as importing
from services import people
from services.tables import csv_lines

TREE = """code,name,level,parent,timezone
VEP,Всероссийский Электропрофсоюз,union,,Europe/Moscow
TMN,ТюмнМО ВЭП,territorial,VEP,Asia/Yekaterinburg
TMN-1,ППО Тюменьэнерго,primary,TMN,
"""


@asynccontextmanager
async def place(kind: str, server: str | None = None) -> AsyncIterator[tuple[str, Path]]:
    """The database's address, ready for use, and a folder."""
    with tempfile.TemporaryDirectory(prefix="sila-storm-") as folder:
        if kind == "sqlite":
            url = f"sqlite+aiosqlite:///{folder}/storm.db"
            await furnish(url)
            yield url, Path(folder)
            return
        assert server
        async with server_database(server) as url:
            await furnish(url)
            yield url, Path(folder)


@asynccontextmanager
async def server_database(server: str) -> AsyncIterator[str]:
    name = f"sila_{os.getpid()}_{os.urandom(4).hex()}"
    await _tell(server, f"CREATE DATABASE {name}")
    try:
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
    finally:
        await _tell(server, f"DROP DATABASE {name} WITH (FORCE)")


async def _tell(server: str, statement: str) -> None:
    engine = create_async_engine(server, isolation_level="AUTOCOMMIT")
    try:
        async with engine.connect() as connection:
            await connection.execute(text(statement))
    finally:
        await engine.dispose()


async def furnish(url: str) -> None:
    """A primary organisation with its chairs."""
    database, now = Database(url), datetime.now(UTC)
    await migrate(database)
    async with database.transaction() as session:
        await importing.store(session, importing.read(csv_lines(TREE)), now=now)
        home = await session.scalar(select(Organisation.id).filter_by(code="TMN-1"))
        for one in CHAIRS:
            chair = await people.expect(session, str(one), now=now)
            held = {"role": Role.CHAIR, "organisation_id": home}
            session.add(Grant(person_id=chair.id, granted_at=now, **held))
    await database.close()
