"""A moment as people type it, by the clock of a zone."""

import re
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locales import Translator
from services.errors import Refusal
from services.moments import (
    EndBefore,
    EndUnreadable,
    HourUnreadable,
    MomentHourless,
    MomentPassed,
    parse_end,
    parse_moment,
    parse_span,
)

TYUMEN = ZoneInfo("Asia/Yekaterinburg")  # UTC+5
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # 14:00 there, a Monday


@pytest.mark.parametrize(
    ("typed", "local"),
    [
        ("завтра в 9", "2026-11-24 09:00"),
        ("Завтра 9:30", "2026-11-24 09:30"),
        ("завтра, в 9 часов", "2026-11-24 09:00"),
        ("сегодня в 18.15", "2026-11-23 18:15"),
        ("послезавтра 00:00", "2026-11-25 00:00"),
        ("15 ноября 18:00", "2027-11-15 18:00"),
        ("15 декабря 2026 в 18:00", "2026-12-15 18:00"),
        ("01.12 8:05", "2026-12-01 08:05"),
        ("31.12.2026 23:59", "2026-12-31 23:59"),
        ("в 18:00", "2026-11-23 18:00"),
        ("в 9", "2026-11-24 09:00"),
        ("14:00", "2026-11-24 14:00"),
        ("через 2 часа", "2026-11-23 16:00"),
        ("через час", "2026-11-23 15:00"),
        ("через 30 минут", "2026-11-23 14:30"),
        ("через 3 дня в 10", "2026-11-26 10:00"),
        ("tomorrow at 9", "2026-11-24 09:00"),
        ("in 2 hours", "2026-11-23 16:00"),
        ("December 15 18:00", "2026-12-15 18:00"),
        ("18:00 5 декабря", "2026-12-05 18:00"),
        ("в 9 утра завтра", "2026-11-24 09:00"),
        ("завтра в 9.", "2026-11-24 09:00"),
        ("завтра в 9!", "2026-11-24 09:00"),
        ("через полчаса", "2026-11-23 14:30"),
        ("через 1,5 часа!", "2026-11-23 15:30"),
    ],
)
def test_what_people_type(typed: str, local: str) -> None:
    assert f"{parse_moment(typed, NOW, TYUMEN).astimezone(TYUMEN):%Y-%m-%d %H:%M}" == local


@pytest.mark.parametrize("typed", ["", "когда-нибудь", "завтра", "в 25", "в 9:75", "🧨"])
def test_what_cannot_be_read(typed: str) -> None:
    with pytest.raises(Refusal):
        parse_moment(typed, NOW, TYUMEN)


REFUSED = {
    "parsing-moment-unreadable": "когда-нибудь",
    "parsing-moment-unclear": "18 5 декабря",
    "parsing-moment-hourless": "завтра",
    "parsing-moment-days-differ": "понедельник, 5 декабря 18:00",
    "parsing-moment-day-impossible": "31 ноября 18:00",
    "parsing-moment-day-passed": "вчера в 9",
}


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("text_id", REFUSED)
def test_what_a_refusal_gives_as_an_example_can_be_read(text_id: str, language: str) -> None:
    """At any hour of any day."""
    with pytest.raises(Refusal, match=f"^{text_id}$"):
        parse_moment(REFUSED[text_id], NOW, TYUMEN)
    said = Translator(language).label(text_id).rstrip(".")
    _, examples = re.split("(?:например|for example): ", said)
    for hours in range(0, 8 * 24, 5):
        for one in re.split(", | или | or ", examples):
            parse_span(one, NOW + timedelta(hours=hours), TYUMEN)


def test_where_the_day_is_known_the_hour_is_asked_again() -> None:
    day = date(2026, 12, 15)
    for typed in ("когда-нибудь", "", "в 25", "18 бутылок на 2 часа"):
        with pytest.raises(HourUnreadable):
            parse_span(typed, NOW, TYUMEN, day)
    assert parse_span("18:30–20:00", NOW, TYUMEN, day).end


def test_what_has_passed() -> None:
    with pytest.raises(MomentPassed):
        parse_moment("сегодня в 13:59", NOW, TYUMEN)
    with pytest.raises(MomentHourless):
        parse_moment("сегодня", NOW, TYUMEN)


@given(st.text(max_size=40), st.integers(0, 366 * 24 * 60))
def test_always_ahead_or_refused(typed: str, minutes: int) -> None:
    now = NOW + timedelta(minutes=minutes)
    with suppress(Refusal):
        assert parse_moment(typed, now, TYUMEN) > now


@pytest.mark.parametrize(
    ("typed", "local"),
    [
        ("в пятницу в 18:00", "2026-11-27 18:00"),
        ("во вторник 9:00", "2026-11-24 09:00"),
        ("сб 10:00", "2026-11-28 10:00"),
        ("пн 15:00", "2026-11-23 15:00"),  # today, and still ahead
        ("в понедельник в 13", "2026-11-30 13:00"),  # today it has passed
        ("on Friday at 6 pm", "2026-11-27 18:00"),
        ("завтра в 7 вечера", "2026-11-24 19:00"),
        ("завтра в 9 утра", "2026-11-24 09:00"),
        ("завтра в 2 часа дня", "2026-11-24 14:00"),
        ("завтра в 12 дня", "2026-11-24 12:00"),
        ("15.12 18-00", "2026-12-15 18:00"),
        ("15.12 18-30", "2026-12-15 18:30"),
    ],
)
def test_as_people_also_type_it(typed: str, local: str) -> None:
    assert f"{parse_moment(typed, NOW, TYUMEN).astimezone(TYUMEN):%Y-%m-%d %H:%M}" == local


