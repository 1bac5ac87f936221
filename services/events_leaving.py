"""Whoever comes no more: what their cards show, and who answers for what was theirs."""

from datetime import datetime

from sqlalchemy import exists, select

from models.base import Session
from models.event import Event, State
from models.mail import Lane
from models.member import Member
from models.person import Person
from services import (
    access,
    checkins,
    events,
    events_cards,
    events_changes,
    events_reports,
    notices,
    outbox,
)
from services.access import Actor, Can
from services.events import Known, Shown

HOSTLESS = "events-hostless"
CARDS = {
    events.PLACE: events_changes.CARD,
    events.CALLED: events_changes.CARD,
    events_cards.PLACE: events_cards.CARD,
    checkins.PLACE: checkins.CARD,
    events_reports.PLACE: events_reports.CARD,
}


async def follow(session: Session, person: Person, *, now: datetime) -> None:
    """They are no member any more, or hold a role less."""
    await redraw(session, person, now=now)
    await tell(session, person, now=now)


async def redraw(session: Session, person: Person, *, now: datetime) -> None:
    """The cards in their chat show what they may read now."""
    for prefix, card in CARDS.items():
        for place in await notices.list_places(session, person, prefix, now=now):
            number = int(place.removeprefix(prefix).partition(":")[0])
            await notices.owe(session, person, card, now=now, place=place, event_id=number)


async def redraw_other(
    session: Session, person: Person, shown: Shown, answered: int | None, *, now: datetime
) -> None:
    """The card that is not the message answered from: the link on it is for those who go. So it is
    in a reminder, which becomes the card of whoever goes no more.
    """
    event = shown.known.event
    if event.link:
        await redraw_card(session, person, event, answered, now=now)
    if event.link and not shown.goes:
        called = f"{events.CALLED}{event.id}:"
        for place in await notices.list_places(session, person, called, now=now):
            await _redraw(session, person, event, place, answered, now)


async def redraw_card(
    session: Session, person: Person, event: Event, answered: int | None = None, *, now: datetime
) -> None:
    """Theirs of one event, if it stands in their chat."""
    await _redraw(session, person, event, events.place_of(event.id), answered, now)


async def _redraw(
    session: Session, person: Person, event: Event, place: str, but: int | None, now: datetime
) -> None:
    message = await outbox.find_message(session, person.telegram_id, place, now=now)
    if message not in (None, but):
        card, answer = events_changes.CARD, Lane.ANSWER
        await notices.owe(
            session, person, card, now=now, lane=answer, place=place, event_id=event.id
        )


async def has_left(session: Session, person_id: int, *, now: datetime) -> bool:
    """Was a member; of somebody who is none now."""
    return bool(await session.scalar(select(exists().where(Member.person_id == person_id))))


async def tell(session: Session, left: Person, *, now: datetime) -> None:
    """Those who can appoint somebody else to a coming event hear that nobody answers for it."""
    actor = await access.load(session, left)
    coming = events.whole().where(Event.host_id == left.id, Event.state == State.OPEN)
    coming = coming.where(Event.starts_at > now).order_by(Event.starts_at, Event.id)
    for known in [Known(*row) for row in await session.execute(coming)]:
        if not events.works_on(actor, known):
            able = await events.list_appointing(session, known, now=now)
            details = {"event_id": known.event.id, "host_id": left.id}
            await notices.owe_all(session, able, HOSTLESS, now=now, details=details)


async def find_hostless(
    session: Session, actor: Actor, event_id: int, host_id: int, *, now: datetime
) -> Event | None:
    """A coming event still without anybody responsible, for those who may appoint somebody."""
    known = await events.find(session, event_id, now=now)
    if known is None or not actor.may(Can.PUBLISH, known.organisation.path):
        return None
    event = known.event
    host = await session.get_one(Person, host_id)
    is_back = events.works_on(await access.load(session, host), known)
    is_coming = event.state is State.OPEN and not event.has_begun(now)
    return event if is_coming and event.host_id == host_id and not is_back else None
