"""What an author decides about a draft besides its words, a screen for each."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram.filters.callback_data import CallbackData

from keyboards.months import example
from keyboards.posts_parts import teaser
from keyboards.screen import Page, Screen, Tap
from locales import Translator
from models.organisation import Organisation
from models.person import Interest
from models.post import Audience, Post, Standing, Timing
from services.channels_out import Choice
from services.paging import Paged
from services.posts import Draft


class Open(CallbackData, prefix="po.open"):
    """The card of a post."""

    post_id: int


class Offices(CallbackData, prefix="po.offices"):
    """Whose the post may be instead."""

    post_id: int
    page: int


class Rehome(CallbackData, prefix="po.rehome"):
    post_id: int
    organisation_id: int


class Rubrics(CallbackData, prefix="po.rubrics"):
    post_id: int


class TurnRubric(CallbackData, prefix="po.rubric"):
    post_id: int
    interest_id: int
    on: bool


class Whom(CallbackData, prefix="po.whom"):
    post_id: int


class Aim(CallbackData, prefix="po.aim"):
    post_id: int
    audience: Audience


class Targets(CallbackData, prefix="po.targets"):
    post_id: int
    page: int


class TurnTarget(CallbackData, prefix="po.target"):
    post_id: int
    organisation_id: int
    on: bool


class When(CallbackData, prefix="po.when"):
    post_id: int


class Time(CallbackData, prefix="po.time"):
    post_id: int
    timing: Timing


class Channels(CallbackData, prefix="po.channels"):
    post_id: int


class TurnChannel(CallbackData, prefix="po.channel"):
    post_id: int
    channel_id: int
    on: bool


def ask_whose(t: Translator, post: Post, found: Paged[Organisation]) -> Screen:
    """Of a post that has its words already."""
    rows = [
        [Tap(one.name, Rehome(post_id=post.id, organisation_id=one.id))] for one in found.items
    ]
    page = Page(rows, found.page, found.last, lambda n: Offices(post_id=post.id, page=n))
    return Screen(t("posts-ask-whose", teaser=teaser(post)), buttons=page.buttons())


def rubrics(t: Translator, post_id: int, found: Sequence[tuple[Interest, bool]]) -> Screen:
    rows = [
        _row(t, one.title, TurnRubric(post_id=post_id, interest_id=one.id, on=not on), chosen=on)
        for one, on in found
    ]
    return Screen(t("posts-ask-rubrics"), buttons=[*rows, _ready(t, post_id)])


def whom(t: Translator, draft: Draft) -> Screen:
    post = draft.post
    rows = [
        _row(
            t,
            t.label(f"posts-audience-{one}"),
            Aim(post_id=post.id, audience=one),
            chosen=post.audience is one,
        )
        for one in Audience
    ]
    text = t("posts-ask-audience", of=_of(post), recipients=draft.recipients)
    return Screen(text, buttons=[*rows, _ready(t, post.id)])


def targets(t: Translator, draft: Draft, found: Paged[Organisation]) -> Screen:
    number, aimed = draft.post.id, {one.id for one in draft.targets}
    rows = []
    for one in found.items:
        chosen = one.id in aimed
        turn = TurnTarget(post_id=number, organisation_id=one.id, on=not chosen)
        rows.append(_row(t, one.name, turn, chosen=chosen))
    page = Page(rows, found.page, found.last, lambda n: Targets(post_id=number, page=n))
    text = t(
        "posts-ask-targets",
        of=_of(draft.post),
        place=draft.organisation.name,
        recipients=draft.recipients,
        any="yes" if found.total else "no",
    )
    return Screen(text, buttons=[*page.buttons(), _ready(t, number)])


def when(t: Translator, post: Post, zone: ZoneInfo, now: datetime) -> Screen:
    rows = [
        _row(
            t,
            t.label(f"posts-timing-{one}"),
            Time(post_id=post.id, timing=one),
            chosen=post.timing is one,
        )
        for one in (Timing.DIGEST, Timing.URGENT)
    ]
    return Screen(
        t("posts-ask-when", city=t.city(zone.key), example=example(t, zone, now)),
        buttons=[*rows, _ready(t, post.id)],
    )


def moved(t: Translator, draft: Draft, zone: ZoneInfo) -> Screen:
    """Of what was scheduled and has got another hour."""
    post = draft.post
    if post.standing is not Standing.SCHEDULED:
        return Screen(unscheduled(t, draft))
    due = t.span(post.due_at, None, zone, post.changed_at) if post.due_at else "—"
    return Screen(t("posts-moved", due=due, city=t.city(zone.key)))


def unscheduled(t: Translator, draft: Draft) -> str:
    """It is a draft again: what is to be pressed for it to go out."""
    return t.label("posts-unscheduled", may="yes" if draft.may_publish else "no")


def channels(t: Translator, post_id: int, found: Sequence[Choice]) -> Screen:
    rows = [
        _row(
            t,
            one.channel.title,
            TurnChannel(post_id=post_id, channel_id=one.channel.id, on=not one.chosen),
            chosen=one.chosen,
        )
        for one in found
    ]
    return Screen(t("posts-ask-channels"), buttons=[*rows, _ready(t, post_id)])


def keep(t: Translator, post_id: int, label: str = "posts-keep") -> Tap:
    """Back to its card, and nothing has changed."""
    return Tap(t.label(label), Open(post_id=post_id))


def _of(post: Post) -> str:
    """What is chosen for: an event's place is somewhere else, and it is seen."""
    return "news" if post.title is None else "event"


def _row(t: Translator, title: str, data: CallbackData, *, chosen: bool) -> list[Tap]:
    return [Tap(t.label("posts-ticked", title=title) if chosen else title, data)]


def _ready(t: Translator, post_id: int) -> list[Tap]:
    return [Tap(t.label("posts-ready"), Open(post_id=post_id))]
