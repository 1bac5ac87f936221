"""What is only read: asked first of all, for it leaves an open question open."""

from aiogram import Router
from aiogram.types import Message

from handlers.filters import Command
from handlers.scene import Scene
from keyboards import consents as kb_consents
from keyboards import menu as kb
from keyboards.screen import Reply, Screen
from services import consents, organisations

router = Router(name=__name__)


@router.message(Command("help"))
async def show_help(message: Message, scene: Scene) -> Reply:
    return await _aside([kb.help_screen(scene.t, scene.actor)], scene)


@router.message(Command("privacy"))
async def show_privacy(message: Message, scene: Scene) -> Reply:
    operator = await organisations.operator(scene.session, scene.actor)
    consent = await consents.find_given(scene.session, scene.actor)
    read = [kb_consents.given(scene.t, consent)] if consent else []
    return await _aside([kb.privacy(scene.t, scene.actor, operator, consent), *read], scene)


async def _aside(screens: list[Screen], scene: Scene) -> list[Screen]:
    """In the middle of a question, which goes on; otherwise with the menu under it."""
    if await scene.dialog.get_state() is not None:
        *before, last = screens
        return [*before, kb.still_asked(scene.t, last)]
    first, *more = screens
    said, *way = await kb.under_menu(scene.session, scene.actor, scene.t, first)
    return [said, *more, *way]
