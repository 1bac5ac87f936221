"""A post in the organisation's channels: published, corrected, taken back."""

from keyboards.events_news import head
from keyboards.posts_mail import redraw
from keyboards.posts_parts import main, parts
from keyboards.screen import Board, Call, Link, Redraw, Screen, notice
from models.base import Session
from models.post import MAIN, Post
from services import channels_out, events, mailings, news


@notice(channels_out.LEAD)
async def lead(session: Session, to: Board, post_id: int) -> Screen | None:
    post = await channels_out.find_printable(session, post_id, to.chat_id, now=to.now)
    return parts(to.t, post)[0] if post and mailings.has_lead(post) else None


@notice(channels_out.POST)
async def post(session: Session, to: Board, post_id: int) -> Screen | None:
    found = await channels_out.find_printable(session, post_id, to.chat_id, now=to.now)
    return await _main(session, to, found) if found else None


@notice(channels_out.CORRECT)
async def correct(session: Session, to: Board, post_id: int) -> Redraw | None:
    found = await news.find_published(session, post_id, now=to.now)
    shown = await channels_out.list_printed(session, post_id, to.chat_id, part=MAIN, now=to.now)
    if found is None or not shown:
        return None
    return redraw(found, await _main(session, to, found), shown[0])


@notice(channels_out.WITHDRAW)
async def withdraw(session: Session, to: Board, post_id: int) -> Call | None:
    shown = await channels_out.list_printed(session, post_id, to.chat_id, now=to.now)
    return Call("deleteMessages", {"chat_id": to.chat_id, "message_ids": shown}) if shown else None


async def _main(session: Session, to: Board, post: Post) -> Screen:
    event = await events.find_of(session, post, now=to.now)
    link = to.house.link(to.house.seal.pointer(post.id, "n"))
    return main(to.t, post, [[Link(to.t.label("channels-discuss"), link)]], head=head(to.t, event))
