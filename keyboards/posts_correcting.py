"""Other words for news that is out: asked for, shown as readers will see them, then sent."""

from aiogram.filters.callback_data import CallbackData

from keyboards.posts_choices import keep
from keyboards.posts_parts import parts
from keyboards.screen import Screen, Tap, mark
from locales import Translator
from models.post import Post
from services.posts import Draft
from services.posts_content import Content


class Correct(CallbackData, prefix="po.correct"):
    post_id: int


class Amend(CallbackData, prefix="po.amend"):
    """With the words that were seen; `read` is their mark."""

    post_id: int
    read: str


def ask(t: Translator, post_id: int) -> Screen:
    return Screen(t("posts-ask-correction"), buttons=[[keep(t, post_id)]])


def only_words(t: Translator, post_id: int) -> Screen:
    """Of files that came without any."""
    return Screen(t("posts-correction-words"), buttons=[[keep(t, post_id)]])


def preview(t: Translator, draft: Draft, content: Content) -> list[Screen]:
    """The message as it will read everywhere, and the question under it."""
    post = draft.post
    amended = Post(html=content.html, plain=content.plain, media=post.media, lead=post.lead)
    shown = parts(t, amended, draft.organisation.name)[-1]
    sure = Amend(post_id=post.id, read=mark(content.html))
    rows = [
        [Tap(t.label("posts-correct-all"), sure)],
        [keep(t, post.id, "posts-correct-keep")],
    ]
    files = "yes" if content.media else "no"
    return [shown.apart(), Screen(t("posts-correction-sure", files=files), buttons=rows)]
