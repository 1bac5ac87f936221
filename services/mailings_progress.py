"""How the sending of a post goes: numbers of people, and their pace."""

from dataclasses import dataclass
from datetime import datetime

from models.post import Mailing, Pulse
from services import deliveries


@dataclass(frozen=True)
class Progress:
    """Numbers of people. `left` counts those whose turn has not come."""

    pulse: Pulse
    expected: int
    delivered: int
    blocked: int
    failed: int
    unsure: int  # nobody knows whether it arrived
    dropped: int  # left, muted or moved meanwhile
    left: int
    pace: float  # people a second since it began, or since the last pause was over

    @property
    def settled(self) -> int:
        return self.delivered + self.blocked + self.failed + self.unsure + self.dropped

    @property
    def is_over(self) -> bool:
        return self.pulse in (Pulse.STOPPED, Pulse.DONE) and not self.left


def progress(mailing: Mailing, now: datetime) -> Progress:
    settled = sum(getattr(mailing, name) for name in set(deliveries.COUNTERS.values()))
    goes_on = mailing.pulse in (Pulse.RUNNING, Pulse.PAUSED)
    ahead = mailing.expected - mailing.owed if goes_on else 0
    seconds = (now - (mailing.resumed_at or mailing.begun_at)).total_seconds()
    return Progress(
        mailing.pulse,
        mailing.expected,
        mailing.delivered,
        mailing.blocked,
        mailing.failed,
        mailing.unsure,
        mailing.dropped,
        left=max(0, ahead) + max(0, mailing.owed - settled),
        pace=(settled - mailing.settled_by_then) / seconds if seconds >= 1 else 0,
    )


def count_pace_from(mailing: Mailing, now: datetime) -> None:
    mailing.resumed_at, mailing.settled_by_then = now, progress(mailing, now).settled
