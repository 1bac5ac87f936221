"""Who holds which role."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, or_, select

from models.base import Session
from models.organisation import Organisation
from models.person import Person
from models.role import Grant, Role
from services.access import RIGHTS, Can


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


async def list_able(
    session: Session, can: Can, organisation: Organisation, *, now: datetime
) -> Sequence[Person]:
    """Everybody who has the right there, by whatever role."""
    roles = [role for role, rights in RIGHTS.items() if can in rights]
    there = or_(Grant.organisation_id.in_(organisation.lineage), Grant.organisation_id.is_(None))
    query = (
        select(Person)
        .join(Grant, Grant.person_id == Person.id)
        .where(Grant.role.in_(roles), there)
        .distinct()
    )
    if can is Can.PUBLISH:
        query = query.where(Grant.drafts_only.is_(False))
    return (await session.scalars(query)).all()


async def list_admins(session: Session, *, now: datetime) -> Sequence[Person]:
    return await list_holders(session, Role.ADMIN, None, now=now)


async def count_admins(session: Session, *, now: datetime) -> int:
    query = select(func.count()).where(Grant.role == Role.ADMIN)
    return await session.scalar(query) or 0
