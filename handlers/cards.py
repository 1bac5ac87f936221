from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import Message

from handlers.filters import CarriesCard, Command, Pressed
from handlers.scene import Scene
from keyboards import cards as kb
from keyboards import menu
from keyboards.screen import Reply
from services import cards, members

router = Router(name=__name__)


@router.message(Pressed("menu-card"))
@router.message(Command("card"))
async def show_card(message: Message, scene: Scene) -> Reply:
    member = members.require_member(scene.actor)
    return kb.card(scene.t, member, scene.actor.organisation, scene.house)


@router.message(StateFilter(None), CarriesCard())
async def check_card(message: Message, pointer: str, scene: Scene) -> Reply:
    checked = await cards.check(scene.session, scene.actor, pointer, scene.house, now=scene.now)
    found = kb.checked(scene.t, checked, scene.now)
    return await menu.under_menu(scene.session, scene.actor, scene.t, found)
