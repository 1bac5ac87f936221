"""How long what passed through is kept."""

from datetime import datetime, timedelta

from sqlalchemy import delete

from models.base import Session
from models.mail import DeadLetter, Dialog, Owed, Place, Received

INBOX = timedelta(days=7)  # Telegram repeats an update for a day at most
SETTLED = timedelta(days=3)
DEAD_LETTERS = timedelta(days=3)
DIALOGS = timedelta(days=30)
PLACES = timedelta(days=90)


async def forget_old_mail(session: Session, *, now: datetime) -> None:
    await session.execute(delete(Received).where(Received.received_at < now - INBOX))
    await session.execute(delete(Owed).where(Owed.settled_at < now - SETTLED))
    await session.execute(delete(DeadLetter).where(DeadLetter.at < now - DEAD_LETTERS))
    await session.execute(delete(Dialog).where(Dialog.changed_at < now - DIALOGS))
    await session.execute(delete(Place).where(Place.shown_at < now - PLACES))
