"""Those who have an application before them, in words for the applicant."""

from collections.abc import Sequence
from datetime import datetime

from locales import Translator
from models.application import Application, State
from models.base import Session
from services import deciders, members
from services.ladder import Rung


async def held_by(session: Session, t: Translator, application: Application, now: datetime) -> str:
    holding: Sequence[Rung] = ()
    if application.state is State.PENDING:
        holding = await deciders.list_holding(session, application, now=now)
    names = [await _holders(session, t, rung, now) for rung in holding]
    return "; ".join(names) or "nobody"


async def _holders(session: Session, t: Translator, rung: Rung, now: datetime) -> str:
    if rung.organisation is None:
        return t.label("joining-held-by-admins")
    found = [await members.name_of(session, person.id, now=now) for person in rung.people]
    names = ", ".join(name for name in found if name)
    place, several = rung.organisation.name, "yes" if len(found) > 1 else "no"
    return t.label("joining-held-by-chair", place=place, names=names or "none", several=several)
