"""Who answers for an organisation: its chairs, those above them, in the end the admins."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from models.base import Session
from models.organisation import Organisation
from models.person import Person
from models.role import Role
from services import roles


@dataclass(frozen=True)
class Rung:
    """Those who answer at one level: the chairs of an organisation, or in the end the admins."""

    organisation: Organisation | None  # none: the admins
    people: Sequence[Person]


async def climb(
    session: Session, home: Organisation, *, but: int, now: datetime
) -> Sequence[Rung]:
    """From the nearest level that has anybody who can be told, but for the one person."""
    upwards = [await session.get_one(Organisation, one) for one in home.lineage]
    rungs = [
        Rung(one, await _holders(session, Role.CHAIR, [one], but, now=now)) for one in upwards
    ]
    admins = Rung(None, await _holders(session, Role.ADMIN, upwards, but, now=now))
    return [rung for rung in (*rungs, admins) if rung.people]


async def _holders(
    session: Session, role: Role, at: Iterable[Organisation], but: int, *, now: datetime
) -> Sequence[Person]:
    found: dict[int, Person] = {}
    for one in at:
        for scope in (one.id,) if one.parent_id else (one.id, None):
            holders = await roles.list_holders(session, role, scope, now=now)
            found |= {person.id: person for person in holders if person.is_reachable}
    found.pop(but, None)
    return list(found.values())
