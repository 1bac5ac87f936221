"""Who is asked to decide on an application, and who is asked next when nobody does."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import chain

from sqlalchemy import delete, select

from models.application import Application, Errand, State
from models.base import Session
from models.mail import Lane
from models.organisation import Organisation
from models.person import Person
from models.role import Role
from services import notices, roles

CARD = "requests-card"
ESCALATIONS = {
    "waited-24h": timedelta(hours=24),
    "waited-48h": timedelta(hours=48),
    "waited-72h": timedelta(hours=72),
}


async def announce(session: Session, application: Application, *, now: datetime) -> None:
    """The lowest level that has a chair hears of it first; where there is none, the admins."""
    await session.execute(
        delete(Errand).where(Errand.kind.in_(ESCALATIONS), Errand.subject_id == application.id)
    )
    await notices.renew(session, place_of(application), now=now)
    levels = await _levels(session, application, now=now)
    await _show_card(session, application, levels[0] if levels else [], now=now)


async def redraw(session: Session, application: Application, *, now: datetime) -> None:
    """Everybody who was shown the application sees how it stands now."""
    place = place_of(application)
    shown = await notices.list_shown(session, place, now=now)
    await notices.owe_all(
        session, shown, CARD, now=now, place=place, details={"application_id": application.id}
    )


def place_of(application: Application) -> str:
    return f"application:{application.id}"


async def remind(session: Session, *, now: datetime) -> None:
    """After a day the same chairs, after two the level above, after three the admins."""
    for step, (kind, age) in enumerate(ESCALATIONS.items()):
        done = select(Errand.subject_id).where(Errand.kind == kind)
        due = select(Application).where(
            Application.state == State.PENDING,
            Application.submitted_at <= now - age,
            Application.id.not_in(done),
        )
        for application in (await session.scalars(due)).all():
            session.add(Errand(kind=kind, subject_id=application.id, done_at=now))
            await _escalate(session, application, step, now=now)


async def _escalate(
    session: Session, application: Application, step: int, *, now: datetime
) -> None:
    levels = await _levels(session, application, now=now)
    if not levels:
        return
    asked = levels[min(step, len(levels) - 1)] if step < 2 else levels[-1]
    if step:
        await _show_card(session, application, asked, now=now)
    await notices.owe_all(
        session,
        asked,
        "requests-waiting",
        now=now,
        lane=Lane.REMINDER,
        details={"application_id": application.id, "hours": (step + 1) * 24},
    )


async def _levels(
    session: Session, application: Application, *, now: datetime
) -> list[Sequence[Person]]:
    """Those who decide, from the nearest level that has any up to the admins."""
    organisation = await session.get_one(Organisation, application.organisation_id)
    upwards: list[int | None] = [*organisation.lineage, None]
    levels = [await roles.list_holders(session, Role.CHAIR, at, now=now) for at in upwards]
    admins = [await roles.list_holders(session, Role.ADMIN, at, now=now) for at in upwards]
    return [people for people in (*levels, list(chain(*admins))) if people]


async def _show_card(
    session: Session, application: Application, to: Sequence[Person], *, now: datetime
) -> None:
    await notices.owe_all(
        session,
        to,
        CARD,
        now=now,
        place=place_of(application),
        details={"application_id": application.id},
    )
