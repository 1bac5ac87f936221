"""A post on its way to its readers: owed a step at a time, halted and resumed at will."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, func, select, update

from models.base import Session
from models.mail import Lane, Owed, Sending
from models.post import Delivery, Errand, Mailing, Post, Pulse, Timing
from services import audiences, broadcasts, deliveries, outbox
from services.deliveries import MAIN, Delivered

STEP = 5_000  # people owed at a time: two to four minutes of sending, ten milliseconds of work
FAR = timedelta(days=365)
EVERYBODY = 2**62  # nobody is further
DELETABLE = timedelta(hours=48)  # Telegram deletes nothing older
NOTICES = {
    Errand.SEND: ("posts-lead", "posts-post"),
    Errand.CORRECT: ("posts-correct",),
    Errand.WITHDRAW: ("posts-withdraw",),
}


@dataclass(frozen=True)
class Progress:
    """Numbers of people. `left` counts those whose turn has not come."""

    pulse: Pulse
    expected: int
    delivered: int
    blocked: int
    failed: int
    dropped: int  # left, muted or moved meanwhile
    left: int
    seconds: float  # since it began

    @property
    def settled(self) -> int:
        return self.delivered + self.blocked + self.failed + self.dropped

    @property
    def is_over(self) -> bool:
        return self.pulse in (Pulse.STOPPED, Pulse.DONE) and not self.left


async def begin(session: Session, post: Post, errand: Errand, *, now: datetime) -> Mailing:
    """A sending begins at once; what follows it waits for the clock, and what is on its way."""
    mailing = Mailing(post_id=post.id, errand=errand, begun_at=now, pulse=Pulse.RUNNING)
    mailing.reached = mailing.owed = 0
    mailing.delivered = mailing.blocked = mailing.failed = mailing.dropped = 0
    mailing.expected = await _count(session, await _audience(session, post, errand, now))
    session.add(mailing)
    await session.flush()
    if errand is Errand.SEND:
        await feed(session, post, mailing, now=now)
    return mailing


async def feed(session: Session, post: Post, mailing: Mailing, *, now: datetime) -> None:
    """Owes it to the next people, unless enough are waiting for theirs."""
    audience = await _audience(session, post, mailing.errand, now)
    lane = Lane.URGENT if post.timing is Timing.URGENT else Lane.BULK
    reached: int | None = mailing.reached
    for notice in NOTICES[mailing.errand]:
        if notice == "posts-lead" and not has_lead(post):
            continue
        count, reached = await broadcasts.owe_everyone(
            session,
            audience,
            notice,
            {"post_id": post.id},
            after=mailing.reached,
            step=STEP,
            lane=lane,
            now=now,
        )
    mailing.owed += count
    mailing.reached = EVERYBODY if reached is None else reached
    if reached is None:
        mailing.pulse = Pulse.DONE


async def feed_all(session: Session, *, now: datetime) -> None:
    """The clock's: every running mailing gets its next step when its last one runs low."""
    running = (
        select(Mailing, Post)
        .join(Post, Post.id == Mailing.post_id)
        .where(Mailing.pulse == Pulse.RUNNING)
        .order_by(Mailing.id)
    )
    for mailing, post in (await session.execute(running)).all():
        if mailing.errand is not Errand.SEND or _is_low(mailing, now):
            await feed(session, post, mailing, now=now)


def has_lead(post: Post) -> bool:
    """An album, or media whose words do not fit under it, comes as a message before the words."""
    return len(post.media) > 1 or (bool(post.media) and len(post.plain) > CAPTION)


CAPTION = 1024 - 210  # what Telegram takes under a picture, and room to say whose news it is


async def find(session: Session, post_id: int, *, now: datetime) -> Mailing | None:
    """The sending of a post, if it has been sent by messages."""
    found: Mailing | None = await session.scalar(
        select(Mailing)
        .where(Mailing.post_id == post_id, Mailing.errand == Errand.SEND)
        .order_by(Mailing.id.desc())
        .limit(1)
    )
    return found


def progress(mailing: Mailing, now: datetime) -> Progress:
    settled = mailing.delivered + mailing.blocked + mailing.dropped + mailing.failed
    goes_on = mailing.pulse in (Pulse.RUNNING, Pulse.PAUSED)
    ahead = mailing.expected - mailing.owed if goes_on else 0
    return Progress(
        mailing.pulse,
        mailing.expected,
        mailing.delivered,
        mailing.blocked,
        mailing.failed,
        mailing.dropped,
        left=max(0, ahead) + max(0, mailing.owed - settled),
        seconds=(now - mailing.begun_at).total_seconds(),
    )


async def pause(session: Session, mailing: Mailing, *, now: datetime) -> None:
    """What is owed already waits too; what is on its way arrives."""
    if mailing.pulse is Pulse.STOPPED:
        return
    mailing.pulse = Pulse.PAUSED
    await session.execute(_waiting(mailing).values(due_at=now + FAR))


async def resume(session: Session, mailing: Mailing, *, now: datetime) -> None:
    if mailing.pulse is not Pulse.PAUSED:
        return
    mailing.pulse = Pulse.RUNNING
    await session.execute(_waiting(mailing).values(due_at=now))


async def stop(session: Session, mailing: Mailing, *, now: datetime) -> None:
    """Nobody else gets it; whose turn had not come is counted as passed over."""
    mailing.pulse = Pulse.STOPPED
    waiting = _waiting(mailing).values(state=Sending.STALE, settled_at=now)
    rows = await session.execute(waiting.returning(Owed.person_id, Owed.chat_id, Owed.notice))
    gone = [
        Delivered(
            deliveries.Receipt(mailing.post_id, who, chat, deliveries.PARTS[name]), Sending.STALE
        )
        for who, chat, name in rows.all()
        if name in deliveries.PARTS and who is not None
    ]
    await deliveries.record(session, gone, now=now)


async def is_stopped(session: Session, post_id: int, *, now: datetime) -> bool:
    mailing = await find(session, post_id, now=now)
    return mailing is None or mailing.pulse is Pulse.STOPPED


def _waiting(mailing: Mailing):  # type: ignore[no-untyped-def]
    return (
        update(Owed)
        .where(
            outbox.WAITING,
            Owed.state == Sending.NEW,
            Owed.notice.in_(NOTICES[mailing.errand]),
            Owed.details["post_id"].as_integer() == mailing.post_id,
        )
        .execution_options(synchronize_session=False)
    )


async def _audience(
    session: Session, post: Post, errand: Errand, now: datetime
) -> Select[int, int]:
    if errand is Errand.SEND:
        return await audiences.readers(session, post, now=now)
    got = select(Delivery.person_id, Delivery.chat_id).where(
        Delivery.post_id == post.id, Delivery.part == MAIN, Delivery.state == Sending.SENT
    )
    return got if errand is Errand.CORRECT else got.where(Delivery.at > now - DELETABLE)


async def _count(session: Session, audience: Select[int, int]) -> int:
    return await session.scalar(select(func.count()).select_from(audience.subquery())) or 0


def _is_low(mailing: Mailing, now: datetime) -> bool:
    return progress(mailing, now).settled + STEP // 2 >= mailing.owed
