from contextlib import suppress

from aiogram import Router
from aiogram.filters import ADMINISTRATOR, ChatMemberUpdatedFilter
from aiogram.types import CallbackQuery, Chat, ChatMemberUpdated, Message

from handlers.filters import Command, InChannel
from handlers.posts_content import Unfit, content_of
from handlers.scene import Scene, Stage
from keyboards import channels as kb
from keyboards import channels_mail
from keyboards.screen import Reply, Screen
from services import channels, channels_in, organisations
from services.access import Can
from services.channels import Found

router = Router(name=__name__)

assert channels_mail  # how a post is worded in channels is registered


@router.my_chat_member(InChannel(), ChatMemberUpdatedFilter(ADMINISTRATOR))
async def gain(change: ChatMemberUpdated, scene: Scene) -> Reply:
    may_post = bool(getattr(change.new_chat_member, "can_post_messages", False))
    found = _found(change.chat)
    await channels.gain(scene.session, scene.actor, found, may_post=may_post, now=scene.now)
    return None


@router.my_chat_member(InChannel())
async def lose(change: ChatMemberUpdated, scene: Scene) -> Reply:
    await channels.lose(scene.session, scene.actor, _found(change.chat), now=scene.now)
    return None


@router.channel_post(InChannel())
async def hear(post: Message, scene: Stage) -> Reply:
    with suppress(Unfit):  # a new title, a pin, a poll
        content = content_of(post)
        where = (_found(post.chat), post.message_id)
        await channels_in.hear(scene.session, *where, content, now=scene.now)
    return None


@router.edited_channel_post(InChannel())
async def hear_edited(post: Message, scene: Stage) -> Reply:
    with suppress(Unfit):
        content = content_of(post)
        where = (_found(post.chat), post.message_id)
        await channels_in.hear_edited(scene.session, *where, content, now=scene.now)
    return None


@router.message(Command("channels"))
async def look_around(message: Message, scene: Scene) -> Reply:
    return kb.overview(scene.t, await channels.list_for(scene.session, scene.actor))


@router.callback_query(kb.Browse.filter())
async def browse(tap: CallbackQuery, callback_data: kb.Browse, scene: Scene) -> Reply:
    found = await channels.list_for(scene.session, scene.actor, page=callback_data.page)
    return kb.overview(scene.t, found)


@router.callback_query(kb.Open.filter())
async def open_card(tap: CallbackQuery, callback_data: kb.Open, scene: Scene) -> Reply:
    return await _card(callback_data.channel_id, scene)


@router.callback_query(kb.Choose.filter())
async def choose(tap: CallbackQuery, callback_data: kb.Choose, scene: Scene) -> Reply:
    return await _choice(callback_data.channel_id, scene, callback_data.page)


@router.callback_query(kb.Confirm.filter())
async def confirm(tap: CallbackQuery, callback_data: kb.Confirm, scene: Scene) -> Reply:
    number, place = callback_data.channel_id, callback_data.organisation_id
    await channels.confirm(scene.session, scene.actor, number, place, now=scene.now)
    return (await _card(number, scene)).says(scene.t.label("channels-confirmed"))


@router.callback_query(kb.Disconnect.filter())
async def disconnect(tap: CallbackQuery, callback_data: kb.Disconnect, scene: Scene) -> Reply:
    number = callback_data.channel_id
    await channels.disconnect(scene.session, scene.actor, number, now=scene.now)
    return (await _card(number, scene)).says(scene.t.label("channels-disconnected"))


async def _card(number: int, scene: Scene) -> Screen:
    found = await channels.get_for(scene.session, scene.actor, number, now=scene.now)
    return kb.card(scene.t, found) if found.organisation else await _choice(number, scene)


async def _choice(number: int, scene: Scene, page: int = 0) -> Screen:
    found = await channels.get_for(scene.session, scene.actor, number, now=scene.now)
    offered = await organisations.list_open_to(scene.session, scene.actor, Can.PUBLISH, page=page)
    return kb.choice(scene.t, found, offered)


def _found(chat: Chat) -> Found:
    return Found(chat.id, chat.title or "", chat.username)
