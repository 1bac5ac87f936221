"""Invitations: short codes that lead into an organisation, counted, ended, revoked."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select

from models.application import Application, State
from models.base import Session, insert_of
from models.invitation import Invitation, InvitationUse
from models.organisation import Level, Organisation, day_in
from services import audit, organisations
from services.access import Actor, Can, require, within
from services.errors import NotFound, Refusal
from services.paging import Paged, page_of
from services.parsing import CODE_ALPHABET, CODE_LENGTH

PAGE = 6
PLACES = 8


class Unknown(Refusal):
    text_id = "invitations-unknown"


class Ended(Refusal):
    text_id = "invitations-ended"


class Revoked(Refusal):
    text_id = "invitations-revoked"


class Fixed(Refusal):
    text_id = "invitations-fixed"


@dataclass(frozen=True)
class Counted:
    """An invitation with how many opened it and how many became members by it."""

    invitation: Invitation
    organisation: Organisation
    opened: int
    joined: int
    over: bool  # its last day has passed


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
    return Counted(invitation, organisation, 0, 0, over=False)


async def get_standing(
    session: Session, actor: Actor, organisation: Organisation, *, now: datetime
) -> Counted:
    """The actor's plain invitation to this organisation: made the first time it is asked for."""
    require(actor, Can.INVITE, organisation.path)
    standing = await _find_plain(session, actor, organisation.id, now=now)
    return standing or await create(session, actor, organisation, now=now)


async def renew(session: Session, actor: Actor, invitation_id: int, *, now: datetime) -> Counted:
    """A fresh code to the same organisation; pressed twice, the one nobody has opened yet."""
    old = await get_for(session, actor, invitation_id, now=now)
    place = old.organisation
    fresh = await _find_plain(session, actor, place.id, after=invitation_id, now=now)
    if fresh is not None and not fresh.opened:
        return fresh
    return await create(session, actor, place, now=now)


async def get_for(session: Session, actor: Actor, invitation_id: int, *, now: datetime) -> Counted:
    row = (await session.execute(_counting().where(Invitation.id == invitation_id))).first()
    if row is None:
        raise NotFound
    counted = _read(row, now)
    require(actor, Can.INVITE, counted.organisation.path)
    return counted


async def get_changeable_for(
    session: Session, actor: Actor, invitation_id: int, *, now: datetime
) -> Counted:
    counted = await get_for(session, actor, invitation_id, now=now)
    if counted.invitation.revoked_at is not None:
        raise Fixed
    return counted


async def list_for(
    session: Session, actor: Actor, *, page: int = 0, now: datetime
) -> Paged[Counted]:
    """Those in force, newest first."""
    require(actor, Can.INVITE)
    query = _counting().where(
        await _in_force(session, now), within(Organisation.path, actor.paths(Can.INVITE))
    )
    found = await page_of(session, query.order_by(Invitation.id.desc()), page, PAGE)
    return found._replace(items=[_read(row, now) for row in found.items])


async def list_places(session: Session, actor: Actor, *, page: int = 0) -> Paged[Organisation]:
    """Where the actor may invite to: their own first, then from the highest level down."""
    return await page_of(session, _places(actor), page, PLACES)


async def search_places(session: Session, actor: Actor, words: str) -> list[Organisation]:
    """The first page of those whose name or code has every word of the question."""
    every = await session.scalars(_places(actor))
    return organisations.having(words, every.all())[:PLACES]


async def set_label(
    session: Session, actor: Actor, invitation_id: int, label: str, *, now: datetime
) -> Counted:
    counted = await get_changeable_for(session, actor, invitation_id, now=now)
    counted.invitation.label = " ".join(label.split())
    audit.record(session, actor, "invitation.labelled", "invitation", invitation_id, now=now)
    return counted


async def set_end(
    session: Session, actor: Actor, invitation_id: int, ends_on: date | None, *, now: datetime
) -> Counted:
    """The last day counts whole, in the organisation's own zone."""
    counted = await get_changeable_for(session, actor, invitation_id, now=now)
    counted.invitation.ends_on = ends_on
    audit.record(session, actor, "invitation.limited", "invitation", invitation_id, now=now)
    return await get_for(session, actor, invitation_id, now=now)


