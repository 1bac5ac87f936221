"""Telegram's limits, kept ahead of time: evenly, per chat, without pushing others back.

About 30 messages a second in all, one a second in a private chat with short bursts, 20 a minute
in a group (Telegram's FAQ for bots).
"""

from dataclasses import dataclass, field
from typing import NamedTuple


class Rate(NamedTuple):
    per_second: float
    burst: int


PRIVATE = Rate(1, 4)
GROUP = Rate(15 / 60, 4)


def rate_of(chat_id: int) -> Rate:
    return PRIVATE if chat_id > 0 else GROUP


@dataclass
class Meter:
    """Generic cell rate algorithm: `due` is when the next send would be exactly on time."""

    rate: Rate
    due: float = 0.0

    @property
    def slack(self) -> float:
        """How far ahead of time a burst may run, in seconds."""
        return (self.rate.burst - 1) / self.rate.per_second

    def wait(self, now: float) -> float:
        return max(0.0, self.due - self.slack - now)

    def room(self, now: float) -> int:
        """How many may leave at this moment."""
        spare = self.slack - max(0.0, self.due - now)
        return int(spare * self.rate.per_second + 1 + 1e-6)

    def book(self, now: float) -> None:
        self.due = max(self.due, now) + 1 / self.rate.per_second

    def pause(self, until: float) -> None:
        self.due = max(self.due, until + self.slack)


@dataclass
class Pace:
    """`per_second` in all; None lifts every limit, for tests on a Telegram of our own."""

    per_second: float | None
    _all: Meter = field(init=False)
    _chats: dict[int, Meter] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._all = Meter(Rate(self.per_second or 1, 5))

    def room(self, now: float, most: int) -> int:
        """How many may leave at this moment, all chats together."""
        return most if self.per_second is None else min(most, self._all.room(now))

    def resting(self, now: float) -> list[int]:
        """Chats that must not be written to at this moment; forgets those long rested."""
        self._chats = {chat: meter for chat, meter in self._chats.items() if meter.due > now}
        return [chat for chat, meter in self._chats.items() if meter.wait(now) > 0]

    def book(self, chat_id: int, now: float) -> None:
        if self.per_second is not None:
            self._all.book(now)
            self._chats.setdefault(chat_id, Meter(rate_of(chat_id))).book(now)

    def pause(self, chat_id: int, until: float) -> None:
        self._chats.setdefault(chat_id, Meter(rate_of(chat_id))).pause(until)

    def next_room(self, now: float) -> float:
        """Seconds until something now held back may be sent."""
        waits = [m.wait(now) for m in (self._all, *self._chats.values())]
        return min((wait for wait in waits if wait > 0), default=0.0)
