from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.scene import Scene
from keyboards import events_rating as kb
from keyboards.screen import Reply
from services import events_rating
from services.parsing import parse_text

router = Router(name=__name__)


class Rating(StatesGroup):
    words = State()


@router.callback_query(kb.Rate.filter())
async def rate(tap: CallbackQuery, callback_data: kb.Rate, scene: Scene) -> Reply:
    number, stars = callback_data.event_id, callback_data.stars
    rated = await events_rating.rate(scene.session, scene.actor, number, stars, now=scene.now)
    return kb.rated(scene.t, *rated)


@router.callback_query(kb.Comment.filter())
async def ask_words(tap: CallbackQuery, callback_data: kb.Comment, scene: Scene) -> Reply:
    number = callback_data.event_id
    await events_rating.get_rated(scene.session, scene.actor, number, now=scene.now)
    await scene.dialog.set_state(Rating.words)
    await scene.dialog.set_data({"event_id": number})
    return kb.ask_words(scene.t, number).apart()


@router.callback_query(kb.Keep.filter())
async def keep(tap: CallbackQuery, callback_data: kb.Keep, scene: Scene) -> Reply:
    number = callback_data.event_id
    rated = await events_rating.get_rated(scene.session, scene.actor, number, now=scene.now)
    await scene.dialog.clear()
    return kb.rated(scene.t, *rated)


@router.message(StateFilter(Rating.words))
async def take_words(message: Message, scene: Scene) -> Reply:
    words = parse_text(message.text or "", events_rating.LONGEST)
    number = (await scene.dialog.get_data())["event_id"]
    rated = await events_rating.say(scene.session, scene.actor, number, words, now=scene.now)
    await scene.dialog.clear()
    return kb.rated(scene.t, *rated)
