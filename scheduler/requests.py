from datetime import datetime

from models.base import Session
from services import deciders


async def remind(session: Session, *, now: datetime) -> None:
    await deciders.remind(session, now=now)


async def catch_up(session: Session, *, now: datetime) -> None:
    await deciders.catch_up(session, now=now)
