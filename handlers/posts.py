from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.filters import Command, GoesOnAlbum, GoesOnText
from handlers.posts_content import content_of, parted
from handlers.scene import Scene
from keyboards import events_desk as kb_events
from keyboards import posts as kb
from keyboards import posts_choices as kb_choices
from keyboards import posts_review as kb_review
from keyboards.screen import Reply, Screen
from models.organisation import Organisation
from models.post import Post
from services import (
    events,
    organisations,
    posts,
    posts_cards,
    posts_lists,
    posts_publishing,
    posts_review,
)
from services.access import Can, require
from services.paging import Paged
from services.parsing import parse_text
from services.posts import Draft

router = Router(name=__name__)


class Posting(StatesGroup):
    whose = State()
    content = State()
    remark = State()


@router.message(Command("post"))
async def start(message: Message, scene: Scene) -> Reply:
    require(scene.actor, Can.POST)
    found = await organisations.list_open_to(scene.session, scene.actor, Can.POST)
    said = message.reply_to_message
    if said is not None and said.media_group_id:
        return [kb.only_a_part(scene.t), await _overview(scene)]
    if said is not None and found.items:
        return await _begin_with(said, found, scene)
    await scene.dialog.set_state(Posting.whose)
    return await _overview(scene)


@router.message(StateFilter(Posting.whose))
async def take_at_once(message: Message, scene: Scene) -> Reply:
    """Whose it is will be asked when it is here."""
    found = await organisations.list_open_to(scene.session, scene.actor, Can.POST)
    return await _begin_with(message, found, scene)


@router.callback_query(kb.Places.filter())
async def turn_places(tap: CallbackQuery, callback_data: kb.Places, scene: Scene) -> Reply:
    return await _overview(scene, callback_data.page)


@router.callback_query(kb.Listed.filter())
async def turn_listed(tap: CallbackQuery, callback_data: kb.Listed, scene: Scene) -> Reply:
    out = callback_data.out
    listing = posts_lists.list_published if out else posts_lists.list_open
    found = await listing(scene.session, scene.actor, page=callback_data.page)
    return kb.listed(scene.t, found, out=out)


@router.callback_query(kb.New.filter())
async def begin(tap: CallbackQuery, callback_data: kb.New, scene: Scene) -> Reply:
    place = callback_data.organisation_id
    post = await posts.begin(scene.session, scene.actor, place, now=scene.now)
    await _ask_content(post, scene)
    home = await organisations.get(scene.session, scene.actor, place)
    return kb.ask_content(scene.t, home)


@router.callback_query(kb.Rewrite.filter())
async def rewrite(tap: CallbackQuery, callback_data: kb.Rewrite, scene: Scene) -> Reply:
    draft = await _get(callback_data.post_id, scene)
    await _ask_content(draft.post, scene)
    return kb.ask_again(scene.t, draft.post).apart()


@router.message(StateFilter(None, Posting.content), GoesOnText())
async def leave_out(message: Message, scene: Scene) -> Reply:
    """Asked for anew, once however many parts there are."""
    told = await scene.dialog.get_state() is not None
    asked = await scene.dialog.get_data()
    await scene.dialog.set_state(Posting.content)
    await scene.dialog.set_data(asked | parted(message))
    return None if told else kb.left_out(scene.t, asked["post_id"], message.text or "")


@router.message(StateFilter(Posting.content))
async def take_content(message: Message, scene: Scene) -> Reply:
    asked = await scene.dialog.get_data()
    return await _take(message, asked["post_id"], scene)


@router.message(StateFilter(None), GoesOnAlbum())
async def come_late(message: Message, scene: Scene) -> Reply:
    """It has been decided on without this part, which is said once."""
    after = await scene.dialog.get_data()
    await scene.dialog.set_data(after | {"told": True})
    return None if "told" in after else kb.came_late(scene.t)


@router.callback_query(kb_choices.Open.filter())
async def open_card(tap: CallbackQuery, callback_data: kb_choices.Open, scene: Scene) -> Reply:
    await scene.dialog.clear()
    return await _whole(callback_data.post_id, scene)


@router.callback_query(kb.Preview.filter())
async def preview(tap: CallbackQuery, callback_data: kb.Preview, scene: Scene) -> Reply:
    return await _shown(callback_data.post_id, scene)


@router.callback_query(kb.Publish.filter())
async def publish(tap: CallbackQuery, callback_data: kb.Publish, scene: Scene) -> Reply:
    number, read = callback_data.post_id, callback_data.read
    post = await posts_publishing.publish(scene.session, scene.actor, number, read, now=scene.now)
    await _leave(number, scene)
    return (await _card(number, scene)).says(scene.t.label(f"posts-done-{post.standing}"))


@router.callback_query(kb_review.Submit.filter())
async def submit(tap: CallbackQuery, callback_data: kb_review.Submit, scene: Scene) -> Reply:
    number = callback_data.post_id
    await posts_review.submit(scene.session, scene.actor, number, now=scene.now)
    await _leave(number, scene)
    return (await _whole(number, scene)).says(scene.t.label("posts-done-review"))


