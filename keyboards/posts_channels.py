"""Channels a post is for, as those who publish it see them: where it stands, and where not."""

from aiogram.filters.callback_data import CallbackData

from keyboards.posts_choices import Open
from keyboards.posts_parts import teaser
from keyboards.screen import Button, Reader, Screen, Tap, notice
from locales import Translator
from models.base import Session
from models.post import Standing
from services import channels_fates, posts
from services.channels_fates import Fate
from services.errors import Refusal
from services.posts import Draft


class SendAgain(CallbackData, prefix="po.again"):
    """To the channels it has not come out in."""

    post_id: int


def named(t: Translator, draft: Draft) -> str:
    """The channels; once it is out, with what became of it in each."""
    if draft.post.standing is not Standing.PUBLISHED:
        return ", ".join(one.channel.title for one in draft.fates)
    return "; ".join(
        t.label("channels-fate", title=one.channel.title, fate=_word(one)) for one in draft.fates
    )


def again(t: Translator, draft: Draft) -> list[list[Button]]:
    if not any(one.trouble for one in draft.fates):
        return []
    return [[Tap(t.label("channels-send-again"), SendAgain(post_id=draft.post.id))]]


@notice(channels_fates.NOTICE)
async def trouble_notice(
    session: Session, to: Reader, post_id: int, channel_id: int
) -> Screen | None:
    try:
        draft = await posts.get_for(session, to.actor, post_id, counted=False, now=to.now)
    except Refusal:
        return None
    troubled = [one for one in draft.fates if one.channel.id == channel_id and one.trouble]
    if draft.post.standing is not Standing.PUBLISHED or not troubled:
        return None
    text = to.t(
        "channels-trouble",
        title=troubled[0].channel.title,
        teaser=teaser(draft.post),
        trouble=_word(troubled[0]),
    )
    opened = Tap(to.t.label("posts-open"), Open(post_id=post_id))
    return Screen(text, buttons=[*again(to.t, draft), [opened]])


def _word(one: Fate) -> str:
    return one.trouble or ("stands" if one.stands else "waiting")
