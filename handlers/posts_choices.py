from zoneinfo import ZoneInfo

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.scene import Scene
from keyboards import posts as kb_posts
from keyboards import posts_choices as kb
from keyboards.screen import Reply, Screen
from models.post import Timing
from services import organisations, posts, posts_choices
from services.access import Can
from services.moments import parse_moment
from services.posts import Draft

router = Router(name=__name__)


class Scheduling(StatesGroup):
    moment = State()


@router.callback_query(kb.Offices.filter())
async def turn_offices(tap: CallbackQuery, callback_data: kb.Offices, scene: Scene) -> Reply:
    draft = await _get(callback_data.post_id, scene)
    page = callback_data.page
    found = await organisations.list_open_to(scene.session, scene.actor, Can.POST, page=page)
    return kb.ask_whose(scene.t, draft.post, found)


@router.callback_query(kb.Rehome.filter())
async def rehome(tap: CallbackQuery, callback_data: kb.Rehome, scene: Scene) -> Reply:
    number, place = callback_data.post_id, callback_data.organisation_id
    await posts_choices.rehome(scene.session, scene.actor, number, place, now=scene.now)
    draft = await _counted(number, scene)
    return kb_posts.preview(scene.t, draft)


@router.callback_query(kb.Rubrics.filter())
async def show_rubrics(tap: CallbackQuery, callback_data: kb.Rubrics, scene: Scene) -> Reply:
    return await _rubrics(callback_data.post_id, scene)


@router.callback_query(kb.TurnRubric.filter())
async def turn_rubric(tap: CallbackQuery, callback_data: kb.TurnRubric, scene: Scene) -> Reply:
    number, rubric = callback_data.post_id, callback_data.interest_id
    await posts_choices.turn_rubric(
        scene.session, scene.actor, number, rubric, on=callback_data.on, now=scene.now
    )
    return await _rubrics(number, scene)


@router.callback_query(kb.Whom.filter())
async def show_whom(tap: CallbackQuery, callback_data: kb.Whom, scene: Scene) -> Reply:
    return kb.whom(scene.t, await _counted(callback_data.post_id, scene))


@router.callback_query(kb.Aim.filter())
async def aim(tap: CallbackQuery, callback_data: kb.Aim, scene: Scene) -> Reply:
    number, audience = callback_data.post_id, callback_data.audience
    await posts_choices.aim_at(scene.session, scene.actor, number, audience, now=scene.now)
    return kb.whom(scene.t, await _counted(number, scene))


@router.callback_query(kb.Targets.filter())
async def show_targets(tap: CallbackQuery, callback_data: kb.Targets, scene: Scene) -> Reply:
    return await _targets(callback_data.post_id, callback_data.page, scene)


@router.callback_query(kb.TurnTarget.filter())
async def turn_target(tap: CallbackQuery, callback_data: kb.TurnTarget, scene: Scene) -> Reply:
    number, place = callback_data.post_id, callback_data.organisation_id
    await posts_choices.turn_target(
        scene.session, scene.actor, number, place, on=callback_data.on, now=scene.now
    )
    draft = await _get(number, scene)
    page = await organisations.page_below(scene.session, scene.actor, draft.organisation, place)
    return await _targets(number, page, scene)


@router.callback_query(kb.When.filter())
async def ask_when(tap: CallbackQuery, callback_data: kb.When, scene: Scene) -> Reply:
    draft = await _get(callback_data.post_id, scene)
    await scene.dialog.set_state(Scheduling.moment)
    await scene.dialog.set_data({"post_id": draft.post.id})
    return _when(draft, scene)


@router.callback_query(kb.Time.filter())
async def time(tap: CallbackQuery, callback_data: kb.Time, scene: Scene) -> Reply:
    number, timing = callback_data.post_id, callback_data.timing
    moved = await posts_choices.time(scene.session, scene.actor, number, timing, now=scene.now)
    draft = await _get(number, scene)
    shown = _when(draft, scene)
    return shown.says(kb.unscheduled(scene.t, draft)) if moved else shown


@router.message(StateFilter(Scheduling.moment))
async def type_moment(message: Message, scene: Scene) -> Reply:
    number = (await scene.dialog.get_data())["post_id"]
    zone = ZoneInfo((await _get(number, scene)).organisation.timezone)
    due = parse_moment(message.text or "", scene.now, zone)
    moved = await posts_choices.time(
        scene.session, scene.actor, number, Timing.AT, due, now=scene.now
    )
    await scene.dialog.clear()
    draft = await _counted(number, scene)
    card = kb_posts.card(scene.t, draft)
    return [kb.moved(scene.t, draft, zone), card] if moved else card


@router.callback_query(kb.Channels.filter())
async def show_channels(tap: CallbackQuery, callback_data: kb.Channels, scene: Scene) -> Reply:
    return _channels(await _get(callback_data.post_id, scene), scene)


@router.callback_query(kb.TurnChannel.filter())
async def turn_channel(tap: CallbackQuery, callback_data: kb.TurnChannel, scene: Scene) -> Reply:
    number, channel = callback_data.post_id, callback_data.channel_id
    await posts_choices.turn_channel(
        scene.session, scene.actor, number, channel, on=callback_data.on, now=scene.now
    )
    return _channels(await _get(number, scene), scene)


async def _get(number: int, scene: Scene) -> Draft:
    return await posts.get_for(scene.session, scene.actor, number, counted=False, now=scene.now)


async def _counted(number: int, scene: Scene) -> Draft:
    """With how many it is for."""
    return await posts.get_for(scene.session, scene.actor, number, now=scene.now)


async def _rubrics(number: int, scene: Scene) -> Screen:
    found = await posts_choices.list_rubrics(scene.session, scene.actor, number, now=scene.now)
    return kb.rubrics(scene.t, number, found)


async def _targets(number: int, page: int, scene: Scene) -> Screen:
    draft = await _counted(number, scene)
    below = await organisations.list_below(
        scene.session, scene.actor, draft.organisation, page=page
    )
    return kb.targets(scene.t, draft, below)


def _when(draft: Draft, scene: Scene) -> Screen:
    return kb.when(scene.t, draft.post, ZoneInfo(draft.organisation.timezone), scene.now)


def _channels(draft: Draft, scene: Scene) -> Screen:
    return kb.channels(scene.t, draft.post.id, draft.channels)
