"""A moment as people type it: «завтра в 9», «15 ноября 18:00», «через 2 часа»."""

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from services.dates import parse_day
from services.errors import Refusal
from services.parsing import plain_line


class MomentUnreadable(Refusal):
    text_id = "parsing-moment-unreadable"


class MomentPassed(Refusal):
    text_id = "parsing-moment-passed"


_CLOCK = re.compile(
    r"(?:^|[ ,])(?:(?:в|at|на) )?(?P<hour>\d{1,2})"
    r"(?:[:.](?P<minute>\d\d)| ?(?:ч|час|часа|часов|h|o'clock))?$"
)
_SOON = re.compile(r"(?:через|in) (?:(\d{1,3}) )?(минут\w*|мин|час\w*|ч|minutes?|hours?|h)")


def parse_moment(text: str, now: datetime, zone: ZoneInfo) -> datetime:
    """Later than `now`, by the clock of `zone`; without a day the next such hour."""
    line = plain_line(text).lower()
    local = now.astimezone(zone)
    if soon := _SOON.fullmatch(line):
        count = int(soon[1] or 1)
        minutes = count if soon[2][0] in "мm" else count * 60
        return (now + timedelta(minutes=minutes)).replace(second=0, microsecond=0)
    clock = _CLOCK.search(line)
    if clock is None or int(clock["hour"]) > 23 or int(clock["minute"] or 0) > 59:
        raise MomentUnreadable
    at = time(int(clock["hour"]), int(clock["minute"] or 0))
    said = line[: clock.start()].strip(" ,")
    if not said:
        return _next(at, local, zone)
    moment = _join(parse_day(said, local.date()), at, zone)
    if moment <= now:
        raise MomentPassed
    return moment


def _next(at: time, local: datetime, zone: ZoneInfo) -> datetime:
    today = _join(local.date(), at, zone)
    return today if today > local else _join(local.date() + timedelta(days=1), at, zone)


def _join(day: date, at: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, at, zone)
