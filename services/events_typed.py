"""What an organiser types of an event, read: its beginning, its place, its seats."""

import re
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from models.event import Event
from services.errors import Refusal
from services.moments import Span, parse_span
from services.parsing import parse_text, plain_line

ADDRESS, LINK = 200, 300
MOST_SEATS = 100_000
_LINK = re.compile(r"https?://[\w-]+(\.[\w-]+)+([:/?#]\S*)?", re.IGNORECASE)
# As people type it: «zoom.us/j/1»; «ул.Мира/5» is none.
_BARE = re.compile(
    r"(?<![\w@.-])([\w-]+\.)+([a-z]{2,}|рф|xn--[a-z\d-]+)(:\d+)?[/?]\S", re.IGNORECASE
)


class SeatsUnreadable(Refusal):
    text_id = "events-seats-unreadable"


class LinkUnreadable(Refusal):
    text_id = "events-link-unreadable"


Point = tuple[float, float]  # latitude and longitude


class Where(NamedTuple):
    """An address, a point on the map, or a link; or nothing yet."""

    address: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    link: str | None = None


def parse_start(text: str, event: Event, day: date | None, *, now: datetime) -> Span:
    """`day`: the one that was picked. An hour alone is of that day, or of the event's own."""
    zone = ZoneInfo(event.zone)
    if day is None and event.starts_at and event.starts_at > now:
        parse_span(text, now, zone)  # what may be a day is not taken for an hour of another
        day = event.starts_at.astimezone(zone).date()
    return parse_span(text, now, zone, day)


def parse_place(text: str, point: Point | None = None) -> Where:
    """A link is where it is held online; anything else is an address, that of a point if there
    is one. A link among other words is neither: an address everybody reads.
    """
    line = plain_line(text)
    if "://" in line or line.lower().startswith(("www.", "t.me/")) or _BARE.search(line):
        link = line if "://" in line else f"https://{line}"
        if not _LINK.fullmatch(link):
            raise LinkUnreadable
        return Where(link=parse_text(link, LINK))
    return Where(parse_text(line, ADDRESS), *(point or ()))


def parse_seats(text: str) -> int:
    digits = plain_line(text).replace(" ", "")
    if not digits.isdecimal() or not 1 <= int(digits) <= MOST_SEATS:
        raise SeatsUnreadable(most=str(MOST_SEATS))
    return int(digits)
