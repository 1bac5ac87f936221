from datetime import datetime

from models.base import Session
from services import digests, slots


async def owe_due(session: Session, *, now: datetime) -> None:
    await digests.owe_due(session, now=now)


async def settle(session: Session, *, now: datetime) -> None:
    await slots.settle_next(session, now=now)
