from aiogram import Router
from aiogram.types import CallbackQuery, Message

from handlers.filters import Command
from handlers.scene import Scene
from keyboards import events as kb_events
from keyboards import events_choices as kb_choices
from keyboards import events_desk as kb_desk
from keyboards import events_making as kb
from keyboards.screen import Reply, Screen
from models.event import Event
from services import events_desk, events_fields, events_making, organisations
from services.access import Can
from services.events_desk import Desk

router = Router(name=__name__)


@router.message(Command("newevent"))
async def start(message: Message, scene: Scene) -> Reply:
    return await _overview(scene)


@router.callback_query(kb.Places.filter())
async def turn_places(tap: CallbackQuery, callback_data: kb.Places, scene: Scene) -> Reply:
    return await _overview(scene, callback_data.page)


@router.callback_query(kb.Managed.filter())
async def turn_managed(tap: CallbackQuery, callback_data: kb.Managed, scene: Scene) -> Reply:
    page = callback_data.page
    found = await events_desk.list_managed(scene.session, scene.actor, page=page, now=scene.now)
    return kb.managed(scene.t, found, scene.now)


@router.callback_query(kb_events.Manage.filter())
async def open_desk(tap: CallbackQuery, callback_data: kb_events.Manage, scene: Scene) -> Reply:
    await scene.dialog.clear()
    return await _desk(callback_data.event_id, scene)


@router.callback_query(kb.Preview.filter())
async def preview(tap: CallbackQuery, callback_data: kb.Preview, scene: Scene) -> Reply:
    desk = await _get(callback_data.event_id, scene)
    events_making.require_whole(desk.event, scene.now)
    return kb.preview(scene.t, desk, scene.now)


@router.callback_query(kb.Publish.filter())
async def publish(tap: CallbackQuery, callback_data: kb.Publish, scene: Scene) -> Reply:
    number, read = callback_data.event_id, callback_data.read
    await events_making.publish(scene.session, scene.actor, number, read, now=scene.now)
    return (await _desk(number, scene)).says(scene.t.label("posts-done-published"))


@router.callback_query(kb.Discard.filter())
async def discard(tap: CallbackQuery, callback_data: kb.Discard, scene: Scene) -> Reply:
    number = callback_data.event_id
    if not callback_data.sure:
        return kb.sure(scene.t, await _event(number, scene))
    await events_making.discard(scene.session, scene.actor, number, now=scene.now)
    return kb.discarded(scene.t)


@router.callback_query(kb.Spread.filter())
async def ask_spread(tap: CallbackQuery, callback_data: kb.Spread, scene: Scene) -> Reply:
    return kb_choices.spread(scene.t, await _event(callback_data.event_id, scene))


@router.callback_query(kb.Announce.filter())
async def ask_herald(tap: CallbackQuery, callback_data: kb.Announce, scene: Scene) -> Reply:
    return kb_choices.ask_herald(scene.t, await _get(callback_data.event_id, scene))


@router.callback_query(kb.SetHerald.filter())
async def set_herald(tap: CallbackQuery, callback_data: kb.SetHerald, scene: Scene) -> Reply:
    number, how = callback_data.event_id, callback_data.how
    await events_making.herald(scene.session, scene.actor, number, how, now=scene.now)
    return kb_choices.ask_herald(scene.t, await _get(number, scene))


@router.callback_query(kb.Offices.filter())
async def turn_offices(tap: CallbackQuery, callback_data: kb.Offices, scene: Scene) -> Reply:
    event = await _event(callback_data.event_id, scene)
    page = callback_data.page
    found = await organisations.list_open_to(scene.session, scene.actor, Can.POST, page=page)
    return kb_choices.ask_whose(scene.t, event, found)


@router.callback_query(kb.Rehome.filter())
async def rehome(tap: CallbackQuery, callback_data: kb.Rehome, scene: Scene) -> Reply:
    number, place = callback_data.event_id, callback_data.organisation_id
    await events_making.rehome(scene.session, scene.actor, number, place, now=scene.now)
    return await _desk(number, scene)


@router.callback_query(kb.Clock.filter())
async def ask_clock(tap: CallbackQuery, callback_data: kb.Clock, scene: Scene) -> Reply:
    return kb_choices.ask_clock(scene.t, await _event(callback_data.event_id, scene))


@router.callback_query(kb.SetClock.filter())
async def set_clock(tap: CallbackQuery, callback_data: kb.SetClock, scene: Scene) -> Reply:
    number, zone = callback_data.event_id, callback_data.zone
    await events_fields.set_zone(scene.session, scene.actor, number, zone, now=scene.now)
    return await _desk(number, scene)


async def _overview(scene: Scene, page: int = 0) -> Screen:
    drafts = await events_desk.list_drafts(scene.session, scene.actor)
    managed = await events_desk.list_managed(scene.session, scene.actor, now=scene.now)
    found = await organisations.list_open_to(scene.session, scene.actor, Can.POST, page=page)
    return kb.start(scene.t, drafts, managed, found, scene.now)


async def _get(number: int, scene: Scene) -> Desk:
    return await events_desk.get_desk(
        scene.session, scene.actor, number, counted=False, now=scene.now
    )


async def _event(number: int, scene: Scene) -> Event:
    return (await events_desk.look(scene.session, scene.actor, number, now=scene.now)).event


async def _desk(number: int, scene: Scene) -> Screen:
    return await kb_desk.show(scene.session, scene.actor, scene.t, number, now=scene.now)
