"""Roles given and taken: the answer to the admin, the word to the person concerned."""

from keyboards.screen import Reader, Screen, notice
from locales import Translator
from models.base import Session
from models.organisation import ROOT, Organisation
from models.person import Person
from models.role import Role
from services import organisations
from services.access import Held
from services.roles import Appointment


def usage(t: Translator, command: str) -> Screen:
    roles = "\n".join(f"{role} — {t.label('role-name', role=role)}" for role in Role)
    return Screen(t("roles-usage", command=command, roles=roles))


def granted(t: Translator, done: Appointment) -> Screen:
    text = _answer(t, "roles-granted", done, review="yes" if done.drafts_only else "no")
    unmet = "\n\n" + t("roles-not-met") if done.person.met_at is None else ""
    return Screen(text + unmet)


def revoked(t: Translator, done: Appointment) -> Screen:
    return Screen(_answer(t, "roles-revoked", done))


@notice("roles-granted")
async def told_granted(
    session: Session,
    to: Reader,
    role: str,
    organisation_id: int | None,
    drafts_only: bool = False,
) -> Screen | None:
    place = await _find_place(session, to, organisation_id)
    held = _find_held(to, role, place)
    if held is None or held.drafts_only is not drafts_only:
        return None
    named = _named(to.t, place)
    return Screen(
        to.t("roles-told-granted", role=role, place=named, review="yes" if drafts_only else "no")
    )


@notice("roles-revoked")
async def told_revoked(
    session: Session, to: Reader, role: str, organisation_id: int | None
) -> Screen | None:
    place = await _find_place(session, to, organisation_id)
    if _find_held(to, role, place):
        return None
    return Screen(to.t("roles-told-revoked", role=role, place=_named(to.t, place)))


def _answer(t: Translator, text_id: str, done: Appointment, **more: str) -> str:
    place, who = _named(t, done.organisation), _who(done.person)
    return t(text_id, role=done.role, place=place, who=who, **more)


def _who(person: Person) -> str:
    known_as = f"@{person.username}, " if person.username else ""
    return f"{known_as}ID {person.telegram_id}"


def _named(t: Translator, place: Organisation | None) -> str:
    return place.name if place else t.label("roles-whole-union")


def _find_held(to: Reader, role: str, place: Organisation | None) -> Held | None:
    held = (Role(role), place.path if place else ROOT)
    return next((one for one in to.actor.roles if (one.role, one.path) == held), None)


async def _find_place(
    session: Session, to: Reader, organisation_id: int | None
) -> Organisation | None:
    if organisation_id is None:
        return None
    return await organisations.get(session, to.actor, organisation_id)
