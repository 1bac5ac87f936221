"""Last in line: what nobody else understood, and people who stop the bot or come back."""

from aiogram import Router
from aiogram.filters import KICKED, ChatMemberUpdatedFilter
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message

from handlers.scene import Scene, answers_late
from keyboards import menu as kb
from keyboards.screen import Reply
from services import people

router = Router(name=__name__)


@router.my_chat_member(ChatMemberUpdatedFilter(KICKED))
async def lose(change: ChatMemberUpdated, scene: Scene) -> Reply:
    await people.lose(scene.session, scene.actor.person.telegram_id, now=scene.now)
    return None


@router.my_chat_member()
async def come_back(change: ChatMemberUpdated, scene: Scene) -> Reply:
    await people.greet(scene.session, scene.actor, now=scene.now)
    return None


@router.callback_query()
async def tap_old_button(tap: CallbackQuery, scene: Scene) -> Reply:
    home, *more = await kb.home_of(scene.session, scene.actor, scene.t)
    return [home.apart().says(scene.t.label("menu-old-button")), *more]


@router.message()
async def say_something_else(message: Message, scene: Scene) -> Reply:
    late = await answers_late(scene)
    return await kb.lost(scene.session, scene.actor, scene.t, late=late)
