"""A moment as people type it, by the clock of a zone."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.errors import Refusal
from services.moments import MomentPassed, MomentUnreadable, parse_moment

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
    ],
)
def test_what_people_type(typed: str, local: str) -> None:
    assert f"{parse_moment(typed, NOW, TYUMEN).astimezone(TYUMEN):%Y-%m-%d %H:%M}" == local


@pytest.mark.parametrize("typed", ["", "когда-нибудь", "завтра", "в 25", "в 9:75", "🧨"])
def test_what_cannot_be_read(typed: str) -> None:
    with pytest.raises(Refusal):
        parse_moment(typed, NOW, TYUMEN)


def test_what_has_passed() -> None:
    with pytest.raises(MomentPassed):
        parse_moment("сегодня в 13:59", NOW, TYUMEN)
    with pytest.raises(MomentUnreadable):
        parse_moment("сегодня", NOW, TYUMEN)


@given(st.text(max_size=40), st.integers(0, 366 * 24 * 60))
def test_always_ahead_or_refused(typed: str, minutes: int) -> None:
    now = NOW + timedelta(minutes=minutes)
    with suppress(Refusal):
        assert parse_moment(typed, now, TYUMEN) > now
