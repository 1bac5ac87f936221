"""A line as a day and an hour in either order, and as two of them: every way to read it."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from services.errors import Refusal
from services.moments_clock import Clock, read_clock


class MomentUnclear(Refusal):
    """It may be meant in two ways."""

    text_id = "parsing-moment-unclear"


class Side(NamedTuple):
    """What is said of the beginning, or of the end."""

    clock: Clock
    day: str = ""
    is_hour_first: bool = False

    def require_clear(self) -> None:
        """No midnight of a day, which begins it or ends it."""
        if self.day and self.clock.is_midnight:
            raise MomentUnclear


class Reading(NamedTuple):
    first: Side
    last: Side | None = None

    @property
    def day(self) -> str:
        """Of the beginning: said with it, or once for both: «с 18 до 20 5 декабря»."""
        return self.first.day or (self.last.day if self.last else "")

    @property
    def has_two_days(self) -> bool:
        return bool(self.first.day and self.last and self.last.day)

    @property
    def is_shared(self) -> bool:
        return bool(self.day and not self.first.day)

    def require_clear(self) -> None:
        for side in (self.first, self.last):
            if side is not None:
                side.require_clear()
        if self.first.is_hour_first and not self.first.clock.is_plain:
            raise MomentUnclear  # «18 5 декабря»
        if self.is_shared and self.last and not self.last.is_hour_first:
            raise MomentUnclear  # «5–6 декабря 10:00»


_TILL = re.compile(" ?- ?| (?:до|по|to|till|until) ")


def readings(line: str) -> Iterator[Reading]:
    yield from (Reading(side) for side in sides(line))
    for left, right in halves(line):
        for first in sides(left):
            for last in sides(right):
                yield Reading(first, last)


def halves(line: str) -> Iterator[tuple[str, str]]:
    for till in _TILL.finditer(line):
        yield line[: till.start()], line[till.end() :]


def sides(line: str) -> Iterator[Side]:
    words = line.split()
    for cut in range(len(words)):
        head, tail = " ".join(words[:cut]), " ".join(words[cut:])
        if clock := read_clock(tail):
            yield Side(clock, head)
        if head and (clock := read_clock(head)):
            yield Side(clock, tail, is_hour_first=True)
