"""Who is responsible for an event: found as whoever comes is, or named by their account."""

from collections.abc import Sequence
from datetime import datetime

from models.base import Session
from models.event import State
from models.member import Member
from models.organisation import Organisation
from models.person import Person
from services import access, events, events_desk, events_leaving, members, notices, people
from services.access import Actor
from services.errors import Refusal
from services.events import Known
from services.events_changes import alter, lock_changeable
from services.events_making import contact_of


class HostOutside(Refusal):
    text_id = "events-host-outside"


class HostUnknown(Refusal):
    text_id = "events-host-unknown"


async def search(
    session: Session, actor: Actor, words: str
) -> Sequence[tuple[Member, Organisation]]:
    """By name or number; @names are of accounts."""
    return [] if words.startswith("@") else await members.search(session, actor, words)


async def appoint(
    session: Session, actor: Actor, event_id: int, who: str, *, now: datetime
) -> None:
    """By @name or Telegram ID."""
    try:
        person = await people.get_met(session, who, now=now)
    except people.UnknownPerson:
        raise HostUnknown(who=who[:40]) from None
    await _entrust(session, actor, event_id, person, now=now)


async def appoint_member(
    session: Session, actor: Actor, event_id: int, member_id: int, *, now: datetime
) -> None:
    member, _ = await members.get_for(session, actor, member_id)
    person = await session.get_one(Person, member.person_id)
    await _entrust(session, actor, event_id, person, now=now)


async def _entrust(
    session: Session, actor: Actor, event_id: int, person: Person, *, now: datetime
) -> None:
    """And how they are reached: a name only of those one may look up."""
    known = await lock_changeable(session, actor, event_id, now=now)
    host = await access.load(session, person)
    if not events.may_host(host, known):
        raise HostOutside
    before = await _host_of(session, known)
    name = await events_desk.name_for(session, actor, person, now=now)
    contact = contact_of(person, name)
    await alter(session, actor, known, now=now, host_id=person.id, contact=contact)
    if known.event.state is not State.OPEN:
        return
    if person.id != actor.id and person.is_reachable:
        await notices.owe(session, person, "events-host", now=now, event_id=event_id)
    if before is not None and before.id not in (person.id, actor.id) and before.is_reachable:
        await notices.owe(session, before, "events-host-no-more", now=now, event_id=event_id)
        await events_leaving.redraw(session, before, now=now)


async def _host_of(session: Session, known: Known) -> Person | None:
    """Not one who has heard already that they answer for it no more."""
    if (host_id := known.event.host_id) is None:
        return None
    host = await session.get_one(Person, host_id)
    return host if events.may_host(await access.load(session, host), known) else None
