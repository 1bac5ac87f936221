from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.scene import Scene
from keyboards import events as kb_events
from keyboards import events_news as kb
from keyboards.screen import Reply
from services import events

router = Router(name=__name__)


@router.callback_query(kb.More.filter())
async def open_card(tap: CallbackQuery, callback_data: kb.More, scene: Scene) -> Reply:
    number = callback_data.event_id
    shown = await events.get_shown(scene.session, scene.actor, number, now=scene.now)
    return [one.apart() for one in kb_events.opened(scene.t, shown, scene.now)]
