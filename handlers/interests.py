from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.filters import IsMember
from handlers.scene import Scene
from keyboards import interests as kb
from keyboards.screen import Reply, Screen
from models.person import Interest
from services import interests
from services.parsing import RubricEmpty, parse_text

router = Router(name=__name__)


class Arranging(StatesGroup):
    title = State()
    new_title = State()


@router.callback_query(kb.List.filter(), IsMember())
async def list_choices(tap: CallbackQuery, scene: Scene) -> Reply:
    await scene.dialog.clear()
    return await _choices(scene)


@router.callback_query(kb.Choose.filter(), IsMember())
async def choose(tap: CallbackQuery, callback_data: kb.Choose, scene: Scene) -> Reply:
    picked, chosen = callback_data.interest_id, callback_data.chosen
    await interests.choose(scene.session, scene.actor, picked, chosen=chosen)
    return await _choices(scene)


@router.callback_query(kb.Arrange.filter())
async def arrange(tap: CallbackQuery, scene: Scene) -> Reply:
    await scene.dialog.clear()
    return await _arrangement(scene)


@router.callback_query(kb.Open.filter())
async def open_interest(tap: CallbackQuery, callback_data: kb.Open, scene: Scene) -> Reply:
    await scene.dialog.clear()
    interest = await interests.get_for(scene.session, scene.actor, callback_data.interest_id)
    return await _card(interest, scene)


@router.callback_query(kb.Add.filter())
async def ask_title(tap: CallbackQuery, scene: Scene) -> Reply:
    await interests.list_all(scene.session, scene.actor, now=scene.now)
    await scene.dialog.set_state(Arranging.title)
    return kb.ask_title(scene.t)


@router.message(StateFilter(Arranging.title))
async def add(message: Message, scene: Scene) -> Reply:
    title = parse_text(message.text or "", interests.LONGEST, RubricEmpty)
    added = await interests.add(scene.session, scene.actor, title, now=scene.now)
    await scene.dialog.clear()
    return await _arrangement(scene, added)


@router.callback_query(kb.Rename.filter())
async def ask_new_title(tap: CallbackQuery, callback_data: kb.Rename, scene: Scene) -> Reply:
    interest = await interests.get_for(scene.session, scene.actor, callback_data.interest_id)
    await scene.dialog.set_state(Arranging.new_title)
    await scene.dialog.set_data({"interest_id": interest.id, "title": interest.title})
    return kb.ask_new_title(scene.t, interest)


@router.message(StateFilter(Arranging.new_title))
async def rename(message: Message, scene: Scene) -> Reply:
    title = parse_text(message.text or "", interests.LONGEST, RubricEmpty)
    asked = await scene.dialog.get_data()
    interest = await interests.rename(
        scene.session, scene.actor, asked["interest_id"], asked["title"], title, now=scene.now
    )
    await scene.dialog.clear()
    return await _card(interest, scene)


@router.callback_query(kb.Retire.filter())
async def retire(tap: CallbackQuery, callback_data: kb.Retire, scene: Scene) -> Reply:
    interest = await interests.retire(
        scene.session, scene.actor, callback_data.interest_id, now=scene.now
    )
    return await _card(interest, scene)


@router.callback_query(kb.Restore.filter())
async def restore(tap: CallbackQuery, callback_data: kb.Restore, scene: Scene) -> Reply:
    interest = await interests.restore(
        scene.session, scene.actor, callback_data.interest_id, now=scene.now
    )
    return await _card(interest, scene)


async def _choices(scene: Scene) -> Screen:
    found = await interests.list_choices(scene.session, scene.actor, now=scene.now)
    return kb.choices(scene.t, scene.actor, found)


async def _arrangement(scene: Scene, added: Interest | None = None) -> Screen:
    found = await interests.list_all(scene.session, scene.actor, now=scene.now)
    return kb.arrangement(scene.t, scene.actor, found, added)


async def _card(interest: Interest, scene: Scene) -> Screen:
    followers = await interests.count_followers(scene.session, interest.id, now=scene.now)
    return kb.card(scene.t, interest, followers)
