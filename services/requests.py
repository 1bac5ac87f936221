"""The organisation's side: what waits, who is asked, and the one decision that wins."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from models.application import Application, State
from models.base import Session
from models.invitation import Invitation
from models.member import Member
from models.organisation import Organisation
from models.person import Person
from services import audit, deciders, matches, members, notices
from services.access import Actor, Can, require, within
from services.errors import Forbidden, NotFound, Refusal
from services.matches import Match
from services.paging import Paged, page_of

PAGE = 8


class AlreadyDecided(Refusal):
    text_id = "requests-already-decided"


class OtherOrganisation(Refusal):
    text_id = "requests-other-organisation"


@dataclass(frozen=True)
class Request:
    """An application as those who decide on it see it."""

    application: Application
    organisation: Organisation
    invitation: Invitation | None
    decided_by: str | None  # the name of whoever decided, if they are a member
    match: Match
    waiting_days: int


async def list_waiting(
    session: Session, actor: Actor, *, page: int = 0
) -> Paged[tuple[Application, Organisation]]:
    """The longest waiting first."""
    require(actor, Can.DECIDE)
    query = (
        select(Application, Organisation)
        .join(Organisation, Organisation.id == Application.organisation_id)
        .where(
            Application.state == State.PENDING,
            within(Organisation.path, actor.paths(Can.DECIDE)),
        )
        .order_by(Application.submitted_at, Application.id)
    )
    return await page_of(session, query, page, PAGE)


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
    return await _describe(session, application, organisation, now=now)


async def get_pending_for(
    session: Session, actor: Actor, application_id: int, *, now: datetime
) -> Request:
    """For questions asked before deciding: no use asking when the decision is made."""
    request = await get_for(session, actor, application_id, now=now)
    if request.application.state is not State.PENDING:
        raise await _late(session, request.application, now=now)
    return request


async def confirm(
    session: Session, actor: Actor, application_id: int, *, now: datetime
) -> Request:
    """Makes the applicant a member. Of several who decide at once, exactly one does."""
    request = await get_for(session, actor, application_id, now=now)
    await _decide(session, actor, request, State.CONFIRMED, now=now)
    member = await members.admit(session, request.application, request.match, now=now)
    await _welcome(session, request.application, member, now=now)
    return await get_for(session, actor, application_id, now=now)


async def link(session: Session, actor: Actor, application_id: int, *, now: datetime) -> Request:
    """The applicant is a member already known under another account: it becomes theirs."""
    request = await get_for(session, actor, application_id, now=now)
    known = request.match.member
    if known is None:
        raise NotFound
    home = await session.get_one(Organisation, known.organisation_id)
    if not actor.may(Can.DECIDE, home.path):
        raise OtherOrganisation
    await _decide(session, actor, request, State.CONFIRMED, now=now)
    request.application.linked_member_id = known.id
    await members.move(session, known, request.application, now=now)
    await _welcome(session, request.application, known, now=now)
    return await get_for(session, actor, application_id, now=now)


async def give_back(
    session: Session, actor: Actor, application_id: int, remark: str, *, now: datetime
) -> Request:
    request = await get_for(session, actor, application_id, now=now)
    await _decide(session, actor, request, State.RETURNED, now=now, remark=remark)
    await _answer(session, request.application, now=now)
    return await get_for(session, actor, application_id, now=now)


async def reject(
    session: Session, actor: Actor, application_id: int, reason: str, *, now: datetime
) -> Request:
    request = await get_for(session, actor, application_id, now=now)
    await _decide(session, actor, request, State.REJECTED, now=now, remark=reason)
    await _answer(session, request.application, now=now)
    return await get_for(session, actor, application_id, now=now)


async def note_decision(
    session: Session, actor: Actor, application_id: int, decision: str, *, now: datetime
) -> Request:
    """Number and date of the committee's decision, added to a confirmed application."""
    request = await get_for(session, actor, application_id, now=now)
    application = request.application
    if application.state is not State.CONFIRMED:
        raise await _late(session, application, now=now)
    application.decision = decision
    await session.execute(
        update(Member)
        .where(Member.person_id == application.person_id, Member.left_at.is_(None))
        .values(decision=decision)
    )
    audit.record(session, actor, "application.noted", "application", application.id, now=now)
    return request


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
    if application.person_id == actor.id:
        raise Forbidden
    won = await session.execute(
        update(Application)
        .where(Application.id == application.id, Application.state == State.PENDING)
        .values(state=state, decided_at=now, decided_by=actor.id, remark=remark)
        .returning(Application.id)
    )
    if won.first() is None:
        raise await _late(session, application, now=now)
    await session.refresh(application)
    audit.record(session, actor, f"application.{state}", "application", application.id, now=now)
    await deciders.redraw(session, application, now=now)


async def _late(session: Session, application: Application, *, now: datetime) -> AlreadyDecided:
    await session.refresh(application)
    who = await members.name_of(session, application.decided_by, now=now)
    return AlreadyDecided(state=application.state, who=who or "nobody")


async def _answer(session: Session, application: Application, *, now: datetime) -> None:
    person = await session.get_one(Person, application.person_id)
    details = {"application_id": application.id}
    await notices.owe_all(session, [person], "joining-answered", now=now, details=details)
    await notices.owe(session, person, "menu-commands", now=now)


async def _welcome(
    session: Session, application: Application, member: Member, *, now: datetime
) -> None:
    person = await session.get_one(Person, application.person_id)
    await notices.owe(session, person, "menu-commands", now=now)
    await notices.owe(session, person, "joining-welcome", now=now, member_id=member.id)
    await notices.owe(session, person, "card-issued", now=now, member_id=member.id)
    await notices.owe(session, person, "profile-interests", now=now, member_id=member.id)


async def _describe(
    session: Session, application: Application, organisation: Organisation, *, now: datetime
) -> Request:
    invitation = (
        await session.get(Invitation, application.invitation_id)
        if application.invitation_id
        else None
    )
    since = application.submitted_at or application.started_at
    return Request(
        application,
        organisation,
        invitation,
        await members.name_of(session, application.decided_by, now=now),
        await matches.find(session, application, now=now),
        (now - since).days,
    )
