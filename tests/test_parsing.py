import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from functools import partial
from itertools import chain

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from locales import LANGUAGES, Translator, bundle
from services import dates, parsing
from services.dates import parse_birth_date, parse_day
from services.dates_ahead import DayTooFar
from services.errors import Forbidden, NotFound, Refusal
from services.parsing import (
    CODE_ALPHABET,
    CODE_LENGTH,
    Empty,
    TooLong,
    clean,
    name_key,
    parse_code,
    parse_count,
    parse_hours,
    parse_name,
    parse_phone,
    parse_pointer,
    parse_text,
)

TODAY = date(2026, 11, 23)


def answer(parse: Callable[[], object]) -> object:
    """What a parser says: its value, or the id of the sentence that refuses."""
    try:
        return parse()
    except Refusal as refusal:
        return refusal.text_id.removeprefix("parsing-")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("иванова-петрова анна", "Иванова-Петрова Анна"),
        ("ИВАНОВА АННА ПЕТРОВНА", "Иванова Анна Петровна"),
        ("ИВАНОВА Анна", "Иванова Анна"),
        ("о’коннор шон", "О'Коннор Шон"),
        ("O'CONNOR SEAN", "O'Connor Sean"),
        ("мар'яненко в'ячеслав", "Мар'яненко В'ячеслав"),
        ("фон Берг Анна", "фон Берг Анна"),
        ("смирнова АННА-МАРИЯ Иванова", "Смирнова Анна-Мария Иванова"),
        ("МакГрегор Ян", "МакГрегор Ян"),
        ("смирнова-ЗИМИНА анна петровна", "Смирнова-Зимина Анна Петровна"),
        ("СМИРНОВА-Зимина Анна-мария", "Смирнова-Зимина Анна-Мария"),
        ("Смирнова-МакГрегор Анна", "Смирнова-МакГрегор Анна"),
        ("аль-Халиди Анна", "аль-Халиди Анна"),
        ("мамедов али вагиф-ОГЛЫ", "Мамедов Али Вагиф-оглы"),
        ("мамедов али вагиф оглы", "Мамедов Али Вагиф оглы"),
        (" Иванова  —  Петрова,\tАнна\u202e\u200b\x00\n", "Иванова-Петрова Анна"),
        ("Йорданова И\u0306ована", "Йорданова Йована"),
        ("Иванова", "name-incomplete"),
        (" \u200b ", "name-incomplete"),
        ("Иванова А. П.", "name-initials"),
        ("Иванова А.П.", "name-initials"),
        ("Иванова Анна 2", "name-signs"),
        ("Иванова Анна²", "name-signs"),
        ("Иванова 🙂", "name-signs"),
        ("<b>Иванова</b> Анна", "name-signs"),
        ("-Иванова Анна", "name-signs"),
        ("李 小龙", "name-initials"),
        ("Ивaнова Анна", "name-mixed"),
        ("Smirnova Анна", "name-two-scripts"),
        ("Смирнова Анна Petrovna", "name-two-scripts"),
        ("Анна Петровна Иванова Младшая", "name-crowded"),
        ("Ив" * 30 + " Анна", "Ив" * 30 + " Анна"),
        ("Ив" * 30 + "а Анна", "name-too-long"),
        (f"{'Ив' * 30} {'Ан' * 30}", "name-too-long"),
    ],
)
def test_a_name_is_tidied_or_refused_with_the_reason(typed: str, said: str) -> None:
    assert answer(lambda: parse_name(typed)) == said


@given(st.lists(st.text("абвАБёЁй'-qwQß", min_size=1), min_size=1, max_size=4).map(" ".join))
def test_a_name_once_accepted_is_accepted_unchanged(typed: str) -> None:
    name = answer(lambda: parse_name(typed))
    if isinstance(name, str) and not name.startswith("name-"):
        assert parse_name(name) == name


def test_two_spellings_of_one_name_share_a_key() -> None:
    assert name_key("Королёва-Щукина  Алёна") == name_key("королева щукина алена")
    assert name_key("О’Коннор Шон") == name_key("о'коннор, шон")
    assert name_key("Иванова Анна") != name_key("Иванова Алла")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("8 (912) 345-67-89", "+79123456789"),
        ("+7 912 345 67 89", "+79123456789"),
        ("79123456789", "+79123456789"),
        ("9123456789", "+79123456789"),
        ("тел.: 8–912–345–67–89", "+79123456789"),
        ("8 3452 12-34-56", "+73452123456"),
        ("+375 (29) 123-45-67", "+375291234567"),
        ("375291234567", "+375291234567"),
        ("8 10 375 29 123-45-67", "+375291234567"),
        ("8912345678", "phone-invalid"),
        ("891234567890", "phone-invalid"),
        ("12345678901", "phone-invalid"),
        ("112", "phone-invalid"),
        ("9" * 5000, "phone-invalid"),
        ("не скажу", "phone-unreadable"),
    ],
)
def test_a_phone_becomes_e164(typed: str, said: str) -> None:
    assert answer(lambda: parse_phone(typed)) == said


@pytest.mark.parametrize(
    "typed",
    [
        "ABEKMHPC",
        "abek mhpc",
        "abek-mhpc",
        "авек мнрс",
        "Код: АВЕК–МНРС",
        "код ABEKMHPC.",
        "ABEK\u200bMHPC",
        "t.me/sila_bot/app?startapp=abekmhpc",
        "Вступайте: https://t.me/sila_bot?start=ABEKMHPC\nСила в каждом!",
    ],
)
def test_an_invitation_code_is_found_however_it_is_typed(typed: str) -> None:
    assert parse_code(typed) == "ABEKMHPC"


