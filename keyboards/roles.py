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
    text = _answer(t, "roles-granted", done)
    unmet = "\n\n" + t("roles-not-met") if done.person.met_at is None else ""
    return Screen(text + unmet)


def revoked(t: Translator, done: Appointment) -> Screen:
    return Screen(_answer(t, "roles-revoked", done))


@notice("roles-granted")
async def told_granted(
    session: Session, to: Reader, role: str, organisation_id: int | None
) -> Screen | None:
    place = await _find_place(session, to, organisation_id)
    if not _holds(to, role, place):
        return None
    return Screen(to.t("roles-told-granted", role=role, place=_named(to.t, place)))


@notice("roles-revoked")
async def told_revoked(
    session: Session, to: Reader, role: str, organisation_id: int | None
) -> Screen | None:
    place = await _find_place(session, to, organisation_id)
    if _holds(to, role, place):
        return None
    return Screen(to.t("roles-told-revoked", role=role, place=_named(to.t, place)))


def _answer(t: Translator, text_id: str, done: Appointment) -> str:
    return t(text_id, role=done.role, place=_named(t, done.organisation), who=_who(done.person))


def _who(person: Person) -> str:
    known_as = f"@{person.username}, " if person.username else ""
    return f"{known_as}ID {person.telegram_id}"


def _named(t: Translator, place: Organisation | None) -> str:
    return place.name if place else t.label("roles-whole-union")


def _holds(to: Reader, role: str, place: Organisation | None) -> bool:
    return Held(Role(role), place.path if place else ROOT) in to.actor.roles


async def _find_place(
    session: Session, to: Reader, organisation_id: int | None
) -> Organisation | None:
    if organisation_id is None:
        return None
    return await organisations.get(session, to.actor, organisation_id)
