"""The questions about an event, one at a time: typed, picked or left for later."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from aiogram.filters.callback_data import CallbackData

from keyboards import months
from keyboards.events import Manage
from keyboards.events_making import Ask, Step, said_when
from keyboards.screen import Button, Screen, Tap
from locales import Translator
from models.event import Event, State
from models.member import Member
from models.organisation import Organisation
from services import members

LENGTHS = (60, 90, 120, 180, 240, 480)  # minutes
BEFORE = (2, 24, 72)  # hours


CHAIN = (Step.TITLE, Step.DESCRIPTION, Step.START, Step.END, Step.PLACE, Step.SEATS)
SKIPPED = {Step.DESCRIPTION, Step.START, Step.END}  # for later, in the chain


class Without(CallbackData, prefix="em.without"):
    """No description, no place, no limit."""

    event_id: int
    step: Step


class Month(CallbackData, prefix="em.month"):
    event_id: int
    first: int  # of the month: the day's number


class Day(CallbackData, prefix="em.day"):
    event_id: int
    day: int


class Hour(CallbackData, prefix="em.hour"):
    event_id: int
    at: int  # minutes since the epoch


class Lasts(CallbackData, prefix="em.lasts"):
    event_id: int
    minutes: int


class Before(CallbackData, prefix="em.before"):
    """Answers are taken until so many hours before it begins."""

    event_id: int
    hours: int


class SameAddress(CallbackData, prefix="em.sameaddr"):
    """Only the point on the map is another."""

    event_id: int


class Mine(CallbackData, prefix="em.mine"):
    """I am responsible."""

    event_id: int


class Host(CallbackData, prefix="em.host"):
    """A member found by name is responsible."""

    event_id: int
    member_id: int


def ask(t: Translator, event: Event, step: Step, now: datetime, *, chain: bool) -> Screen:
    """The whole question with its buttons."""
    text = _question(t, event, step, now)
    rows: list[list[Button]] = []
    match step:
        case Step.START:
            today, begins = (_day(event, at) for at in (now, event.starts_at or now))
            rows = _month(t, event, max(today, begins), today)
        case Step.END:
            rows = _lengths(t, event)
        case Step.ANSWER_BY:
            rows = _before(t, event, now)
        case Step.HOST:
            contact = Ask(event_id=event.id, step=Step.CONTACT, chain=False)
            rows = [
                [Tap(t.label("events-host-me"), Mine(event_id=event.id))],
                [Tap(t.label("events-field-contact"), contact)],
            ]
    return Screen(text, buttons=[*rows, *_without(t, event, step), *_turns(t, event, step, chain)])


def month(t: Translator, event: Event, first: date, now: datetime, *, chain: bool) -> Screen:
    today = _day(event, now)
    text = _question(t, event, Step.START, now)
    rows = _month(t, event, first, today)
    return Screen(text, buttons=[*rows, *_turns(t, event, Step.START, chain)])


def hours(t: Translator, event: Event, day: date, now: datetime, *, chain: bool) -> Screen:
    zone = ZoneInfo(event.zone)
    local = now.astimezone(zone)

    def pick(at: time) -> CallbackData:
        moment = datetime.combine(day, at, zone)
        return Hour(event_id=event.id, at=round(moment.timestamp() / 60))

    after = local.time() if day == local.date() else None
    other = Month(event_id=event.id, first=day.replace(day=1).toordinal())
    rows: list[list[Button]] = months.hours(pick, after)
    text = t("events-ask-hour", day=t.day(day), city=_city(t, event))
    turns = _turns(t, event, Step.START, chain)
    return Screen(text, buttons=[*rows, [Tap(t.label("events-other-day"), other)], *turns])


def read_back(t: Translator, event: Event, following: Screen) -> Screen:
    """The next question, below what was read of the answer."""
    text = t("events-read-when", when=said_when(t, event))
    return replace(following, text=f"{text}\n\n{following.text}")


def hosts(
    t: Translator, event_id: int, found: Sequence[tuple[Member, Organisation]], words: str
) -> Screen:
    rows: list[list[Button]] = [
        [
            Tap(
                t.label(
                    "checkins-person", name=one.name, place=home.name, answer="none", came="no"
                ),
                Host(event_id=event_id, member_id=one.id),
            )
        ]
        for one, home in found[: members.FOUND]
    ]
    more = "yes" if len(found) > members.FOUND else "no"
    keep = Tap(t.label("events-keep"), Manage(event_id=event_id))
    return Screen(t("events-hosts-found", words=words, more=more), buttons=[*rows, [keep]])


def ask_address(t: Translator, event: Event, *, chain: bool) -> Screen:
    """Of a point on the map that came without words."""
    text = t("events-ask-address", open="yes" if event.state is State.OPEN else "no")
    same = Tap(t.label("events-same-address"), SameAddress(event_id=event.id))
    turns = _turns(t, event, Step.PLACE, chain)
    return Screen(text, buttons=[*([[same]] if event.address else []), *turns])


def next_step(step: Step, event: Event) -> Step | None:
    """What is asked after it; of an end only where there is a beginning and no end yet."""
    later = CHAIN[CHAIN.index(step) + 1 :] if step in CHAIN else ()
    asks_end = event.starts_at is not None and event.ends_at is None
    return next((one for one in later if one is not Step.END or asks_end), None)


def moment_of(tap: Hour) -> datetime:
    return datetime.fromtimestamp(0, UTC) + timedelta(minutes=tap.at)


def _question(t: Translator, event: Event, step: Step, now: datetime) -> str:
    """With an example that can be typed as it stands."""
    is_open = "yes" if event.state is State.OPEN else "no"
    zone, example = ZoneInfo(event.zone), months.example(t, ZoneInfo(event.zone), now)
    if step is Step.ANSWER_BY and event.starts_at:
        before = (event.starts_at - timedelta(hours=hours) for hours in (24, 1, 0))
        ahead = (Translator(t.language, zone).moment(at) for at in before if at > now)
        example = next(ahead, example)
    return t(f"events-ask-{step}", open=is_open, city=_city(t, event), example=example)


def _day(event: Event, at: datetime) -> date:
    """By the event's clock."""
    return at.astimezone(ZoneInfo(event.zone)).date()


