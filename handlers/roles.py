from aiogram import Router
from aiogram.filters import CommandObject
from aiogram.types import Message

from handlers.filters import Command
from handlers.scene import Scene
from keyboards import roles as kb
from keyboards.screen import Reply
from services import roles

router = Router(name=__name__)


@router.message(Command("grant"))
async def grant(message: Message, command: CommandObject, scene: Scene) -> Reply:
    wanted = roles.parse_wanted(scene.actor, command.args or "")
    if wanted is None:
        return kb.usage(scene.t, "grant")
    done = await roles.grant(scene.session, scene.actor, *wanted, now=scene.now)
    return kb.granted(scene.t, done)


@router.message(Command("revoke"))
async def revoke(message: Message, command: CommandObject, scene: Scene) -> Reply:
    wanted = roles.parse_wanted(scene.actor, command.args or "")
    if wanted is None:
        return kb.usage(scene.t, "revoke")
    done = await roles.revoke(scene.session, scene.actor, *wanted[:3], now=scene.now)
    return kb.revoked(scene.t, done)
