"""Who answers for an organisation: its chairs, those above them, in the end the admins."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from models.base import Session
from models.organisation import Organisation
from models.person import Person
from models.role import Role
from services import holders


@dataclass(frozen=True)
class Rung:
    """Those who answer at one level: the chairs of an organisation, or in the end the admins."""

    organisation: Organisation | None  # none: the admins
    people: Sequence[Person]


async def climb(
    session: Session, home: Organisation, *, but: int | None = None, now: datetime
) -> Sequence[Rung]:
    """From the nearest level that has anybody who can be told, but for the one person."""
    upwards = [await session.get_one(Organisation, one) for one in home.lineage]
    rungs = [Rung(one, await _holders(session, Role.CHAIR, [one], now=now)) for one in upwards]
    admins = Rung(None, await _holders(session, Role.ADMIN, upwards, now=now))
    return without([*rungs, admins], but)


def without(rungs: Sequence[Rung], person_id: int | None) -> Sequence[Rung]:
    """The same ladder with somebody taken off it."""
    left = [Rung(r.organisation, [p for p in r.people if p.id != person_id]) for r in rungs]
    return [rung for rung in left if rung.people]


async def _holders(
    session: Session, role: Role, at: Iterable[Organisation], *, now: datetime
) -> Sequence[Person]:
    found: dict[int, Person] = {}
    for one in at:
        for scope in (one.id,) if one.parent_id else (one.id, None):
            there = await holders.list_holders(session, role, scope, now=now)
            found |= {person.id: person for person in there if person.is_reachable}
    return list(found.values())
