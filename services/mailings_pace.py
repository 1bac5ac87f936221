"""How the sending of a post goes: numbers of people, and their pace."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from models.base import Session
from models.mail import Lane, Owed, Sending
from models.post import Mailing, Post, Pulse, Timing
from services import deliveries, outbox

SOON = timedelta(minutes=1)  # what comes sooner is no morning, but a try again


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
    asleep: int  # of them: those whose message waits for their morning
    pace: float  # people a second since it began, or since the last pause or night was over

    @property
    def settled(self) -> int:
        return self.delivered + self.blocked + self.failed + self.unsure + self.dropped

    @property
    def is_night(self) -> bool:
        """Nobody is awake of those who are left."""
        return 0 < self.left <= self.asleep

    @property
    def is_over(self) -> bool:
        return self.pulse in (Pulse.STOPPED, Pulse.DONE) and not self.left


def progress(mailing: Mailing, now: datetime, asleep: int = 0) -> Progress:
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
        asleep=asleep,
        pace=(settled - mailing.settled_by_then) / seconds if seconds >= 1 else 0,
    )


async def find(session: Session, post_id: int, *, now: datetime) -> Progress | None:
    """Of a post that is sent by itself."""
    mailing = await deliveries.find_sending(session, post_id, now=now)
    if mailing is None:
        return None
    return progress(mailing, now, await count_asleep(session, mailing, now=now))


async def count_asleep(session: Session, mailing: Mailing, *, now: datetime) -> int:
    """Urgent news lets nobody sleep."""
    if (await session.get_one(Post, mailing.post_id)).timing is not Timing.AT:
        return 0
    mine = (Owed.notice.in_(["posts-lead", "posts-post"]), Owed.lane == Lane.BULK)
    later = (outbox.WAITING, Owed.state == Sending.NEW, Owed.due_at > now + SOON)
    about = Owed.details["post_id"].as_integer() == mailing.post_id
    asleep = select(func.count(Owed.person_id.distinct())).where(*later, *mine, about)
    return await session.scalar(asleep) or 0


def count_pace_from(mailing: Mailing, now: datetime) -> None:
    mailing.resumed_at, mailing.settled_by_then = now, progress(mailing, now).settled
