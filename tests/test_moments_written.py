"""Every way to write a moment that is promised, what it means, and what is asked again."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from services.dates import DayImpossible, DayPassed
from services.errors import Refusal
from services.moments import (
    EndBefore,
    EndUnreadable,
    MomentHourless,
    MomentPassed,
    MomentSkipped,
    MomentUnreadable,
    Span,
    find_day,
    parse_end,
    parse_moment,
    parse_span,
)
from services.moments_days import DaysDiffer
from services.moments_sides import MomentUnclear

TYUMEN, BERLIN = ZoneInfo("Asia/Yekaterinburg"), ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)  # 14:00 in Tyumen, a Monday

STARTS = {
    "15 декабря в 18 часов 30 минут": "12-15 18:30",
    "15 декабря в 18 ч. 30 мин.": "12-15 18:30",
    "15 декабря в 18ч30": "12-15 18:30",
    "15 дек. 18.30": "12-15 18:30",
    "15/12 18.30": "12-15 18:30",
    "15.12. в 18:30": "12-15 18:30",
    "15.12.26, 18:30": "12-15 18:30",
    "15.12.2026г. в 18:30": "12-15 18:30",
    "15-12-2026 18-30": "12-15 18:30",
    "2026-12-15 18:30": "12-15 18:30",
    "18:30 15.12": "12-15 18:30",
    "в 18:30 15 декабря": "12-15 18:30",
    "15 декабря, начало в 18:30": "12-15 18:30",
    "15-го декабря 18 30": "12-15 18:30",
    "вторник, 15 декабря, 18:30": "12-15 18:30",
    "15 декабря (вт) 18:30": "12-15 18:30",
    "Dec 15, 6:30 pm": "12-15 18:30",
    "December 15th at 6:30 p.m.": "12-15 18:30",
    "Tuesday, Dec 15, 6:30pm": "12-15 18:30",
    "15.12 в 18": "12-15 18:00",
    "15 декабря к 18:00": "12-15 18:00",
    "15 декабря ровно в 18": "12-15 18:00",
    "15 декабря 18": "12-15 18:00",
    "18 часов 15 декабря": "12-15 18:00",
    "пятого декабря в семь вечера": "12-05 19:00",
    "пятница 18-00": "11-27 18:00",
    "пт 18:00": "11-27 18:00",
    "в эту пятницу в 18:00": "11-27 18:00",
    "в ближайшую субботу в 10": "11-28 10:00",
    "в следующую субботу в 10": "12-05 10:00",
    "в среду на следующей неделе в 15": "12-02 15:00",
    "на следующей неделе в среду в 15": "12-02 15:00",
    "на этой неделе в среду в 15": "11-25 15:00",
    "next Saturday at 10am": "12-05 10:00",
    "this Friday at 6 pm": "11-27 18:00",
    "завтра вечером в 7": "11-24 19:00",
    "вечером завтра в 7": "11-24 19:00",
    "в 7 вечера завтра": "11-24 19:00",
    "завтра в 19:00 вечера": "11-24 19:00",
    "завтра в 11 дня": "11-24 11:00",
    "завтра в час дня": "11-24 13:00",
    "завтра в полдень": "11-24 12:00",
    "завтра в полседьмого вечера": "11-24 18:30",
    "завтра вечером в половине седьмого": "11-24 18:30",
    "завтра на 18 часов": "11-24 18:00",
    "завтра в 24:00": "11-25 00:00",
    "завтра утром в девять": "11-24 09:00",
    "сегодня вечером в 19:00": "11-23 19:00",
    "вечером в 7": "11-23 19:00",
    "в полдень": "11-24 12:00",
    "в полночь": "11-24 00:00",
    "tonight at 8": "11-23 20:00",
    "tomorrow evening at 7": "11-24 19:00",
    "tomorrow at noon": "11-24 12:00",
    "at 7 in the evening": "11-23 19:00",
    "через полчаса": "11-23 14:30",
    "через полтора часа": "11-23 15:30",
    "через неделю в 18:00": "11-30 18:00",
    "через 3 дня в 10": "11-26 10:00",
    "25 числа в 18": "11-25 18:00",
    "15-го числа в 18:00": "12-15 18:00",
    "в 18 часов 15-го": "12-15 18:00",
    "31 числа в 18": "12-31 18:00",
    "on the 15th at 6 pm": "12-15 18:00",
    "завтра в 18:00 мск": "11-24 20:00",
    "15 декабря 23:00 (МСК)": "12-16 01:00",
    "завтра в 18:00 по московскому времени": "11-24 20:00",
    "завтра в 18:00 МСК+2": "11-24 18:00",
    "завтра в 18:00 (мск + 9)": "11-24 11:00",
    "завтра в 18:00 мск-1": "11-24 21:00",
    "завтра в 18:00 по местному времени": "11-24 18:00",
    "завтра по Москве в 9": "11-24 11:00",
    "tomorrow at 6 pm Moscow time": "11-24 20:00",
}
SPANS = {
    "с 18 до 20 5 декабря": ("12-05 18:00", "12-05 20:00"),
    "5 декабря с 18 до 20": ("12-05 18:00", "12-05 20:00"),
    "5 декабря 18-20": ("12-05 18:00", "12-05 20:00"),
    "18-20 5 декабря": ("12-05 18:00", "12-05 20:00"),
    "18:00–20:00 5 декабря": ("12-05 18:00", "12-05 20:00"),
    "5 декабря 18-00 - 20-00": ("12-05 18:00", "12-05 20:00"),
    "5 декабря в 18.00 до 20.00": ("12-05 18:00", "12-05 20:00"),
    "5.12 18.00-20.00": ("12-05 18:00", "12-05 20:00"),
    "5 декабря в 18:00 на 2 часа": ("12-05 18:00", "12-05 20:00"),
    "5 декабря с 6 до 8 вечера": ("12-05 18:00", "12-05 20:00"),
    "5 декабря с 6 вечера до 8": ("12-05 18:00", "12-05 20:00"),
    "5 декабря вечером с 6 до 8": ("12-05 18:00", "12-05 20:00"),
    "Dec 5 from 6 to 8 pm": ("12-05 18:00", "12-05 20:00"),
    "5 декабря с 10 до 2 дня": ("12-05 10:00", "12-05 14:00"),
    "5 декабря с 9 утра до полудня": ("12-05 09:00", "12-05 12:00"),
    "5 декабря с 11 до 1 ночи": ("12-05 23:00", "12-06 01:00"),
    "5 декабря с 18 до 24": ("12-05 18:00", "12-06 00:00"),
    "5 декабря с 18 до полуночи": ("12-05 18:00", "12-06 00:00"),
    "5 декабря 22:00-02:00": ("12-05 22:00", "12-06 02:00"),
    "5 декабря 18:00 - 6 декабря 12:00": ("12-05 18:00", "12-06 12:00"),
    "5.12 18:00-6.12 12:00": ("12-05 18:00", "12-06 12:00"),
    "с 5 декабря 18:00 до 6 декабря 12:00": ("12-05 18:00", "12-06 12:00"),
    "с 18:00 5 декабря до 12:00 6 декабря": ("12-05 18:00", "12-06 12:00"),
    "5 декабря 18:00 до 12:00 на следующий день": ("12-05 18:00", "12-06 12:00"),
    "в субботу 10:00 - в воскресенье 12:00": ("11-28 10:00", "11-29 12:00"),
    "5-6 декабря с 10 до 18": ("12-05 10:00", "12-06 18:00"),
    "с 5 по 6 декабря с 10 до 18": ("12-05 10:00", "12-06 18:00"),
    "5-6.12 10:00–18:00": ("12-05 10:00", "12-06 18:00"),
    "Dec 5-6 from 10 to 18": ("12-05 10:00", "12-06 18:00"),
    "30 ноября - 2 декабря с 10 до 18": ("11-30 10:00", "12-02 18:00"),
    "31 декабря 22:00 - 1 января 02:00": ("12-31 22:00", "01-01 02:00"),
    "пт-вс с 10 до 18": ("11-27 10:00", "11-29 18:00"),
    "5-6 числа с 10 до 18": ("12-05 10:00", "12-06 18:00"),
    "5 декабря с 18 до 20 мск": ("12-05 20:00", "12-05 22:00"),
    "5 декабря 18:00 мск-20:00 мск": ("12-05 20:00", "12-05 22:00"),
}
REFUSED: dict[str, type[Refusal]] = {
    "18 5 декабря": MomentUnclear,
    "10.12 5 декабря": MomentUnclear,
    "завтра в полночь": MomentUnclear,
    "5 декабря в 12 ночи": MomentUnclear,
    "Dec 5 at 12 am": MomentUnclear,
    "с 18 до 2 6 декабря": MomentUnclear,
    "с 18:00 до 5 декабря 20:00": MomentUnclear,
    "18 5 декабря до 20": MomentUnclear,
    "15.12": MomentUnclear,
    "10-12": MomentUnclear,
    "5-6 декабря": MomentHourless,
    "с 5 по 6 декабря": MomentHourless,
    "5-6 декабря 10:00": MomentHourless,
    "5 декабря 18:00 - 6 декабря": MomentHourless,
    "5 декабря": MomentHourless,
    "завтра вечером": MomentHourless,
    "в следующую субботу": MomentHourless,
    "через 2 дня": MomentHourless,
    "в субботу 6 декабря в 18:00": DaysDiffer,
    "31 февраля 18:00": DayImpossible,
    "1.12.2025 18:00": DayPassed,
    "сегодня в 13": MomentPassed,
    "сегодня с 13 до 20": MomentPassed,
    "завтра 18:00 - 17:00": EndBefore,
    "завтра с 10 утра до 6": EndBefore,
    "завтра с 0:00 до 0:00": EndBefore,
    "завтра с 24 до 0 часов": EndBefore,
    "завтра с 18 до 18": EndBefore,
    "завтра в 0": MomentUnreadable,
    "завтра в ᠐": MomentUnreadable,
    "5 декабря 18 20": MomentUnreadable,
    "5 декабря 18 15": MomentUnreadable,
    "завтра в полседьмого": MomentUnreadable,
    "завтра в 3 вечера": MomentUnreadable,
    "завтра в 12 утра": MomentUnreadable,
    "завтра в 9:75": MomentUnreadable,
    "завтра в 25": MomentUnreadable,
    "завтра в 24:30": MomentUnreadable,
    "32 числа в 18": MomentUnreadable,
    "0 числа в 18": MomentUnreadable,
    "завтра в 18:00 по Парижу": MomentUnreadable,
    "5 декабря 18:00 20:00": MomentUnreadable,
    "15 мартобря 18:00": MomentUnreadable,
    "до": MomentUnreadable,
    "-": MomentUnreadable,
    "": MomentUnreadable,
}


def said(at: datetime | None, zone: ZoneInfo = TYUMEN) -> str:
    return f"{at.astimezone(zone):%m-%d %H:%M}" if at else ""


@pytest.mark.parametrize(("written", "meant"), STARTS.items())
def test_a_beginning(written: str, meant: str) -> None:
    span = parse_span(written, NOW, TYUMEN)
    assert (said(span.start), span.end) == (meant, None)
    assert parse_moment(written, NOW, TYUMEN) == span.start


@pytest.mark.parametrize(("written", "meant"), SPANS.items())
def test_a_beginning_with_its_end(written: str, meant: tuple[str, str]) -> None:
    start, end = parse_span(written, NOW, TYUMEN)
    assert (said(start), said(end)) == meant


@pytest.mark.parametrize(("written", "refused"), REFUSED.items())
def test_what_is_asked_again(written: str, refused: type[Refusal]) -> None:
    with pytest.raises(refused):
        parse_span(written, NOW, TYUMEN)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("18:00", "12-05 18:00"),
        ("в 6 вечера", "12-05 18:00"),
        ("18-20", "12-05 18:00"),
        ("15.12", "12-05 15:12"),
        ("7 декабря 18:00", "12-07 18:00"),
    ],
)
def test_an_hour_is_of_the_day_that_was_picked(written: str, meant: str) -> None:
    assert said(parse_span(written, NOW, TYUMEN, date(2026, 12, 5)).start) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("15.12", date(2026, 12, 15)),
        ("завтра вечером", date(2026, 11, 24)),
        ("в следующую субботу", date(2026, 12, 5)),
        ("5-6 декабря", None),
        ("18:00", None),
        ("вчера", None),
    ],
)
def test_a_day_alone(written: str, meant: date | None) -> None:
    assert find_day(written, NOW, TYUMEN) == meant


def test_the_day_that_was_picked_may_be_too_late() -> None:
    with pytest.raises(MomentPassed):
        parse_span("13:00", NOW, TYUMEN, date(2026, 11, 23))


def test_a_beginning_alone_has_no_end() -> None:
    with pytest.raises(MomentUnreadable):
        parse_moment("5 декабря с 18 до 20", NOW, TYUMEN)
    assert said(parse_moment("до 5 декабря 18:00", NOW, TYUMEN)) == "12-05 18:00"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("завтра в 20:00", "11-24 20:00"),  # counted from today, not from the beginning
        ("завтра вечером в 8", "11-24 20:00"),
        ("до полуночи", "11-25 00:00"),
        ("до 24", "11-25 00:00"),
        ("на следующий день в 12", "11-25 12:00"),
        ("12:00 на следующий день", "11-25 12:00"),
        ("в воскресенье в 15", "11-29 15:00"),
        ("25 ноября 12:00", "11-25 12:00"),
        ("в 20 ч. 30 мин.", "11-24 20:30"),
        ("1 января 02:00", "01-01 02:00"),
        ("18:00 мск", "11-24 20:00"),
    ],
)
def test_an_end(written: str, meant: str) -> None:
    begins = datetime(2026, 11, 24, 13, tzinfo=UTC)  # 18:00 there, tomorrow
    assert said(parse_end(written, begins, NOW, TYUMEN)) == meant


@pytest.mark.parametrize(
    ("written", "refused"),
    [
        ("сегодня в 20:00", EndBefore),
        ("24 ноября в 17:00", EndBefore),
        ("24.11.2025 20:00", EndBefore),
        ("25 ноября в полночь", MomentUnclear),
        ("25 ноября", EndUnreadable),
        ("в 25", EndUnreadable),
        ("25-26 ноября 12:00", EndUnreadable),
    ],
)
def test_an_end_that_is_asked_again(written: str, refused: type[Refusal]) -> None:
    begins = datetime(2026, 11, 24, 13, tzinfo=UTC)
    with pytest.raises(refused):
        parse_end(written, begins, NOW, TYUMEN)


def test_an_hour_over_which_the_clocks_are_put_forward() -> None:
    now = datetime(2027, 3, 27, 9, tzinfo=UTC)
    with pytest.raises(MomentSkipped):
        parse_span("завтра в 2:30", now, BERLIN)
    span = parse_span("завтра 1:00-3:00", now, BERLIN)
    assert span.end
    assert span.end - span.start == timedelta(hours=1)


Write = Callable[[datetime], str]
MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября",
    "октября", "ноября", "декабря",
)  # fmt: skip
ENGLISH = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
WEEKDAYS = ["понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"]
DAYS: tuple[Write, ...] = (
    lambda at: f"{at.day} {MONTHS[at.month - 1]}",
    lambda at: f"{at.day} {MONTHS[at.month - 1]} {at.year} г.",
    lambda at: f"{at:%d.%m}",
    lambda at: f"{at.day}.{at.month}.{at.year}",
    lambda at: f"{at:%d.%m.%y}",
    lambda at: f"{at:%d/%m/%Y}",
    lambda at: f"{at:%Y-%m-%d}",
    lambda at: f"{WEEKDAYS[at.weekday()]}, {at.day} {MONTHS[at.month - 1]}",
    lambda at: f"{ENGLISH[at.month - 1]} {at.day}",
    lambda at: f"{at.day} {ENGLISH[at.month - 1]} {at.year}",
)
HOURS: tuple[Write, ...] = (
    lambda at: f"{at:%H:%M}",
    lambda at: f"{at.hour}:{at:%M}",
    lambda at: f"в {at.hour}.{at:%M}",
    lambda at: f"в {at.hour} часов {at.minute} минут",
    lambda at: f"{at.hour} ч. {at.minute} мин.",
    lambda at: f"{(at.hour + 11) % 12 + 1}:{at:%M} {'am' if at.hour < 12 else 'pm'}",
    lambda at: f"at {(at.hour + 11) % 12 + 1}:{at:%M} {'p.m.' if at.hour > 11 else 'a.m.'}",
)
ZONES = st.sampled_from(
    ["Asia/Yekaterinburg", "Europe/Kaliningrad", "Asia/Kamchatka", "Europe/Berlin",
     "America/New_York", "Australia/Lord_Howe", "Pacific/Chatham"],
).map(ZoneInfo)  # fmt: skip


def exists_once(at: datetime) -> bool:
    return not at.fold and at.astimezone(UTC).astimezone(at.tzinfo).replace(tzinfo=None) == (
        at.replace(tzinfo=None)
    )


MOMENTS = st.tuples(ZONES, st.integers(0, 3 * 525_600), st.integers(2, 300 * 1440))


@given(MOMENTS, st.sampled_from(DAYS), st.sampled_from(HOURS), st.booleans())
def test_a_moment_is_read_back(
    when: tuple[ZoneInfo, int, int], day: Write, hour: Write, hour_first: bool
) -> None:
    zone, elapsed, ahead = when
    now = NOW + timedelta(minutes=elapsed)
    local = (now + timedelta(minutes=ahead)).astimezone(zone)
    assume(exists_once(local))
    assume((local.hour, local.minute) != (0, 0))  # «в 12 ночи» is asked again
    parts = (hour(local), day(local)) if hour_first else (day(local), hour(local))
    for line in (" ".join(parts), " ".join(parts).upper(), f"  {', '.join(parts)}."):
        assert parse_moment(line, now, zone) == local


@given(
    MOMENTS,
    st.integers(1, 600),
    st.sampled_from(DAYS),
    st.sampled_from(HOURS),
    st.sampled_from(["{day} {at}-{to}", "{day} {at} - {to}", "{at} до {to} {day}",
                     "{day} с {at} до {to}", "{day} {at} - {last} {to}"]),
)  # fmt: skip
def test_a_span_is_read_back(
    when: tuple[ZoneInfo, int, int], lasts: int, day: Write, hour: Write, shape: str
) -> None:
    zone, elapsed, ahead = when
    now = NOW + timedelta(minutes=elapsed)
    local = (now + timedelta(minutes=ahead)).astimezone(zone)
    end = (local.astimezone(UTC) + timedelta(minutes=lasts)).astimezone(zone)
    assume(exists_once(local) and exists_once(end))
    assume(all((one.hour, one.minute) != (0, 0) for one in (local, end)))
    assume("{last}" in shape or local.utcoffset() == end.utcoffset())
    assume(shape != "{at} до {to} {day}" or local.date() == end.date())
    at = hour(local).removeprefix("в ").removeprefix("at ")
    line = shape.format(day=day(local), at=at, to=hour(end), last=day(end))
    assert parse_span(line, now, zone) == Span(local, end)


WORDS = [
    "завтра", "сегодня", "вечером", "утром", "в", "с", "до", "по", "-", "5", "6", "18", "20",
    "18:00", "20.30", "18-00", "декабря", "5.12", "12.12.2026", "суббота", "следующую", "на",
    "2", "часа", "вечера", "ночи", "пол", "седьмого", "через", "неделю", "полночь", "next", "pm",
    "Dec", ",", ".",
]  # fmt: skip
RUBBISH = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join),
    st.lists(st.sampled_from([*"0123456789:.- ", "до", "в "]), max_size=20).map("".join),
)


@given(RUBBISH, ZONES, st.integers(0, 3 * 525_600))
def test_rubbish_is_refused_and_what_is_read_is_ahead(
    typed: str, zone: ZoneInfo, elapsed: int
) -> None:
    now = NOW + timedelta(minutes=elapsed)
    with suppress(Refusal):
        span = parse_span(typed, now, zone)
        assert span.start > now
        assert span.end is None or span.end > span.start
    with suppress(Refusal):
        assert parse_moment(typed, now, zone) > now
    with suppress(Refusal):
        assert parse_end(typed, now + timedelta(days=1), now, zone) > now + timedelta(days=1)
