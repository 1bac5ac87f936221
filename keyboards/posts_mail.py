"""A post in readers' chats: sent, corrected, taken back."""

from datetime import datetime

from keyboards.events_news import head
from keyboards.news import reader_buttons
from keyboards.posts_parts import main, parts
from keyboards.screen import Call, Reader, Redraw, Screen, alike, notice
from locales import Translator
from models.base import Session
from models.post import LEAD, MAIN, Post
from services import deliveries, events, mailings, news
from services.house import House


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
    found = await news.find_published(session, post_id, now=to.now)
    shown = await deliveries.find_message(session, post_id, to.actor.id, MAIN, now=to.now)
    if found is None or not shown:
        return None
    useful = await news.opinion(session, to.actor, post_id)
    place = await news.place_of(session, found, now=to.now)
    event = await events.find_of(session, found, now=to.now)
    buttons = reader_buttons(to.t, to.house, found, useful, event)
    screen = main(to.t, found, buttons, place, head(to.t, event))
    return redraw(found, screen, shown[0])


@notice("posts-withdraw")
async def withdraw(session: Session, to: Reader, post_id: int) -> Call | None:
    got = [
        message
        for part in (LEAD, MAIN)
        for message in await deliveries.find_message(
            session, post_id, to.actor.id, part, now=to.now
        )
    ]
    chat = {"chat_id": to.actor.person.telegram_id}
    return Call("deleteMessages", chat | {"message_ids": got}) if got else None


def redraw(post: Post, screen: Screen, message_id: int) -> Redraw:
    return Redraw(screen, message_id, bool(post.media) and not mailings.has_lead(post))
