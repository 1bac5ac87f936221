from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.filters import Pressed, Says
from handlers.scene import Scene
from keyboards import joining_sent as kb
from keyboards.screen import Reply, Screen
from services import joining

router = Router(name=__name__)


class Withdrawing(StatesGroup):
    sure = State()


@router.message(Pressed("menu-application"))
async def show_status(message: Message, scene: Scene) -> Reply:
    return await _status(scene)


@router.callback_query(kb.Withdraw.filter())
async def withdraw(tap: CallbackQuery, callback_data: kb.Withdraw, scene: Scene) -> Reply:
    number = callback_data.application_id
    if callback_data.sure:
        return await _withdraw(number, scene)
    await scene.dialog.set_state(Withdrawing.sure)
    await scene.dialog.set_data({"application_id": number})
    return kb.withdraw_sure(scene.t, number)


@router.message(StateFilter(Withdrawing.sure), Says(yes=True))
async def withdraw_in_words(message: Message, scene: Scene) -> Reply:
    return await _withdraw((await scene.dialog.get_data())["application_id"], scene)


@router.message(StateFilter(Withdrawing.sure))
@router.callback_query(kb.Status.filter())
async def keep_waiting(
    event: Message | CallbackQuery, raw_state: str | None, scene: Scene
) -> Reply:
    if raw_state == Withdrawing.sure.state:
        await scene.dialog.clear()
    return await _status(scene)


async def _withdraw(number: int, scene: Scene) -> Reply:
    await scene.dialog.clear()
    application = await joining.withdraw(scene.session, scene.actor, number, now=scene.now)
    return await kb.withdrawn(scene.session, scene.actor, scene.t, application, scene.now)


async def _status(scene: Scene) -> Screen:
    application = await joining.get_latest(scene.session, scene.actor)
    return await kb.status(scene.session, scene.actor, scene.t, application, scene.now)
