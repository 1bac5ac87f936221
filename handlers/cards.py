from aiogram import Router
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.types import Message

from handlers.filters import CarriesCard, Pressed
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


@router.message(CommandStart(deep_link=True), CarriesCard())
async def check_card(message: Message, command: CommandObject, scene: Scene) -> Reply:
    pointer = command.args or ""
    checked = await cards.check(scene.session, scene.actor, pointer, scene.house, now=scene.now)
    found = kb.checked(scene.t, checked, scene.now)
    return await menu.under_menu(scene.session, scene.actor, scene.t, found)
