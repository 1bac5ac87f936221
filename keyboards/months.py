"""A month to pick a day from, and the hours of a day."""

from calendar import Calendar
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from aiogram.filters.callback_data import CallbackData
from babel.dates import format_date, get_day_names

from keyboards.screen import Button, Tap
from locales import Translator
from services.errors import NotFound

HOURS = range(7, 23)
IN_A_ROW = 4
AHEAD = timedelta(days=2 * 365)  # months are turned no further
FIRST, LAST = date(2000, 1, 1).toordinal(), date(2999, 12, 31).toordinal()
EMPTY = " "

Turn = Callable[[date], CallbackData]


def day_of(number: int) -> date:
    """The day a button names."""
    if not FIRST <= number <= LAST:
        raise NotFound  # a forged button
    return date.fromordinal(number)


def example(t: Translator, zone: ZoneInfo, now: datetime) -> str:
    """A moment as it may be typed, in a week."""
    ahead = (now.astimezone(zone) + timedelta(weeks=1)).replace(hour=18, minute=0)
    return Translator(t.language, zone).moment(ahead)


def month(t: Translator, shown: date, today: date, pick: Turn, turn: Turn) -> list[list[Button]]:
    """`pick` gets the day, `turn` the first of a month; what has passed only shows the same."""
    first = shown.replace(day=1)
    same = turn(first)
    weeks = [
        week
        for week in Calendar().monthdatescalendar(first.year, first.month)
        if any(one.month == first.month and one >= today for one in week)
    ]
    return [
        _head(t, first, today, turn),
        [Tap(name, same) for name in _weekdays(t)],
        *([_day(one, first, today, pick, same) for one in week] for week in weeks),
    ]


def hours(pick: Callable[[time], CallbackData], after: time | None = None) -> list[list[Button]]:
    """Whole hours of a day; `after`: only those that are still ahead."""
    ahead = [time(hour) for hour in HOURS if after is None or time(hour) > after]
    taps: list[Button] = [Tap(f"{one:%H:%M}", pick(one)) for one in ahead]
    return [taps[at : at + IN_A_ROW] for at in range(0, len(taps), IN_A_ROW)]


def _head(t: Translator, first: date, today: date, turn: Turn) -> list[Button]:
    before, after = (first - timedelta(days=1)).replace(day=1), _next(first)
    name = str(format_date(first, "LLLL y", locale=t.language)).capitalize()
    taps: list[Button] = [Tap(name, turn(first))]
    if before >= today.replace(day=1):
        taps.insert(0, Tap("‹", turn(before)))
    if after <= today + AHEAD:
        taps.append(Tap("›", turn(after)))
    return taps


def _weekdays(t: Translator) -> list[str]:
    names = get_day_names("short", locale=t.language)
    return [str(names[number]).capitalize() for number in range(7)]


def _day(one: date, first: date, today: date, pick: Turn, same: CallbackData) -> Button:
    if one.month != first.month or one < today:
        return Tap(EMPTY if one.month != first.month else "·", same)
    return Tap(str(one.day), pick(one))


def _next(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)
