"""Invitations: short codes that lead into an organisation, counted, ended, revoked."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite

from models.application import Application, State
from models.base import Session
from models.invitation import Invitation, InvitationUse
from models.organisation import Organisation
from services import audit
from services.access import Actor, Can, require, within
from services.errors import NotFound, Refusal
from services.paging import Paged, page_of
from services.parsing import CODE_ALPHABET, CODE_LENGTH

PAGE = 6


class Unknown(Refusal):
    text_id = "invitations-unknown"


class Ended(Refusal):
    text_id = "invitations-ended"


class Revoked(Refusal):
    text_id = "invitations-revoked"


@dataclass(frozen=True)
class Counted:
    """An invitation with how many opened it and how many became members by it."""

    invitation: Invitation
    organisation: Organisation
    opened: int
    joined: int


async def create(
    session: Session, actor: Actor, organisation: Organisation, *, now: datetime
) -> Counted:
    require(actor, Can.INVITE, organisation.path)
    code = "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
    invitation = Invitation(
        code=code, organisation_id=organisation.id, created_by=actor.id, created_at=now
    )
    session.add(invitation)
    await session.flush()
    audit.record(
        session,
        actor,
        "invitation.created",
        "invitation",
        invitation.id,
        now=now,
        code=organisation.code,
    )
    return Counted(invitation, organisation, 0, 0)


async def get_standing(
    session: Session, actor: Actor, organisation: Organisation, *, now: datetime
) -> Counted:
    """The actor's plain invitation to this organisation: made the first time it is asked for."""
    require(actor, Can.INVITE, organisation.path)
    standing = await session.scalar(
        select(Invitation)
        .where(
            Invitation.organisation_id == organisation.id,
            Invitation.created_by == actor.id,
            Invitation.revoked_at.is_(None),
            Invitation.label.is_(None),
            Invitation.ends_on.is_(None),
        )
        .order_by(Invitation.id.desc())
        .limit(1)
    )
    if standing is None:
        return await create(session, actor, organisation, now=now)
    return await _count(session, standing, organisation)


async def get_for(session: Session, actor: Actor, invitation_id: int) -> Counted:
    invitation = await session.get(Invitation, invitation_id)
    if invitation is None:
        raise NotFound
    organisation = await session.get_one(Organisation, invitation.organisation_id)
    if not actor.may(Can.INVITE, organisation.path):
        raise NotFound
    return await _count(session, invitation, organisation)


async def list_for(session: Session, actor: Actor, *, page: int = 0) -> Paged[Counted]:
    """Those in force, newest first."""
    require(actor, Can.INVITE)
    query = (
        select(Invitation, Organisation)
        .join(Organisation, Organisation.id == Invitation.organisation_id)
        .where(
            Invitation.revoked_at.is_(None),
            within(Organisation.path, actor.paths(Can.INVITE)),
        )
        .order_by(Invitation.id.desc())
    )
    found = await page_of(session, query, page, PAGE)
    return found._replace(items=[await _count(session, *row) for row in found.items])


async def set_label(session: Session, actor: Actor, invitation_id: int, label: str) -> Counted:
    counted = await get_for(session, actor, invitation_id)
    counted.invitation.label = label
    return counted


async def set_end(
    session: Session, actor: Actor, invitation_id: int, ends_on: date | None
) -> Counted:
    counted = await get_for(session, actor, invitation_id)
    counted.invitation.ends_on = ends_on
    return counted


async def revoke(session: Session, actor: Actor, invitation_id: int, *, now: datetime) -> Counted:
    counted = await get_for(session, actor, invitation_id)
    if counted.invitation.revoked_at is None:
        counted.invitation.revoked_at = now
        audit.record(session, actor, "invitation.revoked", "invitation", invitation_id, now=now)
    return counted


async def open_by_code(
    session: Session, actor: Actor, code: str, *, now: datetime
) -> tuple[Invitation, Organisation]:
    """Remembers who came by it; says why it does not work when it does not."""
    invitation = await session.scalar(select(Invitation).where(Invitation.code == code))
    if invitation is None:
        raise Unknown(code=code[:40])
    organisation = await session.get_one(Organisation, invitation.organisation_id)
    if invitation.revoked_at is not None:
        raise Revoked
    if _is_over(invitation, organisation, now):
        raise Ended
    dialect = session.get_bind().dialect.name
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    used = insert(InvitationUse).values(
        invitation_id=invitation.id, person_id=actor.id, opened_at=now
    )
    await session.execute(
        used.on_conflict_do_update(
            index_elements=["invitation_id", "person_id"], set_={"opened_at": now}
        )
    )
    return invitation, organisation


async def find_last_used(session: Session, actor: Actor, *, now: datetime) -> Invitation | None:
    """The invitation the actor came by, while it is in force."""
    row = (
        await session.execute(
            select(Invitation, Organisation)
            .join(InvitationUse, InvitationUse.invitation_id == Invitation.id)
            .join(Organisation, Organisation.id == Invitation.organisation_id)
            .where(InvitationUse.person_id == actor.id, Invitation.revoked_at.is_(None))
            .order_by(InvitationUse.opened_at.desc())
            .limit(1)
        )
    ).first()
    return None if row is None or _is_over(row[0], row[1], now) else row[0]


async def find_organisation(
    session: Session, actor: Actor, invitation_id: int | None
) -> Organisation | None:
    """Where an invitation leads."""
    if invitation_id is None:
        return None
    found: Organisation | None = await session.scalar(
        select(Organisation)
        .join(Invitation, Invitation.organisation_id == Organisation.id)
        .where(Invitation.id == invitation_id)
    )
    return found


def _is_over(invitation: Invitation, organisation: Organisation, now: datetime) -> bool:
    """The last day counts whole, in the organisation's own zone."""
    today = now.astimezone(ZoneInfo(organisation.timezone)).date()
    return invitation.ends_on is not None and today > invitation.ends_on


async def _count(session: Session, invitation: Invitation, organisation: Organisation) -> Counted:
    opened = select(func.count()).where(InvitationUse.invitation_id == invitation.id)
    joined = select(func.count()).where(
        Application.invitation_id == invitation.id, Application.state == State.CONFIRMED
    )
    return Counted(
        invitation,
        organisation,
        await session.scalar(opened) or 0,
        await session.scalar(joined) or 0,
    )
