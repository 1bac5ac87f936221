"""How long what passed through is kept, and what events leave behind."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, select, tuple_, update

from models.base import Base, Session
from models.event import Attendance, Calling, Change, Event, Rating, Reply
from models.mail import DeadLetter, Dialog, Owed, Place, Received
from models.post import Delivery, Errand, Mailing, Post, Pulse
from services.deliveries import BY_MAIL, BY_TAP

INBOX = timedelta(days=7)  # Telegram repeats an update for a day at most
SETTLED = timedelta(days=3)
DEAD_LETTERS = timedelta(days=3)
DIALOGS = timedelta(days=30)
PLACES = timedelta(days=90)
RECEIPTS = timedelta(days=180)  # by then no chat is corrected; how many got it stays in tallies
EVENTS = timedelta(days=90)  # after the end; that a member came, and the stars, stay

MOST = 5_000  # rows of a kind at a time: everybody else waits while they are deleted


async def forget_old_mail(session: Session, *, now: datetime) -> None:
    """A part of what is over; the next tick asks again."""
    await _forget(session, Received, Received.received_at < now - INBOX)
    await _forget(session, Owed, Owed.settled_at < now - SETTLED)
    await _forget(session, DeadLetter, DeadLetter.at < now - DEAD_LETTERS)
    await _forget(session, Dialog, Dialog.changed_at < now - DIALOGS)
    await session.execute(delete(Place).where(Place.shown_at < now - PLACES))


async def forget_old_receipts(session: Session, *, now: datetime) -> None:
    """Of what was sent, or opened, so long ago: a part at a time, like the mail."""
    sent = select(Mailing.post_id).where(
        Mailing.errand == Errand.SEND,
        Mailing.pulse.in_([Pulse.DONE, Pulse.STOPPED]),
        Mailing.begun_at < now - RECEIPTS,
    )
    out = select(Post.id).where(Post.published_at < now - RECEIPTS)
    for posts, parts in ((sent, BY_MAIL), (out, BY_TAP)):
        which = (Delivery.post_id.in_(posts), Delivery.part.in_(parts))
        await _forget(session, Delivery, *which, Delivery.at < now - RECEIPTS)


async def forget_old_events(session: Session, *, now: datetime) -> None:
    """Answers, changes, words of ratings and names of guests; a guest without one still counts."""
    over = select(Event.id).where(Event.ends_at <= now - EVENTS)
    for table in (Reply, Change, Calling):
        await _forget(session, table, table.event_id.in_(over))
    of_guests = _some(
        Attendance,
        Attendance.event_id.in_(over),
        Attendance.person_id.is_(None),
        Attendance.guest != "",
    )
    await session.execute(update(Attendance).where(of_guests).values(guest=""))
    worded = _some(Rating, Rating.event_id.in_(over), Rating.words.is_not(None))
    await session.execute(update(Rating).where(worded).values(words=None))


def is_forgotten(event: Event, now: datetime) -> bool:
    """What was answered there and said of it."""
    return event.ends_at is not None and event.ends_at <= now - EVENTS


async def _forget(session: Session, table: type[Base], *over: ColumnElement[bool]) -> None:
    await session.execute(
        delete(table).where(_some(table, *over)).execution_options(synchronize_session=False)
    )


def _some(table: type[Base], *over: ColumnElement[bool]) -> ColumnElement[bool]:
    """Of its rows: as many of these as one tick takes."""
    key = tuple(table.__table__.primary_key)
    return tuple_(*key).in_(select(*key).where(*over).limit(MOST))
