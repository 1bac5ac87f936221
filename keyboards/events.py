"""Events as members find them and answer."""

from datetime import datetime
from urllib.parse import quote
from zoneinfo import ZoneInfo

from aiogram.filters.callback_data import CallbackData

from keyboards import events_calendar
from keyboards.events_parts import LINK, is_elsewhere, place_line, when, when_of
from keyboards.profile import pairs
from keyboards.screen import Button, Link, Media, Page, Screen, Tap
from locales import Translator
from models.event import Answer, Event, State
from services.events import COMING, Shown, Which, place_of
from services.paging import Paged

MAP = "https://yandex.ru/maps/?text="
MARKS = {
    Answer.GOING: "going",
    Answer.MAYBE: "maybe",
    Answer.WAITING: "waiting",
    Answer.OFFERED: "offered",
}


class List(CallbackData, prefix="ev.list"):
    which: Which
    page: int


class Back(CallbackData, prefix="ev.back"):
    """To the list, and the card stays where it is."""


class Open(CallbackData, prefix="ev.open"):
    event_id: int


class Manage(CallbackData, prefix="em.open"):
    """All of it, for those who work on it."""

    event_id: int


class Respond(CallbackData, prefix="ev.answer"):
    event_id: int
    answer: Answer


class Confirm(CallbackData, prefix="ev.come"):
    """«Приду», when asked the day before."""

    event_id: int


class Where(CallbackData, prefix="ev.where"):
    event_id: int


def listed(t: Translator, found: Paged[tuple[Event, Answer | None]], which: Which) -> Screen:
    rows: list[list[Button]] = [[_row(t, *one)] for one in found.items]
    page = Page(
        rows,
        found.page,
        found.last,
        lambda number: List(which=which, page=number),
    )
    text = t(f"events-list-{which}") if found.total else t(f"events-none-{which}")
    elsewhere = any(is_elsewhere(t, event) for event, _ in found.items)
    note = [t("events-list-local")] if elsewhere else []
    filters: list[Button] = [_filter(t, one, one is which) for one in Which]
    return Screen("\n\n".join([text, *note]), buttons=[*page.buttons(), *pairs(filters)])


def opened(t: Translator, shown: Shown, now: datetime) -> list[Screen]:
    """Its pictures, if it has any, and the card below them."""
    media = [Media(one["kind"], one["file_id"]) for one in shown.known.post.media]
    return [*([Screen("", media=media)] if media else []), card(t, shown, now)]


def card(t: Translator, shown: Shown, now: datetime) -> Screen:
    event = shown.known.event
    blocks = [
        _head(t, event),
        "\n".join([t("events-when", when=when_of(t, event)), *places(t, shown, now)]),
        shown.known.post.html,
        "\n".join(_facts(t, shown, now)),
        standing(t, shown, now),
    ]
    back: list[Button] = [Tap(t.label("events-to-list"), Back())]
    manage: list[Button] = [Tap(t.label("events-manage"), Manage(event_id=event.id))]
    rows = [*_answers(t, shown, now), _outward(t, event, now)]
    rows += [manage, back] if shown.manages else [back]
    return Screen(
        "\n\n".join(block for block in blocks if block),
        buttons=[row for row in rows if row],
        place=place_of(event.id),
    )


def answered(t: Translator, shown: Shown, said: Answer, now: datetime) -> Screen:
    """The card once more, and in a word what came of the answer."""
    full = said is Answer.GOING and shown.answer is not Answer.GOING
    outcome = "full" if full else str(shown.answer)
    return card(t, shown, now).says(t.label(f"events-said-{outcome}"))


def respond(
    t: Translator, event_id: int, answer: Answer, *, label: str = "", chosen: bool = False
) -> Tap:
    title = t.label(label or f"events-answer-{answer}")
    shown = t.label("profile-chosen", label=title) if chosen else title
    return Tap(shown, Respond(event_id=event_id, answer=answer))


def _head(t: Translator, event: Event) -> str:
    if event.state is State.CANCELLED:
        reason = ["", t("events-reason", reason=event.reason)] if event.reason else []
        return "\n".join([t("events-head-cancelled", title=event.title), *reason])
    return t("events-head", title=event.title)


def places(t: Translator, shown: Shown, now: datetime) -> list[str]:
    """A line, or none: of what is cancelled or over nothing is promised."""
    event = shown.known.event
    line = place_line(t, event, LINK if shown.goes else _hint(shown, now))
    if not line and event.state is State.OPEN and not event.is_over(now):
        line = t("events-placeless")
    return [line] if line else []


