"""What somebody is told of an event they have answered: reminders, offers, what has changed."""

from datetime import datetime

from keyboards import events_calendar, events_told
from keyboards.events import Confirm, Open, card, places, respond, seat_of, standing, ways
from keyboards.events_news import More
from keyboards.events_parts import when_of
from keyboards.screen import Button, Call, Reader, Screen, Tap, notice
from locales import Translator
from models.base import Session
from models.event import Answer, Event, State
from models.event import Call as Round
from services import events, events_changes, preferences
from services.events import Shown
from services.events_calls import TOLD


@notice("events-offer")
async def offer(session: Session, to: Reader, event_id: int, until: str) -> Screen | None:
    shown = await events.find_shown(session, to.actor, event_id, now=to.now)
    if shown is None or shown.reply is None or not _is_open_to(shown, to.now):
        return None
    moment = shown.reply.offered_until  # a move may have put it off since
    if moment is None or moment <= to.now:
        return None
    event, until = shown.known.event, to.t.moment(moment)
    text = to.t("events-offer", title=event.title, when=when_of(to.t, event), until=until)
    take = [respond(to.t, event.id, one) for one in (Answer.GOING, Answer.NO)]
    return Screen(text, buttons=[take, [_more(to.t, event)]])


@notice("events-missed")
async def missed(session: Session, to: Reader, event_id: int) -> Screen | None:
    shown = await events.find_shown(session, to.actor, event_id, now=to.now)
    if shown is None or shown.reply or not _is_open_to(shown, to.now):
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
    if has_moved or not _is_open_to(shown, to.now):
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


@notice(events_changes.CHANGED)
async def changed(session: Session, to: Reader, event_id: int, since: int) -> Screen | None:
    """All changes since then in one; what came back to what it was is none."""
    known = await events.find(session, event_id, now=to.now)
    if known is None or known.event.state is not State.OPEN:
        return None
    event = known.event
    reply = await events.find_reply(session, event.id, to.actor.id, now=to.now)
    if reply is None:
        return None
    old = await events_changes.find_changes(session, event, since, now=to.now)
    lines = events_told.lines(to.t, event, old, known.post.plain)
    if not lines:
        return None
    moved = "yes" if "starts_at" in old else "no"
    text = [to.t("events-told-changed", title=event.title, moved=moved), "", *lines]
    here = await events.is_here(session, event.id, to.actor.id, now=to.now)
    asks = events_told.moves(old) and not here
    again = _again(to.t, event, reply.answer, to.now) if asks else []
    if again and reply.answer is Answer.NO:
        text += ["", to.t("events-told-again")]
    if again and reply.offered_until:
        text += ["", to.t("events-offered", until=to.t.moment(reply.offered_until))]
    return Screen("\n".join(text), buttons=[row for row in (again, [_beside(to.t, event)]) if row])


@notice(events_changes.CARD)
async def card_again(session: Session, to: Reader, event_id: int) -> Screen | None:
    """The card they have open says what is so now."""
    shown = await events.find_shown(session, to.actor, event_id, now=to.now)
    if not to.shown:
        return None
    return card(to.t, shown, to.now) if shown else Screen(to.t("events-gone"))


@notice(events_changes.CANCELLED)
async def cancelled(session: Session, to: Reader, event_id: int) -> Screen | None:
    known = await events.find(session, event_id, now=to.now)
    if known is None or known.event.state is not State.CANCELLED:
        return None
    event = known.event
    text = to.t(
        "events-told-off",
        title=event.title,
        when=when_of(to.t, event),
        reason=event.reason or "—",
        contact=event.contact or "none",
    )
    calendar = events_calendar.tap(to.t, event.id)
    return Screen(text, buttons=[[calendar], [_beside(to.t, event)]])


def _called(t: Translator, shown: Shown, call: Round, now: datetime) -> Screen:
    event, reply = shown.known.event, shown.reply
    assert event.starts_at
    assert reply
    answer = reply.answer
    here, today = event.starts_at.astimezone(t.zone).date(), now.astimezone(t.zone).date()
    seats = "no" if event.seats is None else "yes"
    asks = call is Round.DAY and answer is Answer.GOING and not reply.sure
    is_waiting = answer is Answer.WAITING
    said = "events-call-asks" if asks else f"events-call-{answer}"
    lines = [
        t("events-call", days=(here - today).days, title=event.title),
        t("events-when", when=when_of(t, event)),
        *places(t, shown, now),
        "",
        standing(t, shown, now) if is_waiting else t(said, seats=seats),
    ]
    replies = _again(t, event, answer, now)
    if asks:
        replies.insert(0, Tap(t.label("events-will-come"), Confirm(event_id=event.id)))
    return Screen("\n".join(lines), buttons=[replies, [*ways(t, event), _more(t, event)]])


def _again(t: Translator, event: Event, answer: Answer, now: datetime) -> list[Button]:
    """What one may answer instead, in a tap."""
    others: list[Button] = []
    if answer is Answer.OFFERED:
        others.append(respond(t, event.id, Answer.GOING))
    if answer in (Answer.MAYBE, Answer.NO) and event.closes_at > now:
        others.append(respond(t, event.id, seat_of(event, answer)))
        if answer is Answer.NO:
            others.append(respond(t, event.id, Answer.MAYBE))
    if answer is not Answer.NO:
        others.append(respond(t, event.id, Answer.NO, label="events-cannot"))
    return others


def _more(t: Translator, event: Event) -> Tap:
    return Tap(t.label("events-more"), Open(event_id=event.id))


def _is_open_to(shown: Shown, now: datetime) -> bool:
    """It is still ahead of this person."""
    event = shown.known.event
    return event.state is State.OPEN and not event.has_begun(now) and not shown.is_here


def _beside(t: Translator, event: Event) -> Tap:
    """What was told stays to be read."""
    return Tap(t.label("events-more"), More(event_id=event.id))
