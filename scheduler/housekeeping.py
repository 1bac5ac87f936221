from datetime import datetime

from models.base import Session
from services import planner, retention


async def tidy(session: Session, *, now: datetime) -> None:
    await retention.forget_old_mail(session, now=now)
    await retention.forget_old_receipts(session, now=now)


async def forget_events(session: Session, *, now: datetime) -> None:
    await retention.forget_old_events(session, now=now)


async def survey(session: Session, *, now: datetime) -> None:
    await planner.survey(session, now=now)
