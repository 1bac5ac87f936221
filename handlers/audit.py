from aiogram import Router
from aiogram.types import CallbackQuery, Message

from handlers.filters import Command
from handlers.scene import Scene
from keyboards import audit as kb
from keyboards.screen import Reply
from services import audit

router = Router(name=__name__)


@router.message(Command("audit"))
@router.callback_query(kb.Latest.filter())
async def read(event: Message | CallbackQuery, scene: Scene) -> Reply:
    entries = await audit.list_latest(scene.session, scene.actor)
    return kb.latest(scene.t, entries, scene.now)


@router.callback_query(kb.Earlier.filter())
async def read_earlier(tap: CallbackQuery, callback_data: kb.Earlier, scene: Scene) -> Reply:
    entries = await audit.list_latest(scene.session, scene.actor, before=callback_data.before)
    return kb.earlier(scene.t, entries, scene.now)
