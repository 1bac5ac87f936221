from aiogram import Router
from aiogram.types import CallbackQuery, Message

from handlers.filters import Command
from handlers.scene import Scene
from keyboards import checkins as kb
from keyboards.screen import Reply, Screen, Toast
from services import checkins, checkins_people

router = Router(name=__name__)


@router.message(Command("checkin"))
async def choose(message: Message, scene: Scene) -> Reply:
    return kb.choose(scene.t, await checkins.list_own(scene.session, scene.actor, now=scene.now))


@router.callback_query(kb.Choose.filter())
async def turn_page(tap: CallbackQuery, callback_data: kb.Choose, scene: Scene) -> Reply:
    page = callback_data.page
    found = await checkins.list_own(scene.session, scene.actor, page=page, now=scene.now)
    return kb.choose(scene.t, found)


@router.callback_query(kb.Open.filter())
async def open_desk(tap: CallbackQuery, callback_data: kb.Open, scene: Scene) -> Reply:
    await scene.dialog.clear()
    number = callback_data.event_id
    found = await checkins_people.tally(scene.session, scene.actor, number, now=scene.now)
    return kb.desk(scene.t, found, scene.now)


@router.callback_query(kb.Await.filter())
async def list_expected(tap: CallbackQuery, callback_data: kb.Await, scene: Scene) -> Reply:
    return (await _expected(callback_data.event_id, 0, scene)).apart()


@router.callback_query(kb.Expected.filter())
async def turn_expected(tap: CallbackQuery, callback_data: kb.Expected, scene: Scene) -> Reply:
    return await _expected(callback_data.event_id, callback_data.page, scene)


@router.callback_query(kb.Door.filter())
async def show_door(tap: CallbackQuery, callback_data: kb.Door, scene: Scene) -> Reply:
    number = callback_data.event_id
    known = await checkins.get_desk(scene.session, scene.actor, number, now=scene.now)
    return kb.poster(scene.t, scene.house, known)


@router.callback_query(kb.Sheet.filter())
async def send_sheet(tap: CallbackQuery, callback_data: kb.Sheet, scene: Scene) -> Reply:
    number = callback_data.event_id
    await checkins.owe_sheet(scene.session, scene.actor, number, now=scene.now)
    return Toast(scene.t.label("checkins-filling"))


async def _expected(number: int, page: int, scene: Scene) -> Screen:
    known = await checkins.get_desk(scene.session, scene.actor, number, now=scene.now)
    found = await checkins_people.list_expected(
        scene.session, scene.actor, number, page=page, now=scene.now
    )
    return kb.expected(scene.t, known, *found)
