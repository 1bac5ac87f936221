from datetime import datetime

from models.base import Session
from services import events_reports


async def ask(session: Session, *, now: datetime) -> None:
    await events_reports.ask_due(session, now=now)
