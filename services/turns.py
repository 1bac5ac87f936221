"""Of several bots over one database, one at a time does what the clock asks."""

from datetime import datetime

from sqlalchemy import func, select

from models.base import Session

SWEEPS = 1  # sets these locks apart from any others


async def take(session: Session, sweep: str, *, now: datetime) -> bool:
    """False while another bot is at it; the turn ends with the transaction."""
    if session.get_bind().dialect.name != "postgresql":
        return True
    free = select(func.pg_try_advisory_xact_lock(SWEEPS, func.hashtext(sweep)))
    return bool(await session.scalar(free))
