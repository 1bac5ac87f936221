from aiogram import Router
from aiogram.filters import CommandObject, StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.filters import Command
from handlers.scene import Scene
from keyboards import organisations as kb
from keyboards.screen import Reply
from services import organisations
from services.access import Can, require
from services.errors import Refusal
from services.parsing import PlaceEmpty, parse_text

router = Router(name=__name__)


class Searching(StatesGroup):
    words = State()


@router.message(Command("orgs"))
async def look_around(message: Message, command: CommandObject, scene: Scene) -> Reply:
    if command.args:
        await scene.dialog.set_state(Searching.words)
        return await _find(command.args, scene)
    return kb.overview(scene.t, await organisations.survey(scene.session, scene.actor))


@router.callback_query(kb.Browse.filter())
async def browse(tap: CallbackQuery, callback_data: kb.Browse, scene: Scene) -> Reply:
    await scene.dialog.clear()
    found = await organisations.survey(scene.session, scene.actor, page=callback_data.page)
    return kb.overview(scene.t, found)


@router.callback_query(kb.Open.filter())
async def open_card(tap: CallbackQuery, callback_data: kb.Open, scene: Scene) -> Reply:
    await scene.dialog.clear()
    found = await organisations.describe(
        scene.session, scene.actor, callback_data.organisation_id, page=callback_data.page
    )
    return kb.card(scene.t, found)


@router.callback_query(kb.Find.filter())
async def ask_words(tap: CallbackQuery, scene: Scene) -> Reply:
    require(scene.actor, Can.GRANT)
    await scene.dialog.set_state(Searching.words)
    return kb.ask_words(scene.t)


@router.message(StateFilter(Searching.words))
async def find(message: Message, scene: Scene) -> Reply:
    return await _find(message.text or "", scene)


async def _find(typed: str, scene: Scene) -> Reply:
    try:
        words = parse_text(typed, organisations.LONGEST_QUESTION, PlaceEmpty)
    except Refusal as refusal:
        return kb.no_words(scene.t, refusal)
    found = await organisations.search(scene.session, scene.actor, words)
    return kb.found_by_words(scene.t, found) if found.total else kb.nothing_found(scene.t)
