"""A moment as people type it: «завтра в 9», «с 18 до 20 5 декабря», «через 2 часа».

A line is a day and an hour in either order, perhaps with an end of the same kind. Every way to
read it is tried, and what may be meant in two ways is asked again.
"""

import re
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from services.dates import DayPassed, DayUnreadable
from services.dates_ahead import counted, weekday
from services.errors import Refusal
from services.moments_clock import DAY, Hours, hours, normal, plain, read_clock
from services.moments_days import Days, read_days
from services.moments_lengths import minutes_of
from services.moments_sides import MomentUnclear, Reading, halves, readings, sides
from services.moments_zones import by_its_clock

NIGHT = timedelta(hours=12)  # whoever says an earlier hour means the next day, up to here


class MomentUnreadable(Refusal):
    text_id = "parsing-moment-unreadable"


class HourUnreadable(MomentUnreadable):
    """The day is known."""

    text_id = "parsing-moment-hour-unreadable"


class MomentHourless(Refusal):
    text_id = "parsing-moment-hourless"


class MomentSkipped(Refusal):
    """The clocks are put forward over it."""

    text_id = "parsing-moment-skipped"


class MomentPassed(Refusal):
    text_id = "parsing-moment-passed"


class EndUnreadable(Refusal):
    text_id = "parsing-moment-end-unreadable"


class EndBefore(Refusal):
    text_id = "parsing-moment-end-before"


class Span(NamedTuple):
    start: datetime
    end: datetime | None


class _When(NamedTuple):
    """What a line is read against; `day`: the one that is meant where none is said."""

    now: datetime
    zone: ZoneInfo
    day: date | None = None

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()


_SOON = re.compile("(?:через|in) (?P<length>.+)")
_LASTING = re.compile("(?P<moment>.+) (?:на|for) (?P<length>.+)")
_LEAD = re.compile("^(?:до|по|к|till|until|to|by) ")
_ALL_DAY = {
    "весь день", "целый день", "конца дня", "all day", "the end of the day", "end of the day",
}  # fmt: skip
_THAT_DAY = {
    "в тот же день": 0, "the same day": 0, "on the same day": 0,
    "на следующий день": 1, "the next day": 1, "on the next day": 1,
}  # fmt: skip


def parse_moment(text: str, now: datetime, zone: ZoneInfo) -> datetime:
    """Later than `now`; without a day the next such hour. `zone`: if no clock is named."""
    line, zone = by_its_clock(plain(text), zone)
    return _moment(_LEAD.sub("", line), _When(now, zone))


def parse_span(text: str, now: datetime, zone: ZoneInfo, day: date | None = None) -> Span:
    """A moment, perhaps with its end: «15 ноября 18:00–20:00», «завтра в 9 на 2 часа»."""
    line, zone = by_its_clock(plain(text), zone)
    when = _When(now, zone, day)
    lasting = _LASTING.fullmatch(line)
    if lasting and (length := minutes_of(lasting["length"])):
        with suppress(MomentUnreadable, MomentHourless):
            start = _moment(lasting["moment"], when)
            return Span(start, start + timedelta(minutes=length))
    return _soon(line, now) or _only(line, when)


def find_day(text: str, now: datetime, zone: ZoneInfo) -> date | None:
    """A day alone, of which the hour is still to be said."""
    try:
        first, last, _ = read_days(normal(plain(text))[0], _When(now, zone).today)
    except Refusal:
        return None
    return None if last else first


def parse_end(text: str, start: datetime, now: datetime, zone: ZoneInfo) -> datetime:
    """After `start`: an hour, a moment, or how long it lasts: «20:00», «2 часа», «1 ч 30 мин»."""
    line, zone = by_its_clock(plain(text), zone)
    line = _LEAD.sub("", line)
    if minutes := minutes_of(line):
        return start + timedelta(minutes=minutes)
    said, part = normal(line)
    if said in _ALL_DAY:
        return _at(start.astimezone(zone).date(), DAY, zone)
    if (clock := read_clock(said)) is None:
        return _later_moment(said, part, start, _When(now, zone))
    at = clock.minutes(clock.part or part)
    if at is None:
        raise EndUnreadable
    local = start.astimezone(zone)
    if line.isdecimal() and at <= local.hour * 60 + local.minute:
        return start + timedelta(hours=int(line))
    return _after(start, at, zone)


def _moment(line: str, when: _When) -> datetime:
    start, end = _soon(line, when.now) or _only(line, when)
    if end is not None:
        raise MomentUnreadable
    return start


