from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import Message

from handlers.filters import CarriesCard, Command, Pressed
from handlers.scene import Scene
from keyboards import cards as kb
from keyboards import checkins_marks as kb_checkins
from keyboards import menu
from keyboards.screen import Reply
from services import cards, checkins

router = Router(name=__name__)


@router.message(Pressed("menu-card"))
@router.message(Command("card"))
async def show_card(message: Message, scene: Scene) -> Reply:
    member, home = scene.actor.member, scene.actor.organisation
    if member is None or home is None:
        section = scene.t.label("menu-card")
        return await menu.members_only(scene.session, scene.actor, scene.t, section)
    return kb.card(scene.t, member, home, scene.house)


@router.message(StateFilter(None), CarriesCard())
async def check_card(message: Message, pointer: str, scene: Scene) -> Reply:
    desks = await checkins.list_desks(scene.session, scene.actor, now=scene.now)
    checked = await cards.check(
        scene.session, scene.actor, pointer, scene.house, shown=bool(desks), now=scene.now
    )
    found = kb.checked(scene.t, checked, scene.now)
    if desks and checked.valid:
        return kb_checkins.scanned(scene.t, found, desks, pointer)
    return await menu.under_menu(scene.session, scene.actor, scene.t, found)
