from aiogram import Router
from aiogram.filters import Command, CommandStart
from aiogram.types import CallbackQuery, Message

from handlers.filters import Pressed
from handlers.scene import Scene
from keyboards import menu as kb
from keyboards.screen import Reply, Screen
from locales import Translator
from services import consents, members, organisations, people

router = Router(name=__name__)


@router.message(CommandStart())
@router.message(Command("menu"))
async def start(message: Message, scene: Scene) -> Reply:
    return await kb.home_of(scene.session, scene.actor, scene.t)


@router.callback_query(kb.Home.filter())
async def go_home(tap: CallbackQuery, scene: Scene) -> Reply:
    return (await kb.home_of(scene.session, scene.actor, scene.t)).apart()


@router.message(Command("cancel"))
async def cancel(message: Message, scene: Scene) -> Reply:
    home = await kb.home_of(scene.session, scene.actor, scene.t)
    return Screen(scene.t("menu-cancelled"), keys=home.keys)


@router.message(Command("help"))
async def show_help(message: Message, scene: Scene) -> Reply:
    return kb.help_screen(scene.t, scene.actor)


@router.message(Command("language"))
async def ask_language(message: Message, scene: Scene) -> Reply:
    return kb.language(scene.t)


@router.callback_query(kb.Speak.filter())
async def speak(tap: CallbackQuery, callback_data: kb.Speak, scene: Scene) -> Reply:
    await people.speak(scene.session, scene.actor, callback_data.language, now=scene.now)
    t = Translator(scene.actor.person.language, scene.t.zone)
    home = await kb.home_of(scene.session, scene.actor, t)
    return Screen(t("menu-language-set"), keys=home.keys)


@router.message(Command("privacy"))
async def show_privacy(message: Message, scene: Scene) -> Reply:
    operator = await organisations.operator(scene.session, scene.actor)
    return kb.privacy(scene.t, operator, await consents.find(scene.session, scene.actor))


@router.message(Pressed("menu-about"))
async def show_about(message: Message, scene: Scene) -> Reply:
    return kb.about(scene.t, scene.actor)


@router.message(Pressed("menu-sos"))
@router.message(Command("sos"))
async def show_sos(message: Message, scene: Scene) -> Reply:
    return kb.sos(scene.t, scene.actor, await _chairs(scene))


@router.message(Pressed(*kb.NOT_YET_OPEN))
async def show_not_open(message: Message, scene: Scene) -> Reply:
    return kb.not_open(scene.t, message.text or "", await _chairs(scene))


async def _chairs(scene: Scene) -> list[str]:
    home = scene.actor.organisation
    return [*await members.chairs_of(scene.session, home.id, now=scene.now)] if home else []
