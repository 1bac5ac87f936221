from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.filters import CarriesPost, Command, IsMember, Pressed
from handlers.scene import Scene
from keyboards import menu, posts_mail
from keyboards import news as kb
from keyboards.screen import Reply, Screen
from models.post import Post
from services import joining, news
from services.parsing import parse_text

router = Router(name=__name__)

LONGEST = 60
assert posts_mail  # how a post is worded in readers' chats is registered


class LookingForNews(StatesGroup):
    words = State()


@router.message(Pressed("menu-news"))
@router.message(Command("news"))
async def show_feed(message: Message, scene: Scene) -> Reply:
    if scene.actor.member is None:
        section = scene.t.label("menu-news")
        return await menu.members_only(scene.session, scene.actor, scene.t, section)
    return await _feed(scene)


@router.callback_query(kb.Feed.filter(), IsMember())
async def turn_page(tap: CallbackQuery, callback_data: kb.Feed, scene: Scene) -> Reply:
    await scene.dialog.clear()
    return await _feed(scene, callback_data.page, relevant=callback_data.relevant)


@router.callback_query(kb.Back.filter(), IsMember())
async def go_back(tap: CallbackQuery, scene: Scene) -> Reply:
    await scene.dialog.clear()
    return (await _feed(scene)).apart()


@router.callback_query(kb.Return.filter(), IsMember())
async def return_to_list(tap: CallbackQuery, callback_data: kb.Return, scene: Scene) -> Reply:
    if callback_data.order is kb.Order.FOUND:
        return (await _found_again(callback_data.page, scene)).apart()
    await scene.dialog.clear()
    relevant = callback_data.order is kb.Order.RELEVANT
    return (await _feed(scene, callback_data.page, relevant=relevant)).apart()


@router.callback_query(kb.Search.filter(), IsMember())
async def ask_words(tap: CallbackQuery, scene: Scene) -> Reply:
    await scene.dialog.set_state(LookingForNews.words)
    return kb.ask_words(scene.t)


@router.message(StateFilter(LookingForNews.words))
async def search(message: Message, scene: Scene) -> Reply:
    words = parse_text(message.text or "", LONGEST)
    await scene.dialog.set_data({"words": words})
    return await _found(words, scene)


@router.callback_query(kb.Found.filter(), IsMember())
async def turn_found(tap: CallbackQuery, callback_data: kb.Found, scene: Scene) -> Reply:
    return await _found_again(callback_data.page, scene)


@router.callback_query(kb.Open.filter(), IsMember())
async def open_item(tap: CallbackQuery, callback_data: kb.Open, scene: Scene) -> Reply:
    item = await news.open_item(scene.session, scene.actor, callback_data.post_id, now=scene.now)
    return kb.item(scene.t, scene.house, item)


@router.callback_query(kb.Read.filter(), IsMember())
async def open_listed(tap: CallbackQuery, callback_data: kb.Read, scene: Scene) -> Reply:
    item = await news.open_item(scene.session, scene.actor, callback_data.post_id, now=scene.now)
    return kb.item(scene.t, scene.house, item, _way(callback_data))


@router.callback_query(kb.Rate.filter(), IsMember())
async def rate(tap: CallbackQuery, callback_data: kb.Rate, scene: Scene) -> Reply:
    number, useful = callback_data.post_id, callback_data.useful
    item = await news.rate(scene.session, scene.actor, number, useful=useful, now=scene.now)
    return kb.rated(scene.t, scene.house, item)


@router.callback_query(kb.Say.filter(), IsMember())
async def rate_listed(tap: CallbackQuery, callback_data: kb.Say, scene: Scene) -> Reply:
    number, useful = callback_data.post_id, callback_data.useful
    item = await news.rate(scene.session, scene.actor, number, useful=useful, now=scene.now)
    return kb.rated(scene.t, scene.house, item, _way(callback_data))


@router.message(StateFilter(None), CarriesPost())
async def follow_link(message: Message, pointer: str, scene: Scene) -> Reply:
    number = scene.house.seal.read(pointer, "n")
    post = await news.find_published(scene.session, number or 0, now=scene.now)
    if post is None:
        return kb.gone(scene.t)
    if not await news.is_for(scene.session, scene.actor, post, now=scene.now):
        return await _teased(post, scene)
    item = await news.open_item(scene.session, scene.actor, post.id, now=scene.now)
    return kb.item(scene.t, scene.house, item)


async def _teased(post: Post, scene: Scene) -> Screen:
    sent = await joining.find_sent(scene.session, scene.actor)
    standing = "elsewhere" if scene.actor.member else sent.state if sent else "guest"
    place = await news.place_of(scene.session, post, now=scene.now)
    return kb.teased(scene.t, post, place, standing)


async def _feed(scene: Scene, page: int = 0, *, relevant: bool = False) -> Screen:
    found = await news.list_feed(
        scene.session, scene.actor, page=page, relevant=relevant, now=scene.now
    )
    return kb.feed(scene.t, found, relevant=relevant)


def _way(data: kb.Read | kb.Say) -> kb.Return:
    return kb.Return(order=data.order, page=data.page)


async def _found_again(page: int, scene: Scene) -> Screen:
    words = (await scene.dialog.get_data()).get("words")
    return await _found(words, scene, page) if words else await _feed(scene)


async def _found(words: str, scene: Scene, page: int = 0) -> Screen:
    found = await news.list_feed(scene.session, scene.actor, page=page, words=words, now=scene.now)
    return kb.found_by_words(scene.t, found, words)
