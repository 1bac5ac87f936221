"""Telegram's limits, kept ahead of time: evenly, per chat, without pushing others back.

About 30 messages a second in all, one a second in a private chat with short bursts, 20 a minute
in a group (Telegram's FAQ for bots). Within any window of T seconds a meter lets through at most
`burst + per_second × T`: 16 a minute in a group, 20 with the part kept for SOS. The bursts are for
answers; reminders, news and broadcasts take their time.
"""

from dataclasses import dataclass, field
from math import ceil
from typing import NamedTuple

from models.mail import Lane

AHEAD = 0.08  # seconds of sending that are taken from the outbox in advance
CATCHING_UP = 0.025  # seconds of sending that may follow at once after the loop was held up
# Of a message, that may follow so at any rate: with 50 ms of jitter 28 a second stay 30.
LEAST = 0.3
ROUND_TRIP = 0.2  # seconds a call may take without slowing the rest
FEW = 1000  # chats that may be remembered although they have rested
FEWEST_SEATS, MOST_SEATS = 25, 250


class Rate(NamedTuple):
    per_second: float
    burst: float


PRIVATE = Rate(1, 4)
GROUP = Rate(12 / 60, 4)
FOR_SOS = 4  # messages further ahead of time than answers may
UNHURRIED = 0.8  # a burst of one, and a fifth of a message late: jitter makes no two of it


def rate_of(chat_id: int) -> Rate:
    return PRIVATE if chat_id > 0 else GROUP


def burst_of(rate: Rate, lane: Lane) -> float:
    if lane is Lane.SOS:
        return rate.burst + FOR_SOS
    return rate.burst if lane <= Lane.CASE else UNHURRIED


@dataclass
class Meter:
    """Generic cell rate algorithm: `due` is when the next send would be exactly on time."""

    rate: Rate
    due: float = 0.0
    closed_until: float = 0.0

    def wait(self, now: float, lane: Lane = Lane.ANSWER) -> float:
        """Seconds until a send is allowed."""
        slack = (burst_of(self.rate, lane) - 1) / self.rate.per_second
        return max(0.0, self.due - slack - now, self.closed_until - now)

    def book(self, now: float) -> None:
        self.due = max(self.due, now) + 1 / self.rate.per_second

    @property
    def rests_until(self) -> float:
        return max(self.due, self.closed_until)


class Resting(NamedTuple):
    """Chats that must not be written to at this moment."""

    chats: list[int]
    even_for_sos: list[int]


@dataclass
class Pace:
    """`per_second` in all; None lifts every limit, for tests on a Telegram of our own."""

    per_second: float | None
    _all: Meter = field(init=False)
    _chats: dict[int, Meter] = field(init=False, default_factory=dict)
    _resting: dict[int, Meter] = field(init=False, default_factory=dict)  # few of them
    _many: int = field(init=False, default=FEW)  # chats at which to look who has rested

    def __post_init__(self) -> None:
        self.share(1)

    def share(self, replicas: int) -> None:
        """The limit is the bot's: several that send at once divide it."""
        rate = (self.per_second or 1) / replicas
        due = self._all.due if hasattr(self, "_all") else 0.0
        self._all = Meter(Rate(rate, 1 + max(LEAST, rate * CATCHING_UP - 0.5)), due)

    @property
    def ahead(self) -> int:
        """How many may be taken from the outbox before their turn has come."""
        if self.per_second is None:
            return FEWEST_SEATS
        return max(2, ceil(self._all.rate.per_second * AHEAD))

    @property
    def seats(self) -> int:
        """How many calls may be on their way at once."""
        if self.per_second is None:
            return FEWEST_SEATS
        return min(MOST_SEATS, max(FEWEST_SEATS, ceil(self._all.rate.per_second * ROUND_TRIP)))

    def wait(self, now: float) -> float:
        """Seconds until the next message may leave, all chats together."""
        return 0.0 if self.per_second is None else self._all.wait(now)

    def leave(self, chat_id: int, now: float) -> None:
        """A message to this chat sets off."""
        if self.per_second is not None:
            self._all.book(now)
            if len(self._chats) >= self._many:
                self._forget_rested(now)
            meter = self._meter(chat_id)
            meter.book(now)
            if meter.wait(now) > 0:
                self._resting[chat_id] = meter

    def pause(self, chat_id: int, until: float) -> None:
        meter = self._resting[chat_id] = self._meter(chat_id)
        meter.closed_until = max(meter.closed_until, until)

    def resting(self, now: float) -> Resting:
        self._resting = {chat: m for chat, m in self._resting.items() if m.wait(now) > 0}
        found = self._resting.items()
        return Resting(
            [*self._resting], [chat for chat, meter in found if meter.wait(now, Lane.SOS) > 0]
        )

    def early(self, chat_id: int, lane: int, now: float) -> float:
        """Seconds by which this one comes too soon, although an answer might leave."""
        meter = self._chats.get(chat_id)
        return meter.wait(now, Lane(lane)) if meter else 0.0

    def next_chat(self, now: float) -> float:
        """Seconds until a chat now held back may be written to."""
        lanes = (Lane.ANSWER, Lane.SOS)
        waits = [meter.wait(now, lane) for meter in self._resting.values() for lane in lanes]
        return min((wait for wait in waits if wait > 0), default=0.0)

    def _meter(self, chat_id: int) -> Meter:
        return self._chats.setdefault(chat_id, Meter(rate_of(chat_id)))

    def _forget_rested(self, now: float) -> None:
        self._chats = {chat: m for chat, m in self._chats.items() if m.rests_until > now}
        self._many = FEW + 2 * len(self._chats)
