from aiogram import Router
from aiogram.types import CallbackQuery, Message

from handlers.filters import Command
from handlers.scene import Scene
from keyboards import members as kb
from keyboards.screen import Reply
from services import members

router = Router(name=__name__)


@router.message(Command("members"))
async def call_roll(message: Message, scene: Scene) -> Reply:
    return kb.roll(scene.t, await members.list_roll(scene.session, scene.actor))


@router.callback_query(kb.Turn.filter())
async def turn_page(tap: CallbackQuery, callback_data: kb.Turn, scene: Scene) -> Reply:
    found = await members.list_roll(scene.session, scene.actor, page=callback_data.page)
    return kb.roll(scene.t, found)
