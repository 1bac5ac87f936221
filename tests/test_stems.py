"""A place is found by its everyday name, though its organisation is called by an adjective."""

import pytest

from models.organisation import Organisation
from services.organisations import having
from services.stems import akin

REGIONS = {
    "самара": "Самарская",
    "тюмень": "Тюменская",
    "калининград": "Калининградская",
    "москва": "Московская",
    "свердловск": "Свердловская",
    "пермь": "Пермская",
    "кемерово": "Кемеровская",
    "томск": "Томская",
    "омск": "Омская",
    "курск": "Курская",
    "курган": "Курганская",
    "хабаровск": "Хабаровская",
    "чита": "Читинская",
    "тула": "Тульская",
    "рязань": "Рязанская",
    "казань": "Казанская",
    "вологда": "Вологодская",
    "калуга": "Калужская",
    "пенза": "Пензенская",
    "кострома": "Костромская",
    "ростов": "Ростовская",
    "псков": "Псковская",
    "тверь": "Тверская",
    "мурманск": "Мурманская",
    "архангельск": "Архангельская",
    "челябинск": "Челябинская",
    "камчатка": "Камчатская",
    "карелия": "Карельская",
    "бурятия": "Бурятская",
    "якутия": "Якутская",
    "мордовия": "Мордовская",
    "алтай": "Алтайская",
    "крым": "Крымская",
    "иваново": "Ивановская",
    "ярославль": "Ярославская",
    "новосибирск": "Новосибирская",
    "сахалин": "Сахалинская",
    "ставрополь": "Ставропольская",
}
KINDS = ("областная", "межрегиональная", "краевая", "республиканская", "территориальная")
TREE = [
    Organisation(code=f"R{n}", name=f"{region} {KINDS[n % len(KINDS)]} организация ВЭП")
    for n, region in enumerate(REGIONS.values())
]


def found(words: str) -> list[str]:
    return [one.name.partition(" ")[0] for one in having(words, TREE)]


@pytest.mark.parametrize(("town", "region"), REGIONS.items(), ids=list(REGIONS))
def test_a_region_is_found_by_its_town(town: str, region: str) -> None:
    assert found(town)[0] == found(town.upper())[0] == region
    assert found(f"организация {town}")[0] == region
    if town != "омск":
        assert found(town) == [region], "and by no other's"


def test_what_is_only_inside_a_word_comes_after_what_it_begins() -> None:
    assert found("омск") == ["Омская", "Томская", "Костромская"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("пермь", "первичная"),
        ("тула", "тульчин"),
        ("москва", "мост"),
        ("омск", "томск"),
        ("курск", "курган"),
        ("самара", "саратов"),
        ("12345", "12346"),
        ("ая", "ов"),
    ],
)
def test_other_words_are_not_akin(one: str, other: str) -> None:
    assert not akin(one, other)
    assert not akin(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [("электросети", "электросетей"), ("тюменский", "тюмень"), ("вологодские", "вологда")],
)
def test_cases_of_one_word_are_akin(one: str, other: str) -> None:
    assert akin(one, other)
    assert akin(other, one)
