"""In groups the bot keeps everybody's affairs to itself."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from handlers.filters import Command, InGroup
from handlers.scene import Scene
from keyboards import menu as kb
from keyboards.screen import Reply

router = Router(name=__name__)


@router.message(InGroup(), Command(*kb.ALL_COMMANDS))
async def answer_in_private(message: Message, scene: Scene) -> Reply:
    return kb.only_in_private(scene.t, scene.house)


@router.message(InGroup())
@router.callback_query(InGroup())
async def stay_silent(event: Message | CallbackQuery, scene: Scene) -> Reply:
    return None
