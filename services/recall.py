"""Whoever was here before types nothing twice."""

from sqlalchemy import select

from models.application import Application, Consent, State
from models.base import Session
from models.member import Member
from models.organisation import Organisation
from services import members
from services.access import Actor


async def fill_in(
    session: Session, actor: Actor, application: Application, invited_to: Organisation | None
) -> bool:
    """With what was told last. An invitation elsewhere asks for its own organisation."""
    told = await _find_last(session, actor)
    if told is None or not application.is_blank:
        return False
    application.name, application.born_on = told.name, told.born_on
    application.phone, application.phone_verified = told.phone, told.phone_verified
    home = await session.get(Organisation, told.organisation_id)
    if home and (invited_to is None or home.path.startswith(invited_to.path)):
        application.organisation_id = home.id
    return True


async def _find_last(session: Session, actor: Actor) -> Member | Application | None:
    """The membership, or the application, that ended last."""
    former = await members.find_former(session, actor)
    closed = await _find_closed(session, actor)
    if former is None or closed is None:
        return former or closed
    assert former.left_at
    assert closed.decided_at
    return closed if closed.decided_at > former.left_at else former


async def _find_closed(session: Session, actor: Actor) -> Application | None:
    """Taken back or rejected; whoever took back the consent as well is not reminded of it."""
    found: Application | None = await session.scalar(
        select(Application)
        .join(Consent, Consent.id == Application.consent_id)
        .where(
            Application.person_id == actor.id,
            Application.state.in_((State.WITHDRAWN, State.REJECTED)),
            Consent.withdrawn_at.is_(None),
        )
        .order_by(Application.id.desc())
        .limit(1)
    )
    return found
