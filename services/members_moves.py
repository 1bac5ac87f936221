"""A membership goes over to another account of the same person, and what they did with it."""

from datetime import datetime

from sqlalchemy import Table, delete, select, update

from models.application import Application
from models.base import Session
from models.event import Attendance, Event, Feed, Rating
from models.member import Member
from models.person import Person, person_interests
from models.subscription import Subscription, mutes
from services import access, audit, events_leaving, events_seats, holders, members, notices
from services.access import Actor


async def move(
    session: Session, actor: Actor, member: Member, application: Application, *, now: datetime
) -> None:
    """The membership goes over to the applicant's account; the old account is told.

    Roles stay where they were: whoever links two accounts must not hand out rights by it.
    """
    # Linked from two applications at once, it moves twice, and each account it leaves is told.
    await session.refresh(member, with_for_update=True)
    old = await session.get_one(Person, member.person_id)
    await _carry_over(session, old, await session.get_one(Person, application.person_id), now)
    member.person_id = application.person_id
    for name, value in members.details_of(application).items():
        setattr(member, name, value)
    await session.flush()
    await events_leaving.redraw(session, old, now=now)
    audit.record(session, actor, "member.moved", "member", member.id, now=now)
    await notices.owe(session, old, "members-moved", now=now)
    await notices.owe(session, old, "menu-commands", now=now)
    if (await access.load(session, old)).roles:
        admins = await holders.list_admins(session, now=now)
        details = {"member_id": member.id, "telegram_id": old.telegram_id}
        await notices.owe_all(session, admins, "members-roles-stay", now=now, details=details)


async def _carry_over(session: Session, old: Person, new: Person, now: datetime) -> None:
    """What a member has chosen, and where they were, goes with the membership."""
    new.timezone, new.notify_from, new.notify_to = old.timezone, old.notify_from, old.notify_to
    subscriptions: Table = Subscription.__table__  # type: ignore[assignment]
    for kept in (person_interests, mutes, subscriptions):
        await session.execute(delete(kept).where(kept.c.person_id == new.id))
        await session.execute(
            update(kept).where(kept.c.person_id == old.id).values(person_id=new.id)
        )
    await session.execute(delete(Feed).where(Feed.person_id == old.id))
    await events_seats.hand_over(session, old, new, now=now)
    for done in (Attendance, Rating):
        theirs = select(done.event_id).where(done.person_id == new.id)
        mine = update(done).where(done.person_id == old.id, done.event_id.not_in(theirs))
        await session.execute(mine.values(person_id=new.id))
    hosted = update(Event).where(Event.host_id == old.id).values(host_id=new.id)
    await session.execute(hosted)
