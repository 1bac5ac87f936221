from datetime import datetime

from models.base import Session
from services import events_calls, events_desk, events_offers


async def pass_offers_on(session: Session, *, now: datetime) -> None:
    await events_offers.sweep(session, now=now)


async def redraw_answered(session: Session, *, now: datetime) -> None:
    await events_desk.redraw_answered(session, now=now)


async def call(session: Session, *, now: datetime) -> None:
    await events_calls.call_due(session, now=now)
