"""When and where an event is, said alike wherever it is told of."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from locales import Translator
from models.event import Event
from services import retention

LINK = "link"  # instead of a hint how to get it
_LONGEST = 60  # signs of a title in the name of a file
_STRANGE = re.compile(r"[^\w ,.()№&!+-]")


def when_of(t: Translator, event: Event) -> str:
    assert event.starts_at
    return when(t, event, event.starts_at, event.ends_at)


def when(t: Translator, event: Event, start: datetime, end: datetime | None = None) -> str:
    """By the event's clock; whoever lives by another reads what theirs will show."""
    zone = ZoneInfo(event.zone)
    there, here = start.astimezone(zone), start.astimezone(t.zone)
    said = t.span(start, end, zone, event.changed_at)
    if not _differ(t, start, zone):
        return said
    same_day = there.date() == here.date()
    return t.label(
        "events-when-elsewhere",
        when=said,
        clock=clock(t, zone),
        here=f"{here:%H:%M}" if same_day else t.span(start, None, t.zone),
    )


def is_elsewhere(t: Translator, event: Event) -> bool:
    """Whether its clock shows something else than the reader's."""
    return event.starts_at is not None and _differ(t, event.starts_at, ZoneInfo(event.zone))


def _differ(t: Translator, at: datetime, zone: ZoneInfo) -> bool:
    return at.astimezone(zone).utcoffset() != at.astimezone(t.zone).utcoffset()


def clock(t: Translator, zone: ZoneInfo) -> str:
    """«по Екатеринбургу»."""
    return t.label("events-clock", zone=zone.key.rpartition("/")[2], city=t.city(zone.key))


def file_name(event: Event, kind: str) -> str:
    """«Субботник 28.11.xlsx», of signs that any phone takes."""
    assert event.starts_at
    title = " ".join(_STRANGE.sub(" ", event.title).split())[:_LONGEST].strip(" .")
    local = event.starts_at.astimezone(ZoneInfo(event.zone))
    return f"{title} {local:%d.%m}.{kind}".strip()


def answers_of(event: Event, now: datetime) -> str:
    """Whether it is still known who answered."""
    return "forgotten" if retention.is_forgotten(event, now) else "kept"


def place_line(t: Translator, event: Event, hint: str) -> str:
    """The link of one that is held online is for those who go; `hint`: how others get it."""
    if event.address:
        return t("events-address", address=event.address)
    if event.latitude is not None:
        return t("events-point")
    if event.link:
        return t("events-link", link=event.link) if hint == LINK else t("events-online", hint=hint)
    return ""
