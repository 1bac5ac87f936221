"""The report of an event: its card, which asks for it, and how the news made of it begins."""

from zoneinfo import ZoneInfo

from aiogram.filters.callback_data import CallbackData

from keyboards.posts_parts import first_line
from keyboards.screen import Button, Reader, Screen, Tap, notice
from locales import Translator
from models.base import Session
from services import events_reports
from services.errors import Refusal
from services.events_rating import Opinions
from services.events_reports import Told
from services.posts_content import Content

SHOWN = 300  # signs of a report on its card


class Write(CallbackData, prefix="ev.report"):
    """The card of a report, in a message of its own."""

    event_id: int


class Keep(CallbackData, prefix="ev.keepreport"):
    """From a question back to the card."""

    event_id: int


class Tell(CallbackData, prefix="ev.tell"):
    event_id: int


class Recount(CallbackData, prefix="ev.recount"):
    event_id: int


class MakeNews(CallbackData, prefix="ev.tonews"):
    event_id: int


def open_tap(t: Translator, event_id: int) -> Tap:
    return Tap(t.label("events-report-open"), Write(event_id=event_id))


def card(t: Translator, told: Told) -> Screen:
    event, report = told.known.event, told.report
    written = report is not None and bool(report.plain or report.media)
    text = t(
        "events-report-card",
        title=event.title,
        at=_when(t, told),
        came=told.came,
        guests=told.guests,
        marked=told.marked,
        differs="yes" if told.came != told.marked else "no",
        words=first_line(report.plain, SHOWN) if report and report.plain else "none",
        media=len(report.media) if report else 0,
        written="yes" if written else "no",
    )
    place = events_reports.place_of(event.id)
    opinions = _opinions(t, told.opinions)
    return Screen(f"{text}\n\n{opinions}", buttons=_buttons(t, told, written), place=place)


def ask_content(t: Translator, told: Told) -> Screen:
    return Screen(t("events-report-ask", title=told.known.event.title), buttons=[_back(t, told)])


def ask_count(t: Translator, told: Told) -> Screen:
    text = t("events-report-ask-count", title=told.known.event.title, marked=told.marked)
    return Screen(text, buttons=[_back(t, told)])


def head_of(t: Translator, told: Told) -> Content:
    """What stands above the words of the report when it becomes news."""
    said: dict[str, str | int] = {
        "title": told.known.event.title,
        "at": _when(t, told),
        "came": told.came,
    }
    return Content(t("events-report-head", **said), t.label("events-report-head", **said))


@notice(events_reports.CARD)
async def card_notice(session: Session, to: Reader, event_id: int) -> Screen | None:
    try:
        told = await events_reports.get_for(session, to.actor, event_id, now=to.now)
    except Refusal as refusal:
        return Screen(to.t(refusal.text_id, **refusal.values)) if to.shown else None
    return card(to.t, told)


def _buttons(t: Translator, told: Told, written: bool) -> list[list[Button]]:
    number = told.known.event.id
    label = "events-report-rewrite" if written else "events-report-write"
    tell = Tap(t.label(label), Tell(event_id=number))
    recount = Tap(t.label("events-report-recount"), Recount(event_id=number))
    news: list[Button] = [Tap(t.label("events-report-to-news"), MakeNews(event_id=number))]
    return [[tell], [recount], *([news] if written and told.may_post else [])]


def _opinions(t: Translator, found: Opinions) -> str:
    if not found.count:
        return t("events-report-unrated")
    average = f"{found.average:.1f}".replace(".", "," if t.language == "ru" else ".")
    lines = [t("events-report-rated", average=average, count=found.count)]
    if found.words and not found.are_nameless:
        return "\n".join([*lines, t("events-report-withheld")])
    return "\n".join([*lines, *(t("events-report-said", words=one) for one in found.words)])


def _when(t: Translator, told: Told) -> str:
    event = told.known.event
    assert event.starts_at
    return t.day(event.starts_at.astimezone(ZoneInfo(event.zone)).date())


def _back(t: Translator, told: Told) -> list[Button]:
    return [Tap(t.label("events-report-keep"), Keep(event_id=told.known.event.id))]
