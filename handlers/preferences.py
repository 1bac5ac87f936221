from aiogram import Router
from aiogram.types import CallbackQuery, Message

from handlers.filters import Command, IsMember
from handlers.scene import Scene
from keyboards import digests as kb_digests
from keyboards import menu
from keyboards import preferences as kb
from keyboards.screen import Reply, Screen
from services import preferences
from services.audiences import kind_of

router = Router(name=__name__)

assert kb_digests  # how a digest is worded is registered


@router.message(Command("settings"))
async def show(message: Message, scene: Scene) -> Reply:
    if scene.actor.member is None:
        section = scene.t.label("preferences-title")
        return await menu.members_only(scene.session, scene.actor, scene.t, section)
    return await _settings(scene)


@router.callback_query(menu.Settings.filter(), IsMember())
async def open_settings(tap: CallbackQuery, scene: Scene) -> Reply:
    await scene.dialog.clear()
    return await _settings(scene)


@router.callback_query(kb.Beside.filter(), IsMember())
async def open_beside(tap: CallbackQuery, scene: Scene) -> Reply:
    await scene.dialog.clear()
    return (await _settings(scene)).apart()


@router.callback_query(kb.Switch.filter(), IsMember())
async def switch(tap: CallbackQuery, callback_data: kb.Switch, scene: Scene) -> Reply:
    kind, on = callback_data.kind, callback_data.on
    await preferences.switch(scene.session, scene.actor, kind, on=on, now=scene.now)
    return await _settings(scene)


@router.callback_query(kb.SwitchRubric.filter(), IsMember())
async def switch_rubric(tap: CallbackQuery, callback_data: kb.SwitchRubric, scene: Scene) -> Reply:
    kind, on = kind_of(callback_data.rubric_id), callback_data.on
    await preferences.switch(scene.session, scene.actor, kind, on=on, now=scene.now)
    return await _settings(scene)


@router.callback_query(kb.Often.filter(), IsMember())
async def choose_frequency(tap: CallbackQuery, callback_data: kb.Often, scene: Scene) -> Reply:
    await preferences.choose(
        scene.session, scene.actor, frequency=callback_data.frequency, now=scene.now
    )
    return await _settings(scene)


@router.callback_query(kb.At.filter(), IsMember())
async def choose_hour(tap: CallbackQuery, callback_data: kb.At, scene: Scene) -> Reply:
    await preferences.choose(scene.session, scene.actor, hour=callback_data.hour, now=scene.now)
    return await _settings(scene)


async def _settings(scene: Scene) -> Screen:
    found = await preferences.get(scene.session, scene.actor, now=scene.now)
    return kb.settings(scene.t, found)
