"""The applicant's side: one draft, filled in step by step, sent once, withdrawn at will."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select, update

from models.application import EDITABLE, Application, State
from models.base import Session
from models.organisation import Level, Organisation
from services import audit, consents, deciders, invitations, organisations, recall
from services.access import Actor
from services.errors import Refusal
from services.steps import ANSWERS, ORDER, Step


class AlreadyMember(Refusal):
    text_id = "joining-already-member"


class AlreadySent(Refusal):
    text_id = "joining-already-sent"


class NothingOpen(Refusal):
    text_id = "joining-nothing-open"


class NotYet(Refusal):
    """Nobody is there yet whom one could allow to process anything."""

    text_id = "joining-not-yet"


class NotPrimary(Refusal):
    text_id = "joining-not-primary"


class AlreadyWithdrawn(Refusal):
    text_id = "joining-already-withdrawn"


class TooLate(Refusal):
    text_id = "joining-too-late"


UNDECIDED = {"decided_by": None, "decided_as": None}


@dataclass(frozen=True)
class Draft:
    """An application being filled in, and where in the union it has got to."""

    application: Application
    organisation: Organisation | None  # chosen
    invited_to: Organisation | None
    step: Step  # the first one still unanswered
    twins: Mapping[int, str]  # see organisations.find_twins, of the chosen one
    recalled: bool = False  # filled in just now with what was told before

    @property
    def is_invited_to_primary(self) -> bool:
        return self.invited_to is not None and self.invited_to.level is Level.PRIMARY


async def begin(session: Session, actor: Actor, *, now: datetime) -> Draft:
    """Starts an application, or goes on with the open one."""
    if actor.member is not None:
        raise AlreadyMember
    application = await find_open(session, actor)
    if application is None and not await organisations.operator(session, actor):
        raise NotYet
    if application is None:
        application = Application(person_id=actor.id, state=State.DRAFT, started_at=now)
        session.add(application)
    if application.state is State.PENDING:
        raise AlreadySent
    await _invite(session, actor, application, now=now)
    await session.flush()
    actor.applied = application.id
    return await _draft(session, actor, application)


async def find_open(session: Session, actor: Actor) -> Application | None:
    mine, is_open = Application.person_id == actor.id, (State.PENDING, *EDITABLE)
    query = select(Application).where(mine, Application.state.in_(is_open))
    found: Application | None = await session.scalar(query)
    return found


async def find_sent(session: Session, actor: Actor) -> Application | None:
    """The open application of somebody who is on the way in: with the union, or sent back."""
    found = None if actor.member else await find_open(session, actor)
    return None if found is None or found.state is State.DRAFT else found


async def find_latest(session: Session, actor: Actor) -> Application | None:
    return await session.get(Application, actor.applied) if actor.applied else None


async def get_latest(session: Session, actor: Actor) -> Application:
    found = await find_latest(session, actor)
    if found is None:
        raise NothingOpen
    return found


async def get_draft(session: Session, actor: Actor) -> Draft:
    application = await find_open(session, actor)
    if application is None:
        raise NothingOpen
    if application.state is State.PENDING:
        raise AlreadySent
    return await _draft(session, actor, application)


async def agree(session: Session, actor: Actor, text: str, *, now: datetime) -> Draft:
    """Agreeing again to what is agreed already changes nothing."""
    draft = await begin(session, actor, now=now)
    if draft.step is not Step.CONSENT:
        return draft
    draft.application.consent_id = (await consents.give(session, actor, text, now=now)).id
    recalled = await recall.fill_in(session, actor, draft.application, draft.invited_to)
    return replace(await _draft(session, actor, draft.application), recalled=recalled)


async def decline(session: Session, actor: Actor, *, now: datetime) -> Application | None:
    """A draft is forgotten, and so is an earlier consent; what was sent once is withdrawn."""
    if actor.member is not None:
        raise AlreadyMember
    application = await find_open(session, actor)
    if application is not None and application.state is State.PENDING:
        raise AlreadySent
    await consents.withdraw(session, actor, now=now)
    if application is not None and application.state is State.RETURNED:
        return await withdraw(session, actor, application.id, now=now)
    if application is not None:
        await session.delete(application)
    return None


async def set_name(session: Session, actor: Actor, name: str) -> Draft:
    return await _answer(session, actor, name=name)


async def set_born(session: Session, actor: Actor, born_on: date) -> Draft:
    return await _answer(session, actor, born_on=born_on)


async def set_phone(session: Session, actor: Actor, phone: str, *, verified: bool) -> Draft:
    """A number once verified stays so when it is only typed again."""
    known = (await get_draft(session, actor)).application
    verified = verified or (phone == known.phone and known.phone_verified)
    return await _answer(session, actor, phone=phone, phone_verified=verified)


async def set_organisation(session: Session, actor: Actor, organisation_id: int) -> Draft:
    chosen = await organisations.get(session, actor, organisation_id)
    if chosen.level is not Level.PRIMARY:
        raise NotPrimary
    return await _answer(session, actor, organisation_id=chosen.id)


async def submit(session: Session, actor: Actor, *, now: datetime) -> Draft:
    """Hands the application to the primary organisation. An incomplete one stays a draft."""
    draft = await get_draft(session, actor)
    application = draft.application
    if draft.step is not Step.REVIEW:
        return draft
    await _send(session, application, now=now)
    audit.record(session, actor, "application.sent", "application", application.id, now=now)
    await deciders.announce(session, application, now=now)
    return draft


async def _send(session: Session, application: Application, *, now: datetime) -> None:
    """Of two that come at once, under whatever update ids, one sends."""
    await session.flush()
    waits = {"state": State.PENDING, "submitted_at": now, **UNDECIDED, "decided_at": None}
    ours = (Application.id == application.id, Application.state.in_(EDITABLE))
    # The remark stays: it was answered.
    sent = update(Application).where(*ours).values(waits).returning(Application.id)
    if await session.scalar(sent) is None:
        raise AlreadySent
    await session.refresh(application)


async def withdraw(
    session: Session, actor: Actor, application_id: int, *, now: datetime
) -> Application:
    """Of the applicant's last word and the chair's decision, the first one counts."""
    application = await session.scalar(
        update(Application)
        .where(
            Application.id == application_id,
            Application.person_id == actor.id,
            Application.state.in_((State.PENDING, State.RETURNED)),
        )
        .values(state=State.WITHDRAWN, decided_at=now, **UNDECIDED)
        .returning(Application)
        .execution_options(populate_existing=True)
    )
    if application is None:
        raise await _too_late(session, actor, application_id)
    audit.record(session, actor, "application.withdrawn", "application", application.id, now=now)
    await deciders.redraw(session, application, now=now)
    return application


async def _too_late(session: Session, actor: Actor, application_id: int) -> Refusal:
    """Said twice, it is done already."""
    last = await find_latest(session, actor)
    said = last and (last.id, last.state) == (application_id, State.WITHDRAWN)
    return AlreadyWithdrawn() if said else TooLate()


async def _invite(
    session: Session, actor: Actor, application: Application, *, now: datetime
) -> None:
    """A newly opened invitation asks anew for an organisation chosen before it."""
    invitation = await invitations.find_last_used(session, actor, now=now)
    if invitation is None or invitation.id == application.invitation_id:
        return
    application.invitation_id = invitation.id
    if application.organisation_id != invitation.organisation_id:
        _note_changes(application, {"organisation_id": None})
        application.organisation_id = None


async def _answer(session: Session, actor: Actor, **answers: str | date | int | bool) -> Draft:
    """Nothing is written down without a consent: then the draft asks for that."""
    draft = await get_draft(session, actor)
    if draft.step is Step.CONSENT:
        return draft
    _note_changes(draft.application, answers)
    for name, value in answers.items():
        setattr(draft.application, name, value)
    return await _draft(session, actor, draft.application)


def _note_changes(application: Application, answers: Mapping[str, object]) -> None:
    """What the chair will be told to look at when a returned application comes again."""
    if application.state is not State.RETURNED:
        return
    changed = {ANSWERS[name] for name, new in answers.items() if getattr(application, name) != new}
    application.changed = sorted({*application.changed, *changed}, key=ORDER.index)


async def _draft(session: Session, actor: Actor, application: Application) -> Draft:
    chosen = (
        await session.get(Organisation, application.organisation_id)
        if application.organisation_id
        else None
    )
    invited = await invitations.find_organisation(session, actor, application.invitation_id)
    step = await _first_open(session, actor, application)
    twins = await organisations.find_twins(session, actor, [chosen]) if chosen else {}
    return Draft(application, chosen, invited, step, twins)


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
