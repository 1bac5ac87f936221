"""Days counted from today: «завтра», «в пятницу», «15 числа», «через 30 дней»."""

import re
from calendar import monthrange
from datetime import date, timedelta

from services.errors import Refusal

HORIZON_YEARS = 10


class DayTooFar(Refusal):
    text_id = "parsing-day-too-far"


_NEAR = {
    day: away
    for away, days in {
        -2: "позавчера",
        -1: "вчера yesterday",
        0: "сегодня today",
        1: "завтра tomorrow",
        2: "послезавтра",
    }.items()
    for day in days.split()
}
_AHEAD = re.compile(r"(?:через|in) (?:(\d{1,9}|[а-яa-z]+) )?([а-яa-z]+)")
_NUMERALS = (
    ("a", "an", "one", "один", "одну"),
    ("two", "два", "две"),
    ("three", "три"),
    ("four", "четыре"),
    ("five", "пять"),
    ("six", "шесть"),
    ("seven", "семь"),
    ("eight", "восемь"),
    ("nine", "девять"),
    ("ten", "десять"),
)
_COUNTS = {word: count for count, words in enumerate(_NUMERALS, 1) for word in words}
_UNITS = {
    word: unit
    for unit, words in {
        (1, 0): "день дня дней day days",
        (7, 0): "неделю недели недель week weeks",
        (0, 1): "месяц месяца месяцев month months",
        (0, 6): "полгода",
        (0, 12): "год года лет year years",
    }.items()
    for word in words.split()
}


_WEEKDAYS = {
    word: number
    for number, words in enumerate(
        (
            "понедельник пн пнд monday mon",
            "вторник вт втр tuesday tue tues",
            "среду среда ср wednesday wed",
            "четверг чт чтв thursday thu thurs",
            "пятницу пятница пт friday fri",
            "субботу суббота сб saturday sat",
            "воскресенье вс вск sunday sun",
        )
    )
    for word in words.split()
}
_ON = re.compile("^(?:в|во|on) ")
_WEEKS = {
    word: weeks
    for weeks, words in {0: "эту этот это this", 1: "следующую следующий следующее next"}.items()
    for word in words.split()
}
_NEAREST = re.compile("^(?:ближайш(?:ую|ий|ее)|coming) ")
_OF_WEEK = re.compile("(.+) на (этой|следующей) неделе")
_IN_WEEK = re.compile("на (этой|следующей) неделе (.+)")
_ITS = {"этой": "это", "следующей": "следующее"}


_OF_MONTH = re.compile(r"(?:the )?(\d{1,2}) ?(?:го(?: числа)?|числа|st|nd|rd|th)")


def weekday(line: str) -> int | None:
    """«в пятницу»: whichever is next, and it may be today."""
    said = _NEAREST.sub("", _ON.sub("", line))
    return _WEEKDAYS.get(said)


def counted(line: str, today: date) -> date | None:
    line = _ON.sub("", line)
    if line in _NEAR:
        return today + timedelta(days=_NEAR[line])
    if (number := weekday(line)) is not None:
        return today + timedelta(days=(number - today.weekday()) % 7)
    return _in_week(line, today) or _of_month(line, today) or _away(line, today)


def _in_week(line: str, today: date) -> date | None:
    """Of this week or of the next, which begin on Monday."""
    line = _IN_WEEK.sub(r"\2 на \1 неделе", line)
    if named := _OF_WEEK.fullmatch(line):
        line = f"{_ITS[named[2]]} {_ON.sub('', named[1])}"
    week, _, day = line.partition(" ")
    if week not in _WEEKS or day not in _WEEKDAYS:
        return None
    monday = today - timedelta(days=today.weekday())
    return monday + timedelta(weeks=_WEEKS[week], days=_WEEKDAYS[day])


def _of_month(line: str, today: date) -> date | None:
    """Of this month or of the next that has such a day."""
    match = _OF_MONTH.fullmatch(line)
    if match is None or not 1 <= (day := int(match[1])) <= 31:
        return None
    month = today.replace(day=1)
    while day > monthrange(month.year, month.month)[1] or month.replace(day=day) < today:
        month = _later(month, 1, 0, 1)
    return month.replace(day=day)


def _away(line: str, today: date) -> date | None:
    match = _AHEAD.fullmatch(line)
    if not match or match[2] not in _UNITS:
        return None
    count = _COUNTS.get(match[1] or "one")
    if count is None and match[1].isdecimal():
        count = int(match[1])
    return None if count is None else _later(today, count, *_UNITS[match[2]])


def _later(today: date, count: int, days: int, months: int) -> date:
    """The same day of a later month, or that month's last one."""
    try:
        year, month = divmod(today.year * 12 + today.month - 1 + count * months, 12)
        day = min(today.day, monthrange(year, month + 1)[1])
        return date(year, month + 1, day) + timedelta(days=count * days)
    except (ValueError, OverflowError):
        raise DayTooFar(years=HORIZON_YEARS) from None
