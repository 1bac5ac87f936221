"""Groups under their present id: one that becomes a supergroup gets another."""

from datetime import datetime

from sqlalchemy import delete, update

from models.base import Session, insert_of
from models.mail import Move, Owed, Place
from services import outbox


async def move(session: Session, old_id: int, new_id: int, *, now: datetime) -> None:
    """Everything owed to the old id goes to the new one; told again, nothing changes."""
    known = insert_of(session, Move).values(old_id=old_id, new_id=new_id)
    await session.execute(known.on_conflict_do_nothing())
    # A supergroup numbers its messages anew: what stood where is of no use there.
    await session.execute(delete(Place).where(Place.chat_id == old_id))
    await session.execute(
        update(Owed)
        .where(Owed.chat_id == old_id, outbox.WAITING)
        .values(chat_id=new_id)
        .execution_options(synchronize_session=False)
    )


async def find_current(session: Session, chat_id: int, *, now: datetime) -> int:
    """Where a group named in the settings lives today."""
    moved = await session.get(Move, chat_id)
    return moved.new_id if moved else chat_id
