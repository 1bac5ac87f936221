"""Alembic on a connection it is handed: the program brings its own database up to date."""

from typing import Any, Literal

import sqlalchemy
from alembic import context
from alembic.autogenerate.api import AutogenContext

import models
from models.base import Base, Moment, RowId

assert models.mail  # every table is loaded


def render(kind: str, item: Any, written: AutogenContext) -> str | Literal[False]:
    """Our own column types by their names in models.base."""
    names = {Moment: "Moment()", sqlalchemy.JSON: "Json"}
    if kind == "type":
        name = "RowId" if item is RowId else names.get(type(item))
        if name:
            written.imports.add(f"from models.base import {name.removesuffix('()')}")
            return name
    return False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
    render_item=render,
)
with context.begin_transaction():
    context.run_migrations()
