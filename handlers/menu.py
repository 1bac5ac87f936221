from aiogram import Router
from aiogram.types import CallbackQuery, Message

from handlers.filters import Command, CommandStart, Pressed
from handlers.scene import Scene
from keyboards import consents as kb_consents
from keyboards import deciders as kb_deciders
from keyboards import menu as kb
from keyboards.screen import Reply, Screen
from locales import Translator
from services import consents, organisations, people

router = Router(name=__name__)


@router.message(CommandStart())
@router.message(Command("menu"))
async def start(message: Message, scene: Scene) -> Reply:
    await people.greet(scene.session, scene.actor, now=scene.now)
    return await kb.home_of(scene.session, scene.actor, scene.t)


@router.callback_query(kb.Home.filter())
async def go_home(tap: CallbackQuery, scene: Scene) -> Reply:
    home, *more = await kb.home_of(scene.session, scene.actor, scene.t)
    return [home.apart(), *more]


@router.message(Command("cancel"))
async def cancel(message: Message, scene: Scene) -> Reply:
    return await _under_menu(kb.cancelled(scene.t), scene)


@router.message(Command("language"))
async def ask_language(message: Message, scene: Scene) -> Reply:
    return await kb.beside_form(scene.session, scene.actor, scene.t, kb.language(scene.t))


@router.callback_query(kb.Speak.filter())
async def speak(tap: CallbackQuery, callback_data: kb.Speak, scene: Scene) -> Reply:
    await people.speak(scene.session, scene.actor, callback_data.language, now=scene.now)
    t = Translator(scene.actor.person.language, scene.t.zone)
    return await kb.over_menu(scene.session, scene.actor, t, kb.spoken(t))


@router.callback_query(kb_consents.Read.filter())
async def read_consent(tap: CallbackQuery, scene: Scene) -> Reply:
    operator = await organisations.operator(scene.session, scene.actor)
    consent = await consents.find_given(scene.session, scene.actor)
    return kb_consents.agreed(scene.t, operator, consent)


@router.message(Pressed("menu-about"))
async def show_about(message: Message, scene: Scene) -> Reply:
    return await _under_menu(kb.about(scene.t), scene)


@router.message(Pressed("menu-sos"))
@router.message(Command("sos"))
async def show_sos(message: Message, scene: Scene) -> Reply:
    return await _under_menu(kb.sos(scene.t, scene.actor, await _whom_to_ask(scene)), scene)


@router.message(Pressed(*kb.NOT_YET_OPEN))
async def show_not_open(message: Message, entry: str, scene: Scene) -> Reply:
    whom = await _whom_to_ask(scene) if scene.actor.member else "none"
    return await _under_menu(kb.not_open(scene.t, scene.t.label(entry), whom), scene)


async def _under_menu(screen: Screen, scene: Scene) -> list[Screen]:
    return await kb.under_menu(scene.session, scene.actor, scene.t, screen)


async def _whom_to_ask(scene: Scene) -> str:
    return await kb_deciders.whom_to_ask(scene.session, scene.t, scene.actor, scene.now)
