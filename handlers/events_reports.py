from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.posts_content import content_of
from handlers.scene import Scene
from keyboards import events_reports as kb
from keyboards import posts as kb_posts
from keyboards.screen import Reply, Screen
from services import events_reports, posts
from services.events_reports import Told
from services.parsing import parse_count
from services.posts_content import Content

router = Router(name=__name__)


class Reporting(StatesGroup):
    content = State()
    came = State()


@router.callback_query(kb.Write.filter())
async def open_report(tap: CallbackQuery, callback_data: kb.Write, scene: Scene) -> Reply:
    await scene.dialog.clear()
    return (await _card(callback_data.event_id, scene)).apart()


@router.callback_query(kb.Keep.filter())
async def keep(tap: CallbackQuery, callback_data: kb.Keep, scene: Scene) -> Reply:
    await scene.dialog.clear()
    return await _card(callback_data.event_id, scene)


@router.callback_query(kb.Tell.filter())
async def ask_content(tap: CallbackQuery, callback_data: kb.Tell, scene: Scene) -> Reply:
    told = await _ask(callback_data.event_id, Reporting.content, scene)
    return kb.ask_content(scene.t, told).apart()


@router.message(StateFilter(Reporting.content))
async def take_content(message: Message, scene: Scene) -> Reply:
    """An album comes as several messages: the card follows the first, the others join it."""
    content, asked = content_of(message), await scene.dialog.get_data()
    number, known = asked["event_id"], asked.get("album")
    await events_reports.write(
        scene.session, scene.actor, number, content, below=known is not None, now=scene.now
    )
    await _await_more(content, number, scene)
    if content.album is None or content.album != known:
        return await _card(number, scene)
    await events_reports.redraw(scene.session, number, now=scene.now)
    return None


@router.callback_query(kb.Recount.filter())
async def ask_count(tap: CallbackQuery, callback_data: kb.Recount, scene: Scene) -> Reply:
    told = await _ask(callback_data.event_id, Reporting.came, scene)
    return kb.ask_count(scene.t, told).apart()


@router.message(StateFilter(Reporting.came))
async def recount(message: Message, scene: Scene) -> Reply:
    came = parse_count(message.text or "")
    number = (await scene.dialog.get_data())["event_id"]
    await events_reports.count(scene.session, scene.actor, number, came, now=scene.now)
    await scene.dialog.clear()
    return await _card(number, scene)


@router.callback_query(kb.MakeNews.filter())
async def make_news(tap: CallbackQuery, callback_data: kb.MakeNews, scene: Scene) -> Reply:
    told = await _get(callback_data.event_id, scene)
    head = kb.head_of(scene.t, told)
    number = await events_reports.make_news(
        scene.session, scene.actor, callback_data.event_id, head, now=scene.now
    )
    draft = await posts.get_for(scene.session, scene.actor, number, now=scene.now)
    return kb_posts.preview(scene.t, draft)


async def _await_more(content: Content, number: int, scene: Scene) -> None:
    """Of an album further parts may follow, and words for it; of anything else nothing."""
    if content.album is None:
        await scene.dialog.clear()
    else:
        await scene.dialog.set_data({"event_id": number, "album": content.album})


async def _ask(number: int, step: State, scene: Scene) -> Told:
    told = await _get(number, scene)
    await scene.dialog.set_state(step)
    await scene.dialog.set_data({"event_id": number})
    return told


async def _get(number: int, scene: Scene) -> Told:
    return await events_reports.get_for(scene.session, scene.actor, number, now=scene.now)


async def _card(number: int, scene: Scene) -> Screen:
    return kb.card(scene.t, await _get(number, scene))
