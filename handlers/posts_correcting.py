"""Other words for news that is out: nothing is sent before its author has seen them."""

from typing import Any

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.filters import GoesOnText
from handlers.posts_content import content_of, parted
from handlers.scene import Scene
from keyboards import posts as kb_posts
from keyboards import posts_correcting as kb
from keyboards.screen import Reply, Screen, mark
from services import posts, posts_publishing
from services.posts_content import Content

router = Router(name=__name__)


class Correcting(StatesGroup):
    words = State()


@router.callback_query(kb.Correct.filter())
async def ask_words(tap: CallbackQuery, callback_data: kb.Correct, scene: Scene) -> Reply:
    number = callback_data.post_id
    await posts.look(scene.session, scene.actor, number, now=scene.now)
    await scene.dialog.set_state(Correcting.words)
    await scene.dialog.set_data({"post_id": number})
    return kb.ask(scene.t, number).apart()


@router.message(StateFilter(Correcting.words), GoesOnText())
async def leave_out(message: Message, scene: Scene) -> Reply:
    """Asked for anew, once however many parts there are."""
    asked = await scene.dialog.get_data()
    await scene.dialog.set_data(asked | parted(message) | {"told": True})
    told = asked.get("told")
    return None if told else kb_posts.left_out(scene.t, asked["post_id"], message.text or "")


@router.message(StateFilter(Correcting.words))
async def take_words(message: Message, scene: Scene) -> Reply:
    """Of an album, which comes as several messages, one may have them."""
    content, asked = content_of(message), await scene.dialog.get_data()
    goes_on = content.album is not None and content.album == asked.get("album")
    anew = {"album": content.album, "parted": None, "told": False}
    await scene.dialog.set_data(asked | anew | parted(message))
    if content.plain:
        return await _shown(content, asked["post_id"], scene)
    return None if goes_on else kb.only_words(scene.t, asked["post_id"])


@router.callback_query(kb.Amend.filter())
async def correct(tap: CallbackQuery, callback_data: kb.Amend, scene: Scene) -> Reply:
    number, typed = callback_data.post_id, await _typed(callback_data, scene)
    if typed is not None:
        content = Content(typed["html"], typed["plain"])
        await posts_publishing.correct(
            scene.session, scene.actor, number, content, typed["instead"], now=scene.now
        )
        await scene.dialog.clear()
    return (await _card(number, scene)).says(scene.t.label("posts-done-corrected"))


async def _shown(content: Content, number: int, scene: Scene) -> list[Screen]:
    """What was typed is kept until it is sent, or something else is."""
    await posts_publishing.get_to_correct(
        scene.session, scene.actor, number, content, now=scene.now
    )
    draft = await posts.get_for(scene.session, scene.actor, number, counted=False, now=scene.now)
    typed = {"html": content.html, "plain": content.plain, "instead": posts.version(draft.post)}
    await scene.dialog.update_data(typed)
    return kb.preview(scene.t, draft, content)


async def _typed(read: kb.Amend, scene: Scene) -> dict[str, Any] | None:
    """None: it reads so already, and this is the second tap."""
    typed = await scene.dialog.get_data()
    if typed.get("post_id") == read.post_id and mark(typed.get("html", "")) == read.read:
        return typed
    post, _ = await posts.look(scene.session, scene.actor, read.post_id, now=scene.now)
    if mark(post.html) != read.read:
        raise posts_publishing.Outdated
    return None


async def _card(number: int, scene: Scene) -> Screen:
    return await kb_posts.show(scene.session, scene.actor, scene.t, number, now=scene.now)
