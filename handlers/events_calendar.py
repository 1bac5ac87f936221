from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.filters import IsMember
from handlers.scene import Scene
from keyboards import events_calendar as kb
from keyboards.screen import Reply
from services import events_calendar

router = Router(name=__name__)


@router.callback_query(kb.ToCalendar.filter())
async def to_calendar(tap: CallbackQuery, callback_data: kb.ToCalendar, scene: Scene) -> Reply:
    number = callback_data.event_id
    found = await events_calendar.get_for(scene.session, scene.actor, number, now=scene.now)
    return kb.file(scene.t, scene.house, *found)


@router.callback_query(kb.OpenFeed.filter(), IsMember())
async def open_feed(tap: CallbackQuery, scene: Scene) -> Reply:
    found = await events_calendar.find_feed(scene.session, scene.actor)
    return kb.address(scene.t, scene.house, found)


@router.callback_query(kb.RenewFeed.filter(), IsMember())
async def renew_feed(tap: CallbackQuery, callback_data: kb.RenewFeed, scene: Scene) -> Reply:
    if not callback_data.sure:
        return kb.ask_renew(scene.t)
    found = await events_calendar.renew_feed(scene.session, scene.actor, now=scene.now)
    return kb.address(scene.t, scene.house, found)


@router.callback_query(kb.LeaveFeed.filter(), IsMember())
async def ask_close(tap: CallbackQuery, scene: Scene) -> Reply:
    return kb.ask_close(scene.t)


@router.callback_query(kb.CloseFeed.filter(), IsMember())
async def close_feed(tap: CallbackQuery, scene: Scene) -> Reply:
    await events_calendar.close_feed(scene.session, scene.actor, now=scene.now)
    return kb.address(scene.t, scene.house, None)
