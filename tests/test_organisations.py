"""/orgs: the tree as its admins walk it."""

from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import select

from bot.app import App
from models.organisation import Organisation
from sandbox.people import Person
from sandbox.plugin import START
from services import organisations_import as importing
from services.organisations import having
from services.tables import csv_lines
from tests.backstage import STICKER, enrol
from tests.conftest import ADMIN, TREE

pytestmark = pytest.mark.usefixtures("union")

Holds = Callable[..., Awaitable[None]]
Make = Callable[..., Person]
TERRITORIES = ["KGD · Калининградская организация", "TMN · ТюмнМО ВЭП"]


@pytest.fixture
def admin(people: Make) -> Person:
    return people("Елена", id=ADMIN)


async def grow(app: App, rows: list[str]) -> None:
    async with app.database.transaction() as session:
        await importing.store(
            session, importing.read(csv_lines(TREE + "\n".join(rows))), now=START
        )


async def test_the_tree_is_walked_down_and_up_again(
    app: App, admin: Person, people: Make, holds: Holds
) -> None:
    peter, anna = people("Пётр"), people("Анна")
    await enrol(app, peter, "TMN-1", "<b>Лев & Co</b>")
    await enrol(app, anna, "KGD-1", "Смирнова Анна", number="000102")
    await holds(peter, "chair", "TMN-1")
    await holds(anna, "chair", "TMN-2")
    await admin.says("/orgs")
    await admin.sees(
        "Центральный комитет: 1", "Территориальные: 2", "Первичные: 3", "Членов профсоюза: 2"
    )
    assert admin.buttons == ["VEP · Всероссийский Электропрофсоюз", *TERRITORIES, "Найти"]
    shown = await admin.sees("Организации")
    await admin.taps(TERRITORIES[1])
    await admin.sees("ТюмнМО ВЭП", "Код: TMN", "территориальная организация")
    await admin.sees(
        "Входит в: Всероссийский Электропрофсоюз", "Екатеринбург (Asia/Yekaterinburg)"
    )
    await admin.sees("Председатель: не назначен", "Членов профсоюза: 1", "Организаций ниже: 2")
    await admin.taps("TMN-1 · ППО Тюменьэнерго")
    await admin.sees("Код: TMN-1", "первичная организация", "Председатель: <b>Лев & Co</b>")
    assert admin.buttons == ["↑ ТюмнМО ВЭП", "К списку", "Найти"]
    await admin.taps("↑ ТюмнМО ВЭП")
    await admin.taps("↑ Всероссийский Электропрофсоюз")
    await admin.sees("центральный комитет", "Входит в: —", "Организаций ниже: 2")
    await admin.taps("К списку")
    assert (await admin.sees("Первичные: 3"))["message_id"] == shown["message_id"]


async def test_a_chair_who_is_no_member_has_an_id(
    admin: Person, people: Make, holds: Holds
) -> None:
    olga = people("Ольга")
    await holds(olga, "chair", "KGD-1")
    await admin.says("/orgs")
    await admin.taps(TERRITORIES[0])
    await admin.taps("KGD-1 · ППО Янтарьэнерго")
    await admin.sees(f"Председатель: ID {olga.id}", "Калининград (Europe/Kaliningrad)")


async def test_nobody_but_an_admin_walks_it(app: App, people: Make, holds: Holds) -> None:
    peter, helen = people("Пётр"), people("Елена", id=ADMIN)
    await holds(peter, "chair", "TMN-1")
    await holds(peter, "leader")
    await helen.says("/orgs")
    await peter.says("/orgs")
    shown = await peter.sees("Роли и организации ведут администраторы")
    for old in ("og.browse:0", "og.open:1:0", "og.find"):
        await peter.taps_data(shown, old)
        await peter.sees("ведут администраторы")
    await peter.says("ППО")
    await peter.sees("Не понял вас")


async def test_an_admin_sees_only_what_the_role_covers(
    app: App, people: Make, holds: Holds
) -> None:
    peter = people("Пётр")
    await holds(peter, "admin", "TMN-2")
    await holds(peter, "admin", "TMN")
    await peter.says("/orgs")
    shown = await peter.sees("Центральный комитет: 0", "Территориальные: 1", "Первичные: 2")
    assert peter.buttons == [
        "TMN · ТюмнМО ВЭП",
        "TMN-2 · ППО Сургутская ГРЭС",
        "TMN-1 · ППО Тюменьэнерго",
        "Найти",
    ]
    await peter.taps("TMN · ТюмнМО ВЭП")
    assert "↑ Всероссийский Электропрофсоюз" not in peter.buttons
    async with app.database.transaction() as session:
        ids = select(Organisation.id).where(Organisation.code.in_(("VEP", "KGD", "KGD-1")))
        foreign = (await session.scalars(ids)).all()
    for one in foreign:
        await peter.taps_data(shown, f"og.open:{one}:0")
        await peter.sees("не в вашем ведении")
    await peter.taps_data(shown, "og.open:99999:0")
    await peter.sees("Этого больше нет")
    await peter.taps("Найти")
    await peter.says("янтарь")
    await peter.sees("Ничего не нашлось")


