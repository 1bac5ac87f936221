"""Roles: who holds what, for which organisation, and who may change it."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import delete, func, select

from models.base import Session
from models.organisation import ROOT, Organisation
from models.person import Person
from models.role import Grant, Role
from services import audit, notices, organisations, people
from services.access import Actor, Can, require
from services.errors import Refusal


class UnknownRole(Refusal):
    text_id = "roles-unknown"


class AlreadyHeld(Refusal):
    text_id = "roles-held"


class NotHeld(Refusal):
    text_id = "roles-not-held"


class FixedInSettings(Refusal):
    text_id = "roles-fixed"


def parse_role(text: str) -> Role:
    try:
        return Role(text.lower())
    except ValueError:
        raise UnknownRole(role=text[:40], roles=", ".join(Role)) from None


async def grant(
    session: Session, actor: Actor, who: str, role: Role, code: str | None, *, now: datetime
) -> tuple[Person, Organisation | None]:
    """Gives a role for the organisation with this code, or for the whole union without one."""
    organisation = await _scope(session, actor, code)
    person = await people.expect(session, who, now=now)
    if await _find(session, person, role, organisation):
        raise AlreadyHeld
    session.add(
        Grant(
            person_id=person.id,
            role=role,
            organisation_id=organisation.id if organisation else None,
            granted_at=now,
        )
    )
    await _tell(session, actor, person, "granted", role, organisation, now=now)
    return person, organisation


async def revoke(
    session: Session, actor: Actor, who: str, role: Role, code: str | None, *, now: datetime
) -> tuple[Person, Organisation | None]:
    organisation = await _scope(session, actor, code)
    person = await people.expect(session, who, now=now)
    held = await _find(session, person, role, organisation)
    if held is None:
        raise NotHeld
    if held.from_settings:
        raise FixedInSettings
    await session.delete(held)
    await _tell(session, actor, person, "revoked", role, organisation, now=now)
    return person, organisation


async def appoint_from_settings(
    session: Session, telegram_ids: Iterable[int], *, now: datetime
) -> None:
    """The first admins are exactly those the settings name now."""
    wanted = {(await people.expect(session, str(one), now=now)).id for one in telegram_ids}
    await session.execute(delete(Grant).where(Grant.from_settings, Grant.person_id.not_in(wanted)))
    for person_id in wanted:
        person = await session.get_one(Person, person_id)
        if await _find(session, person, Role.ADMIN, None) is None:
            session.add(
                Grant(person_id=person_id, role=Role.ADMIN, from_settings=True, granted_at=now)
            )


async def list_holders(
    session: Session, role: Role, organisation_id: int | None, *, now: datetime
) -> Sequence[Person]:
    """Who holds the role for exactly this organisation (None: for the whole union)."""
    query = select(Person).join(Grant, Grant.person_id == Person.id).where(Grant.role == role)
    return (
        await session.scalars(
            query.where(Grant.organisation_id.is_not_distinct_from(organisation_id))
        )
    ).all()


async def list_admins(session: Session, *, now: datetime) -> Sequence[Person]:
    return await list_holders(session, Role.ADMIN, None, now=now)


async def count_admins(session: Session, *, now: datetime) -> int:
    query = select(func.count()).where(Grant.role == Role.ADMIN)
    return await session.scalar(query) or 0


async def _scope(session: Session, actor: Actor, code: str | None) -> Organisation | None:
    require(actor, Can.GRANT)
    organisation = await organisations.get_by_code(session, actor, code) if code else None
    require(actor, Can.GRANT, organisation.path if organisation else ROOT)
    return organisation


async def _find(
    session: Session, person: Person, role: Role, organisation: Organisation | None
) -> Grant | None:
    found: Grant | None = await session.scalar(
        select(Grant).where(
            Grant.person_id == person.id,
            Grant.role == role,
            Grant.organisation_id.is_not_distinct_from(organisation.id if organisation else None),
        )
    )
    return found


async def _tell(
    session: Session,
    actor: Actor,
    person: Person,
    change: str,
    role: Role,
    organisation: Organisation | None,
    *,
    now: datetime,
) -> None:
    """Audited, told to the person, and their command menu follows."""
    code = organisation.code if organisation else None
    audit.record(
        session, actor, f"role.{change}", "person", person.id, now=now, role=role, code=code
    )
    if person.met_at is not None:
        if person.id != actor.id:
            await notices.owe(
                session,
                person,
                f"roles-{change}",
                now=now,
                role=role,
                organisation_id=organisation.id if organisation else None,
            )
        await notices.owe(session, person, "menu-commands", now=now)
