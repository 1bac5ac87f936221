"""Roles: who holds what, for which organisation, and who may change it."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from models.base import Session
from models.organisation import ROOT, Organisation
from models.person import Person
from models.role import Grant, Role
from services import (
    access,
    audit,
    deciders,
    events_leaving,
    notices,
    organisations,
    people,
    posts_review,
)
from services.access import Actor, Can, require
from services.errors import Forbidden, Refusal
from services.parsing import plain_line


class OutOfReach(Forbidden):
    text_id = "roles-out-of-reach"


class UnknownRole(Refusal):
    text_id = "roles-unknown"


class AlreadyHeld(Refusal):
    text_id = "roles-held"


class NotHeld(Refusal):
    text_id = "roles-not-held"


class FixedInSettings(Refusal):
    text_id = "roles-fixed"


class LastAdmin(Refusal):
    text_id = "roles-last-admin"


class CodeNeeded(Refusal):
    text_id = "roles-code-needed"


DRAFTS_ONLY = re.compile(r"(\S+ organiser(?: .*)?) (?:на[ -]проверку|review)", re.IGNORECASE)
# Forgetting the code must not hand somebody the whole union.
TIED_TO_A_PLACE = (Role.CHAIR, Role.ORGANISER)
# What one is as a member ends with the membership; an admin or a lawyer may be nobody's member.
OF_A_MEMBER = (Role.CHAIR, Role.ORGANISER, Role.LEADER)


class Wanted(NamedTuple):
    who: str  # a Telegram id or @username
    role: Role
    code: str | None  # none: the whole union
    drafts_only: bool = False


class Appointment(NamedTuple):
    person: Person
    role: Role
    organisation: Organisation | None  # none: the whole union
    drafts_only: bool = False


def parse_wanted(actor: Actor, text: str) -> Wanted | None:
    """`ID ROLE [CODE]` as typed; None when it is something else. For those who may ask at all.

    An organiser's posts may be for others to approve: `ID organiser CODE на-проверку`.
    """
    require(actor, Can.GRANT)
    line = plain_line(text)
    asked = DRAFTS_ONLY.fullmatch(line)
    words = (asked[1] if asked else line).split()
    if len(words) not in (2, 3):
        return None
    if words[1].lower() not in list(Role):
        raise UnknownRole(role=words[1][:40], roles=", ".join(Role))
    code = words[2] if len(words) == 3 else None
    return Wanted(words[0], Role(words[1].lower()), code, drafts_only=bool(asked))


async def grant(
    session: Session,
    actor: Actor,
    who: str,
    role: Role,
    code: str | None,
    drafts_only: bool = False,
    *,
    now: datetime,
) -> Appointment:
    """Gives a role for the organisation with this code, or for the whole union without one.

    Given again, it changes whether others approve what an organiser writes.
    """
    organisation = await _scope(session, actor, code)
    if organisation is None and role in TIED_TO_A_PLACE:
        raise CodeNeeded(role=role)
    done = Appointment(await people.expect(session, who, now=now), role, organisation, drafts_only)
    held = await _find(session, done)
    if held is None:
        await _give(session, actor, done, now=now)
    elif held.drafts_only is drafts_only:
        raise AlreadyHeld(role=role)
    else:
        held.drafts_only = drafts_only
        await _tell(session, actor, "granted", done, now=now)
    return done


async def revoke(
    session: Session, actor: Actor, who: str, role: Role, code: str | None, *, now: datetime
) -> Appointment:
    organisation = await _scope(session, actor, code)
    done = Appointment(await people.expect(session, who, now=now), role, organisation)
    held = await _find(session, done)
    if held is None:
        raise NotHeld(role=role)
    if held.from_settings:
        raise FixedInSettings
    await _keep_an_admin(session, held)
    await _take(session, actor, done, held, now=now)
    await events_leaving.follow(session, done.person, now=now)
    return done


async def lay_down(session: Session, actor: Actor, *, now: datetime) -> None:
    """Whoever leaves the union no longer answers for any part of it."""
    held = select(Grant, Organisation).outerjoin(
        Organisation, Organisation.id == Grant.organisation_id
    )
    mine = held.where(Grant.person_id == actor.id, Grant.role.in_(OF_A_MEMBER))
    for grant_row, place in (await session.execute(mine)).all():
        done = Appointment(actor.person, grant_row.role, place)
        await _take(session, actor, done, grant_row, now=now)


async def appoint_from_settings(
    session: Session, telegram_ids: Iterable[int], *, now: datetime
) -> None:
    """The first admins are exactly those the settings name now."""
    wanted = [await people.expect(session, str(one), now=now) for one in set(telegram_ids)]
    named = [person.id for person in wanted]
    dropped = select(Grant).where(Grant.from_settings, Grant.person_id.not_in(named))
    for held in (await session.scalars(dropped)).all():
        person = await session.get_one(Person, held.person_id)
        await _take(session, None, Appointment(person, Role.ADMIN, None), held, now=now)
        await events_leaving.follow(session, person, now=now)
    for person in wanted:
        first = Appointment(person, Role.ADMIN, None)
        known = await _find(session, first) or await _give(session, None, first, now=now)
        known.from_settings = True


async def _scope(session: Session, actor: Actor, code: str | None) -> Organisation | None:
    require(actor, Can.GRANT)
    organisation = await organisations.get_by_code(session, actor, code) if code else None
    if not actor.may(Can.GRANT, organisation.path if organisation else ROOT):
        raise OutOfReach
    return organisation


async def _find(session: Session, asked: Appointment) -> Grant | None:
    found: Grant | None = await session.scalar(
        select(Grant).where(
            Grant.person_id == asked.person.id,
            Grant.role == asked.role,
            Grant.organisation_id.is_not_distinct_from(_id_of(asked.organisation)),
        )
    )
    return found


def _id_of(organisation: Organisation | None) -> int | None:
    return organisation.id if organisation else None


async def _keep_an_admin(session: Session, leaving: Grant) -> None:
    """Refuses to leave the whole union without an admin who is really there."""
    if leaving.role is not Role.ADMIN or leaving.organisation_id is not None:
        return
    # Locked, so that two admins cannot take the role from each other at the same moment.
    admins = (
        select(Grant, Person)
        .join(Person, Person.id == Grant.person_id)
        .where(Grant.role == Role.ADMIN, Grant.organisation_id.is_(None))
        .order_by(Grant.id)
        .with_for_update(of=Grant)
    )
    others = [row for row in await session.execute(admins) if row[0].id != leaving.id]
    if not any(held.from_settings or person.is_reachable for held, person in others):
        raise LastAdmin


async def _give(
    session: Session, actor: Actor | None, done: Appointment, *, now: datetime
) -> Grant:
    given = Grant(
        person_id=done.person.id,
        role=done.role,
        organisation_id=_id_of(done.organisation),
        drafts_only=done.drafts_only,
        granted_at=now,
    )
    session.add(given)
    await _tell(session, actor, "granted", done, now=now)
    return given


async def _take(
    session: Session, actor: Actor | None, done: Appointment, held: Grant, *, now: datetime
) -> None:
    await session.delete(held)
    await _tell(session, actor, "revoked", done, now=now)


async def _tell(
    session: Session, actor: Actor | None, change: str, done: Appointment, *, now: datetime
) -> None:
    """Audited, told to the person; their command menu and the requests before them follow."""
    person, role, organisation, drafts_only = done
    await _note(session, actor, change, done, now=now)
    await session.flush()
    path = organisation.path if organisation else ROOT
    await deciders.follow(session, person, path, now=now)
    await posts_review.follow(session, person, path, now=now)
    if not person.is_reachable:
        return
    if actor is None or person.id != actor.id:
        details = {"role": role, "organisation_id": _id_of(organisation)} | (
            {"drafts_only": drafts_only} if change == "granted" else {}
        )
        await notices.owe_all(session, [person], f"roles-{change}", now=now, details=details)
    await notices.owe(session, person, "menu-commands", now=now)


async def _note(
    session: Session, actor: Actor | None, change: str, done: Appointment, *, now: datetime
) -> None:
    person, role, organisation, drafts_only = done
    # Whoever is leaving the union lays down as a member what they held as one.
    holder = actor if actor and actor.id == person.id else await access.load(session, person)
    audit.record(
        session,
        actor,
        f"role.{change}",
        "person",
        holder,
        now=now,
        role=role,
        code=organisation.code if organisation else None,
        **({"drafts_only": True} if drafts_only else {}),
    )
