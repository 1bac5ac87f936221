"""The organisation's side: who is asked, and the one decision that wins."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update

from models.application import Application, State
from models.base import Session
from models.invitation import Invitation
from models.member import Member
from models.organisation import Organisation
from models.person import Person
from models.registry import RegistryEntry
from models.role import Role
from services import (
    access,
    audit,
    deciders,
    matches,
    members,
    members_moves,
    notices,
    organisations,
)
from services.access import Actor, Can, require
from services.dates import Resolution
from services.errors import NotFound, Refusal
from services.matches import Match


class AlreadyDecided(Refusal):
    text_id = "requests-already-decided"


class OtherOrganisation(Refusal):
    text_id = "requests-other-organisation"


class OwnMembership(Refusal):
    text_id = "requests-own-membership"


class OwnApplication(Refusal):
    text_id = "requests-own"


@dataclass(frozen=True)
class Request:
    """An application as those who decide on it see it."""

    application: Application
    organisation: Organisation
    twins: Mapping[int, str]  # see organisations.find_twins
    invitation: Invitation | None
    invited_by: str | None  # a member's name
    decided_by: str | None  # the decider's name, or the role of one who was no member
    match: Match
    offer: RegistryEntry | None  # gives its number to the applicant, if that is the same person
    number: str | None  # of the membership it led to
    waiting_days: int  # 0 once it is decided

    @property
    def waits(self) -> bool:
        return self.application.state is State.PENDING


async def get_for(
    session: Session, actor: Actor, application_id: int, *, now: datetime
) -> Request:
    application = await session.get(Application, application_id)
    organisation = (
        await session.get(Organisation, application.organisation_id)
        if application and application.organisation_id
        else None
    )
    if application is None or organisation is None or application.state is State.DRAFT:
        raise NotFound
    require(actor, Can.DECIDE, organisation.path)
    return await _describe(session, actor, application, organisation, now=now)


async def get_in(
    session: Session, actor: Actor, application_id: int, state: State, *, now: datetime
) -> Request:
    """For what is asked and done only in this state, and not about oneself."""
    request = await get_for(session, actor, application_id, now=now)
    if request.application.person_id == actor.id:
        raise OwnApplication
    if request.application.state is not state:
        raise _late(request, actor)
    return request


async def confirm(
    session: Session,
    actor: Actor,
    application_id: int,
    *,
    as_offered: bool = False,
    now: datetime,
) -> Request:
    """Makes the applicant a member. Of several who decide at once, exactly one does."""
    request = await get_in(session, actor, application_id, State.PENDING, now=now)
    known_as = request.offer if as_offered else None
    await _decide(session, actor, request, State.CONFIRMED, now=now)
    member = await members.admit(
        session, actor, request.application, request.match, known_as=known_as, now=now
    )
    await _welcome(session, request.application, member, now=now)
    return await get_for(session, actor, application_id, now=now)


async def link(
    session: Session, actor: Actor, application_id: int, member_id: int, *, now: datetime
) -> Request:
    """The applicant is this member, known under another account: the membership becomes theirs."""
    request = await get_in(session, actor, application_id, State.PENDING, now=now)
    known, home = request.match.member, request.match.member_of
    if known is None or home is None or known.id != member_id:
        raise NotFound
    if known.person_id == actor.id:
        raise OwnMembership
    if not actor.may(Can.DECIDE, home.path):
        raise OtherOrganisation(place=home.name)
    await _decide(session, actor, request, State.CONFIRMED, now=now)
    await members_moves.move(session, actor, known, request.application, now=now)
    await _welcome(session, request.application, known, now=now)
    return await get_for(session, actor, application_id, now=now)


async def give_back(
    session: Session, actor: Actor, application_id: int, remark: str, *, now: datetime
) -> Request:
    return await _refuse(session, actor, application_id, State.RETURNED, remark, now=now)


async def reject(
    session: Session, actor: Actor, application_id: int, reason: str, *, now: datetime
) -> Request:
    return await _refuse(session, actor, application_id, State.REJECTED, reason, now=now)


async def note_decision(
    session: Session, actor: Actor, application_id: int, resolution: Resolution, *, now: datetime
) -> Request:
    """The committee's decision, added to a confirmed application; a later word corrects it."""
    request = await get_in(session, actor, application_id, State.CONFIRMED, now=now)
    application = request.application
    application.resolution_number, application.resolved_on = resolution
    audit.record(session, actor, "application.noted", "application", application.id, now=now)
    await deciders.redraw(session, application, now=now)
    return request


