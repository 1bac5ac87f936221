"""When digests are due: a slot is an hour by some clock, and whoever chose it stands in it."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, bindparam, func, literal, null, select, update

from models.base import Session, insert_of
from models.mail import Owed, Sending
from models.member import Counter, Member
from models.organisation import Organisation
from models.person import Person
from models.subscription import Frequency, Slot, Subscription
from services import outbox

NOTICE = "digests-digest"
USUAL = (Frequency.DAILY, 18)  # until they choose
DAYS = {
    Frequency.DAILY: range(7),
    Frequency.WORKDAYS: range(5),
    Frequency.WEEKLY: range(1),  # Monday
    Frequency.OFF: range(0),
}
LONGEST_BACK = timedelta(days=7)  # of news, for whoever switches digests on again
STEP = 5_000  # members looked at in one go
STRAYS = 200
_CURSOR = "settled"

_STANDING = (
    select(Slot, Subscription)
    .join(Subscription, Subscription.slot_id == Slot.id)
    .where(Subscription.person_id == bindparam("who"))
)
# By whose clock a member lives.
ZONE = func.coalesce(Person.timezone, Organisation.timezone)


def next_at(frequency: Frequency, hour: int, zone: str, after: datetime) -> datetime | None:
    return _turn(frequency, hour, ZoneInfo(zone), after, ahead=True)


def told(slot: Slot, subscription: Subscription) -> datetime:
    """Posts published until then have had their digest for this one."""
    if subscription.since is None and slot.up_to and subscription.person_id <= slot.reached:
        return slot.up_to
    return subscription.since or slot.told_up_to


async def get(
    session: Session, zone: str, frequency: Frequency, hour: int, *, now: datetime
) -> Slot:
    known = {"zone": zone, "frequency": frequency, "hour": hour}
    query = select(Slot).filter_by(**known)
    found = await session.scalar(query)
    if found is None:
        last = _turn(frequency, hour, ZoneInfo(zone), now, ahead=False) or now
        first = insert_of(session, Slot).values(
            **known,
            next_at=next_at(frequency, hour, zone, now),
            told_up_to=last,
            up_to=None,
            reached=0,
        )
        await session.execute(first.on_conflict_do_nothing())
        found = (await session.scalars(query)).one()
    return found


async def find(
    session: Session, person_id: int, *, now: datetime
) -> tuple[Slot, Subscription] | None:
    row = (await session.execute(_STANDING, {"who": person_id})).first()
    return (row[0], row[1]) if row else None


async def move(session: Session, person: Person, slot: Slot, *, now: datetime) -> None:
    """What waits to be sent is taken back, and comes with the next one of the new slot."""
    subscription = await session.get_one(Subscription, person.id, populate_existing=True)
    old = await session.get_one(
        Slot, subscription.slot_id, with_for_update=True, populate_existing=True
    )
    if old.id == slot.id:
        return
    await session.refresh(subscription)
    since = min([told(old, subscription), *await _take_back(session, person, now)])
    if old.frequency is Frequency.OFF:
        since = max(since, now - LONGEST_BACK)
    subscription.since, subscription.slot_id = since, slot.id


async def settle(session: Session, which: ColumnElement[bool], *, now: datetime) -> None:
    """Members without a slot get the usual one; those whose clock has changed, theirs."""
    members = (
        select(ZONE.label("zone"))
        .select_from(Member)
        .join(Person, Person.id == Member.person_id)
        .join(Organisation, Organisation.id == Member.organisation_id)
        .outerjoin(Subscription, Subscription.person_id == Person.id)
        .where(which, Member.left_at.is_(None))
    )
    new = members.where(Subscription.person_id.is_(None))
    for zone in (await session.scalars(new.distinct())).all():
        slot = await get(session, zone, *USUAL, now=now)
        rows = new.where(ZONE.is_not_distinct_from(zone)).with_only_columns(
            Person.id, literal(slot.id), null()
        )
        insert = insert_of(session, Subscription)
        names = ["person_id", "slot_id", "since"]
        await session.execute(insert.from_select(names, rows).on_conflict_do_nothing())
    strays = (
        members.join(Slot, Slot.id == Subscription.slot_id)
        .where(Slot.zone != ZONE)
        .with_only_columns(Person, Slot, ZONE)
        .limit(STRAYS)
    )
    for person, old, zone in (await session.execute(strays)).all():
        slot = await get(session, zone, old.frequency, old.hour, now=now)
        await move(session, person, slot, now=now)


async def settle_next(session: Session, *, now: datetime) -> None:
    """The clock's: some members at a time, round and round."""
    first = insert_of(session, Counter).values(name=_CURSOR, value=0)
    await session.execute(first.on_conflict_do_nothing())
    cursor = await session.get_one(Counter, _CURSOR)
    end = cursor.value + STEP
    await settle(session, (Member.id > cursor.value) & (Member.id <= end), now=now)
    last = await session.scalar(select(func.max(Member.id)))
    cursor.value = end if end < (last or 0) else 0


async def _take_back(session: Session, person: Person, now: datetime) -> list[datetime]:
    """From when on each of them told."""
    waiting = (
        update(Owed)
        .where(
            Owed.chat_id == person.telegram_id,
            outbox.WAITING,
            Owed.state == Sending.NEW,
            Owed.notice == NOTICE,
        )
        .values(state=Sending.STALE, settled_at=now)
        .returning(Owed.details)
        .execution_options(synchronize_session=False)
    )
    rows = await session.scalars(waiting)
    return [datetime.fromisoformat(details["since"]) for details in rows if details]


def _turn(
    frequency: Frequency, hour: int, zone: ZoneInfo, near: datetime, *, ahead: bool
) -> datetime | None:
    """The first of its moments after `near`, or the last one not after it."""
    if not DAYS[frequency]:
        return None
    day = near.astimezone(zone).date()
    while True:
        at = datetime(day.year, day.month, day.day, hour, tzinfo=zone).astimezone(UTC)
        if day.weekday() in DAYS[frequency] and (at > near if ahead else at <= near):
            return at
        day += timedelta(days=1 if ahead else -1)
