import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from services.ages import full_years
from services.dates_ahead import HORIZON_YEARS, DayTooFar, counted
from services.errors import Refusal
from services.parsing import plain_line

YOUNGEST, OLDEST = 14, 100


class BirthDateImpossible(Refusal):
    text_id = "parsing-birth-impossible"


class BirthDateUnreadable(Refusal):
    text_id = "parsing-birth-unreadable"


class BirthDateAhead(Refusal):
    text_id = "parsing-birth-ahead"


class TooYoung(Refusal):
    text_id = "parsing-birth-too-young"


class TooOld(Refusal):
    text_id = "parsing-birth-too-old"


class DayImpossible(Refusal):
    text_id = "parsing-day-impossible"


class DayUnreadable(Refusal):
    text_id = "parsing-day-unreadable"


class DayPassed(Refusal):
    text_id = "parsing-day-passed"


class ResolutionUnreadable(Refusal):
    text_id = "parsing-resolution-unreadable"


class ResolutionAhead(Refusal):
    text_id = "parsing-resolution-ahead"


class Resolution(NamedTuple):
    """What a committee decided, as it is quoted in papers."""

    number: str  # at most 20 characters
    day: date


class Typed(NamedTuple):
    day: int
    month: int
    year: str  # four digits, two, or none


MONTHS = (
    "январь января january",
    "февраль февраля february",
    "март марта march",
    "апрель апреля april",
    "май мая may",
    "июнь июня june",
    "июль июля july",
    "август августа august",
    "сентябрь сентября september",
    "октябрь октября october",
    "ноябрь ноября november",
    "декабрь декабря december",
)

_DAY = r"(?P<day>\d{1,2})"
_NTH = r"(?: ?(?:го|st|nd|rd|th))?"
_YEAR = r"(?P<year>\d{4}|\d\d)"
# Dots, slashes, hyphens and commas have become spaces before these are tried.
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        rf"{_DAY} (?P<month>\d{{1,2}})(?: {_YEAR})?",
        r"(?P<year>\d{4}) (?P<month>\d{1,2}) (?P<day>\d{1,2})",
        rf"(?P<day>\d\d)(?P<month>\d\d){_YEAR}",
        rf"{_DAY}{_NTH} ?(?:of )?(?P<month>[а-яa-z]{{3,9}})(?: ?{_YEAR})?",
        rf"(?P<month>[a-z]{{3,9}}) {_DAY}{_NTH}(?: {_YEAR})?",
    )
)


def parse_birth_date(text: str, today: date) -> date:
    typed = _read(_spaced(text))
    if typed is None or not typed.year:
        raise BirthDateUnreadable
    born = _born(typed, today)
    if born > today:
        raise BirthDateAhead
    age = full_years(born, today)
    if age < YOUNGEST:
        raise TooYoung(years=YOUNGEST)
    if age > OLDEST:
        raise TooOld(years=OLDEST)
    return born


def parse_day(text: str, today: date) -> date:
    """Today or later: a date, «завтра», «через 30 дней»; without a year the next such day."""
    line = re.sub("^(?:до|по|until|till) ", "", _spaced(text))
    day = counted(line, today) or _named(line, today)
    if day < today:
        raise DayPassed
    if day.year > today.year + HORIZON_YEARS:
        raise DayTooFar(years=HORIZON_YEARS)
    return day


_ENDLESS = {"без срока", "без ограничений", "бессрочно", "бессрочное", "навсегда", "всегда"}
_ENDLESS |= {"no end", "no end date", "without end", "unlimited", "forever", "always"}


def parse_end(text: str, today: date) -> date | None:
    """The last day of something, as `parse_day` reads it; None: it shall have no end."""
    return None if _spaced(text) in _ENDLESS else parse_day(text, today)


_NUMBER = r"(?P<number>\d[\w/-]{0,19})"
_RESOLUTIONS = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (
        rf"[^\d№]*(?:№|n|no\.?)? ?{_NUMBER},? (?:от |of |from |dated )?(?P<day>.+)",
        rf"(?:[^\d№]* )?(?P<day>\d.+?),? (?:№|n|no\.?|номер) ?{_NUMBER}",
    )
)


def parse_resolution(text: str, today: date) -> Resolution:
    """A number and a day that has come, in either order; without a year the latest such day."""
    line = plain_line(text)
    for match in filter(None, (shape.fullmatch(line) for shape in _RESOLUTIONS)):
        if (typed := _read(_spaced(match["day"]))) and (day := _resolved(typed, today)):
            return Resolution(match["number"], day)
    raise ResolutionUnreadable


def _resolved(typed: Typed, today: date) -> date | None:
    earliest = today.year - HORIZON_YEARS
    days = (
        _days(typed, today)
        if typed.year
        else [day for year in range(earliest, today.year + 1) if (day := _day(typed, year))]
    )
    if days and min(days) > today:
        raise ResolutionAhead
    return max((day for day in days if earliest <= day.year and day <= today), default=None)


def _spaced(text: str) -> str:
    return " ".join(re.sub(r"[./,-]", " ", plain_line(text).lower()).split())


def _read(line: str) -> Typed | None:
    line = re.sub(r"(?<=\d) ?(?:г|год|года)$", "", line)
    for shape in _SHAPES:
        if match := shape.fullmatch(line):
            month = _month(match["month"])
            return None if month is None else Typed(int(match["day"]), month, match["year"] or "")
    return None


def _month(word: str) -> int | None:
    """A number, or at least three letters that begin the name of a month."""
    if word.isdecimal():
        return int(word)
    named = (n for n, forms in enumerate(MONTHS, 1) if f" {word}" in f" {forms}")
    return next(named, None)


def _days(typed: Typed, today: date) -> list[date]:
    """The days it may mean, the later century or the sooner year first."""
    return [day for year in _years(typed.year, today) if (day := _day(typed, year))]


def _years(typed: str, today: date) -> Sequence[int]:
    if not typed:
        # Nine years hold a 29 February even around 2100, which has none.
        return range(today.year, today.year + 9)
    if len(typed) == 4:
        return (int(typed),)
    century = today.year - today.year % 100
    return (century + int(typed), century - 100 + int(typed))


def _day(typed: Typed, year: int) -> date | None:
    try:
        return date(year, typed.month, typed.day)
    except ValueError:
        return None


def _born(typed: Typed, today: date) -> date:
    days = _days(typed, today)
    if not days:
        raise BirthDateImpossible
    past = (day for day in days if day <= today)
    plausible = (day for day in days if YOUNGEST <= full_years(day, today) <= OLDEST)
    return next(plausible, next(past, days[0]))


def _named(line: str, today: date) -> date:
    typed = _read(line)
    if typed is None:
        raise DayUnreadable
    days = _days(typed, today)
    if not days:
        raise DayImpossible
    return next((day for day in days if day >= today), days[0])
