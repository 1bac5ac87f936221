"""A post in readers' chats: sent, corrected, taken back."""

from collections.abc import Sequence
from datetime import datetime

from keyboards.events_news import head
from keyboards.news import outgrown, reader_buttons, withdrawn
from keyboards.posts_parts import main, parts
from keyboards.screen import Call, Reader, Redraw, Screen, alike, notice
from locales import Translator
from models.base import Session
from models.post import Delivery, Post
from services import deliveries, events, mailings, news
from services.deliveries import BY_MAIL, BY_TAP, CAPTIONED
from services.house import House
from services.mailings import DELETABLE


@alike("posts-lead", news.told)
async def lead(
    session: Session, t: Translator, house: House, found: Post, *, now: datetime
) -> Screen:
    return parts(t, found)[0]


@alike("posts-post", news.told)
async def post(
    session: Session, t: Translator, house: House, found: Post, *, now: datetime
) -> Screen:
    place = await news.place_of(session, found, now=now)
    event = await events.find_of(session, found, now=now)
    buttons = reader_buttons(t, house, found, None, event)
    return main(t, found, buttons, place, head(t, event))


@notice("posts-correct")
async def correct(session: Session, to: Reader, post_id: int) -> Redraw | None:
    return await _corrected(session, to, post_id, BY_MAIL)


@notice("posts-correct-opened")
async def correct_opened(session: Session, to: Reader, post_id: int) -> Redraw | None:
    return await _corrected(session, to, post_id, BY_TAP)


@notice("posts-withdraw")
async def withdraw(session: Session, to: Reader, post_id: int) -> Call | Redraw | None:
    return await _taken_back(session, to, post_id, BY_MAIL)


@notice("posts-withdraw-opened")
async def withdraw_opened(session: Session, to: Reader, post_id: int) -> Call | Redraw | None:
    return await _taken_back(session, to, post_id, BY_TAP)


async def _corrected(
    session: Session, to: Reader, post_id: int, where: Sequence[int]
) -> Redraw | None:
    found = await news.find_published(session, post_id, now=to.now)
    shown = await deliveries.list_parts(session, post_id, to.actor.id, where, now=to.now)
    if found is None or not shown:
        return None
    if shown[-1].part == CAPTIONED and mailings.has_lead(found):
        return _redraw(found, outgrown(to.t, found), shown[-1])
    useful = await news.opinion(session, to.actor, post_id)
    place = await news.place_of(session, found, now=to.now)
    event = await events.find_of(session, found, now=to.now)
    buttons = reader_buttons(to.t, to.house, found, useful, event)
    return _redraw(found, main(to.t, found, buttons, place, head(to.t, event)), shown[-1])


async def _taken_back(
    session: Session, to: Reader, post_id: int, where: Sequence[int]
) -> Call | Redraw | None:
    """What Telegram deletes no more says what has become of it."""
    shown = await deliveries.list_parts(session, post_id, to.actor.id, where, now=to.now)
    young = [one for one in shown if one.at > to.now - DELETABLE]
    if young:
        messages = [number for one in young for number in one.message_ids]
        chat = {"chat_id": to.actor.person.telegram_id}
        return Call("deleteMessages", chat | {"message_ids": messages})
    post = await news.get(session, post_id, now=to.now)
    return _redraw(post, withdrawn(to.t), shown[-1]) if shown else None


def _redraw(post: Post, screen: Screen, shown: Delivery) -> Redraw:
    if shown.part in BY_MAIL:
        return redraw(post, screen, shown.message_ids[0])
    return Redraw(screen, shown.message_ids[0], shown.part == CAPTIONED)


def redraw(post: Post, screen: Screen, message_id: int) -> Redraw:
    return Redraw(screen, message_id, bool(post.media) and not mailings.has_lead(post))
