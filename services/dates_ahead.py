"""Days counted from today: «завтра», «в пятницу», «через 30 дней»."""

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
            "понедельник пн monday mon",
            "вторник вт tuesday tue",
            "среду среда ср wednesday wed",
            "четверг чт thursday thu",
            "пятницу пятница пт friday fri",
            "субботу суббота сб saturday sat",
            "воскресенье вс sunday sun",
        )
    )
    for word in words.split()
}
_ON = re.compile("(?:в|во|on) ")


def is_weekday(line: str) -> bool:
    """«в пятницу»: the next one, which may be today."""
    return _ON.sub("", line, count=1) in _WEEKDAYS


def counted(line: str, today: date) -> date | None:
    line = _ON.sub("", line, count=1) if _ON.match(line) else line
    if line in _NEAR:
        return today + timedelta(days=_NEAR[line])
    if line in _WEEKDAYS:
        return today + timedelta(days=(_WEEKDAYS[line] - today.weekday()) % 7)
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
