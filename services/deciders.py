"""Who is asked to decide on an application, and who is asked next when nobody does."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from models.application import Application, Errand, State
from models.base import Session
from models.mail import Lane
from models.organisation import ROOT, Organisation
from models.person import Person
from services import access, ladder, notices
from services.access import Can, below
from services.ladder import Rung

CARD, PLACE = "requests-card", "application:"
WAITING = "requests-waiting"
DAY, TWO_DAYS, THREE_DAYS = "waited-24h", "waited-48h", "waited-72h"
ESCALATIONS = {
    DAY: timedelta(hours=24),
    TWO_DAYS: timedelta(hours=48),
    THREE_DAYS: timedelta(hours=72),
}


async def announce(session: Session, application: Application, *, now: datetime) -> None:
    """The lowest level that has a chair hears of it first; where there is none, the admins."""
    await session.execute(
        delete(Errand).where(Errand.kind.in_(ESCALATIONS), Errand.subject_id == application.id)
    )
    await notices.renew(session, place_of(application), now=now)
    for first in (await _ladder(session, application, now=now))[:1]:
        await show_card(session, application, first.people, now=now)


async def redraw(session: Session, application: Application, *, now: datetime) -> None:
    """Everybody who was shown the application sees how it stands now."""
    shown = await notices.list_shown(session, place_of(application), now=now)
    await show_card(session, application, shown, now=now)


async def show_card(
    session: Session, application: Application, to: Sequence[Person], *, now: datetime
) -> None:
    """To each of these, where it stands already or as a new message."""
    await notices.owe_all(
        session,
        to,
        CARD,
        now=now,
        place=place_of(application),
        details={"application_id": application.id},
    )


def place_of(application: Application) -> str:
    return f"{PLACE}{application.id}"


async def list_holding(
    session: Session, application: Application, *, now: datetime
) -> Sequence[Rung]:
    """Who has a waiting application before them by now, the nearest first."""
    rungs = await _ladder(session, application, now=now)
    asked = await session.scalars(select(Errand.kind).where(Errand.subject_id == application.id))
    reached = {0} | {_rung(kind, rungs) for kind in asked if kind in ESCALATIONS}
    return [rung for number, rung in enumerate(rungs) if number in reached]


async def remind(session: Session, *, now: datetime) -> None:
    """After a day the same chairs, after two the level above, after three the admins."""
    for kind, age in ESCALATIONS.items():
        done = select(Errand.subject_id).where(Errand.kind == kind)
        due = select(Application).where(
            Application.state == State.PENDING,
            Application.submitted_at <= now - age,
            Application.id.not_in(done),
        )
        for application in (await session.scalars(due)).all():
            await _escalate(session, application, kind, now=now)


async def catch_up(session: Session, *, now: datetime, under: str = ROOT) -> None:
    """Whoever came to answer for an organisation after an application was sent sees it too."""
    waiting = (
        select(Application, Organisation)
        .join(Organisation, Organisation.id == Application.organisation_id)
        .where(Application.state == State.PENDING, below(Organisation.path, under))
    )
    rows = (await session.execute(waiting)).all()
    places = [place_of(application) for application, _ in rows]
    shown = await notices.list_all_shown(session, places, now=now)
    ladders: dict[int, Sequence[Rung]] = {}
    for application, home in rows:
        if home.id not in ladders:
            ladders[home.id] = await ladder.climb(session, home, now=now)
        for first in ladder.without(ladders[home.id], application.person_id)[:1]:
            place = place_of(application)
            late = [one for one in first.people if (place, one.telegram_id) not in shown]
            await show_card(session, application, late, now=now)


async def follow(session: Session, person: Person, path: str, *, now: datetime) -> None:
    """After a change of roles there: what may be decided on comes, what is not theirs goes."""
    await catch_up(session, now=now, under=path)
    actor = await access.load(session, person)
    for place in await notices.list_places(session, person, PLACE, now=now):
        shown = await session.get_one(Application, int(place.removeprefix(PLACE)))
        home = await session.get_one(Organisation, shown.organisation_id)
        if not actor.may(Can.DECIDE, home.path):
            await show_card(session, shown, [person], now=now)


async def _escalate(
    session: Session, application: Application, kind: str, *, now: datetime
) -> None:
    rungs = await _ladder(session, application, now=now)
    if not rungs:
        return
    session.add(Errand(kind=kind, subject_id=application.id, done_at=now))
    asked = rungs[_rung(kind, rungs)].people
    if kind != DAY:
        await show_card(session, application, asked, now=now)
    await notices.owe_all(
        session,
        asked,
        WAITING,
        now=now,
        lane=Lane.REMINDER,
        # Several reminders that fall due together, after a pause, say the same thing once.
        key=f"waiting:{application.id}:{now:%Y-%m-%dT%H:%M}",
        details={"application_id": application.id},
    )


def _rung(kind: str, rungs: Sequence[Rung]) -> int:
    last = len(rungs) - 1
    return {DAY: 0, TWO_DAYS: min(1, last), THREE_DAYS: last}[kind]


async def _ladder(session: Session, application: Application, *, now: datetime) -> Sequence[Rung]:
    """Nobody decides on their own application."""
    home = await session.get_one(Organisation, application.organisation_id)
    return await ladder.climb(session, home, but=application.person_id, now=now)