async def revoke(session: Session, actor: Actor, invitation_id: int, *, now: datetime) -> Counted:
    counted = await get_for(session, actor, invitation_id, now=now)
    if counted.invitation.revoked_at is None:
        counted.invitation.revoked_at = now
        audit.record(session, actor, "invitation.revoked", "invitation", invitation_id, now=now)
    return counted


async def open_by_code(
    session: Session, actor: Actor, code: str | None, *, now: datetime
) -> tuple[Invitation, Organisation]:
    """Remembers who came by it; says why it does not work when it does not."""
    invitation = await session.scalar(select(Invitation).where(Invitation.code == code))
    if invitation is None:
        raise Unknown
    organisation = await session.get_one(Organisation, invitation.organisation_id)
    if invitation.revoked_at is not None:
        raise Revoked
    if _is_over(invitation, organisation, now):
        raise Ended
    used = insert_of(session, InvitationUse).values(
        invitation_id=invitation.id, person_id=actor.id, opened_at=now
    )
    await session.execute(
        used.on_conflict_do_update(
            index_elements=["invitation_id", "person_id"], set_={"opened_at": now}
        )
    )
    return invitation, organisation


async def find_last_used(session: Session, actor: Actor, *, now: datetime) -> Invitation | None:
    """The invitation in force by which the actor came last."""
    found: Invitation | None = await session.scalar(
        select(Invitation)
        .join(InvitationUse, InvitationUse.invitation_id == Invitation.id)
        .join(Organisation, Organisation.id == Invitation.organisation_id)
        .where(InvitationUse.person_id == actor.id, await _in_force(session, now))
        .order_by(InvitationUse.opened_at.desc(), Invitation.id.desc())
        .limit(1)
    )
    return found


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
    return invitation.ends_on is not None and invitation.ends_on < organisation.day_of(now)


async def _in_force(session: Session, now: datetime) -> ColumnElement[bool]:
    """Today is another day in another zone, and only Python knows the zones."""
    zones = (await session.scalars(select(Organisation.timezone).distinct())).all()
    lasting = (
        and_(Organisation.timezone == zone, Invitation.ends_on >= day_in(zone, now))
        for zone in zones
    )
    return and_(Invitation.revoked_at.is_(None), or_(Invitation.ends_on.is_(None), *lasting))


async def _find_plain(
    session: Session, actor: Actor, organisation_id: int, *, after: int = 0, now: datetime
) -> Counted | None:
    """The actor's newest without label and end."""
    query = _counting().where(
        Invitation.organisation_id == organisation_id,
        Invitation.created_by == actor.id,
        Invitation.revoked_at.is_(None),
        Invitation.label.is_(None),
        Invitation.ends_on.is_(None),
        Invitation.id > after,
    )
    row = (await session.execute(query.order_by(Invitation.id.desc()).limit(1))).first()
    return None if row is None else _read(row, now)


def _counting() -> Select[Invitation, Organisation, int, int]:
    opened = select(func.count()).where(InvitationUse.invitation_id == Invitation.id)
    joined = select(func.count()).where(
        Application.invitation_id == Invitation.id, Application.state == State.CONFIRMED
    )
    return select(
        Invitation, Organisation, opened.scalar_subquery(), joined.scalar_subquery()
    ).join(Organisation, Organisation.id == Invitation.organisation_id)


def _read(row: Sequence[Any], now: datetime) -> Counted:
    invitation, organisation, opened, joined = row
    over = _is_over(invitation, organisation, now)
    return Counted(invitation, organisation, opened, joined, over)


def _places(actor: Actor) -> Select[Organisation]:
    require(actor, Can.INVITE)
    own = [*actor.paths(Can.INVITE), *([actor.organisation.path] if actor.organisation else ())]
    ranks = [(Organisation.level == level, rank) for rank, level in enumerate(Level, 1)]
    return (
        select(Organisation)
        .where(within(Organisation.path, actor.paths(Can.INVITE)))
        .order_by(case((Organisation.path.in_(own), 0), *ranks), *organisations.BY_NAME)
    )
