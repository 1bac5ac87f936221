"""Organisations of one name, told apart wherever one of them is chosen."""

import pytest

from bot.app import App
from sandbox.people import Person
from sandbox.plugin import START
from services import organisations_import as importing
from services.tables import csv_lines
from tests.applying import HOME, NAME, PHONE, TERRITORY, Holds, Make, agreed, appointed
from tests.conftest import ADMIN, TREE

pytestmark = pytest.mark.usefixtures("union")

AMBER, NETS = "ППО Янтарьэнерго", "ППО Электросети <№ 1>"
TWINS = f"""TMN-7,{AMBER},primary,TMN,
TMN-8,{NETS},primary,TMN,
TMN-9,{NETS},primary,TMN,
"""


@pytest.fixture(autouse=True)
async def grown(app: App, union: None) -> None:
    async with app.database.transaction() as session:
        await importing.store(session, importing.read(csv_lines(TREE + TWINS)), now=START)


@pytest.fixture
async def anna(people: Make) -> Person:
    """At the question where she works."""
    anna = people("Анна", phone=PHONE)
    await anna.says("/start")
    await agreed(anna)
    await anna.says(NAME)
    await anna.says("15.03.1998")
    await anna.taps("📱 Отправить мой номер")
    return anna


async def test_a_search_shows_the_code_of_each_and_where_it_belongs(
    anna: Person, people: Make, holds: Holds
) -> None:
    olga = await appointed(people, holds, "Ольга", "TMN")
    await anna.says("янтарьэнерго")
    assert anna.buttons[:2] == [f"KGD-1 · {AMBER}", f"TMN-7 · {AMBER}"]
    await anna.sees(
        "Названия повторяются", "KGD-1 — Калининградская организация", "TMN-7 — ТюмнМО ВЭП"
    )
    await anna.says("тюменьэнерго")
    assert anna.buttons[0] == HOME
    await anna.sees_nothing_of("повторяются")
    await anna.says("электросети")
    await anna.taps(f"TMN-9 · {NETS}")
    await anna.sees("Проверьте заявку", f"Организация: {NETS} (код TMN-9)")
    await anna.taps("Отправить заявку")
    for reader in (anna, olga):
        await reader.sees(f"Организация: {NETS} (код TMN-9)")


async def test_a_list_tells_apart_only_those_it_could_confuse(anna: Person) -> None:
    await anna.taps(TERRITORY)
    named = {AMBER, HOME, "ППО Сургутская ГРЭС", f"TMN-8 · {NETS}", f"TMN-9 · {NETS}"}
    assert set(anna.buttons) - {"Другая территория"} == named
    await anna.sees("TMN-8 — ТюмнМО ВЭП")
    await anna.sees_nothing_of("TMN-7", "Калининградская")


async def test_twins_on_two_pages_are_told_apart_too(app: App, anna: Person) -> None:
    rows = "".join(f"A{n},ППО Альфа {n},primary,TMN,\n" for n in range(5))
    async with app.database.transaction() as session:
        await importing.store(session, importing.read(csv_lines(TREE + TWINS + rows)), now=START)
    await anna.taps(TERRITORY)
    pages = [anna.buttons]
    await anna.taps("›")
    pages.append(anna.buttons)
    assert [f"TMN-8 · {NETS}" in page for page in pages] == [True, False]
    assert [f"TMN-9 · {NETS}" in page for page in pages] == [False, True]


async def test_whoever_invites_sees_them_apart_within_their_reach(
    people: Make, holds: Holds
) -> None:
    admin, olga = people("Елена", id=ADMIN), people("Ольга")
    await holds(olga, "organiser", "TMN")
    await admin.says("/invite")
    await admin.taps("Найти")
    await admin.says("янтарь")
    assert admin.buttons[:2] == [f"KGD-1 · {AMBER}", f"TMN-7 · {AMBER}"]
    await admin.sees("KGD-1 — Калининградская организация")
    await admin.taps(f"TMN-7 · {AMBER}")
    await admin.sees("Приглашение в профсоюз", f"TMN-7 · {AMBER}")
    await olga.says("/invite")
    assert {AMBER, f"TMN-8 · {NETS}", f"TMN-9 · {NETS}"} <= set(olga.buttons)
    await olga.sees("TMN-9 — ТюмнМО ВЭП")


async def test_invitations_to_twins_are_told_apart_too(people: Make, holds: Holds) -> None:
    admin, olga = people("Елена", id=ADMIN), people("Ольга")
    await holds(olga, "organiser", "TMN")
    for code in ("TMN-7", "KGD-1", "TMN-1"):
        await admin.says(f"/invite {code}")
    await admin.sees(HOME)
    await admin.sees_nothing_of("TMN-1")
    await admin.taps("Все приглашения")
    await admin.sees(f"· KGD-1 · {AMBER}", f"· TMN-7 · {AMBER}", f"· {HOME}")
    await admin.sees("KGD-1 — Калининградская организация", "TMN-7 — ТюмнМО ВЭП")
    await admin.sees_nothing_of("TMN-1")
    await admin.taps(admin.buttons[2])
    await admin.sees("Приглашение в профсоюз", f"TMN-7 · {AMBER}")
    await admin.taps("Отозвать")
    await admin.sees(f"TMN-7 · {AMBER}", "Отозвать приглашение?")
    await admin.taps("Нет, оставить")
    await admin.sees(f"TMN-7 · {AMBER}")
    await olga.says("/invite TMN-7")
    await olga.sees(AMBER)
    await olga.taps("Все приглашения")
    await olga.sees(AMBER)
    await olga.sees_nothing_of(f"TMN-7 · {AMBER}", "повторяются")
