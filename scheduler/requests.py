from datetime import datetime

from models.base import Session
from services import deciders


async def remind(session: Session, *, now: datetime) -> None:
    await deciders.remind(session, now=now)
