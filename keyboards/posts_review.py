"""A post on its way through review: sent there, given back with a remark, or let out."""

from aiogram.filters.callback_data import CallbackData

from keyboards.posts_choices import Open, keep
from keyboards.posts_parts import teaser
from keyboards.screen import Reader, Screen, Tap, notice
from locales import Translator
from models.base import Session
from models.post import Standing
from services import posts
from services.errors import Refusal
from services.posts import Draft


class Submit(CallbackData, prefix="po.submit"):
    post_id: int


class GiveBack(CallbackData, prefix="po.back"):
    post_id: int


def ask_remark(t: Translator, draft: Draft) -> Screen:
    text = t("posts-ask-remark", author=draft.author or "—")
    return Screen(text, buttons=[[keep(t, draft.post.id)]])


@notice("posts-returned")
async def returned_notice(session: Session, to: Reader, post_id: int) -> Screen | None:
    return await _word_to_author(session, to, post_id, Standing.RETURNED)


@notice("posts-approved")
async def approved_notice(session: Session, to: Reader, post_id: int) -> Screen | None:
    return await _word_to_author(session, to, post_id, Standing.PUBLISHED, Standing.SCHEDULED)


async def _word_to_author(
    session: Session, to: Reader, post_id: int, *standings: Standing
) -> Screen | None:
    try:
        draft = await posts.get_for(session, to.actor, post_id, now=to.now)
    except Refusal:
        return None
    post = draft.post
    if post.standing not in standings:
        return None
    text = to.t(f"posts-told-{post.standing}", teaser=teaser(post), remark=post.remark or "")
    return Screen(text, buttons=[[Tap(to.t.label("posts-open"), Open(post_id=post.id))]])
