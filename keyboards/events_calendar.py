"""An event in the calendar of a phone: once as a file, or always by an address."""

from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram.filters.callback_data import CallbackData

from keyboards.events_parts import file_name
from keyboards.screen import Document, Screen, Tap
from locales import Translator
from models.base import Session
from models.event import IN_LINE, Answer, Event, Feed, Reply, State
from services import access, events_calendar
from services.events import Known
from services.events_calendar import Entry, Status, changed_at, sequence_of, status_of
from services.house import House


class ToCalendar(CallbackData, prefix="ev.ics"):
    event_id: int


class OpenFeed(CallbackData, prefix="ev.feed"):
    pass


class RenewFeed(CallbackData, prefix="ev.renewfeed"):
    sure: bool


class LeaveFeed(CallbackData, prefix="ev.leavefeed"):
    """Asks first."""


class CloseFeed(CallbackData, prefix="ev.closefeed"):
    pass


def file(t: Translator, house: House, known: Known, reply: Reply | None) -> Screen:
    entry = _entry(t, house, known, reply)
    text = events_calendar.written([entry], known.event.zone)
    declined = known.event.state is not State.CANCELLED and entry.status is Status.CANCELLED
    standing = "declined" if declined else str(known.event.state)
    return Screen(
        t("events-calendar-file", title=known.event.title, standing=standing),
        buttons=[[open_tap(t)]],
        document=Document("text", {"text": text}, file_name(known.event, "ics")),
    )


def tap(t: Translator, event_id: int) -> Tap:
    """Under the card of an event."""
    return Tap(t.label("events-calendar-to"), ToCalendar(event_id=event_id))


def open_tap(t: Translator) -> Tap:
    return Tap(t.label("events-calendar-open"), OpenFeed())


def address(t: Translator, house: House, found: Feed | None) -> Screen:
    if house.address is None:
        return Screen(t("events-calendar-nowhere"))
    if found is None:
        begin = Tap(t.label("events-calendar-begin"), RenewFeed(sure=True))
        return Screen(t("events-calendar-none"), buttons=[[begin]])
    renew = Tap(t.label("events-calendar-renew"), RenewFeed(sure=False))
    close = Tap(t.label("events-calendar-close"), LeaveFeed())
    where = f"{house.address}/calendar/{found.token}.ics"
    return Screen(t("events-calendar-address", address=where), buttons=[[renew], [close]])


def ask_renew(t: Translator) -> Screen:
    return _ask(t, "events-calendar-renew", RenewFeed(sure=True))


def ask_close(t: Translator) -> Screen:
    return _ask(t, "events-calendar-close", CloseFeed())


async def feed(session: Session, house: House, token: str, *, now: datetime) -> str | None:
    """What a phone reads at an address; None: there is nothing."""
    reader = await events_calendar.find_reader(session, token, now=now)
    if reader is None:
        return None
    zone = access.zone_of(await access.load(session, reader), house.zone)
    t = Translator(reader.language, zone)
    found = await events_calendar.list_feed(session, reader, now=now)
    entries = [_entry(t, house, known, reply) for known, reply in found]
    return events_calendar.written(entries, zone.key, name=t.label("events-calendar-name"))


def _entry(t: Translator, house: House, known: Known, reply: Reply | None) -> Entry:
    event = known.event
    assert event.starts_at
    return Entry(
        uid=f"event-{event.id}@{house.bot}",
        sequence=sequence_of(event, reply),
        changed_at=changed_at(event, reply),
        starts_at=event.starts_at,
        ends_at=event.over_at,
        status=status_of(event, reply),
        title=event.title,
        details=_details(t, known, reply.answer if reply else None),
        place=_place(t, event),
        spot=_spot(event),
    )


def _ask(t: Translator, what: str, sure: CallbackData) -> Screen:
    yes = Tap(t.label(f"{what}-yes"), sure)
    back = Tap(t.label("events-calendar-keep"), OpenFeed())
    return Screen(t(f"{what}-sure"), buttons=[[yes], [back]])


def _details(t: Translator, known: Known, answer: Answer | None) -> str:
    """A calendar shows the hour of its own clock: here is the event's."""
    event = known.event
    assert event.starts_at
    here = Translator(t.language, ZoneInfo(event.zone))
    goes, waits = answer is Answer.GOING, answer in IN_LINE and event.state is State.OPEN
    parts = [
        t.label("events-calendar-reason", reason=event.reason) if event.reason else "",
        t.label("events-calendar-starts", at=here.zoned(event.starts_at)),
        t.label("events-calendar-in-line") if waits else "",
        t.label("events-calendar-link", link=event.link) if event.link and goes else "",
        known.post.plain,
        t.label("events-calendar-contact", contact=event.contact) if event.contact else "",
        known.organisation.name,
    ]
    return "\n\n".join(part for part in parts if part)


def _place(t: Translator, event: Event) -> str:
    """A point on the map without an address is found by its numbers."""
    point = "{:.6f}, {:.6f}".format(*spot) if (spot := _spot(event)) else ""
    online = t.label("events-calendar-online") if event.link else ""
    return event.address or point or online


def _spot(event: Event) -> tuple[float, float] | None:
    if event.latitude is None or event.longitude is None:
        return None
    return event.latitude, event.longitude
