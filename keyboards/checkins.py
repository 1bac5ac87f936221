"""«/checkin»: the list of who came, which redraws itself, and all that leads to a mark on it."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram.filters.callback_data import CallbackData

from keyboards import events_reports
from keyboards.events_parts import answers_of, file_name
from keyboards.screen import (
    Button,
    Document,
    Page,
    Picture,
    Reader,
    Screen,
    Tap,
    notice,
    shorten,
)
from locales import Translator
from models.base import Session
from models.event import Event
from models.organisation import Organisation
from models.post import Post
from services import checkins, checkins_marks, checkins_people, members
from services.checkins_people import Found, Line, Tally
from services.errors import Refusal
from services.events import Known
from services.house import House
from services.paging import Paged

# Of the table.
COLUMNS = ("name", "number", "place", "answer", "answered", "sure", "came", "at", "by")


class Choose(CallbackData, prefix="ck.choose"):
    page: int


class Open(CallbackData, prefix="ck.open"):
    """The list of an event."""

    event_id: int


class Await(CallbackData, prefix="ck.await"):
    """Who is expected, in a message of its own: the list above goes on redrawing itself."""

    event_id: int


class Expected(CallbackData, prefix="ck.expected"):
    event_id: int
    page: int


class Find(CallbackData, prefix="ck.find"):
    event_id: int


class Mark(CallbackData, prefix="ck.mark"):
    """Somebody found in a list; whoever is marked already is shown."""

    event_id: int
    member_id: int


class Guest(CallbackData, prefix="ck.guest"):
    event_id: int


class Door(CallbackData, prefix="ck.door"):
    event_id: int


class Sheet(CallbackData, prefix="ck.sheet"):
    event_id: int


def open_tap(t: Translator, event_id: int) -> Tap:
    """From wherever an event is managed."""
    return Tap(t.label("checkins-open"), Open(event_id=event_id))


def choose(t: Translator, found: Paged[tuple[Event, Post, Organisation]]) -> Screen:
    if not found.total:
        return Screen(t("checkins-nothing"))
    rows = [[Tap(_row_of(t, event), Open(event_id=event.id))] for event, _, _ in found.items]
    page = Page(rows, found.page, found.last, lambda number: Choose(page=number))
    return Screen(t("checkins-choose"), buttons=page.buttons())


def desk(t: Translator, found: Tally, now: datetime) -> Screen:
    event = found.known.event
    here = Translator(t.language, ZoneInfo(event.zone))
    assert event.starts_at
    lines = [
        t("checkins-line", at=_clock(here, at), name=name, guest="yes" if guest else "no")
        for at, name, guest in found.latest
    ]
    text = t(
        "checkins-desk",
        title=event.title,
        at=here.zoned(event.starts_at),
        came=found.came,
        guests=found.guests,
        answers=answers_of(event, now),
        going=found.going,
        missing=found.missing,
    )
    last = "\n".join([t("checkins-latest"), *lines]) if lines else t("checkins-nobody")
    return Screen(
        f"{text}\n\n{last}",
        buttons=_buttons(t, found, now),
        place=checkins.place_of(event.id),
    )


def _buttons(t: Translator, found: Tally, now: datetime) -> list[list[Button]]:
    event = found.known.event
    find = Tap(t.label("checkins-find"), Find(event_id=event.id))
    guest = Tap(t.label("checkins-guest"), Guest(event_id=event.id))
    expected = Tap(t.label("checkins-expected"), Await(event_id=event.id))
    door = Tap(t.label("checkins-door"), Door(event_id=event.id))
    sheet = Tap(t.label("checkins-sheet-get"), Sheet(event_id=event.id))
    report: list[Button] = [events_reports.open_tap(t, event.id)]
    return [[find, guest], [expected], [door, sheet], *([report] if event.is_over(now) else [])]


def expected(t: Translator, known: Known, found: Paged[Found], going: int) -> Screen:
    number = known.event.id
    rows = [[pick(t, number, one)] for one in found.items]
    page = Page(rows, found.page, found.last, lambda n: Expected(event_id=number, page=n))
    counts = {"total": found.total, "going": going, "others": found.total - going}
    text = t("checkins-missing", title=known.event.title, **counts)
    return Screen(text, buttons=[*page.buttons(), back(t, number)])


def found_by_words(t: Translator, event_id: int, found: Sequence[Found], words: str) -> Screen:
    rows = [[pick(t, event_id, one)] for one in found[: members.FOUND]]
    more = "yes" if len(found) > members.FOUND else "no"
    text = t("checkins-found", words=words, more=more) if rows else t("checkins-none", words=words)
    return Screen(text, buttons=[*rows, back(t, event_id)])


def poster(t: Translator, house: House, known: Known) -> Screen:
    """For the door: to be shown on a screen, or printed."""
    event = known.event
    assert event.starts_at
    here = Translator(t.language, ZoneInfo(event.zone))
    opens, closes = checkins_marks.door_of(event)
    words = {
        "title": event.title,
        "organisation": known.organisation.name,
        "code": here.moment(event.starts_at),
        "hint": t.label("checkins-door-hint"),
        "link": house.link(house.seal.pointer(event.id, "e")),
    }
    text = t(
        "checkins-door-caption",
        title=event.title,
        opens=here.moment(opens),
        closes=here.zoned(closes),
    )
    return Screen(text, picture=Picture("invitation", words))


@notice(checkins.CARD)
async def desk_notice(session: Session, to: Reader, event_id: int) -> Screen | None:
    try:
        found = await checkins_people.tally(session, to.actor, event_id, now=to.now)
    except Refusal as refusal:
        return Screen(to.t(refusal.text_id, **refusal.values)) if to.shown else None
    return desk(to.t, found, to.now)


@notice("checkins-sheet")
async def sheet_notice(session: Session, to: Reader, event_id: int) -> Screen | None:
    try:
        known = await checkins.get_desk(session, to.actor, event_id, now=to.now)
        lines = await checkins_people.list_lines(session, to.actor, event_id, now=to.now)
    except Refusal:
        return None
    here = Translator(to.t.language, ZoneInfo(known.event.zone))
    answers = answers_of(known.event, to.now)
    words = {
        "title": to.t.label("checkins-sheet-title"),
        "head": [to.t.label(f"checkins-sheet-{column}") for column in COLUMNS],
        "rows": [_row(here, line, answers) for line in lines],
    }
    came = sum(line.came_at is not None for line in lines)
    text = to.t("checkins-sheet-caption", title=known.event.title, came=came, answers=answers)
    return Screen(text, document=Document("sheet", words, file_name(known.event, "xlsx")))


def _row(here: Translator, line: Line, answers: str) -> list[str]:
    unsaid = "none" if answers == "kept" else answers
    guest = line.number is None and line.answer is None
    answer = f"checkins-answer-{line.answer or ('guest' if guest else unsaid)}"
    return [
        line.name or "",
        line.number or "",
        line.organisation or "",
        here.label(answer),
        here.day_and_time(line.answered_at) if line.answered_at else "",
        here.label("checkins-came-yes") if line.sure else "",
        here.label("checkins-came-yes" if line.came_at else "checkins-came-no"),
        here.day_and_time(line.came_at) if line.came_at else "",
        line.by or "",
    ]


def pick(t: Translator, event_id: int, one: Found) -> Tap:
    label = t.label(
        "checkins-person",
        name=one.member.name,
        place=one.organisation.name,
        answer="sure" if one.sure else one.answer or "none",
        came="yes" if one.came_at else "no",
    )
    return Tap(label, Mark(event_id=event_id, member_id=one.member.id))


def back(t: Translator, event_id: int) -> list[Button]:
    return [Tap(t.label("checkins-back"), Open(event_id=event_id))]


def _row_of(t: Translator, event: Event) -> str:
    here = Translator(t.language, ZoneInfo(event.zone))
    assert event.starts_at
    title = shorten(event.title, 40)
    return t.label("checkins-row", at=here.moment(event.starts_at), title=title)


def _clock(here: Translator, at: datetime) -> str:
    return f"{at.astimezone(here.zone):%H:%M}"
