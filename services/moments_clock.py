"""An hour as people type it: «18:30», «в 7 вечера», «18 ч 30 мин», «полседьмого», «6 pm»."""

import re
from typing import NamedTuple

from services.parsing import plain_line

LONGEST = 100  # signs: whoever says when needs no more
DAY = 24 * 60  # minutes

_OF = {
    "утра": range(1, 12),
    "дня": range(10, 19),
    "вечера": range(16, 24),
    "ночи": (22, 23, *range(6)),
    "am": range(12),
    "pm": range(12, 24),
}
_WHILE = {
    "утром": "утра", "днем": "дня", "вечером": "вечера", "ночью": "ночи",
    "morning": "утра", "afternoon": "дня", "evening": "вечера", "night": "ночи",
}  # fmt: skip
_NUMBERS = (
    "one один первого",
    "two два двух второго",
    "three три трех третьего",
    "four четыре четырех четвертого",
    "five пять пяти пятого",
    "six шесть шести шестого",
    "seven семь семи седьмого",
    "eight восемь восьми восьмого",
    "nine девять девяти девятого",
    "ten десять десяти десятого",
    "eleven одиннадцать одиннадцати одиннадцатого",
    "twelve двенадцать двенадцати двенадцатого",
)
_DIGITS = {word: str(n) for n, words in enumerate(_NUMBERS, 1) for word in words.split()}
_NTH = "|".join(words.split()[-1] for words in _NUMBERS)
_SPELT = "|".join(sorted(_DIGITS, key=len, reverse=True))
_WRITTEN = (
    (r"(?<=[^\W\d])\.", " "),  # «15 дек.», «18 ч. 30 мин.»
    (r"\.+(?= |$)", " "),
    (r"[,;()!]", " "),
    (rf"\bпол(?:овин[аеу])?[ -]?(?=(?:{_NTH})\b)", "пол "),
    (rf"\b(?:{_SPELT})\b", lambda word: _DIGITS[word[0]]),
    (r"(?<!\d )\bчас(?= (?:дня|ночи)\b)", "1"),
    (r"(?<![^\W\d])([ap]) ?m\b", r"\1m"),
    (r"\bo'clock\b", "ч"),
    (r"\btonight\b", "сегодня вечером"),
    (r"\b(?:in the|at) (?=(?:morning|afternoon|evening|night)\b)", ""),
    (r"\b(?:ровно|начало)\b", " "),
)
_DURING = re.compile(rf"\b(?:{'|'.join(_WHILE)})\b")
_CLOCK = re.compile(
    r"(?P<at>(?:в|во|к|на|с|со|от|at|from|by) )?"
    r"(?:(?P<noon>полдень|полудня|noon)|(?P<midnight>полночь|полуночи|midnight)"
    r"|пол (?P<half>1[0-2]|[1-9])"
    r"|(?P<hour>\d{1,2})(?:[:.](?P<minute>[0-5]\d)|[ -](?P<apart>00|2[5-9]|[3-5]\d)(?!\d))?"
    r"(?P<unit> ?(?:часов|часа|час|ч|h)(?!\w*[^\W\d])"
    r"(?: ?(?P<past>[0-5]?\d)(?: ?(?:минут[аы]?|мин|м|min))?)?)?)"
    rf"(?: ?(?P<part>{'|'.join(_OF)}))?"
)


class Clock(NamedTuple):
    hour: int
    minute: int = 0
    part: str | None = None  # of the day
    is_plain: bool = True  # and can be no number of a day
    is_half: bool = False  # «полседьмого», of which there are two a day

    def minutes(self, part: str | None) -> int | None:
        """Since midnight; 24:00 is the end of a day."""
        if part is None:
            fits = self.hour < 24 or (self.hour, self.minute) == (24, 0)
            return self.hour * 60 + self.minute if fits and not self.is_half else None
        halves = (self.hour, self.hour + 12) if 1 <= self.hour <= 12 else (self.hour,)
        meant = [one % 24 for one in halves if one % 24 in _OF[part]]
        return meant[0] * 60 + self.minute if meant else None

    @property
    def is_midnight(self) -> bool:
        """Of which nobody knows whether it begins the day that is named or ends it."""
        return self.part in ("ночи", "am") and self.minutes(self.part) == 0


class Hours(NamedTuple):
    at: int  # minutes
    until: int | None = None


def plain(text: str) -> str:
    return plain_line(text).casefold().replace("ё", "е").rstrip(" .!")


def normal(line: str) -> tuple[str, str | None]:
    """A plain line with each thing written in one way, and the part of the day it says."""
    if len(line) > LONGEST:
        return "", None
    for shape, alike in _WRITTEN:
        line = re.sub(shape, alike, line)
    said = _DURING.search(line)
    line = _DURING.sub(" ", line, count=1)
    return " ".join(line.split()), _WHILE[said[0]] if said else None


def read_clock(line: str) -> Clock | None:
    read = _CLOCK.fullmatch(line)
    if read is None:
        return None
    part = read["part"]
    if read["noon"] or read["midnight"]:
        return None if part else Clock(12, part="дня" if read["noon"] else "ночи")
    if read["half"]:
        return Clock((int(read["half"]) + 10) % 12 + 1, 30, part, is_half=True)
    minutes = [one for one in (read["minute"], read["apart"], read["past"]) if one]
    is_bare = not (minutes or read["unit"] or part)
    if len(minutes) > 1 or (is_bare and int(read["hour"]) == 0):
        return None
    minute = int(minutes[0]) if minutes else 0
    is_plain = bool(read["at"] or read["unit"] or part or ":" in line or minute > 12)
    return Clock(int(read["hour"]), minute, part, is_plain)


def hours(at: Clock, until: Clock | None, part: str | None) -> Hours | None:
    """«с 6 до 8 вечера»: a part of the day that is said once is of both, where it fits."""
    if until is None:
        start = at.minutes(at.part or part)
        return None if start is None else Hours(start)
    starts = [at.minutes(at.part or part)]
    if not (at.part or part):
        starts.append(at.minutes(until.part))
    ends = [until.minutes(until.part)]
    if not until.part:
        ends.append(until.minutes(at.part or part))
    spans = [Hours(a, b) for a in starts for b in ends if a is not None and b is not None]
    return min(spans, key=_length, default=None)


def _length(one: Hours) -> int:
    assert one.until is not None
    return (one.until - one.at) % DAY or DAY
