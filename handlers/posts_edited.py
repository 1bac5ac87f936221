from aiogram import Router
from aiogram.types import Message

from handlers.filters import InGroup
from handlers.posts_content import Unfit, content_of
from handlers.scene import Scene
from keyboards import posts as kb
from keyboards.screen import Reply
from services import posts, posts_edited

router = Router(name=__name__)


@router.edited_message(~InGroup())
async def follow(message: Message, scene: Scene) -> Reply:
    """Of most messages nothing is to be said when they are edited."""
    try:
        content = content_of(message)
    except Unfit:
        return None
    number = await posts_edited.follow(scene.session, scene.actor, content, now=scene.now)
    if number is None:
        return None
    draft = await posts.get_for(scene.session, scene.actor, number, now=scene.now)
    return kb.preview(scene.t, draft)
