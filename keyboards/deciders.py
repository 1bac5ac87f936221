"""Those who answer for an organisation, in words for whoever waits for them or needs them."""

from collections.abc import Sequence
from datetime import datetime

from locales import Translator
from models.application import Application, State
from models.base import Session
from services import deciders, joining, ladder, members, organisations, people
from services.access import Actor, Can
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


async def whom_to_ask(session: Session, t: Translator, actor: Actor, now: datetime) -> str:
    """The nearest chair but oneself, with a way to reach them; «none» where there is none."""
    sent = await joining.find_sent(session, actor)
    chosen = sent.organisation_id if sent else None
    home = await organisations.get(session, actor, chosen) if chosen else actor.organisation
    if home is None:
        return t.label("menu-chair-at-work")
    for rung in await ladder.climb(session, home, but=actor.id, now=now):
        if rung.organisation is not None:
            level = "own" if rung.organisation.id == home.id else "above"
            return _chair(t, level, rung.organisation.name, await _contacts(session, rung, now))
    return "none" if actor.may(Can.DECIDE, home.path) else _chair(t, "own", home.name, [])


def _chair(t: Translator, level: str, place: str, names: Sequence[str]) -> str:
    return t.label("menu-chair", level=level, place=place, names="; ".join(names) or "none")


async def _contacts(session: Session, rung: Rung, now: datetime) -> list[str]:
    """Each with their @name, if they have one."""
    named = [(one, await members.name_of(session, one.id, now=now)) for one in rung.people]
    return [said for one, name in named if (said := people.contact_of(one, name))]
