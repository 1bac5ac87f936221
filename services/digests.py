"""Digests: owed to everybody of a slot when its hour comes, put together when each is sent."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, exists, false, func, or_, select, true, update

from models.base import Session
from models.mail import Sending
from models.member import Member
from models.organisation import Organisation
from models.person import Person, person_interests
from models.post import Audience, Post, post_rubrics, post_targets
from models.subscription import Slot, Subscription
from services import broadcasts, news, outbox, slots
from services.access import within
from services.ages import young_after
from services.broadcasts import EVERYBODY
from services.slots import NOTICE

STEP = 5_000  # people owed theirs at a time
# A round begins so long after its hour: what was being published by then is committed.
SETTLED = timedelta(seconds=30)


class _Span(NamedTuple):
    """What was published between two moments, for those in a slot who have not had it."""

    slot_id: int
    since: datetime
    up_to: datetime
    apart: bool  # for those who have their own `since`


_Aims = tuple[tuple[Audience, tuple[str, ...]], ...]


async def owe_due(session: Session, *, now: datetime) -> None:
    """The clock's: the next people of the rounds that are due or under way."""
    moment, left = now - SETTLED, STEP
    due = (
        select(Slot)
        .where(or_(Slot.up_to.is_not(None), Slot.next_at <= moment))
        .order_by(Slot.up_to.is_(None), Slot.next_at, Slot.id)
        .with_for_update(skip_locked=True)
    )
    for slot in (await session.scalars(due)).all():
        if slot.up_to is None:
            slot.up_to, slot.reached = moment, 0
        left -= await advance(session, slot, left, now=now)
        if left <= 0:
            return


async def advance(session: Session, slot: Slot, step: int, *, now: datetime) -> int:
    """Owes so many people of the slot theirs; how many it was."""
    assert slot.up_to
    count, last = await _owe(session, slot, slot.told_up_to, step, now)
    if last is not None:
        slot.reached = last
        return count
    await _owe_apart(session, slot, now)
    slot.told_up_to, slot.up_to, slot.reached = slot.up_to, None, 0
    slot.next_at = slots.next_at(slot.frequency, slot.hour, slot.zone, slot.told_up_to)
    return count


async def _owe(
    session: Session,
    slot: Slot,
    since: datetime,
    step: int,
    now: datetime,
    *,
    apart: bool = False,
) -> tuple[int, int | None]:
    """Of what came since then; how many it was, and the last person unless all have it."""
    assert slot.up_to
    aims = await _aims(session, since, slot.up_to)
    if not aims:
        return 0, None
    span = _Span(slot.id, since, slot.up_to, apart)
    return await broadcasts.owe_everyone(
        session,
        _audience(span, aims, young_after(now.date())),
        NOTICE,
        {"slot_id": slot.id, "since": since.isoformat()},
        after=0 if apart else slot.reached,
        step=step,
        among=_standing(span),
        now=now,
    )


async def _owe_apart(session: Session, slot: Slot, now: datetime) -> None:
    """To those who came from another slot, of what they have not been told there."""
    theirs = [Subscription.slot_id == slot.id, Subscription.since < slot.up_to]
    for since in (
        await session.scalars(select(Subscription.since).where(*theirs).distinct())
    ).all():
        if since:
            await _owe(session, slot, since, EVERYBODY, now, apart=True)
    told = update(Subscription).where(*theirs).values(since=None)
    await session.execute(told.execution_options(synchronize_session=False))


def _told(span: _Span) -> list[ColumnElement[bool]]:
    since = Subscription.since == span.since if span.apart else Subscription.since.is_(None)
    return [Subscription.slot_id == span.slot_id, since]


@lru_cache(maxsize=8)
def _standing(span: _Span) -> Select[int]:
    """Ids of those in the slot who have been told up to the beginning of the span."""
    return select(Subscription.person_id).where(*_told(span))


@lru_cache(maxsize=8)
def _audience(span: _Span, aims: _Aims, young: date) -> Select[int, int]:
    """Of them those for whom there is anything, but for what each has muted or read.

    Whoever still has one waiting gets all of it in that one.
    """
    waiting = outbox.EARLIER.c
    # A question for each person, which PostgreSQL takes for one that half of them pass: as an
    # anti-join it would compare all with all, and of `IS NULL` it expects next to nobody.
    has_one = (
        select(true())
        .where(
            waiting.chat_id == Person.telegram_id,
            waiting.settled_at.is_(None),
            waiting.state == Sending.NEW,
            waiting.notice == NOTICE,
        )
        .limit(1)
        .scalar_subquery()
    )
    return (
        select(Person.id, Person.telegram_id)
        .join(Subscription, Subscription.person_id == Person.id)
        .join(Member, Member.person_id == Person.id)
        .join(Organisation, Organisation.id == Member.organisation_id)
        .where(
            *_told(span),
            broadcasts.in_step(Subscription.person_id),
            broadcasts.in_step(Member.person_id),
            Member.left_at.is_(None),
            Person.met_at.is_not(None),
            Person.unreachable_since.is_(None),
            or_(*(_is_aimed_at(span, aim, paths, young) for aim, paths in aims)),
            ~func.coalesce(has_one, false()),
        )
    )


def _is_aimed_at(
    span: _Span, audience: Audience, paths: Sequence[str], young: date
) -> ColumnElement[bool]:
    there = within(Organisation.path, paths)
    match audience:
        case Audience.YOUNG:
            return there & (Member.born_on > young)
        case Audience.FOLLOWERS:
            followed = (
                select(post_rubrics.c.interest_id)
                .join(Post, Post.id == post_rubrics.c.post_id)
                .where(news.is_fresh(span.since, span.up_to), Post.audience == Audience.FOLLOWERS)
            )
            chosen = person_interests.c
            return there & exists().where(
                chosen.person_id == Person.id, chosen.interest_id.in_(followed)
            )
    return there


async def _aims(session: Session, since: datetime, up_to: datetime) -> _Aims:
    """What there is to tell: under which organisations, and to whom there."""
    aimed = (
        select(Post.audience, Organisation.path)
        .join(post_targets, post_targets.c.post_id == Post.id)
        .join(Organisation, Organisation.id == post_targets.c.organisation_id)
        .where(news.is_fresh(since, up_to))
        .distinct()
    )
    paths: dict[Audience, list[str]] = {}
    for audience, path in (await session.execute(aimed)).all():
        paths.setdefault(audience, []).append(path)
    return tuple((one, _outermost(paths[one])) for one in Audience if one in paths)


def _outermost(paths: Iterable[str]) -> tuple[str, ...]:
    kept: list[str] = []
    for path in sorted(paths):
        if not kept or not path.startswith(kept[-1]):
            kept.append(path)
    return tuple(kept)
