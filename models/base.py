from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy
from sqlalchemy import (
    BigInteger,
    DateTime,
    Dialect,
    Enum,
    Integer,
    MetaData,
    String,
    TypeDecorator,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import DeclarativeBase

Session = AsyncSession

TelegramId = BigInteger()
# SQLite numbers rows by itself only in a column declared INTEGER.
RowId = BigInteger().with_variant(Integer(), "sqlite")
Json = sqlalchemy.JSON().with_variant(JSONB(), "postgresql")
# What is searched by range or read in order must sort by bytes on every database.
Bytewise = String(200).with_variant(String(200, collation="C"), "postgresql")


def words(kind: type[StrEnum]) -> Enum:
    """A column of an enum's values as plain text: PostgreSQL's own enum types resist change."""
    return Enum(kind, native_enum=False, length=20, values_callable=lambda e: [x.value for x in e])


def insert_of(session: Session, table: "type[Base]") -> postgresql.Insert | sqlite.Insert:
    """An insert that can say what happens on a conflict: each database has its own."""
    if session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)


class Moment(TypeDecorator[datetime]):
    """A moment: UTC in the database, aware in the program."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: Moment(), dict[str, Any]: Json, list[str]: Json}  # noqa: RUF012
