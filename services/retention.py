"""How long what passed through is kept."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute

from models.base import Session
from models.mail import DeadLetter, Dialog, Owed, Place, Received
from models.post import Delivery, Errand, Mailing, Pulse

INBOX = timedelta(days=7)  # Telegram repeats an update for a day at most
SETTLED = timedelta(days=3)
DEAD_LETTERS = timedelta(days=3)
DIALOGS = timedelta(days=30)
PLACES = timedelta(days=90)
RECEIPTS = timedelta(days=180)  # by then no chat is corrected; how many got it stays in tallies

RECEIPT = (Delivery.post_id, Delivery.person_id, Delivery.part)
MOST = 5_000  # rows of a kind at a time: everybody else waits while they are deleted


async def forget_old_mail(session: Session, *, now: datetime) -> None:
    """A part of what is over; the next tick asks again."""
    old = (
        (Received.update_id, Received.received_at < now - INBOX),
        (Owed.id, Owed.settled_at < now - SETTLED),
        (DeadLetter.id, DeadLetter.at < now - DEAD_LETTERS),
        (Dialog.key, Dialog.changed_at < now - DIALOGS),
    )
    for key, over in old:
        await _forget(session, key, over)
    await session.execute(delete(Place).where(Place.shown_at < now - PLACES))


async def forget_old_receipts(session: Session, *, now: datetime) -> None:
    """Of what was sent so long ago: a part at a time, like the mail."""
    sent = select(Mailing.post_id).where(
        Mailing.errand == Errand.SEND,
        Mailing.pulse.in_([Pulse.DONE, Pulse.STOPPED]),
        Mailing.begun_at < now - RECEIPTS,
    )
    part = select(*RECEIPT).where(Delivery.post_id.in_(sent), Delivery.at < now - RECEIPTS)
    await session.execute(
        delete(Delivery)
        .where(tuple_(*RECEIPT).in_(part.limit(MOST)))
        .execution_options(synchronize_session=False)
    )


async def _forget(
    session: Session, key: InstrumentedAttribute[Any], over: ColumnElement[bool]
) -> None:
    part = select(key).where(over).limit(MOST)
    await session.execute(
        delete(key.class_).where(key.in_(part)).execution_options(synchronize_session=False)
    )