def _hint(shown: Shown, now: datetime) -> str:
    """What this person can do to see the link."""
    event, answer = shown.known.event, shown.answer
    is_open = event.state is State.OPEN and event.closes_at > now
    if not (is_open and shown.as_member):
        return "none"
    return "answer" if seat_of(event, answer) is Answer.GOING else "seat"


def _facts(t: Translator, shown: Shown, now: datetime) -> list[str]:
    event = shown.known.event
    facts = [] if event.state is State.CANCELLED else [_seats(t, shown), _answer_by(t, event, now)]
    if event.contact:
        facts.append(t("events-contact", contact=event.contact))
    facts.append(t("posts-whose", place=shown.known.organisation.name))
    return [fact for fact in facts if fact]


def _seats(t: Translator, shown: Shown) -> str:
    event = shown.known.event
    if event.seats is None:
        return t("events-going", count=event.taken) if event.taken else ""
    free = max(0, event.seats - event.taken)
    return t("events-seats", seats=event.seats, free=free, waiting=shown.waiting)


def _answer_by(t: Translator, event: Event, now: datetime) -> str:
    by = event.closes_at
    if by == event.starts_at:
        return ""
    return t("events-answer-by", by=when(t, event, by), over="yes" if by <= now else "no")


def standing(t: Translator, shown: Shown, now: datetime) -> str:
    """How this person stands to it."""
    event, reply = shown.known.event, shown.reply
    if event.state is State.CANCELLED:
        return ""
    if event.is_over(now):
        return t("events-over", came="yes" if shown.is_here else "no")
    if shown.is_here:
        return t("events-said-here")
    if reply is None or reply.answer is Answer.NO:
        return t("events-said-no") if reply else ""
    if reply.answer is Answer.WAITING:
        if event.has_begun(now):
            return t("events-left-in-line")
        return t("events-in-line", place=shown.ahead + 1)
    if reply.answer is Answer.OFFERED and reply.offered_until:
        return t("events-offered", until=t.moment(reply.offered_until))
    return t(f"events-said-{reply.answer}")


def _answers(t: Translator, shown: Shown, now: datetime) -> list[list[Button]]:
    """Three in a row would be cut in the middle of a word on a phone."""
    event, answer = shown.known.event, shown.answer
    if event.state is not State.OPEN or event.has_begun(now) or shown.is_here:
        return []
    if event.closes_at <= now or not shown.as_member:
        offered = shown.as_member and answer is Answer.OFFERED
        take = [respond(t, event.id, Answer.GOING)] if offered else []
        leave = [respond(t, event.id, Answer.NO)] if answer in COMING else []
        return [[*take, *leave]]
    stands = "events-answer-stands" if answer is Answer.WAITING else ""
    seat = seat_of(event, answer)
    return [
        [respond(t, event.id, seat, label=stands, chosen=seat is answer)],
        [respond(t, event.id, one, chosen=one is answer) for one in (Answer.MAYBE, Answer.NO)],
    ]


def seat_of(event: Event, answer: Answer | None) -> Answer:
    """What one may ask for by now: a seat, or a place in line."""
    has_seat = answer is not None and answer.takes_seat
    must_wait = answer is Answer.WAITING or (event.is_full and not has_seat)
    return Answer.WAITING if must_wait else Answer.GOING


def _outward(t: Translator, event: Event, now: datetime) -> list[Button]:
    """To the place on a map, and into the phone's calendar."""
    ahead = not event.is_over(now)  # also what is cancelled: a calendar that has it learns so
    return [*ways(t, event), *([events_calendar.tap(t, event.id)] if ahead else [])]


def ways(t: Translator, event: Event) -> list[Button]:
    """To the place on a map."""
    if event.latitude is not None:
        return [Tap(t.label("events-where"), Where(event_id=event.id))]
    if event.address:
        return [Link(t.label("events-where"), MAP + quote(event.address))]
    return []


def _row(t: Translator, event: Event, answer: Answer | None) -> Tap:
    assert event.starts_at
    mark = "cancelled" if event.state is State.CANCELLED else MARKS.get(answer or Answer.NO, "no")
    local = event.starts_at.astimezone(ZoneInfo(event.zone))
    label = t.label("events-row", mark=mark, at=f"{local:%d.%m %H:%M}", title=event.title)
    return Tap(label, Open(event_id=event.id))


def _filter(t: Translator, which: Which, chosen: bool) -> Tap:
    label = t.label(f"events-which-{which}")
    shown = t.label("profile-chosen", label=label) if chosen else label
    return Tap(shown, List(which=which, page=0))