def _city(t: Translator, event: Event) -> str:
    return t.city(event.zone)


def _month(t: Translator, event: Event, shown: date, today: date) -> list[list[Button]]:
    return months.month(
        t,
        shown,
        today,
        lambda day: Day(event_id=event.id, day=day.toordinal()),
        lambda first: Month(event_id=event.id, first=first.toordinal()),
    )


def _lengths(t: Translator, event: Event) -> list[list[Button]]:
    taps: list[Button] = [
        Tap(_length(t, minutes), Lasts(event_id=event.id, minutes=minutes)) for minutes in LENGTHS
    ]
    return [taps[at : at + 3] for at in range(0, len(taps), 3)]


def _length(t: Translator, minutes: int) -> str:
    return t.label("events-lasts", hours=minutes // 60, half="yes" if minutes % 60 else "no")


def _before(t: Translator, event: Event, now: datetime) -> list[list[Button]]:
    if event.starts_at is None:
        return []
    ahead = [one for one in BEFORE if event.starts_at - timedelta(hours=one) > now]
    return [
        [
            Tap(t.label("events-before", hours=one), Before(event_id=event.id, hours=one))
            for one in ahead
        ]
    ]


def _without(t: Translator, event: Event, step: Step) -> list[list[Button]]:
    if step not in (Step.SEATS, Step.ANSWER_BY, Step.PLACE):
        return []
    label = t.label(f"events-without-{step}")
    return [[Tap(label, Without(event_id=event.id, step=step))]]


def _turns(t: Translator, event: Event, step: Step, chain: bool) -> list[list[Button]]:
    """Back, on, or to the card; outside the chain only to the card."""
    number = event.id
    whole = Tap(t.label("events-keep"), Manage(event_id=number))
    if not chain:
        return [[whole]]
    turns: list[Button] = []
    place = CHAIN.index(step)
    if place:
        before = Ask(event_id=number, step=CHAIN[place - 1], chain=True)
        turns.append(Tap(t.label("events-back"), before))
    if step in SKIPPED and (after := next_step(step, event)):
        turns.append(Tap(t.label("events-skip"), Ask(event_id=number, step=after, chain=True)))
    return [turns, [Tap(t.label("events-to-draft"), Manage(event_id=number))]]
