"""What somebody is told of an event they have answered, worded when it is sent."""

from datetime import datetime

from keyboards.events import Confirm, Open, places, respond, seat_of, standing, ways
from keyboards.events_parts import when_of
from keyboards.screen import Button, Call, Reader, Screen, Tap, notice
from locales import Translator
from models.base import Session
from models.event import Answer, Event, State
from models.event import Call as Round
from services import events, preferences
from services.events import Shown
from services.events_calls import TOLD


@notice("events-offer")
async def offer(session: Session, to: Reader, event_id: int, until: str) -> Screen | None:
    shown = await events.find_shown(session, to.actor, event_id, now=to.now)
    moment = datetime.fromisoformat(until)
    if shown is None or not _is_ahead(shown.known.event, to.now) or moment <= to.now:
        return None
    if shown.reply is None or shown.reply.offered_until != moment:
        return None
    event, until = shown.known.event, to.t.moment(moment)
    text = to.t("events-offer", title=event.title, when=when_of(to.t, event), until=until)
    take = [respond(to.t, event.id, one) for one in (Answer.GOING, Answer.NO)]
    return Screen(text, buttons=[take, [_more(to.t, event)]])


@notice("events-missed")
async def missed(session: Session, to: Reader, event_id: int) -> Screen | None:
    shown = await events.find_shown(session, to.actor, event_id, now=to.now)
    if shown is None or shown.reply or not _is_ahead(shown.known.event, to.now):
        return None
    event = shown.known.event
    seat = seat_of(event, None)
    outcome = str(seat) if event.closes_at > to.now else "closed"
    text = to.t("events-missed", title=event.title, outcome=outcome)
    again = [] if outcome == "closed" else [respond(to.t, event.id, seat)]
    return Screen(text, buttons=[row for row in (again, [_more(to.t, event)]) if row])


@notice("events-call")
async def call(
    session: Session, to: Reader, event_id: int, call: str, starts_at: str
) -> Screen | None:
    """Two hours before it comes in another lane, which knows nothing of switches."""
    shown = await events.find_shown(session, to.actor, event_id, now=to.now)
    if shown is None or shown.answer not in TOLD[Round(call)]:
        return None
    event = shown.known.event
    has_moved = event.starts_at != datetime.fromisoformat(starts_at)
    if has_moved or not _is_ahead(event, to.now):
        return None
    if await preferences.is_unwanted(session, to.actor.id, "events-call", now=to.now):
        return None
    return _called(to.t, shown, Round(call), to.now)


@notice("events-where")
async def where(session: Session, to: Reader, event_id: int) -> Call | None:
    shown = await events.find_shown(session, to.actor, event_id, now=to.now)
    if shown is None or shown.known.event.latitude is None:
        return None
    event = shown.known.event
    params = {
        "chat_id": to.actor.person.telegram_id,
        "latitude": event.latitude,
        "longitude": event.longitude,
        "title": event.title,
        "address": event.address or to.t.label("events-pin"),
    }
    return Call("sendVenue", params)


def _called(t: Translator, shown: Shown, call: Round, now: datetime) -> Screen:
    event, answer = shown.known.event, shown.answer
    assert event.starts_at
    here, today = event.starts_at.astimezone(t.zone).date(), now.astimezone(t.zone).date()
    seats = "no" if event.seats is None else "yes"
    asks, is_waiting = call is Round.DAY and answer is Answer.GOING, answer is Answer.WAITING
    said = "events-call-asks" if asks else f"events-call-{answer}"
    lines = [
        t("events-call", days=(here - today).days, title=event.title),
        t("events-when", when=when_of(t, event)),
        *places(t, shown),
        "",
        standing(t, shown, now) if is_waiting else t(said, seats=seats),
    ]
    replies: list[Button] = [respond(t, event.id, Answer.NO, label="events-cannot")]
    if asks:
        replies.insert(0, Tap(t.label("events-will-come"), Confirm(event_id=event.id)))
    elif answer is Answer.MAYBE and event.closes_at > now:
        replies.insert(0, respond(t, event.id, seat_of(event, answer)))
    return Screen("\n".join(lines), buttons=[replies, [*ways(t, event), _more(t, event)]])


def _more(t: Translator, event: Event) -> Tap:
    return Tap(t.label("events-more"), Open(event_id=event.id))


def _is_ahead(event: Event, now: datetime) -> bool:
    return event.state is State.OPEN and event.starts_at is not None and event.starts_at > now
