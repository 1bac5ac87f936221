"""The roll, and what chairs and old accounts hear about a membership."""

from aiogram.filters.callback_data import CallbackData

from keyboards import menu
from keyboards.screen import Page, Reader, Screen, notice
from locales import Translator
from models.base import Session
from models.member import Member
from models.organisation import Organisation
from services import joining, members
from services.errors import Refusal
from services.paging import Paged


class Turn(CallbackData, prefix="mb.turn"):
    page: int


def roll(t: Translator, found: Paged[tuple[Member, Organisation]]) -> Screen:
    if not found.total:
        return Screen(t("members-none"))
    lines = [
        t("members-row", name=member.name, number=member.number, place=home.name)
        for member, home in found.items
    ]
    text = "\n".join([t("members-roll", count=found.total), "", *lines])
    page = Page([], found.page, found.last, lambda number: Turn(page=number))
    return Screen(text, buttons=page.buttons())


@notice("members-moved")
async def moved(session: Session, to: Reader) -> Screen | None:
    if to.actor.member is not None:
        return None
    application = await joining.find_latest(session, to.actor)
    return Screen(to.t("members-moved"), keys=menu.keys(to.t, to.actor, application))


@notice("members-left")
async def left(session: Session, to: Reader, member_id: int) -> Screen | None:
    try:
        member, home = await members.get_for(session, to.actor, member_id)
    except Refusal:
        return None
    text = to.t("members-left", name=member.name, number=member.number, place=home.name)
    return Screen(text)


@notice("members-renamed")
async def renamed(session: Session, to: Reader, member_id: int, before: str) -> Screen | None:
    try:
        member, _ = await members.get_for(session, to.actor, member_id)
    except Refusal:
        return None
    if member.name == before:
        return None
    text = to.t("members-renamed", before=before, name=member.name, number=member.number)
    return Screen(text)


@notice("members-roles-stay")
async def roles_stay(
    session: Session, to: Reader, member_id: int, telegram_id: int
) -> Screen | None:
    try:
        member, _ = await members.get_for(session, to.actor, member_id)
    except Refusal:
        return None
    text = to.t("members-roles-stay", name=member.name, id=str(telegram_id))
    return Screen(text)
