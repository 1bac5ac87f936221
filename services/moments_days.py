"""The day of a moment: «суббота, 5 декабря», and the days of a span: «5–6 декабря»."""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from services.dates import DayImpossible, DayPassed, DayUnreadable, parse_day
from services.dates_ahead import weekday
from services.errors import Refusal


class DaysDiffer(Refusal):
    text_id = "parsing-moment-days-differ"


class MomentDayImpossible(DayImpossible):
    text_id = "parsing-moment-day-impossible"


class MomentDayPassed(DayPassed):
    text_id = "parsing-moment-day-passed"


class Days(NamedTuple):
    first: date
    last: date | None = None
    repeats: bool = False  # «в пятницу»: if it is too late today, in a week


_LEAD = re.compile("^(?:с|со|from|на(?! (?:этой|следующей) неделе)) ")
_TILL = re.compile(r" ?- ?|(?:^| )(?:по|до|to|till|until) ")
_NAMES_MONTH = re.compile(r"[./]|[^\W\d]")
_SHORT_YEAR = re.compile(r".*\d\D* [^\W\d]+ \d\d")  # or an hour: «5 декабря 20»


def read_days(line: str, today: date) -> Days:
    try:
        return _read(line, today)
    except DayImpossible:
        raise MomentDayImpossible from None
    except DayPassed:
        raise MomentDayPassed from None


def _read(line: str, today: date) -> Days:
    line = _LEAD.sub("", line)
    for one in _ranges(line, today):
        return one
    if _TILL.match(line):
        raise DayUnreadable  # the end of days whose beginning is said elsewhere
    return Days(_day(line, today), repeats=weekday(line) is not None)


def _ranges(line: str, today: date) -> Iterator[Days]:
    for till in _TILL.finditer(line):
        left, right = line[: till.start()], line[till.end() :]
        first, last = _pair(left, right, today)
        if first is None or last is None or first >= last:
            continue
        if first < today:
            raise DayPassed
        yield Days(first, last)


def _pair(left: str, right: str, today: date) -> tuple[date | None, date | None]:
    """A month that is said once is of both days."""
    if left.isdecimal() and _NAMES_MONTH.search(right):
        last = _find(right, today)
        return (_same_month(last, left), last) if last else (None, None)
    first = _find(left, today) if _NAMES_MONTH.search(left) else None
    if first is None:
        return None, None
    return first, _same_month(first, right) if right.isdecimal() else _find(right, first)


def _same_month(day: date, number: str) -> date | None:
    try:
        return day.replace(day=int(number))
    except ValueError:
        return None


def _find(line: str, today: date) -> date | None:
    try:
        return _day(line, today)
    except Refusal:
        return None


def _day(line: str, today: date) -> date:
    """Said once, or twice and alike: the weekday with the date, in either order."""
    if _SHORT_YEAR.fullmatch(line):
        raise DayUnreadable
    try:
        return parse_day(line, today)
    except DayUnreadable:
        words = line.split()
        for cut in range(1, len(words)):
            halves = " ".join(words[:cut]), " ".join(words[cut:])
            for named, other in (halves, halves[::-1]):
                if (number := weekday(named)) is not None:
                    return _agreeing(parse_day(other, today), number)
        raise


def _agreeing(day: date, number: int) -> date:
    if day.weekday() != number:
        raise DaysDiffer
    return day
