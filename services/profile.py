"""What a member tells the bot about how to reach them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from models.base import Session
from models.member import Member
from models.organisation import Organisation
from models.person import Person
from services import audit, interests, members, slots
from services.access import Actor
from services.errors import NotFound
from services.hours import ROUND_THE_CLOCK

# One for each of Russia's eleven times, from west to east.
ZONES = (
    "Europe/Kaliningrad",
    "Europe/Moscow",
    "Europe/Samara",
    "Asia/Yekaterinburg",
    "Asia/Omsk",
    "Asia/Krasnoyarsk",
    "Asia/Irkutsk",
    "Asia/Yakutsk",
    "Asia/Vladivostok",
    "Asia/Magadan",
    "Asia/Kamchatka",
)
USUAL_HOURS = ((8, 22), (9, 21), (10, 20), ROUND_THE_CLOCK)


@dataclass(frozen=True)
class Profile:
    person: Person
    member: Member
    organisation: Organisation
    interests: Sequence[str]


async def get(session: Session, actor: Actor) -> Profile:
    member = members.require_member(actor)
    organisation = await session.get_one(Organisation, member.organisation_id)
    chosen = await interests.list_chosen(session, actor)
    return Profile(actor.person, member, organisation, chosen)


async def set_zone(session: Session, actor: Actor, zone: str | None, *, now: datetime) -> None:
    """None: the organisation's, whatever that becomes."""
    members.require_member(actor)
    if zone is not None and zone not in ZONES:
        raise NotFound
    if zone == actor.person.timezone:
        return
    actor.person.timezone = zone
    await slots.settle(session, Member.person_id == actor.id, now=now)
    audit.record(session, actor, "profile.zone", "person", actor, now=now, zone=zone)


async def set_hours(
    session: Session, actor: Actor, start: int, end: int, *, now: datetime
) -> None:
    """From and till, whole hours; from later than till: the night lies between them."""
    members.require_member(actor)
    if not {start, end} <= set(range(24)):
        raise NotFound
    if (start, end) == (actor.person.notify_from, actor.person.notify_to):
        return
    actor.person.notify_from, actor.person.notify_to = start, end
    audit.record(session, actor, "profile.hours", "person", actor, now=now, start=start, end=end)
