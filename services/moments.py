"""A moment as people type it: «завтра в 9», «15 ноября 18:00», «через 2 часа»."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from services.dates import parse_day
from services.dates_ahead import is_weekday
from services.errors import Refusal
from services.parsing import plain_line

NIGHT = timedelta(hours=12)  # whoever says an earlier hour means the next day, up to here


class MomentUnreadable(Refusal):
    text_id = "parsing-moment-unreadable"


class MomentPassed(Refusal):
    text_id = "parsing-moment-passed"


class EndUnreadable(Refusal):
    text_id = "parsing-moment-end-unreadable"


class EndBefore(Refusal):
    text_id = "parsing-moment-end-before"


class Span(NamedTuple):
    start: datetime
    end: datetime | None


_PARTS = {"утра": 0, "дня": 12, "вечера": 12, "ночи": 0, "am": 0, "pm": 12}
_HOUR = r"\d{1,2}(?:[:.]\d\d|-(?:00|[3-5]\d)(?!\d))?(?: ?(?:часов|часа|час|ч|h|o'clock))?"
_TIME = rf"{_HOUR}(?: ?(?:{'|'.join(_PARTS)}))?"
_CLOCK = re.compile(rf"(?:^|[ ,])(?:(?:в|at|на) )?(?P<time>{_TIME})$")
_SPAN = re.compile(
    rf"(?:^|[ ,])(?:(?:в|с|со|at|from) )?(?P<time>{_TIME})"
    rf" ?(?:-(?! ?(?:00|[3-5]\d)$)|до|по|to|till|until) ?(?P<end>{_TIME})$"
)
_READ = re.compile(r"(?P<hour>\d{1,2})(?:[:.-](?P<minute>\d\d))?")
_SOON = re.compile(r"(?:через|in) (?:(\d{1,3}) )?(минут\w*|мин|час\w*|ч|minutes?|hours?|h)")


def parse_moment(text: str, now: datetime, zone: ZoneInfo) -> datetime:
    """Later than `now`, by the clock of `zone`; without a day the next such hour."""
    line = plain_line(text).lower()
    if soon := _SOON.fullmatch(line):
        count = int(soon[1] or 1)
        minutes = count if soon[2][0] in "мm" else count * 60
        return (now + timedelta(minutes=minutes)).replace(second=0, microsecond=0)
    clock = _CLOCK.search(line)
    at = _time(clock["time"]) if clock else None
    if clock is None or at is None:
        raise MomentUnreadable
    return _at(line[: clock.start()].strip(" ,"), at, now, zone)


def parse_span(text: str, now: datetime, zone: ZoneInfo) -> Span:
    """A moment, perhaps with the hour at which it ends: «15 ноября 18:00–20:00»."""
    line = plain_line(text).lower()
    both = _SPAN.search(line)
    at, until = (_time(both[name]) for name in ("time", "end")) if both else (None, None)
    if both is None or at is None or until is None:
        return Span(parse_moment(text, now, zone), None)
    start = _at(line[: both.start()].strip(" ,"), at, now, zone)
    return Span(start, _after(start.astimezone(UTC), until, zone))


def parse_clock(text: str) -> time | None:
    """An hour alone: «18:30», «в 9 утра»."""
    line = plain_line(text).lower()
    clock = _CLOCK.search(line)
    return _time(clock["time"]) if clock and clock.start() == 0 else None


_HALVES = {"полчаса": 0.5, "полтора часа": 1.5, "half an hour": 0.5}
_UNITS = {"ч": 60, "h": 60, "м": 1, "m": 1, "д": 24 * 60, "d": 24 * 60, "с": 24 * 60}
_LENGTH = re.compile(
    r"(?:(?P<count>\d{1,3}(?:[.,]\d)?) ?)?"
    r"(?P<unit>час\w*|ч|hours?|h|мин\w*|м|minutes?|min|m|день|дн\w+|days?|сут\w+)\.?(?= |\d|$)"
)


def parse_end(text: str, start: datetime, zone: ZoneInfo) -> datetime:
    """After `start`: an hour, a moment, or how long it lasts: «20:00», «2 часа», «1 ч 30 мин»."""
    line = re.sub("^(?:до|по|till|until|to) ", "", plain_line(text).lower())
    if minutes := _minutes(line):
        return start + timedelta(minutes=minutes)
    if (at := parse_clock(line)) is not None:
        later_that_day = at > start.astimezone(zone).time()
        if line.isdecimal() and not later_that_day:
            return start + timedelta(hours=int(line))
        return _after(start, at, zone)
    try:
        return parse_moment(line, start, zone)
    except MomentUnreadable:
        raise EndUnreadable from None


def _minutes(line: str) -> int:
    """How long that is; 0: it says something else."""
    line = re.sub(r"^(?:на|for|примерно|около|about) ", "", line)
    if line in _HALVES:
        return int(_HALVES[line] * 60)
    parts = list(_LENGTH.finditer(line))
    if not parts or _LENGTH.sub("", line).strip(" ,и"):
        return 0
    counts = [float((one["count"] or "1").replace(",", ".")) for one in parts]
    return round(sum(n * _UNITS[one["unit"][0]] for n, one in zip(counts, parts, strict=True)))


def join(day: date, at: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, at, zone)


def _at(said: str, at: time, now: datetime, zone: ZoneInfo) -> datetime:
    """On the day that is named, or today, or tomorrow when the hour has passed today."""
    local = now.astimezone(zone)
    day = parse_day(said, local.date()) if said else local.date()
    moment = join(day, at, zone)
    if moment > now:
        return moment
    if said and not is_weekday(said):
        raise MomentPassed
    return join(day + timedelta(days=7 if said else 1), at, zone)


def _after(start: datetime, at: time, zone: ZoneInfo) -> datetime:
    """The next such hour after it: past midnight it is the next day's."""
    day = start.astimezone(zone).date()
    same = join(day, at, zone)
    end = same if same > start else join(day + timedelta(days=1), at, zone)
    if end - start > NIGHT and end != same:
        raise EndBefore
    return end


def _time(typed: str) -> time | None:
    read = _READ.match(typed)
    assert read
    hour, minute = int(read["hour"]), int(read["minute"] or 0)
    part = next((word for word in _PARTS if typed.endswith(word)), None)
    if part is not None:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + _PARTS[part]
    return time(hour, minute) if hour <= 23 and minute <= 59 else None
