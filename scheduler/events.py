from datetime import datetime

from models.base import Session
from services import events_calls, events_seats


async def pass_offers_on(session: Session, *, now: datetime) -> None:
    await events_seats.sweep_offers(session, now=now)


async def call(session: Session, *, now: datetime) -> None:
    await events_calls.call_due(session, now=now)