@router.callback_query(kb_review.TakeBack.filter())
async def take_back(tap: CallbackQuery, callback_data: kb_review.TakeBack, scene: Scene) -> Reply:
    number = callback_data.post_id
    await posts_review.take_back(scene.session, scene.actor, number, now=scene.now)
    return (await _whole(number, scene)).says(scene.t.label("posts-done-draft"))


@router.callback_query(kb_review.GiveBack.filter())
async def ask_remark(tap: CallbackQuery, callback_data: kb_review.GiveBack, scene: Scene) -> Reply:
    draft = await _get(callback_data.post_id, scene)
    await scene.dialog.set_state(Posting.remark)
    await scene.dialog.set_data({"post_id": draft.post.id})
    return kb_review.ask_remark(scene.t, draft).apart()


@router.message(StateFilter(Posting.remark))
async def give_back(message: Message, scene: Scene) -> Reply:
    remark = parse_text(message.text or "", posts.LONGEST_REMARK)
    number = (await scene.dialog.get_data())["post_id"]
    await posts_review.give_back(scene.session, scene.actor, number, remark, now=scene.now)
    await scene.dialog.clear()
    return await _whole(number, scene)


@router.callback_query(kb.Discard.filter())
async def discard(tap: CallbackQuery, callback_data: kb.Discard, scene: Scene) -> Reply:
    draft = await _get(callback_data.post_id, scene)
    if not callback_data.sure:
        return kb.sure(scene.t, draft.post, "discard")
    await posts.discard(scene.session, scene.actor, draft.post.id, now=scene.now)
    await _leave(draft.post.id, scene)
    return kb.gone(scene.t)


@router.callback_query(kb.Withdraw.filter())
async def withdraw(tap: CallbackQuery, callback_data: kb.Withdraw, scene: Scene) -> Reply:
    draft = await _get(callback_data.post_id, scene)
    if not callback_data.sure:
        return kb.sure(scene.t, draft.post, "withdraw")
    await posts_publishing.withdraw(scene.session, scene.actor, draft.post.id, now=scene.now)
    await _leave(draft.post.id, scene)
    return await _card(draft.post.id, scene)


@router.callback_query(kb.History.filter())
async def show_history(tap: CallbackQuery, callback_data: kb.History, scene: Scene) -> Reply:
    number = callback_data.post_id
    lines = await posts_publishing.list_history(scene.session, scene.actor, number, now=scene.now)
    return kb.history(scene.t, number, lines)


async def _overview(scene: Scene, page: int = 0) -> Screen:
    found = await organisations.list_open_to(scene.session, scene.actor, Can.POST, page=page)
    begun = await posts_lists.list_open(scene.session, scene.actor)
    published = await posts_lists.list_published(scene.session, scene.actor)
    return kb.start(scene.t, begun, published, found)


async def _begin_with(message: Message, found: Paged[Organisation], scene: Scene) -> Reply:
    place = found.items[0]
    post = await posts.begin(scene.session, scene.actor, place.id, now=scene.now)
    await _ask_content(post, scene)
    shown = await _take(message, post.id, scene)
    return shown if found.total == 1 else kb_choices.ask_whose(scene.t, post, found)


async def _ask_content(post: Post, scene: Scene) -> None:
    await scene.dialog.set_state(Posting.content)
    await scene.dialog.set_data({"post_id": post.id})


async def _take(message: Message, number: int, scene: Scene) -> Reply:
    """An album comes as several messages: the card follows the first, the others join it."""
    content, known = content_of(message), (await _get(number, scene)).post.album
    below = "album" in await scene.dialog.get_data()
    await posts.write(scene.session, scene.actor, number, content, below=below, now=scene.now)
    if content.album is None:
        await _await_rest(message, number, scene)
        return await _shown(number, scene)
    await scene.dialog.set_data({"post_id": number, "album": content.album})
    if content.album == known:
        await posts_cards.redraw(scene.session, number, now=scene.now)
        return None
    return (await _card(number, scene)).apart()


async def _await_rest(message: Message, number: int, scene: Scene) -> None:
    """Of a long text; of anything else nothing more is to come."""
    await scene.dialog.clear()
    if rest := parted(message):
        await scene.dialog.set_data({"post_id": number, **rest})


async def _leave(number: int, scene: Scene) -> None:
    """Nothing more is asked about it; further parts of its album would come too late."""
    asked = await scene.dialog.get_data()
    if asked.get("post_id") == number:
        await scene.dialog.clear()
        if album := asked.get("album"):
            await scene.dialog.set_data({"album": album})


async def _get(number: int, scene: Scene) -> Draft:
    return await posts.get_for(scene.session, scene.actor, number, counted=False, now=scene.now)


async def _shown(number: int, scene: Scene) -> list[Screen]:
    draft = await posts.get_for(scene.session, scene.actor, number, now=scene.now)
    return kb.preview(scene.t, draft)


async def _whole(number: int, scene: Scene) -> Screen:
    """The card, or that of the event that stands on it."""
    if event := await events.find_of_id(scene.session, number, now=scene.now):
        return await kb_events.show(scene.session, scene.actor, scene.t, event.id, now=scene.now)
    return await _card(number, scene)


async def _card(number: int, scene: Scene) -> Screen:
    return await kb.show(scene.session, scene.actor, scene.t, number, now=scene.now)