async def test_words_typed_after_the_button_find_an_organisation(admin: Person) -> None:
    await admin.says("/orgs")
    await admin.taps("Найти")
    await admin.sees("слова из названия")
    for rubbish in (" ", "\u202e\u200f"):
        await admin.says(rubbish)
        await admin.sees("Напишите название или слово из него")
    await admin.sends(sticker=STICKER)
    await admin.sees("Напишите название или слово из него")
    await admin.says("😀" * 4096)
    await admin.sees("помещается 100. Напишите короче, одним сообщением")
    await admin.says("<b>Лев & Co</b>")
    await admin.sees("Ничего не нашлось")
    await admin.says("грэс СУРГУТ")
    await admin.sees("Нашлось организаций: 1.")
    assert admin.buttons == ["TMN-2 · ППО Сургутская ГРЭС", "Найти", "К списку"]
    await admin.says("ппо")
    await admin.sees("Нашлось организаций: 3.")
    await admin.says("ппо сургут")
    await admin.taps("TMN-2 · ППО Сургутская ГРЭС")
    await admin.sees("Код: TMN-2")
    await admin.says("янтарь")
    await admin.sees("Не понял вас")
    await admin.taps("Найти")
    await admin.says("kgd")
    await admin.sees("Нашлось организаций: 2.")


async def test_the_command_takes_the_words_with_it(admin: Person) -> None:
    await admin.says("/orgs Сургутская грэс")
    await admin.sees("Нашлось организаций: 1.")
    await admin.says("янтарь")
    await admin.sees("Нашлось организаций: 1.")
    assert "KGD-1 · ППО Янтарьэнерго" in admin.buttons
    await admin.says("/orgs бурлаки")
    await admin.sees("Ничего не нашлось")


async def test_looking_elsewhere_ends_the_search(admin: Person) -> None:
    left = "Похоже, это ответ на вопрос, который уже закрыт"
    for way_out, said in (("К списку", "Не понял вас"), ("/cancel", left), ("/orgs", left)):
        await admin.says("/orgs")
        await admin.taps("Найти")
        await (admin.says(way_out) if way_out.startswith("/") else admin.taps(way_out))
        await admin.says("янтарь")
        await admin.sees(said)


async def test_long_lists_have_pages(app: App, admin: Person) -> None:
    await grow(app, [f"T{n:02},{'Я' * 190} {n:02},territorial,VEP," for n in range(20)])
    await admin.says("/orgs")
    await admin.sees("Территориальные: 22")
    seen = []
    while "›" in admin.buttons:
        seen += admin.buttons
        await admin.taps("›")
    seen += admin.buttons
    assert len({label for label in seen if " · " in label}) == 23
    assert "›" not in admin.buttons
    await admin.taps("‹")
    assert "›" in admin.buttons
    await admin.says("/orgs")
    await admin.taps("VEP · Всероссийский Электропрофсоюз")
    await admin.taps("›")
    await admin.sees("Код: VEP", "Организаций ниже: 22")
    shown = admin.buttons
    await admin.taps("2 / 3")
    assert (admin.buttons, admin.toast) == (shown, "Страница 2 из 3.")
    await admin.taps(f"T05 · {'Я' * 190} 05")
    await admin.taps("Найти")
    await admin.says("я")
    await admin.sees("Показаны первые 8")


async def test_the_longest_names_fit(app: App, admin: Person, people: Make, holds: Holds) -> None:
    signs = "😀" * 200
    tree = [f"T,{signs},territorial,VEP,", *(f"P{n:019},{signs},primary,T," for n in range(9))]
    await grow(app, tree)
    for number in range(12):
        chair = people(f"Председатель {number}")
        await enrol(app, chair, "TMN-1", "Ы" * 120, number=f"{number:020}")
        await holds(chair, "chair", "T")
    await admin.says("/orgs")
    await admin.taps(f"T · {signs}")
    await admin.sees("Код: T", "Ы" * 120 + ", и ещё 2", "Организаций ниже: 9")
    await admin.taps(f"P{0:019} · {signs}")
    await admin.sees(f"Код: P{0:019}", f"Входит в: {signs}")


async def test_an_empty_tree_says_how_it_is_filled(app: App, admin: Person) -> None:
    async with app.database.transaction() as session:
        for level in ("primary", "territorial", "union"):
            for one in await session.scalars(select(Organisation).filter_by(level=level)):
                await session.delete(one)
            await session.flush()
    await admin.says("/orgs")
    await admin.sees("Организаций пока нет", "import organisations")
    assert not admin.buttons


async def test_lists_stand_in_the_order_people_count_in(app: App, admin: Person) -> None:
    names = [
        "ППО Сети № 98",
        "ППО сети № 99",
        "ППО «Сети» № 9",
        "ППО Яшма",
        "ППО Ёлкино",
        "ППО Енот",
    ]
    await grow(app, [f"P{n},{name},primary,KGD," for n, name in enumerate(names)])
    await admin.says("/orgs")
    await admin.taps(TERRITORIES[0])
    listed = [label.partition(" · ")[2] for label in admin.buttons if label.startswith("P")]
    assert listed == [names[n] for n in (4, 5, 2, 0, 1, 3)]
    await admin.taps("Найти")
    await admin.says("сети")
    assert admin.buttons[0] == f"P2 · {names[2]}"


def test_an_organisation_is_found_however_its_words_are_written() -> None:
    names = {"A-10": "ППО «Янтарь-Энерго» № 5", "A-1": "ППО Ёлкино", "B": "ППО A1"}
    tree = [Organisation(code=code, name=name) for code, name in names.items()]

    def found(words: str) -> list[str]:
        return [one.code for one in having(words, tree)]

    assert found('ппо "янтарь энерго"') == found("ЯНТАРЬ-ЭНЕРГО, №5") == ["A-10"]
    assert found("елкино") == ["A-1"]
    assert found("a-1") == ["A-1", "A-10", "B"], "the code itself comes first"
    assert found("«»") == found(" ") == found("🙂") == []
