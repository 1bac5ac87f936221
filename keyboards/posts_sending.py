"""How the sending of a post goes, and the buttons that steer it."""

from math import ceil

from aiogram.filters.callback_data import CallbackData

from keyboards.posts_choices import Open
from keyboards.posts_parts import teaser
from keyboards.screen import Button, Page, Screen, Tap
from locales import Translator
from models.post import Post, Pulse, Timing
from services.mailings_pace import Progress
from services.posts import Draft
from services.reach import Reach, Report

BAR = 10  # signs


class Reached(CallbackData, prefix="po.reach"):
    post_id: int


class Reaches(CallbackData, prefix="po.reaches"):
    post_id: int
    page: int


class Steer(CallbackData, prefix="po.steer"):
    post_id: int
    pulse: Pulse


class Repeat(CallbackData, prefix="po.repeat"):
    """To the readers of whom nobody knows whether it reached them."""

    post_id: int


def reach_line(t: Translator, post: Post, found: Reach) -> str:
    """What the card says of its readers."""
    opened = t("posts-reach", **found._asdict())
    if post.timing is not Timing.DIGEST:
        return opened  # the rest is said of its sending
    return t("posts-digested", delivered=found.delivered) + "\n" + opened


def reached(t: Translator, draft: Draft, report: Report) -> Screen:
    """By organisation, a page of them at a time."""
    post, found = draft.post, report.organisations
    head = t(
        "posts-reached",
        teaser=teaser(post),
        everybody=_numbers(t, report.everybody),
        young=_numbers(t, report.young),
        count=found.total,
    )
    places = [
        t("posts-reach-place", place=place.name, **_facts(one)) for place, one in found.items
    ]
    text = "\n".join([head, *places, "", t("posts-reach-honest", timing=post.timing)])
    page = Page([], found.page, found.last, lambda n: Reaches(post_id=post.id, page=n))
    back = Tap(t.label("posts-keep"), Open(post_id=post.id))
    return Screen(text, buttons=[*page.buttons(), [back]])


def _numbers(t: Translator, found: Reach) -> str:
    return t("posts-reach-numbers", **_facts(found))


def _facts(found: Reach) -> dict[str, int]:
    return found._asdict() | {"sent": found.sent}


def sending(t: Translator, progress: Progress) -> str:
    share = progress.settled / max(1, progress.settled + progress.left)
    done = int(share * BAR)
    goes_on = progress.pulse is not Pulse.PAUSED and progress.pace > 0
    awake = progress.left - progress.asleep
    minutes = ceil(awake / progress.pace / 60) if goes_on else 0
    return t(
        "posts-sending",
        bar="▓" * done + "░" * (BAR - done),
        percent=int(share * 100),
        pulse="over" if progress.is_over else progress.pulse,
        delivered=progress.delivered,
        blocked=progress.blocked,
        failed=progress.failed,
        unsure=progress.unsure,
        dropped=progress.dropped,
        left=awake,
        asleep=progress.asleep,
        minutes=minutes,
    )


def steering(t: Translator, number: int, progress: Progress | None) -> list[list[Button]]:
    if progress is None or progress.is_over:
        return _once_more(t, number, progress)
    paused = progress.pulse is Pulse.PAUSED
    turn = Pulse.RUNNING if paused else Pulse.PAUSED
    return [
        [
            Tap(t.label(f"posts-to-{turn}"), Steer(post_id=number, pulse=turn)),
            Tap(t.label("posts-to-stopped"), Steer(post_id=number, pulse=Pulse.STOPPED)),
        ]
    ]


def _once_more(t: Translator, number: int, progress: Progress | None) -> list[list[Button]]:
    if progress is None or not progress.unsure or progress.pulse is Pulse.STOPPED:
        return []
    label = t.label("posts-repeat", count=progress.unsure)
    return [[Tap(label, Repeat(post_id=number))]]
