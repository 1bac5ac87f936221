"""What SQLite knows of its own rows when it looks for the shortest way through them."""

from datetime import datetime

from sqlalchemy import text

from models.base import Session


async def survey(session: Session, *, now: datetime) -> None:
    """A look at some rows of each index; PostgreSQL does this by itself."""
    if session.get_bind().dialect.name == "sqlite":
        await session.execute(text("ANALYZE"))
