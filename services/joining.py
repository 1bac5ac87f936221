"""The applicant's side: one draft, filled in step by step, sent once, withdrawn at will."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import select

from models.application import Application, State
from models.base import Session
from models.organisation import Level, Organisation
from services import audit, consents, deciders, invitations, organisations
from services.access import Actor
from services.errors import Refusal


class AlreadyMember(Refusal):
    text_id = "joining-already-member"


class AlreadySent(Refusal):
    text_id = "joining-already-sent"


class NothingOpen(Refusal):
    text_id = "joining-nothing-open"


class NotPrimary(Refusal):
    text_id = "joining-not-primary"


class Step(StrEnum):
    CONSENT = "consent"
    NAME = "name"
    BORN = "born"
    PHONE = "phone"
    ORGANISATION = "organisation"
    REVIEW = "review"


ORDER = tuple(Step)


@dataclass(frozen=True)
class Draft:
    """An application being filled in, and where in the union it has got to."""

    application: Application
    organisation: Organisation | None  # chosen
    invited_to: Organisation | None
    step: Step  # the first one still unanswered


async def begin(session: Session, actor: Actor, *, now: datetime) -> Draft:
    """Starts an application, or goes on with the open one. One that waits is only shown."""
    if actor.member is not None:
        raise AlreadyMember
    application = await find_open(session, actor)
    if application is None:
        application = Application(person_id=actor.id, started_at=now)
        session.add(application)
    if application.state is State.PENDING:
        raise AlreadySent
    invitation = await invitations.find_last_used(session, actor, now=now)
    if invitation is not None and application.organisation_id is None:
        application.invitation_id = invitation.id
    await session.flush()
    return await _draft(session, actor, application)


async def find_open(session: Session, actor: Actor) -> Application | None:
    found: Application | None = await session.scalar(
        select(Application).where(
            Application.person_id == actor.id,
            Application.state.in_((State.DRAFT, State.PENDING, State.RETURNED)),
        )
    )
    return found


async def find_latest(session: Session, actor: Actor) -> Application | None:
    found: Application | None = await session.scalar(
        select(Application)
        .where(Application.person_id == actor.id)
        .order_by(Application.id.desc())
        .limit(1)
    )
    return found


async def get_latest(session: Session, actor: Actor) -> Application:
    found = await find_latest(session, actor)
    if found is None:
        raise NothingOpen
    return found


async def get_draft(session: Session, actor: Actor) -> Draft:
    return await _draft(session, actor, await _editable(session, actor))


async def agree(session: Session, actor: Actor, text: str, *, now: datetime) -> Draft:
    application = (await begin(session, actor, now=now)).application
    application.consent_id = (await consents.give(session, actor, text, now=now)).id
    return await _draft(session, actor, application)


async def set_name(session: Session, actor: Actor, name: str) -> Draft:
    application = await _editable(session, actor)
    application.name = name
    return await _draft(session, actor, application)


async def set_born(session: Session, actor: Actor, born_on: date) -> Draft:
    application = await _editable(session, actor)
    application.born_on = born_on
    return await _draft(session, actor, application)


async def set_phone(session: Session, actor: Actor, phone: str, *, verified: bool) -> Draft:
    application = await _editable(session, actor)
    application.phone, application.phone_verified = phone, verified
    return await _draft(session, actor, application)


async def set_organisation(session: Session, actor: Actor, organisation_id: int) -> Draft:
    application = await _editable(session, actor)
    chosen = await organisations.get(session, actor, organisation_id)
    if chosen.level is not Level.PRIMARY:
        raise NotPrimary
    application.organisation_id = chosen.id
    return await _draft(session, actor, application)


async def submit(session: Session, actor: Actor, *, now: datetime) -> Draft:
    """Hands the application to the primary organisation. An incomplete one stays a draft."""
    draft = await _draft(session, actor, await _editable(session, actor))
    application = draft.application
    if draft.step is not Step.REVIEW:
        return draft
    application.state = State.PENDING
    application.submitted_at = now
    application.remark = application.decided_at = application.decided_by = None
    audit.record(session, actor, "application.sent", "application", application.id, now=now)
    await session.flush()
    await deciders.announce(session, application, now=now)
    return draft


async def withdraw(session: Session, actor: Actor, *, now: datetime) -> Application:
    application = await find_open(session, actor)
    if application is None:
        raise NothingOpen
    was_pending = application.state is State.PENDING
    application.state, application.decided_at = State.WITHDRAWN, now
    audit.record(session, actor, "application.withdrawn", "application", application.id, now=now)
    await session.flush()
    if was_pending:
        await deciders.redraw(session, application, now=now)
    return application


async def _editable(session: Session, actor: Actor) -> Application:
    application = await find_open(session, actor)
    if application is None:
        raise NothingOpen
    if application.state is State.PENDING:
        raise AlreadySent
    return application


async def _draft(session: Session, actor: Actor, application: Application) -> Draft:
    chosen = (
        await session.get(Organisation, application.organisation_id)
        if application.organisation_id
        else None
    )
    invited = await invitations.find_organisation(session, actor, application.invitation_id)
    return Draft(application, chosen, invited, await _first_open(session, actor, application))


async def _first_open(session: Session, actor: Actor, application: Application) -> Step:
    """A consent to an older text counts for nothing: it is asked again."""
    agreed = await consents.find(session, actor)
    answers = {
        Step.CONSENT: agreed and agreed.id == application.consent_id,
        Step.NAME: application.name,
        Step.BORN: application.born_on,
        Step.PHONE: application.phone,
        Step.ORGANISATION: application.organisation_id,
    }
    return next((step for step, answer in answers.items() if not answer), Step.REVIEW)


def before(step: Step) -> Step | None:
    place = ORDER.index(step)
    return ORDER[place - 1] if place else None
