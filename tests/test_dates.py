from datetime import date

import pytest

from services.ages import full_years, is_young
from services.dates import (
    ResolutionAhead,
    ResolutionUnreadable,
    parse_birth_date,
    parse_day,
    parse_end,
    parse_resolution,
)
from services.errors import Refusal

TODAY = date(2026, 11, 23)


def born(typed: str) -> date | str:
    try:
        return parse_birth_date(typed, TODAY)
    except Refusal as refusal:
        return refusal.text_id.removeprefix("parsing-")


def until(typed: str) -> date | str:
    try:
        return parse_day(typed, TODAY)
    except Refusal as refusal:
        return refusal.text_id.removeprefix("parsing-")


@pytest.mark.parametrize(
    "typed",
    [
        "15.03.1998",
        "15/3/98",
        "15-03-1998",
        "15 03 1998",
        "15031998",
        "150398",
        "1998-03-15",
        "15. 03. 1998 г.",
        "15 марта 1998",
        "15 МАРТА 1998 г.",
        "15 мар 98",
        "15-го марта 1998",
        "15марта1998года",
        "15 March 1998",
        "March 15, 1998",
        "15th of Mar. 1998",
    ],
)
def test_a_birth_date_is_read_as_people_type_it(typed: str) -> None:
    assert parse_birth_date(typed, TODAY) == date(1998, 3, 15)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("23.11.2012", date(2012, 11, 23)),  # fourteen today
        ("24.11.2012", "birth-too-young"),
        ("24.11.1925", date(1925, 11, 24)),  # a hundred, and a hundred and one tomorrow
        ("23.11.1925", "birth-too-old"),
        ("24.11.2026", "birth-ahead"),
        ("15.03.2050", "birth-ahead"),
        ("15.03.09", date(2009, 3, 15)),
        ("15.03.30", date(1930, 3, 15)),
        ("15.12.26", date(1926, 12, 15)),  # later this year, so a century ago
        ("15.03.15", "birth-too-young"),
        ("29.02.00", date(2000, 2, 29)),
        ("29.02.98", "birth-impossible"),
        ("31.02.1998", "birth-impossible"),
        ("15.13.1998", "birth-impossible"),
        ("15.03.0000", "birth-impossible"),
        ("15.03", "birth-unreadable"),
        ("15 мартобря 1998", "birth-unreadable"),
        ("вчера", "birth-unreadable"),
        ("1" * 5000, "birth-unreadable"),
    ],
)
def test_a_birth_date_has_an_age_that_can_be(typed: str, said: object) -> None:
    assert born(typed) == said


def test_years_are_full_only_on_the_birthday() -> None:
    born = date(1990, 11, 23)
    assert full_years(born, date(2026, 11, 22)) == 35
    assert full_years(born, date(2026, 11, 23)) == 36
    assert is_young(born, date(2026, 11, 22))
    assert not is_young(born, date(2026, 11, 23))
    leap = date(2000, 2, 29)
    assert full_years(leap, date(2026, 2, 28)) == 25
    assert full_years(leap, date(2026, 3, 1)) == 26
    assert full_years(leap, date(2028, 2, 29)) == 28


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("31.12.2026", date(2026, 12, 31)),
        ("31.12.26", date(2026, 12, 31)),
        ("до 31 декабря", date(2026, 12, 31)),
        ("23 ноября", TODAY),
        ("22 ноября", date(2027, 11, 22)),
        ("29 февраля", date(2028, 2, 29)),
        ("Сегодня", TODAY),
        ("завтра", date(2026, 11, 24)),
        ("через 30 дней", date(2026, 12, 23)),
        ("через неделю", date(2026, 11, 30)),
        ("через две недели", date(2026, 12, 7)),
        ("через месяц", date(2026, 12, 23)),
        ("через 2 года", date(2028, 11, 23)),
        ("in a month", date(2026, 12, 23)),
        ("22.11.2026", "day-passed"),
        ("Вчера", "day-passed"),
        ("позавчера", "day-passed"),
        ("yesterday", "day-passed"),
        ("31.12.20", "day-passed"),
        ("31.12.2037", "day-too-far"),
        ("через 999999999 недель", "day-too-far"),
        ("через 999999999 лет", "day-too-far"),
        ("31.02", "day-impossible"),
        ("через дождь", "day-unreadable"),
        ("через пару дней", "day-unreadable"),
        ("потом", "day-unreadable"),
        (f"через {'9' * 4000} дней", "day-unreadable"),
    ],
)
def test_an_end_date_is_today_or_later(typed: str, said: object) -> None:
    assert until(typed) == said


def test_a_month_after_the_thirty_first_is_that_months_last_day() -> None:
    assert parse_day("через месяц", date(2027, 1, 31)) == date(2027, 2, 28)
    assert parse_day("29 февраля", date(2097, 1, 1)) == date(2104, 2, 29)


RESOLUTIONS = {
    "№ 12 от 15.11.2026": ("12", date(2026, 11, 15)),
    "12 от 15 ноября": ("12", date(2026, 11, 15)),
    "протокол №3/П, 1 дек. 2025 г.": ("3/П", date(2025, 12, 1)),
    "Решение профкома 7-2 15/11/26": ("7-2", date(2026, 11, 15)),
    "15.11.2026, № 12": ("12", date(2026, 11, 15)),
    "No. 12 of 15.11.2026": ("12", date(2026, 11, 15)),
    "29 от 1 декабря": ("29", date(2025, 12, 1)),  # this year's has not come yet
}


@pytest.mark.parametrize(("typed", "meant"), RESOLUTIONS.items())
def test_a_committees_decision_is_a_number_and_a_day(typed: str, meant: tuple[str, date]) -> None:
    assert parse_resolution(typed, date(2026, 11, 23)) == meant


@pytest.mark.parametrize(
    "typed",
    ["хз", "", "🧨" * 4096, "12", "15.11.2026", "№ 12", "№ 12 от 31.02.2026", "№ от 1.1.2026",
     "№ 12 от 15.11.1926", f"№ {'1' * 21} от 15.11.2026", "№ 12 от вчера", "№ 12 от 15.13.2026"],
)  # fmt: skip
def test_anything_else_is_no_committees_decision(typed: str) -> None:
    with pytest.raises(ResolutionUnreadable):
        parse_resolution(typed, date(2026, 11, 23))


def test_a_decision_of_a_day_to_come_is_refused() -> None:
    for typed in ("№ 12 от 24.11.2026", "№ 12 от 1.1.2030"):
        with pytest.raises(ResolutionAhead):
            parse_resolution(typed, date(2026, 11, 23))


@pytest.mark.parametrize(
    "typed",
    ["без срока", "Без срока.", "БЕССРОЧНО", "навсегда", "no end", "No end date", "forever"],
)
def test_an_end_may_be_none(typed: str) -> None:
    assert parse_end(typed, TODAY) is None


def test_an_end_is_otherwise_a_day() -> None:
    assert parse_end("до 31 декабря", TODAY) == date(2026, 12, 31)
    for typed in ("срок", "без", "", "без срока давности"):
        with pytest.raises(Refusal):
            parse_end(typed, TODAY)
