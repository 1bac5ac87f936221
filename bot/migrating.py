"""Brings the database up to date; says whether models and migrations agree."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection

import models
from bot.database import Database
from models.base import Base

ROOT = Path(__file__).resolve().parent.parent

assert models.mail  # every table is loaded


async def migrate(database: Database, revision: str = "head") -> None:
    await _with_alembic(database, lambda config: command.upgrade(config, revision))


async def rewind(database: Database, revision: str = "base") -> None:
    await _with_alembic(database, lambda config: command.downgrade(config, revision))


async def differences(database: Database) -> list[Any]:
    """What autogenerate would still have to write; nothing when models match migrations."""
    async with database.engine.connect() as connection:
        return await connection.run_sync(_differences)


async def write_revision(database: Database, message: str) -> None:
    await _with_alembic(
        database, lambda config: command.revision(config, message, autogenerate=True)
    )


async def _with_alembic(database: Database, act: Any) -> None:
    def run(connection: Connection) -> None:
        config = Config(ROOT / "alembic.ini")
        config.set_main_option("script_location", str(ROOT / "migrations"))
        config.attributes["connection"] = connection
        act(config)

    async with database.rebuilding() as connection:
        await connection.run_sync(run)


def _differences(connection: Connection) -> list[Any]:
    context = MigrationContext.configure(
        connection,
        opts={"compare_type": True, "render_as_batch": connection.dialect.name == "sqlite"},
    )
    return list(compare_metadata(context, Base.metadata))
