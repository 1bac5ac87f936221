from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy
from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    DateTime,
    Dialect,
    Enum,
    Integer,
    MetaData,
    ScalarSelect,
    Select,
    String,
    Table,
    TypeDecorator,
    bindparam,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

Session = AsyncSession

TelegramId = BigInteger()
# SQLite numbers rows by itself only in a column declared INTEGER.
RowId = BigInteger().with_variant(Integer(), "sqlite")
Json = sqlalchemy.JSON().with_variant(JSONB(), "postgresql")
Numbers = ARRAY(BigInteger).with_variant(sqlalchemy.JSON(), "sqlite")
# What is searched by range or read in order must sort by bytes on every database.
Bytewise = String(200).with_variant(String(200, collation="C"), "postgresql")


def words(kind: type[StrEnum]) -> Enum:
    """A column of an enum's values as plain text: PostgreSQL's own enum types resist change."""
    return Enum(kind, native_enum=False, length=20, values_callable=lambda e: [x.value for x in e])


def insert_of(session: Session, table: "type[Base] | Table") -> postgresql.Insert | sqlite.Insert:
    """An insert that can say what happens on a conflict: each database has its own."""
    if session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)


class OneOf(FunctionElement[bool]):
    """Among the numbers of a parameter, or what a query finds: an array where there are arrays.

    The numbers written out would be compiled, read and planned anew each time.
    """

    type = Boolean()
    inherit_cache = True

    def __init__(self, one: ColumnElement[Any], those: str | Select[Any]) -> None:
        if isinstance(those, str):
            super().__init__(one, bindparam(those, type_=Numbers))
        else:
            super().__init__(one, those.correlate(None).scalar_subquery())

    def self_group(self, against: Any = None) -> "OneOf":
        """As it is: SQLAlchemy's `= 1` for SQLite hides the condition from the planner."""
        return self


@compiles(OneOf, "postgresql")
def _in_array(it: OneOf, compiler: SQLCompiler, **how: Any) -> str:
    one, those = (compiler.process(each, **how) for each in it.clauses)
    return f"{one} = ANY (ARRAY{those})" if _are_found(it) else f"{one} = ANY ({those})"


@compiles(OneOf, "sqlite")
def _in_rows(it: OneOf, compiler: SQLCompiler, **how: Any) -> str:
    one, those = (compiler.process(each, **how) for each in it.clauses)
    return (
        f"{one} IN {those}"
        if _are_found(it)
        else f"{one} IN (SELECT value FROM json_each({those}))"
    )


def _are_found(it: OneOf) -> bool:
    return isinstance(it.clauses.clauses[1], ScalarSelect)


class Spot(FunctionElement[Any]):
    """Where a row lies while a statement lasts: PostgreSQL goes there without an index."""

    inherit_cache = True

    def __init__(self, key: Column[Any]) -> None:
        super().__init__(key)


@compiles(Spot, "postgresql")
def _ctid(it: Spot, compiler: SQLCompiler, **_how: Any) -> str:
    (key,) = it.clauses
    return f"{compiler.preparer.format_table(key.table)}.ctid"


@compiles(Spot, "sqlite")
def _key(it: Spot, compiler: SQLCompiler, **how: Any) -> str:
    (key,) = it.clauses
    return compiler.process(key, **how)


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
    type_annotation_map = {  # noqa: RUF012
        datetime: Moment(),
        dict[str, Any]: Json,
        list[str]: Json,
        list[int]: Json,
        list[dict[str, Any]]: Json,
    }
