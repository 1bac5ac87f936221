"""A post on its way to its readers: owed a step at a time, halted and resumed at will."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    delete,
    exists,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.orm import aliased

from models.base import Session
from models.mail import Lane, Owed, Sending
from models.member import Member
from models.person import Person
from models.post import LEAD, MAIN, Delivery, Errand, Mailing, Post, Pulse, Timing
from services import audiences, broadcasts, deliveries, outbox
from services.broadcasts import EVERYBODY
from services.deliveries import BY_MAIL, BY_TAP, Delivered
from services.mailings_pace import count_pace_from, progress

STEP = 5_000  # people owed at a time: two to four minutes of sending, ten milliseconds of work
WIDE = 20_000  # readers; so many are found by walking all members
DELETABLE = timedelta(hours=48)  # Telegram deletes nothing older
NOTICES = {
    Errand.SEND: ("posts-lead", "posts-post"),
    Errand.CORRECT: ("posts-correct", "posts-correct-opened"),
    Errand.WITHDRAW: ("posts-withdraw", "posts-withdraw-opened"),
}


async def begin(session: Session, post: Post, errand: Errand, *, now: datetime) -> Mailing:
    """A sending begins at once; what follows it waits for the clock, and what is on its way."""
    if errand is Errand.SEND:
        post.lead = has_lead(post)
    mailing = Mailing(post_id=post.id, errand=errand, begun_at=now, pulse=Pulse.RUNNING)
    mailing.expected = await _expected(session, post, errand, now)
    session.add(mailing)
    await session.flush()
    if errand is Errand.SEND:
        await feed(session, post, mailing, now=now)
    return mailing


async def feed(session: Session, post: Post, mailing: Mailing, *, now: datetime) -> None:
    """Owes it to the next people, unless enough are waiting for theirs."""
    reached: int | None = mailing.reached
    for notice in NOTICES[mailing.errand]:
        if notice == "posts-lead" and not has_lead(post):
            continue
        audience = await _audience(session, post, mailing, notice, now)
        count, reached = await _owe(
            session, post, mailing, audience, notice, mailing.reached, STEP, now=now
        )
    mailing.owed += count
    mailing.reached = EVERYBODY if reached is None else reached
    if reached is None:
        mailing.pulse = Pulse.DONE


async def feed_all(session: Session, *, now: datetime) -> None:
    """The clock's: every running mailing gets its next step when its last one runs low."""
    running = (
        select(Mailing)
        .where(Mailing.pulse == Pulse.RUNNING)
        .order_by(Mailing.id)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    for mailing in (await session.scalars(running)).all():
        if await _may_go_on(session, mailing, now):
            post = await session.get_one(Post, mailing.post_id)
            await feed(session, post, mailing, now=now)


async def _owe(  # noqa: PLR0913
    session: Session,
    post: Post,
    mailing: Mailing,
    audience: Select[int, int],
    notice: str,
    after: int = 0,
    step: int = EVERYBODY,
    *,
    now: datetime,
) -> tuple[int, int | None]:
    follows_up = mailing.errand is not Errand.SEND  # silent, and the sooner the better
    lane = Lane.URGENT if follows_up or post.timing is Timing.URGENT else Lane.BULK
    return await broadcasts.owe_everyone(
        session,
        audience,
        notice,
        {"post_id": post.id},
        after=after,
        step=step,
        lane=lane,
        among=_anybody(post) if follows_up else None,
        now=now,
    )


def has_lead(post: Post) -> bool:
    """An album, or media whose words do not fit under it, comes as a message before the words.

    Once it is on its way to a chat it stays as it was, whatever becomes of the words. Until then,
    and for whoever opens it, it is as the post is now: a channel adds to an album part by part.
    """
    if post.lead is not None:
        return post.lead
    return len(post.media) > 1 or (bool(post.media) and len(post.plain) > CAPTION)


CAPTION = 1024 - 210  # what Telegram takes under a picture, and room to say whose news it is


async def pause(session: Session, mailing: Mailing, *, now: datetime) -> None:
    """What is owed is taken back, to be owed again; what is on its way arrives."""
    if mailing.pulse is Pulse.STOPPED or not progress(mailing, now).left:
        return
    mailing.pulse = Pulse.PAUSED
    # Whoever has the album already gets its words too, and the other way round.
    begun = exists().where(
        Delivery.post_id == mailing.post_id,
        Delivery.person_id == Owed.person_id,
        Delivery.part.in_(BY_MAIL),
    )
    taken_back = (
        delete(Owed)
        .where(*_waiting(mailing), ~begun)
        .returning(Owed.person_id, Owed.notice)
        .execution_options(synchronize_session=False)
    )
    rows = (await session.execute(taken_back)).all()
    main = NOTICES[Errand.SEND][-1]
    people = [who for who, notice in rows if who is not None and notice == main]
    if people:
        mailing.owed -= len(people)
        mailing.reached = min(mailing.reached, min(people) - 1)


async def resume(session: Session, mailing: Mailing, *, now: datetime) -> None:
    if mailing.pulse is not Pulse.PAUSED:
        return
    mailing.pulse = Pulse.RUNNING  # the clock goes on with it
    count_pace_from(mailing, now)


async def stop(session: Session, mailing: Mailing, *, now: datetime) -> None:
    """Nobody else gets it; whose turn had not come is counted as passed over."""
    mailing.pulse = Pulse.STOPPED
    passed_over = (
        update(Owed)
        .where(*_waiting(mailing))
        .values(state=Sending.STALE, settled_at=now)
        .returning(Owed.person_id, Owed.chat_id, Owed.notice)
        .execution_options(synchronize_session=False)
    )
    rows = await session.execute(passed_over)
    gone = [
        Delivered(
            deliveries.Receipt(mailing.post_id, who, chat, deliveries.PARTS[name]), Sending.STALE
        )
        for who, chat, name in rows.all()
        if name in deliveries.PARTS and who is not None
    ]
    await deliveries.record(session, gone, now=now)


async def repeat(session: Session, post: Post, mailing: Mailing, *, now: datetime) -> bool:
    """Once more to those of whom nobody knows whether it reached them; whether there were any."""
    if mailing.pulse is Pulse.STOPPED or not progress(mailing, now).is_over or not mailing.unsure:
        return False
    lost, albums = _lost(post, MAIN), 0
    if has_lead(post):
        whole = lost.where(~_has(post, LEAD))
        await _owe(session, post, mailing, whole, "posts-lead", now=now)
        alone = _lost(post, LEAD).where(_has(post, MAIN))
        albums, _ = await _owe(session, post, mailing, alone, "posts-lead", now=now)
    words, _ = await _owe(session, post, mailing, lost, "posts-post", now=now)
    forgotten = delete(Delivery).where(
        Delivery.post_id == post.id, Delivery.state == Sending.UNKNOWN
    )
    await session.execute(forgotten)
    mailing.owed -= mailing.unsure - albums - words  # receipts are not kept for ever
    mailing.unsure, mailing.told = 0, None
    count_pace_from(mailing, now)
    return True


def _lost(post: Post, part: int) -> Select[int, int]:
    """Selects person id and Telegram id: nobody knows whether this part reached them."""
    return select(Delivery.person_id, Delivery.chat_id).where(
        Delivery.post_id == post.id, Delivery.part == part, Delivery.state == Sending.UNKNOWN
    )


def _has(post: Post, part: int) -> ColumnElement[bool]:
    """Of deliveries: whoever it is to has this part."""
    got = aliased(Delivery)
    whose = (got.post_id == post.id, got.person_id == Delivery.person_id)
    return exists().where(*whose, got.part == part, got.state == Sending.SENT)


async def is_stopped(session: Session, post_id: int, *, now: datetime) -> bool:
    mailing = await deliveries.find_sending(session, post_id, now=now)
    return mailing is None or mailing.pulse is Pulse.STOPPED


def _waiting(mailing: Mailing, state: Sending = Sending.NEW) -> list[ColumnElement[bool]]:
    """Of rows of the outbox: those of this post's sending that are not settled."""
    return [_unsettled(mailing, NOTICES[Errand.SEND]), Owed.state == state]


def _waits(mailing: Mailing, notice: str) -> ColumnElement[bool]:
    """Of people: it is owed to them already, or on its way."""
    return exists().where(Owed.chat_id == Person.telegram_id, _unsettled(mailing, [notice]))


def _unsettled(mailing: Mailing, notices: Sequence[str]) -> ColumnElement[bool]:
    about = Owed.details["post_id"].as_integer() == mailing.post_id
    return and_(outbox.WAITING, Owed.notice.in_(notices), about)


async def _may_go_on(session: Session, mailing: Mailing, now: datetime) -> bool:
    """Few are left whose turn is now, and nothing that this is to follow is on its way."""
    if mailing.errand is not Errand.SEND:
        on_its_way = exists().where(*_waiting(mailing, Sending.SENDING))
        if await session.scalar(select(or_(on_its_way, _opened_before(mailing)))):
            return False
    mine = (_unsettled(mailing, NOTICES[mailing.errand]), Owed.state == Sending.NEW)
    due = select(Owed.id).where(*mine, Owed.due_at <= now).limit(STEP // 2)
    counted = await session.scalar(select(func.count()).select_from(due.subquery()))
    return (counted or 0) < STEP // 2


async def _audience(
    session: Session, post: Post, mailing: Mailing, notice: str, now: datetime
) -> Select[int, int]:
    if mailing.errand is Errand.SEND:
        wide = mailing.expected > WIDE
        found = await audiences.readers(session, post, wide=wide, now=now)
        has_it = exists().where(
            Delivery.post_id == post.id,
            Delivery.person_id == Member.person_id,
            Delivery.part == deliveries.PARTS[notice],
        )
        found = found.where(~has_it, Member.joined_at <= mailing.begun_at)
        # Since a pause the cursor may stand before people whose turn had come by then.
        return found.where(~_waits(mailing, notice)) if mailing.resumed_at else found
    where = BY_TAP if notice.endswith("-opened") else BY_MAIL
    return (
        select(Delivery.person_id, Delivery.chat_id)
        .where(Delivery.post_id == post.id, Delivery.part.in_(where))
        .where(Delivery.state == Sending.SENT, broadcasts.in_step(Delivery.person_id))
        .distinct()
    )


def _anybody(post: Post) -> Select[int]:
    """The next of those in whose chats it is, however it came there."""
    further = (Delivery.post_id == post.id, Delivery.person_id > bindparam("after"))
    found = select(Delivery.person_id).where(*further).distinct().order_by(Delivery.person_id)
    return select(found.limit(bindparam("step")).subquery().c.person_id)


def _opened_before(mailing: Mailing) -> ColumnElement[bool]:
    """It is on its way as it was to somebody who has just opened it."""
    about = Owed.details["post_id"].as_integer() == mailing.post_id
    answers = (outbox.WAITING, Owed.lane == Lane.ANSWER, Owed.method.is_not(None))
    return exists().where(*answers, about, Owed.due_at <= mailing.begun_at)


async def _expected(session: Session, post: Post, errand: Errand, now: datetime) -> int:
    """Nobody has it before it is sent, and only those who got it are told of changes."""
    if errand is Errand.SEND:
        return await audiences.count(session, post, now=now)
    sending = await deliveries.find_sending(session, post.id, now=now)
    return sending.delivered if sending else 0
