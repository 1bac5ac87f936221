"""An event as the news tells of it: the head of its announcement, and the way to its card."""

from zoneinfo import ZoneInfo

from aiogram.filters.callback_data import CallbackData

from keyboards.events_parts import clock, place_line
from keyboards.screen import Button, Tap
from locales import Translator
from models.event import Event, State


class More(CallbackData, prefix="en.more"):
    """The card, and what was tapped stays as it is."""

    event_id: int


def head(t: Translator, event: Event | None) -> str:
    """What stands before its description; by the event's clock, for all read the same words."""
    if event is None:
        return ""
    if event.state is State.CANCELLED:
        return t("events-news-cancelled", title=event.title, reason=event.reason or "none")
    lines = [t("events-news-title", title=event.title)]
    if event.starts_at:
        lines.append(t("events-when", when=when(t, event)))
    where = place_line(t, event, "others")
    return "\n".join([*lines, where] if where else lines)


def when(t: Translator, event: Event) -> str:
    """With the city whose clock shows it."""
    assert event.starts_at
    zone = ZoneInfo(event.zone)
    said = t.span(event.starts_at, event.ends_at, zone, event.changed_at)
    return t.label("events-news-when", when=said, clock=clock(t, zone))


def buttons(t: Translator, event: Event | None) -> list[list[Button]]:
    return [[Tap(t.label("events-news-more"), More(event_id=event.id))]] if event else []
