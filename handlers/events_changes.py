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
@router.callback_query(kb.MoveTo.filter())
async def move(tap: CallbackQuery, callback_data: kb.Move | kb.MoveTo, scene: Scene) -> Reply:
    number, asked = callback_data.event_id, await scene.dialog.get_data()
    if asked.get("event_id") != number or "start" not in asked:
        return await _desk(number, scene)
    span = [datetime.fromisoformat(asked[name]) for name in ("start", "end") if name in asked]
    event = await _get(number, scene)
    weighed = await events_fields.weigh(scene.session, event, *span, now=scene.now)
    if getattr(callback_data, "read", "") != kb.read_of_move(weighed):
        return kb.ask_move(scene.t, weighed, scene.now).says(scene.t.label("events-asked-before"))
    await events_fields.start(scene.session, scene.actor, number, *span, now=scene.now)
    await scene.dialog.clear()
    return await kb.show_changed(scene.session, scene.actor, scene.t, number, now=scene.now)


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
    return await _ask_cancel(event, reason, scene)


@router.callback_query(kb.CancelSure.filter())
@router.callback_query(kb.CancelFor.filter())
async def cancel(
    tap: CallbackQuery, callback_data: kb.CancelSure | kb.CancelFor, scene: Scene
) -> Reply:
    number, asked = callback_data.event_id, await scene.dialog.get_data()
    if asked.get("event_id") != number or "reason" not in asked:
        return await _desk(number, scene)
    event, reason = await _get(number, scene), asked["reason"]
    if getattr(callback_data, "read", "") != kb.read_of_cancel(event, reason):
        return (await _ask_cancel(event, reason, scene)).says(scene.t.label("events-asked-before"))
    await events_changes.cancel(scene.session, scene.actor, number, reason, now=scene.now)
    await scene.dialog.clear()
    return await _desk(number, scene)


@router.callback_query(kb.Repeat.filter())
async def repeat(tap: CallbackQuery, callback_data: kb.Repeat, scene: Scene) -> Reply:
    number = callback_data.event_id
    event = await events_changes.repeat(scene.session, scene.actor, number, now=scene.now)
    shown = (await _desk(event.id, scene)).apart()
    return shown if event.changed_at == scene.now else shown.says(scene.t.label("events-repeated"))


async def _get(number: int, scene: Scene) -> Event:
    return (await events_desk.look(scene.session, scene.actor, number, now=scene.now)).event


async def _ask_cancel(event: Event, reason: str, scene: Scene) -> Screen:
    told = await events_changes.count_told(scene.session, event.id, now=scene.now)
    return kb.ask_cancel(scene.t, event, reason, told)


async def _desk(number: int, scene: Scene) -> Screen:
    return await kb.show(scene.session, scene.actor, scene.t, number, now=scene.now)
