"""A post on its way through review: sent there, given back with a remark, or let out."""

from aiogram.filters.callback_data import CallbackData

from keyboards.posts_choices import Open, keep
from keyboards.posts_parts import teaser
from keyboards.screen import Button, Reader, Screen, Tap, notice
from locales import Translator
from models.base import Session
from models.post import Post, Standing
from services import posts
from services.errors import Refusal
from services.posts import Draft


class Submit(CallbackData, prefix="po.submit"):
    post_id: int


class TakeBack(CallbackData, prefix="po.mine"):
    """Its author goes on with it."""

    post_id: int


class GiveBack(CallbackData, prefix="po.back"):
    post_id: int


def submit(t: Translator, post: Post) -> Tap:
    return Tap(t.label("posts-submit"), Submit(post_id=post.id))


def decisions(
    t: Translator, post: Post, publish: Tap, discard: Tap, *, may: bool
) -> list[list[Button]]:
    """Of those who may publish it, and of its author meanwhile."""
    if may:
        return [[publish], [Tap(t.label("posts-give-back"), GiveBack(post_id=post.id))]]
    return [[Tap(t.label("posts-take-back"), TakeBack(post_id=post.id))], [discard]]


def ask_remark(t: Translator, draft: Draft) -> Screen:
    text = t("posts-ask-remark", author=draft.author or "—")
    return Screen(text, buttons=[[keep(t, draft.post.id)]])


@notice("posts-returned")
async def returned_notice(session: Session, to: Reader, post_id: int) -> Screen | None:
    return await _word_to_author(session, to, post_id, Standing.RETURNED)


@notice("posts-approved")
async def approved_notice(session: Session, to: Reader, post_id: int) -> Screen | None:
    out = (Standing.PUBLISHED, Standing.SCHEDULED, Standing.SILENT)
    return await _word_to_author(session, to, post_id, *out)


@notice("posts-withdrawn")
async def withdrawn_notice(session: Session, to: Reader, post_id: int) -> Screen | None:
    return await _word_to_author(session, to, post_id, Standing.WITHDRAWN)


async def _word_to_author(
    session: Session, to: Reader, post_id: int, *standings: Standing
) -> Screen | None:
    try:
        post, _ = await posts.look(session, to.actor, post_id, now=to.now)
    except Refusal:
        return None
    if post.standing not in standings:
        return None
    of_what = "posts" if post.title is None else "events"
    told = f"{of_what}-told-{post.standing}"
    text = to.t(told, teaser=teaser(post), remark=post.remark or "")
    return Screen(text, buttons=[[Tap(to.t.label("posts-open"), Open(post_id=post.id))]])
