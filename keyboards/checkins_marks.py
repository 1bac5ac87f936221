"""One mark: how it comes about, what it says, how it is taken back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram.filters.callback_data import CallbackData

from keyboards.checkins import Guest, back
from keyboards.screen import Button, Screen, Tap, shorten
from locales import Translator
from services.checkins_marks import UNDO, Marked, Verdict
from services.events import Known
from services.retention import EVENTS


class Scan(CallbackData, prefix="ck.scan"):
    """Whoever has shown their card: the pointer in it proves that they have."""

    event_id: int
    pointer: str


class Undo(CallbackData, prefix="ck.undo"):
    attendance_id: int


def scanned(t: Translator, checked: Screen, desks: Sequence[Known], pointer: str) -> Screen:
    """What the card says, and one tap to mark its owner."""
    rows = [
        [
            Tap(
                t.label("checkins-mark-at", title=shorten(one.event.title, 40)),
                Scan(event_id=one.event.id, pointer=pointer),
            )
        ]
        for one in desks
    ]
    return replace(checked, buttons=rows)


def marked(t: Translator, found: Marked, now: datetime) -> Screen:
    event, came = found.known.event, found.attendance
    here = Translator(t.language, ZoneInfo(event.zone))
    undo: list[Button] = [Tap(t.label("checkins-undo"), Undo(attendance_id=came.id))]
    text = t(
        "checkins-marked",
        name=found.name,
        title=event.title,
        at=f"{came.at.astimezone(here.zone):%H:%M}",
        till=f"{(came.at + UNDO).astimezone(here.zone):%H:%M}",
        fresh="yes" if found.fresh else "no",
        undo="yes" if found.may_undo(now) else "no",
    )
    more: list[list[Button]] = (
        [[Tap(t.label("checkins-guest-more"), Guest(event_id=event.id))]] if came.guest else []
    )
    rows = [undo] if found.may_undo(now) else []
    return Screen(text, buttons=[*more, *rows, back(t, event.id)])


def undone(t: Translator, known: Known, name: str) -> Screen:
    text = t("checkins-undone", name=name, title=known.event.title)
    return Screen(text, buttons=[back(t, known.event.id)])


def ask_words(t: Translator, known: Known) -> Screen:
    text = t("checkins-ask-words", title=known.event.title)
    return Screen(text, buttons=[back(t, known.event.id)])


def ask_guest(t: Translator, known: Known) -> Screen:
    text = t("checkins-ask-guest", title=known.event.title, days=EVENTS.days)
    return Screen(text, buttons=[back(t, known.event.id)])


def arrived(t: Translator, verdict: Verdict, known: Known, at: datetime) -> Screen:
    """What a member reads who has scanned the QR at the door."""
    here = Translator(t.language, ZoneInfo(known.event.zone))
    text = f"checkins-door-{verdict}"
    return Screen(t(text, title=known.event.title, at=here.zoned(at)))


def for_guests(t: Translator) -> Screen:
    return Screen(t("checkins-door-guest"))


def not_for_you(t: Translator) -> Screen:
    return Screen(t("checkins-door-gone"))


def forged(t: Translator) -> Screen:
    return Screen(t("checkins-door-forged"))