@pytest.mark.parametrize(
    ("typed", "start", "end"),
    [
        ("15 ноября 18:00–20:00", "2027-11-15 18:00", "2027-11-15 20:00"),
        ("завтра с 18 до 20", "2026-11-24 18:00", "2026-11-24 20:00"),
        ("завтра 18.00 - 20.00", "2026-11-24 18:00", "2026-11-24 20:00"),
        ("15.12.2026 18-20", "2026-12-15 18:00", "2026-12-15 20:00"),
        ("завтра с 10 утра до 2 дня", "2026-11-24 10:00", "2026-11-24 14:00"),
        ("в субботу 22:00-02:00", "2026-11-28 22:00", "2026-11-29 02:00"),
        ("tomorrow from 6 pm to 8 pm", "2026-11-24 18:00", "2026-11-24 20:00"),
        ("завтра в 18:00", "2026-11-24 18:00", None),
        ("15.12 18-00", "2026-12-15 18:00", None),
        ("через 2 часа", "2026-11-23 16:00", None),
    ],
)
def test_from_and_till(typed: str, start: str, end: str | None) -> None:
    span = parse_span(typed, NOW, TYUMEN)
    assert f"{span.start.astimezone(TYUMEN):%Y-%m-%d %H:%M}" == start
    assert (f"{span.end.astimezone(TYUMEN):%Y-%m-%d %H:%M}" if span.end else None) == end


def test_an_end_that_is_none() -> None:
    with pytest.raises(EndBefore):
        parse_span("завтра с 18 до 17", NOW, TYUMEN)
    for typed in ("завтра с 9 до 25", "завтра с 18 до", "с 18 до 20 завтра?"):
        with pytest.raises(Refusal):
            parse_span(typed, NOW, TYUMEN)


BEGINS = datetime(2026, 12, 15, 13, tzinfo=UTC)  # 18:00 there


@pytest.mark.parametrize(
    ("typed", "local"),
    [
        ("20:00", "2026-12-15 20:00"),
        ("до 21", "2026-12-15 21:00"),
        ("21.30", "2026-12-15 21:30"),
        ("в 8 вечера", "2026-12-15 20:00"),
        ("до 2 ночи", "2026-12-16 02:00"),
        ("16 декабря 12:00", "2026-12-16 12:00"),
        ("2 часа", "2026-12-15 20:00"),
        ("3", "2026-12-15 21:00"),  # no hour later that day: so many hours
        ("час", "2026-12-15 19:00"),
        ("1,5 часа", "2026-12-15 19:30"),
        ("полтора часа", "2026-12-15 19:30"),
        ("1 ч 30 мин", "2026-12-15 19:30"),
        ("2 часа и 15 минут", "2026-12-15 20:15"),
        ("90 минут", "2026-12-15 19:30"),
        ("примерно 3 часа", "2026-12-15 21:00"),
        ("2 дня", "2026-12-17 18:00"),
        ("2 hours", "2026-12-15 20:00"),
        ("2 часа!", "2026-12-15 20:00"),
        ("два часа.", "2026-12-15 20:00"),
        ("весь день", "2026-12-16 00:00"),
        ("до конца дня", "2026-12-16 00:00"),
        ("all day", "2026-12-16 00:00"),
    ],
)
def test_when_it_ends(typed: str, local: str) -> None:
    assert f"{parse_end(typed, BEGINS, NOW, TYUMEN).astimezone(TYUMEN):%Y-%m-%d %H:%M}" == local


@pytest.mark.parametrize(
    ("typed", "refused"),
    [
        ("17:00", EndBefore),
        ("ой", EndUnreadable),
        ("завтра", EndUnreadable),
        ("", EndUnreadable),
        ("2 бутылки", EndUnreadable),
        ("15 декабря 17:00", EndBefore),
    ],
)
def test_no_end(typed: str, refused: type[Refusal]) -> None:
    with pytest.raises(refused):
        parse_end(typed, BEGINS, NOW, TYUMEN)


TYPED = st.one_of(
    st.text(max_size=40),
    st.from_regex(
        r"(завтра|в субботу|15\.12|) ?(с|в|) ?\d{1,2}([:.-]\d\d)? ?(-|до|) ?\d{0,2}(:\d\d)?"
        r" ?(утра|дня|вечера|ночи|час|мин|)",
        fullmatch=True,
    ),
)


@given(TYPED, st.integers(0, 366 * 24 * 60))
def test_an_end_is_always_later_or_refused(typed: str, minutes: int) -> None:
    now = NOW + timedelta(minutes=minutes)
    with suppress(Refusal):
        start, end = parse_span(typed, now, TYUMEN)
        assert start > now
        assert end is None or timedelta() < end - start < timedelta(days=1)
    with suppress(Refusal):
        assert parse_end(typed, now, now, TYUMEN) > now
