"""The membership card: a sealed pointer in a QR, its truth asked live each time it is shown."""

from dataclasses import dataclass
from datetime import datetime

from models.base import Session
from models.member import Member
from models.organisation import Organisation
from services import members
from services.access import Actor, Can
from services.errors import Refusal
from services.house import House


class Forged(Refusal):
    text_id = "cards-forged"


class Outdated(Refusal):
    text_id = "cards-outdated"


@dataclass(frozen=True)
class Checked:
    """What the one who scanned may know: everybody the validity, some also the person."""

    valid: bool
    member: Member | None = None
    organisation: Organisation | None = None


async def check(
    session: Session,
    actor: Actor,
    pointer: str,
    house: House,
    *,
    shown: bool = False,
    now: datetime,
) -> Checked:
    """`shown`: at the door of an event, to whoever checks in there."""
    member_id = house.seal.read(pointer)
    member = await members.find_by_id(session, member_id, now=now) if member_id else None
    if member is None:
        raise Forged
    if member.left_at and await members.name_of(session, member.person_id, now=now):
        raise Outdated  # left and came back: only the card of the present membership counts
    organisation = await session.get_one(Organisation, member.organisation_id)
    valid = member.left_at is None
    if shown or actor.may(Can.SEE_MEMBERS, organisation.path):
        return Checked(valid, member, organisation)
    return Checked(valid)
