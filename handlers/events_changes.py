from datetime import datetime

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.scene import Scene
from keyboards import events_desk as kb
from keyboards.screen import Reply, Screen
from models.event import Event
from services import events_changes, events_desk, events_fields
from services.parsing import parse_text

router = Router(name=__name__)


class CallingOff(StatesGroup):
    reason = State()


@router.callback_query(kb.Change.filter())
async def choose_field(tap: CallbackQuery, callback_data: kb.Change, scene: Scene) -> Reply:
    return kb.fields(scene.t, await _get(callback_data.event_id, scene))


@router.callback_query(kb.Move.filter())
async def move(tap: CallbackQuery, callback_data: kb.Move, scene: Scene) -> Reply:
    number, asked = callback_data.event_id, await scene.dialog.get_data()
    if asked.get("event_id") == number and "start" in asked:
        start, *end = (datetime.fromisoformat(asked[n]) for n in ("start", "end") if n in asked)
        await events_fields.start(scene.session, scene.actor, number, start, *end, now=scene.now)
        await scene.dialog.clear()
    return await _desk(number, scene)


@router.callback_query(kb.Cancel.filter())
async def ask_reason(tap: CallbackQuery, callback_data: kb.Cancel, scene: Scene) -> Reply:
    event = await _get(callback_data.event_id, scene)
    await scene.dialog.set_state(CallingOff.reason)
    await scene.dialog.set_data({"event_id": event.id})
    return kb.ask_reason(scene.t, event)


@router.message(StateFilter(CallingOff.reason))
async def take_reason(message: Message, scene: Scene) -> Reply:
    reason = parse_text(message.text or "", events_changes.LONGEST_REASON)
    number = (await scene.dialog.get_data())["event_id"]
    event = await _get(number, scene)
    await scene.dialog.set_data({"event_id": number, "reason": reason})
    told = await events_changes.count_told(scene.session, number, now=scene.now)
    return kb.ask_cancel(scene.t, event, reason, told)


@router.callback_query(kb.CancelSure.filter())
async def cancel(tap: CallbackQuery, callback_data: kb.CancelSure, scene: Scene) -> Reply:
    number, asked = callback_data.event_id, await scene.dialog.get_data()
    if asked.get("event_id") == number and "reason" in asked:
        await events_changes.cancel(
            scene.session, scene.actor, number, asked["reason"], now=scene.now
        )
        await scene.dialog.clear()
    return await _desk(number, scene)


@router.callback_query(kb.Repeat.filter())
async def repeat(tap: CallbackQuery, callback_data: kb.Repeat, scene: Scene) -> Reply:
    number = callback_data.event_id
    event = await events_changes.repeat(scene.session, scene.actor, number, now=scene.now)
    return (await _desk(event.id, scene)).apart()


async def _get(number: int, scene: Scene) -> Event:
    desk = await events_desk.get_desk(
        scene.session, scene.actor, number, counted=False, now=scene.now
    )
    return desk.event


async def _desk(number: int, scene: Scene) -> Screen:
    return await kb.show(scene.session, scene.actor, scene.t, number, now=scene.now)