async def show_again(
    session: Session, actor: Actor, application_id: int, *, now: datetime
) -> None:
    """The actor's own card, as it stands now."""
    application = await session.get(Application, application_id)
    if application is not None:
        await deciders.show_card(session, application, [actor.person], now=now)


async def _refuse(
    session: Session,
    actor: Actor,
    application_id: int,
    state: State,
    remark: str,
    *,
    now: datetime,
) -> Request:
    request = await get_in(session, actor, application_id, State.PENDING, now=now)
    await _decide(session, actor, request, state, now=now, remark=remark)
    person = await session.get_one(Person, request.application.person_id)
    await notices.owe(session, person, "joining-answered", now=now, application_id=application_id)
    return await get_for(session, actor, application_id, now=now)


async def _decide(
    session: Session,
    actor: Actor,
    request: Request,
    state: State,
    *,
    now: datetime,
    remark: str | None = None,
) -> None:
    application = request.application
    won = await session.scalar(
        update(Application)
        .where(
            Application.id == application.id,
            Application.state == State.PENDING,
            Application.submitted_at == application.submitted_at,
        )
        .values(
            state=state,
            decided_at=now,
            decided_by=actor.id,
            decided_as=actor.member_id,
            remark=remark,
            changed=[],
        )
        .returning(Application.id)
    )
    await session.refresh(application)
    if won is None:
        raise _late(
            await _describe(session, actor, application, request.organisation, now=now), actor
        )
    audit.record(session, actor, f"application.{state}", "application", application.id, now=now)
    await deciders.redraw(session, application, now=now)


def _late(request: Request, actor: Actor) -> Refusal:
    state = request.application.state
    if state is State.PENDING:
        return NotFound()
    who = "you" if request.application.decided_by == actor.id else request.decided_by
    return AlreadyDecided(state=state, who=who or "nobody")


async def _welcome(
    session: Session, application: Application, member: Member, *, now: datetime
) -> None:
    application.member_id = member.id
    person = await session.get_one(Person, application.person_id)
    await notices.owe(session, person, "menu-commands", now=now)
    await notices.owe(session, person, "joining-welcome", now=now, member_id=member.id)
    await notices.owe(session, person, "card-issued", now=now, member_id=member.id)
    await notices.owe(session, person, "profile-interests", now=now, member_id=member.id)


async def _describe(
    session: Session,
    actor: Actor,
    application: Application,
    organisation: Organisation,
    *,
    now: datetime,
) -> Request:
    invitation = (
        await session.get(Invitation, application.invitation_id)
        if application.invitation_id
        else None
    )
    waits = application.state is State.PENDING and application.submitted_at
    match = await matches.find(session, application, now=now)
    led_to = await session.get(Member, application.member_id) if application.member_id else None
    return Request(
        application,
        organisation,
        await organisations.find_twins(session, actor, [organisation]),
        invitation,
        await members.name_of(session, invitation.created_by, now=now) if invitation else None,
        await _decider(session, application, organisation),
        match,
        await members.find_offer(session, application, match, now=now) if waits else None,
        led_to.number if led_to else None,
        (now - waits).days if waits else 0,
    )


async def _decider(
    session: Session, application: Application, organisation: Organisation
) -> str | None:
    if application.decided_by is None:
        return None
    if application.decided_as is not None:
        return (await session.get_one(Member, application.decided_as)).name
    decider = await access.load(session, await session.get_one(Person, application.decided_by))
    over_it = [held.role for held in decider.roles if organisation.path.startswith(held.path)]
    return Role.ADMIN if Role.ADMIN in over_it and Role.CHAIR not in over_it else Role.CHAIR