@pytest.mark.parametrize(
    "typed", ["", "ABEKMHP", "ABEKMHPCC", "ABEKMHP0", "ABEKMHPI", "хочу вступить", "🙂" * 8]
)
def test_what_is_no_code_is_none(typed: str) -> None:
    assert parse_code(typed) is None


@given(st.text(CODE_ALPHABET, min_size=CODE_LENGTH, max_size=CODE_LENGTH))
def test_no_code_begins_like_a_card_and_no_card_reads_as_a_code(code: str) -> None:
    for typed in (code, f"/start {code}", f"https://t.me/sila_bot?start={code}"):
        assert parse_pointer(typed) is None
        assert parse_code(typed.removeprefix("/start ")) == code
    cut = f"c_{code[1:]}"
    for typed in (cut, f"/Start {cut}", f"t.me/sila_bot?start={cut}", f"Смотрите: ?start={cut}"):
        assert parse_pointer(typed) == cut
        assert parse_code(typed) is None


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("8-22", (8, 22)),
        ("с 8 до 22", (8, 22)),
        ("С 8 часов до 22 часов", (8, 22)),
        ("08:00–22:00", (8, 22)),
        ("8 22", (8, 22)),
        ("from 8 to 22", (8, 22)),
        ("22-8", (22, 8)),
        ("8-24", (8, 0)),
        ("8-8", "hours-equal"),
        ("0-24", "hours-equal"),
        ("8:30-22", "hours-not-whole"),
        ("8-25", "hours-unreadable"),
        ("822", "hours-unreadable"),
        ("всегда", "hours-unreadable"),
    ],
)
def test_notification_hours_are_whole_and_differ(typed: str, said: object) -> None:
    assert answer(lambda: parse_hours(typed)) == said


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("120", 120),
        (" 25\u00a0человек ", 25),
        ("0", 0),
        ("много", "count-unreadable"),
        ("-5", "count-unreadable"),
        ("12,5", "count-unreadable"),
        ("20 или 30", "count-unreadable"),
        ("9" * 10, "count-unreadable"),
    ],
)
def test_a_count_is_one_whole_number(typed: str, said: object) -> None:
    assert answer(lambda: parse_count(typed)) == said


def test_a_text_keeps_its_lines_and_emoji_and_loses_what_cannot_be_seen() -> None:
    typed = " Здравствуйте!\r\n\r\nИ\u0306\x00\ud800\u202e\tконец a\u200db 👩‍🔧 "
    assert parse_text(typed, 100) == "Здравствуйте!\n\nЙ конец ab 👩‍🔧"


def test_a_text_is_neither_empty_nor_longer_than_its_limit() -> None:
    assert parse_text("а" * 10, 10) == "а" * 10
    assert answer(lambda: parse_text("\u200b\x00 \n", 10)) == "text-empty"
    with pytest.raises(TooLong) as refused:
        parse_text("а" * 11, 10)
    assert refused.value.values == {"limit": 10, "length": 11}


PARSERS: list[Callable[[str], object]] = [
    parse_name,
    parse_phone,
    parse_code,
    parse_hours,
    name_key,
    lambda text: parse_birth_date(text, TODAY),
    lambda text: parse_day(text, TODAY),
    lambda text: parse_text(text, 4096),
]
ANY_TEXT = st.text(st.characters(exclude_categories=())) | st.text(
    "0123456789 .-+:чсдогмая'\u0301"
)


@settings(deadline=None)
@given(ANY_TEXT)
@example("🙂" * 4096)
@example("\ud83d" * 4096)
@example("\x00" * 4096)
@example("\u202eאבגד 15.03.1998")
@example("9" * 10_000)
@example("а " * 5000)
@example("٣" * 8 + "²")
def test_no_text_crashes_a_parser(text: str) -> None:
    for parse in PARSERS:
        said = answer(partial(parse, text))
        if isinstance(said, str):
            said.encode()


def test_what_is_no_sign_is_dropped() -> None:
    """A file that holds one does not open."""
    assert clean("\ufffeЛев\uffff и \U0001ffffКо\U0010fffe") == "Лев и Ко"
    assert clean("\ufffd\U0001f9e8") == "\ufffd\U0001f9e8"


@given(ANY_TEXT)
def test_clean_text_stays_as_it_is(text: str) -> None:
    assert clean(clean(text)) == clean(text)


REFUSALS = [
    kind
    for kind in chain(vars(parsing).values(), vars(dates).values())
    if isinstance(kind, type) and issubclass(kind, Refusal) and kind is not Refusal
]


NEED_NO_EXAMPLE = (Empty, TooLong, DayTooFar, parsing.ForeignContact)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_has_a_sentence_with_an_example_in_every_language(language: str) -> None:
    values: dict[str, str | int] = {"limit": 120, "length": 121, "years": 14, "word": "Ив"}
    for kind in REFUSALS:
        assert bundle(language).has_message(kind.text_id)
        sentence = Translator(language)(kind.text_id, **values)
        shown = re.search("например|for example", sentence, re.IGNORECASE)
        assert shown or kind in NEED_NO_EXAMPLE


def test_a_refusal_tells_its_values_to_the_person_and_not_to_the_log() -> None:
    refusal = parsing.NameMixed(word="Ивaнова")
    assert refusal.values == {"word": "Ивaнова"}
    assert str(refusal) == "parsing-name-mixed"
    assert [kind.text_id for kind in (Refusal, NotFound, Forbidden)] == [
        "error-refused",
        "error-not-found",
        "error-forbidden",
    ]


def test_the_telephone_library_is_loaded_only_when_a_number_is_read() -> None:
    asked = "import sys, services.parsing; sys.exit('phonenumbers' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0
