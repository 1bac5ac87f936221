"""How the sending of a post goes, and the buttons that steer it."""

from datetime import datetime

from aiogram.filters.callback_data import CallbackData

from keyboards.posts_choices import Open
from keyboards.posts_parts import teaser
from keyboards.screen import Button, Screen, Tap
from locales import Translator
from models.post import Pulse
from services import mailings
from services.mailings import Progress
from services.posts import Draft
from services.reach import Reach, Report

BAR = 10  # signs


class Reached(CallbackData, prefix="po.reach"):
    post_id: int


class Steer(CallbackData, prefix="po.steer"):
    post_id: int
    pulse: Pulse


def reach_line(t: Translator, found: Reach) -> str:
    return t("posts-reach", **found._asdict())


def reached(t: Translator, draft: Draft, report: Report) -> Screen:
    """The whole report, organisation by organisation."""
    lines = [
        t("posts-reach-place", place=place.name, **found._asdict())
        for place, found in report.organisations
    ]
    text = t(
        "posts-reached",
        teaser=teaser(draft.post),
        everybody=reach_line(t, report.everybody),
        young=reach_line(t, report.young),
        places="\n".join(lines) or "—",
    )
    return Screen(text, buttons=[[Tap(t.label("posts-keep"), Open(post_id=draft.post.id))]])


def sending(t: Translator, progress: Progress) -> str:
    share = progress.settled / max(1, progress.settled + progress.left)
    done = int(share * BAR)
    speed = progress.settled / progress.seconds if progress.seconds >= 1 else 0
    minutes = round(progress.left / speed / 60) if speed else 0
    return t(
        "posts-sending",
        bar="▓" * done + "░" * (BAR - done),
        percent=int(share * 100),
        pulse="over" if progress.is_over else progress.pulse,
        delivered=progress.delivered,
        blocked=progress.blocked,
        failed=progress.failed,
        dropped=progress.dropped,
        left=progress.left,
        minutes=minutes,
    )


def steering(t: Translator, number: int, progress: Progress | None) -> list[list[Button]]:
    if progress is None or progress.is_over:
        return []
    paused = progress.pulse is Pulse.PAUSED
    turn = Pulse.RUNNING if paused else Pulse.PAUSED
    return [
        [
            Tap(t.label(f"posts-to-{turn}"), Steer(post_id=number, pulse=turn)),
            Tap(t.label("posts-to-stopped"), Steer(post_id=number, pulse=Pulse.STOPPED)),
        ]
    ]


def progress_of(draft: Draft, now: datetime) -> Progress | None:
    mailing = draft.mailing
    return mailings.progress(mailing, now) if mailing else None
