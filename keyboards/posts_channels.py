"""Channels a post is for, as those who publish it see them: where it is as it should be."""

from aiogram.filters.callback_data import CallbackData

from keyboards.posts_choices import Open
from keyboards.posts_parts import teaser
from keyboards.screen import Button, Reader, Screen, Tap, notice
from locales import Translator
from models.base import Session
from models.channel import Trouble
from models.post import Errand, Standing
from services import channels_fates, posts
from services.channels_fates import Fate
from services.errors import Refusal
from services.posts import Draft

OUT = (Standing.PUBLISHED, Standing.WITHDRAWN)


class SendAgain(CallbackData, prefix="po.again"):
    """To the channels it has not come out in, or was not corrected or taken back in."""

    post_id: int


def named(t: Translator, draft: Draft) -> str:
    """The channels; once it is out, with what became of it in each."""
    if draft.post.standing not in OUT:
        return ", ".join(one.channel.title for one in draft.fates)
    is_out = draft.post.standing is Standing.PUBLISHED
    return "; ".join(
        t.label("channels-fate", title=one.channel.title, fate=_word(one))
        if is_out or _remains(one)
        else one.channel.title
        for one in draft.fates
    )


def again(t: Translator, draft: Draft) -> list[list[Button]]:
    """A button, if it helps."""
    if draft.post.standing is Standing.WITHDRAWN:
        remaining = [one for one in draft.fates if _remains(one)]
        label = "channels-withdraw-again"
        helps = any(one.trouble is not Trouble.OLD for one in remaining)
    else:
        label, helps = "channels-send-again", any(one.trouble for one in draft.fates)
    return [[Tap(t.label(label), SendAgain(post_id=draft.post.id))]] if helps else []


@notice(channels_fates.NOTICE)
async def trouble_notice(
    session: Session, to: Reader, post_id: int, channel_id: int
) -> Screen | None:
    try:
        draft = await posts.get_for(session, to.actor, post_id, counted=False, now=to.now)
    except Refusal:
        return None
    troubled = [one for one in draft.fates if one.channel.id == channel_id and one.trouble]
    if draft.post.standing not in OUT or not troubled:
        return None
    (one,) = troubled
    facts = {"title": one.channel.title, "teaser": teaser(draft.post)}
    text = to.t(f"channels-trouble-{one.errand}", trouble=str(one.trouble), **facts)
    opened = Tap(to.t.label("posts-open"), Open(post_id=post_id))
    return Screen(text, buttons=[*again(to.t, draft), [opened]])


def _word(one: Fate) -> str:
    if one.trouble:
        return one.trouble if one.errand is Errand.SEND else f"{one.errand}-{one.trouble}"
    return "stands" if one.stands else "waiting"


def _remains(one: Fate) -> bool:
    """Of what is withdrawn."""
    return bool(one.trouble) and one.errand is Errand.WITHDRAW
