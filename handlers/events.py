from aiogram import Router
from aiogram.types import CallbackQuery, Message

from handlers.filters import Command, IsMember, Pressed
from handlers.scene import Scene
from keyboards import events as kb
from keyboards import events_mail, menu
from keyboards.events_news import More
from keyboards.screen import Reply, Screen
from models.event import Answer
from models.mail import Lane
from services import events, events_leaving, events_seats, notices
from services.events import Which

router = Router(name=__name__)

assert events_mail  # how offers, reminders and changes are worded is registered


@router.message(Pressed("menu-events"))
@router.message(Command("events"))
async def show_list(message: Message, scene: Scene) -> Reply:
    if scene.actor.member is None:
        section = scene.t.label("menu-events")
        return await menu.members_only(scene.session, scene.actor, scene.t, section)
    return await _list(scene)


@router.callback_query(kb.List.filter(), IsMember())
async def turn_page(tap: CallbackQuery, callback_data: kb.List, scene: Scene) -> Reply:
    return await _list(scene, callback_data.which, callback_data.page)


@router.callback_query(kb.Back.filter(), IsMember())
async def go_back(tap: CallbackQuery, scene: Scene) -> Reply:
    return (await _list(scene)).apart()


@router.callback_query(kb.Open.filter())
async def open_card(tap: CallbackQuery, callback_data: kb.Open, scene: Scene) -> Reply:
    number = callback_data.event_id
    shown = await events.get_shown(scene.session, scene.actor, number, now=scene.now)
    return kb.opened(scene.t, shown, scene.now)


@router.callback_query(More.filter())
async def open_apart(tap: CallbackQuery, callback_data: More, scene: Scene) -> Reply:
    number = callback_data.event_id
    shown = await events.get_shown(scene.session, scene.actor, number, now=scene.now)
    return [one.apart() for one in kb.opened(scene.t, shown, scene.now)]


@router.callback_query(kb.Respond.filter())
async def respond(tap: CallbackQuery, callback_data: kb.Respond, scene: Scene) -> Reply:
    return await _answer(tap, scene, callback_data.event_id, callback_data.answer)


@router.callback_query(kb.Confirm.filter())
async def confirm(tap: CallbackQuery, callback_data: kb.Confirm, scene: Scene) -> Reply:
    return await _answer(tap, scene, callback_data.event_id, Answer.GOING, sure=True)


@router.callback_query(kb.Where.filter())
async def show_where(tap: CallbackQuery, callback_data: kb.Where, scene: Scene) -> Reply:
    number = callback_data.event_id
    await events.get_for(scene.session, scene.actor, number, now=scene.now)
    await notices.owe(
        scene.session,
        scene.actor.person,
        "events-where",
        lane=Lane.ANSWER,
        now=scene.now,
        event_id=number,
    )
    return None


async def _list(scene: Scene, which: Which = Which.ALL, page: int = 0) -> Screen:
    found = await events.list_coming(scene.session, scene.actor, which, page=page, now=scene.now)
    return kb.listed(scene.t, found, which)


async def _answer(
    tap: CallbackQuery, scene: Scene, number: int, said: Answer, *, sure: bool = False
) -> Screen:
    session, actor, now = scene.session, scene.actor, scene.now
    await events_seats.answer(session, actor, number, said, sure=sure, now=now)
    shown = await events.get_shown(session, actor, number, now=now)
    message = tap.message.message_id if tap.message else None
    await events_leaving.redraw_other(session, actor.person, shown, message, now=now)
    return kb.answered(scene.t, shown, said, now)
