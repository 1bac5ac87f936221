"""Which of several processes over one database does what only one may do at a time."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select

from models.base import Session, insert_of
from models.mail import Lease


async def hold(
    session: Session, name: str, holder: str, *, now: datetime, lasts: timedelta
) -> bool:
    """Takes or prolongs a lease. False: another one has it, and it has not run out."""
    wanted = {"holder": holder, "until": now + lasts}
    taken = insert_of(session, Lease).values(name=name, **wanted)
    statement = taken.on_conflict_do_update(
        index_elements=["name"],
        set_=wanted,
        where=or_(Lease.until < now, Lease.holder == holder),
    ).returning(Lease.holder)
    return await session.scalar(statement) is not None


async def list_held(session: Session, prefix: str, *, now: datetime) -> Sequence[str]:
    """Who holds any lease of this kind at this moment."""
    held = select(Lease.holder).where(
        Lease.name.startswith(prefix, autoescape=True), Lease.until >= now
    )
    return (await session.scalars(held.order_by(Lease.holder))).all()


async def release(session: Session, holder: str, *, now: datetime) -> None:
    """All that is still held."""
    await session.execute(delete(Lease).where(Lease.holder == holder))
