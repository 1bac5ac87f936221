"""How news goes out, and whom it has reached."""

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.scene import Scene
from keyboards import posts as kb
from keyboards import posts_channels as kb_channels
from keyboards import posts_sending as kb_sending
from keyboards.screen import Reply, Screen
from services import posts, posts_publishing, reach

router = Router(name=__name__)


@router.callback_query(kb_sending.Steer.filter())
async def steer(tap: CallbackQuery, callback_data: kb_sending.Steer, scene: Scene) -> Reply:
    number, pulse = callback_data.post_id, callback_data.pulse
    await posts_publishing.steer(scene.session, scene.actor, number, pulse, now=scene.now)
    return await _card(number, scene)


@router.callback_query(kb_sending.Repeat.filter())
async def repeat(tap: CallbackQuery, callback_data: kb_sending.Repeat, scene: Scene) -> Reply:
    number = callback_data.post_id
    await posts_publishing.repeat(scene.session, scene.actor, number, now=scene.now)
    return await _card(number, scene)


@router.callback_query(kb_channels.SendAgain.filter())
async def send_again(
    tap: CallbackQuery, callback_data: kb_channels.SendAgain, scene: Scene
) -> Reply:
    number = callback_data.post_id
    await posts_publishing.send_again(scene.session, scene.actor, number, now=scene.now)
    return (await _card(number, scene)).says(scene.t.label("channels-tried-again"))


@router.callback_query(kb_sending.Reached.filter())
async def show_reach(tap: CallbackQuery, callback_data: kb_sending.Reached, scene: Scene) -> Reply:
    return (await _reach(callback_data.post_id, 0, scene)).apart()


@router.callback_query(kb_sending.Reaches.filter())
async def turn_reach(tap: CallbackQuery, callback_data: kb_sending.Reaches, scene: Scene) -> Reply:
    return await _reach(callback_data.post_id, callback_data.page, scene)


async def _card(number: int, scene: Scene) -> Screen:
    return await kb.show(scene.session, scene.actor, scene.t, number, now=scene.now)


async def _reach(number: int, page: int, scene: Scene) -> Screen:
    draft = await posts.get_for(scene.session, scene.actor, number, counted=False, now=scene.now)
    report = await reach.report(scene.session, draft.post.id, page, now=scene.now)
    return kb_sending.reached(scene.t, draft, report)