def _soon(line: str, now: datetime) -> Span | None:
    """«через 2 часа»; days say nothing of the hour."""
    said = _SOON.fullmatch(line)
    minutes = minutes_of(said["length"]) if said else 0
    if not said or not minutes or re.search("д[ен]|сут|day", said["length"]):
        return None
    moment = (now + timedelta(minutes=minutes)).replace(second=0, microsecond=0)
    return Span(moment, None)


def _only(text: str, when: _When) -> Span:
    """What the line says, if it can be read in one way."""
    line, part = normal(text)
    found, refused = set[Span](), list[Refusal]()
    for said in readings(line):
        try:
            found.add(_span(said, part, when))
        except (MomentUnreadable, DayUnreadable):
            continue
        except Refusal as refusal:
            refused.append(refusal)
    is_day = when.day is None and find_day(line, when.now, when.zone) is not None
    if len(found) + is_day > 1:
        raise MomentUnclear  # of «15.12» and «10–12» nobody knows whether it is a day
    if found:
        return found.pop()
    raise refused[0] if refused else _why(line, when)


def _span(said: Reading, part: str | None, when: _When) -> Span:
    days = read_days(said.day, when.today) if said.day else None
    said.require_clear()
    at, until = _hours(said, days, part)
    start = _start(days, at, when)
    if until is None:
        if days and days.last:
            raise MomentHourless
        return Span(start, None)
    if days and days.last:
        end = _at(days.last, until, when.zone)
    elif said.last and said.last.day:
        end = _at(_last_day(said.last.day, start, when), until, when.zone)
    else:
        end = _after(start, until, when.zone)
    if end <= start:
        raise EndBefore
    return Span(start, end)


def _hours(said: Reading, days: Days | None, part: str | None) -> Hours:
    first, last = said.first.clock, said.last.clock if said.last else None
    apart = said.has_two_days or (days is not None and days.last is not None)
    found = hours(first, None if apart else last, part)
    if found and last and apart:
        other = hours(last, None, part)
        found = Hours(found.at, other.at) if other else None
    if found is None:
        raise MomentUnreadable
    if said.is_shared and found.until is not None and found.until <= found.at:
        raise MomentUnclear  # of «с 18 до 2 6 декабря» nobody knows which day it begins
    return found


def _start(days: Days | None, at: int, when: _When) -> datetime:
    day = days.first if days else when.day or when.today
    moment = _at(day, at, when.zone)
    if moment > when.now:
        return moment
    if days is None and when.day is None:
        return _at(day + timedelta(days=1), at, when.zone)
    if days and days.repeats:
        return _at(day + timedelta(days=7), at, when.zone)
    raise MomentPassed


def _later_moment(line: str, part: str | None, start: datetime, when: _When) -> datetime:
    """The end, said with its day."""
    for side in sides(line):
        at = side.clock.minutes(side.clock.part or part)
        if at is None:
            continue
        with suppress(DayUnreadable):
            end = _at(_last_day(side.day, start, when), at, when.zone)
            side.require_clear()
            if end <= start:
                raise EndBefore
            return end
    raise EndUnreadable


def _last_day(said: str, start: datetime, when: _When) -> date:
    """«завтра» is counted from today, and «в воскресенье» from the beginning."""
    begun = start.astimezone(when.zone).date()
    if said in _THAT_DAY:
        return begun + timedelta(days=_THAT_DAY[said])
    if weekday(said) is None and (day := counted(said, when.today)):
        return day
    try:
        first, last, _ = read_days(said, begun)
    except DayPassed:
        raise EndBefore from None
    if last is not None:
        raise DayUnreadable
    return first


def _why(line: str, when: _When) -> Refusal:
    """A day is there, and the hour is not."""
    lasts = (right for left, right in halves(line) if any(sides(left)))
    for said in (line, *lasts):
        try:
            read_days(said, when.today)
        except DayUnreadable:
            continue
        except Refusal as refusal:
            return refusal
        return MomentHourless()
    return HourUnreadable() if when.day else MomentUnreadable()


def _at(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    days, minutes = divmod(minutes, DAY)
    local = datetime.combine(day + timedelta(days=days), time(*divmod(minutes, 60)), zone)
    moment = local.astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise MomentSkipped
    return moment


def _after(start: datetime, at: int, zone: ZoneInfo) -> datetime:
    """The next such hour after it: past midnight it is the next day's."""
    day = start.astimezone(zone).date()
    same = _at(day, at or DAY, zone)
    if timedelta() < same - start < timedelta(minutes=DAY):
        return same
    end = _at(day + timedelta(days=1), at, zone)
    if not timedelta() < end - start <= NIGHT:
        raise EndBefore
    return end
