from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.filters import CarriesDoor
from handlers.scene import Scene
from keyboards import checkins as kb_desk
from keyboards import checkins_marks as kb
from keyboards import menu
from keyboards.screen import Reply, Screen
from services import checkins, checkins_marks, checkins_people, events
from services.parsing import NAME_LIMIT, parse_text, plain_line

router = Router(name=__name__)


class Checking(StatesGroup):
    words = State()
    guest = State()


@router.callback_query(kb_desk.Find.filter())
async def ask_words(tap: CallbackQuery, callback_data: kb_desk.Find, scene: Scene) -> Reply:
    return kb.ask_words(scene.t, await _ask(callback_data.event_id, Checking.words, scene)).apart()


@router.message(StateFilter(Checking.words))
async def search(message: Message, scene: Scene) -> Reply:
    words = parse_text(message.text or "", NAME_LIMIT)
    number = (await scene.dialog.get_data())["event_id"]
    found = await checkins_people.search(scene.session, scene.actor, number, words, now=scene.now)
    return kb_desk.found_by_words(scene.t, number, found, words)


@router.callback_query(kb_desk.Mark.filter())
async def mark(tap: CallbackQuery, callback_data: kb_desk.Mark, scene: Scene) -> Reply:
    number, member = callback_data.event_id, callback_data.member_id
    marked = await checkins_marks.mark(scene.session, scene.actor, number, member, now=scene.now)
    return kb.marked(scene.t, marked, scene.now)


@router.callback_query(kb.Scan.filter())
async def mark_card(tap: CallbackQuery, callback_data: kb.Scan, scene: Scene) -> Reply:
    number, pointer = callback_data.event_id, callback_data.pointer
    marked = await checkins_marks.mark_card(
        scene.session, scene.actor, number, pointer, scene.house, now=scene.now
    )
    return kb.marked(scene.t, marked, scene.now)


@router.callback_query(kb_desk.Guest.filter())
async def ask_guest(tap: CallbackQuery, callback_data: kb_desk.Guest, scene: Scene) -> Reply:
    return kb.ask_guest(scene.t, await _ask(callback_data.event_id, Checking.guest, scene)).apart()


@router.message(StateFilter(Checking.guest))
async def mark_guest(message: Message, scene: Scene) -> Reply:
    name = parse_text(plain_line(message.text or ""), NAME_LIMIT)
    number = (await scene.dialog.get_data())["event_id"]
    marked = await checkins_marks.mark_guest(
        scene.session, scene.actor, number, name, now=scene.now
    )
    await scene.dialog.clear()
    return kb.marked(scene.t, marked, scene.now)


@router.callback_query(kb.Undo.filter())
async def undo(tap: CallbackQuery, callback_data: kb.Undo, scene: Scene) -> Reply:
    number = callback_data.attendance_id
    undone = await checkins_marks.undo(scene.session, scene.actor, number, now=scene.now)
    return kb.undone(scene.t, *undone)


@router.message(StateFilter(None), CarriesDoor())
async def come_in(message: Message, pointer: str, scene: Scene) -> Reply:
    shown = await _door(pointer, scene) if scene.actor.member else kb.for_guests(scene.t)
    return await menu.under_menu(scene.session, scene.actor, scene.t, shown)


async def _door(pointer: str, scene: Scene) -> Screen:
    number = scene.house.seal.read(pointer, "e")
    if number is None:
        return kb.forged(scene.t)
    try:
        came = await checkins_marks.come(scene.session, scene.actor, number, now=scene.now)
    except events.Gone:
        return kb.not_for_you(scene.t)
    return kb.arrived(scene.t, *came)


async def _ask(number: int, step: State, scene: Scene) -> events.Known:
    known = await checkins.get_desk(scene.session, scene.actor, number, now=scene.now)
    await scene.dialog.set_state(step)
    await scene.dialog.set_data({"event_id": number})
    return known
