"""/members, and what is told when a membership moves, ends or is renamed."""

from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import select, update

from bot.app import App
from models.member import Member
from models.organisation import Organisation
from models.person import Person as Account
from sandbox.people import Person
from sandbox.plugin import START
from services import members, notices
from tests.backstage import enrol
from tests.conftest import ADMIN

pytestmark = pytest.mark.usefixtures("union")

Holds = Callable[..., Awaitable[None]]
Make = Callable[..., Person]


@pytest.fixture
async def peter(app: App, people: Make, holds: Holds) -> Person:
    peter = people("Пётр")
    await holds(peter, "chair", "TMN-1")
    await enrol(app, peter, "TMN-1", "Орлов Пётр", number="000102")
    return peter


async def test_the_roll_covers_what_the_role_does(
    app: App, peter: Person, people: Make, holds: Holds
) -> None:
    await enrol(app, people("Анна"), "TMN-1", "Абу <b>Лев & Co</b>", number="000103")
    await enrol(app, people("Игорь"), "TMN-2", "Ёлкин Игорь", number="000104")
    await enrol(app, people("Яна"), "KGD-1", "Янович Яна", number="000105")
    await peter.says("/members")
    shown = await peter.sees("Члены профсоюза: 2", "Орлов Пётр · № 000102 · ППО Тюменьэнерго")
    assert shown["text"].index("Абу <b>Лев & Co</b>") < shown["text"].index("Орлов Пётр")
    await peter.sees_nothing_of("Ёлкин", "Янович")
    organiser, admin = people("Ольга"), people("Елена", id=ADMIN)
    await holds(organiser, "organiser", "TMN")
    await organiser.says("/members")
    await organiser.sees("Члены профсоюза: 3", "Ёлкин Игорь · № 000104 · ППО Сургутская ГРЭС")
    await organiser.sees_nothing_of("Янович")
    await admin.says("/members")
    await admin.sees("Члены профсоюза: 4", "Янович")


async def test_others_are_told_whose_list_it_is(app: App, people: Make, holds: Holds) -> None:
    guest, lawyer, anna = people("Гость"), people("Юрист"), people("Анна")
    await enrol(app, anna, "TMN-1", "Смирнова Анна")
    await holds(lawyer, "lawyer", "TMN-1")
    await holds(lawyer, "leader")
    for person in (guest, lawyer, anna):
        await person.says("/members")
        refused = await person.sees("видят председатель, организатор и администратор")
        await person.taps_data(refused, "mb.turn:0")
        await person.sees("видят председатель")
        await person.sees_nothing_of("Смирнова")


async def test_an_empty_roll_says_what_to_do(people: Make, holds: Holds) -> None:
    olga = people("Ольга")
    await holds(olga, "chair", "KGD-1")
    await olga.says("/members")
    await olga.sees("пока нет", "/invite")


async def test_the_longest_roll_fits_page_by_page(app: App, people: Make, holds: Holds) -> None:
    async with app.database.transaction() as session:
        await session.execute(update(Organisation).values(name="😀" * 200))
    for number in range(25):
        await enrol(
            app, people(f"Анна {number}"), "TMN-1", f"{number:02}" + "Ы" * 118, f"{number:020}"
        )
    organiser = people("Ольга")
    await holds(organiser, "organiser", "VEP")
    await organiser.says("/members")
    seen = [(await organiser.sees("Члены профсоюза: 25"))["text"]]
    while "›" in organiser.buttons:
        await organiser.taps("›")
        seen.append((await organiser.sees("Члены профсоюза: 25"))["text"])
    assert [page.count("№") for page in seen] == [10, 10, 5]
    assert organiser.buttons == ["‹", "3 / 3"]
    await organiser.taps_data(await last(organiser), "mb.turn:99")
    assert organiser.toast == "Ничего не изменилось."
    await organiser.taps("3 / 3")
    assert organiser.toast == "Страница 3 из 3."
    await organiser.taps("‹")
    assert not organiser.toast
    assert len({line for page in seen for line in page.split("\n") if "№" in line}) == 25


async def last(person: Person) -> dict[str, object]:
    return person.chat.messages[max(person.chat.messages)]


async def test_who_left_is_told_to_the_chairs_and_leaves_the_roll(
    app: App, peter: Person, people: Make, holds: Holds
) -> None:
    anna, olga = people("Анна"), people("Ольга")
    await enrol(app, anna, "TMN-1", "Смирнова Анна")
    await holds(anna, "chair", "TMN-1")
    await holds(olga, "chair", "TMN-2")
    await olga.says("/start")
    await anna.taps("👤 Профиль")
    for label in ("Выйти из профсоюза", "Всё равно выйти", "Да, выйти"):
        await anna.taps(label)
    await peter.sees("вышел член вашей организации: Смирнова Анна, № 000101, ППО Тюменьэнерго")
    await olga.sees_nothing_of("Смирнова")
    await anna.sees_nothing_of("вышел член")
    await peter.says("/members")
    await peter.sees("Члены профсоюза: 1")
    await peter.sees_nothing_of("Смирнова")


async def test_a_new_name_is_told_as_before_and_after(
    app: App, peter: Person, people: Make
) -> None:
    anna = people("Анна")
    await enrol(app, anna, "TMN-1", "<b>Лев & Co</b>")
    await anna.taps("👤 Профиль")
    await anna.taps("Имя")
    await anna.says("Волкова Анна")
    await peter.sees("№ 000101", "Было: <b>Лев & Co</b>", "Стало: Волкова Анна")


async def test_news_of_a_member_is_only_for_those_who_still_may_know(
    app: App, peter: Person, people: Make
) -> None:
    anna, admin = people("Анна"), people("Елена", id=ADMIN)
    await enrol(app, anna, "TMN-1", "Смирнова Анна")
    await tell_of_anna(app, before="Прежняя Анна")
    await admin.says(f"/revoke {peter.id} chair TMN-1")
    assert "Прежняя" not in peter.transcript


async def test_a_name_changed_back_is_no_news(app: App, peter: Person, people: Make) -> None:
    await enrol(app, people("Анна"), "TMN-1", "Смирнова Анна")
    await tell_of_anna(app, before="Смирнова Анна")
    await app.courier.drain()
    assert "изменил имя" not in peter.transcript


async def tell_of_anna(app: App, before: str) -> None:
    now = START
    async with app.database.transaction() as session:
        anna = (await session.scalars(select(Member).filter_by(number="000101"))).one()
        await members.tell_chairs(session, anna, "members-renamed", now=now, before=before)


async def test_the_old_account_hears_that_its_membership_moved(
    app: App, peter: Person, people: Make
) -> None:
    anna, new = people("Анна"), people("Анна", phone="+79990000001")
    await enrol(app, anna, "TMN-1", "Смирнова Анна Ивановна")
    assert "🪪 Профбилет" in anna.menu
    await new.says("/start")
    await new.taps("✍️ Вступить")
    await new.taps("Согласен")
    for answer in ("Смирнова Анна Ивановна", "15.03.1998"):
        await new.says(answer)
    for label in ("📱 Отправить мой номер", "ТюмнМО ВЭП", "ППО Тюменьэнерго", "Отправить заявку"):
        await new.taps(label)
    await peter.taps("Тот же человек — перенести профбилет")
    await peter.taps("Да, перенести")
    await anna.sees("перешло на другой аккаунт Telegram", "свяжитесь с председателем")
    assert "✍️ Вступить" in anna.menu
    assert "card" not in anna.commands
    await anna.says("/card")
    await anna.sees("раздел для членов профсоюза", "✍️ Вступить")


async def test_nothing_is_told_when_the_membership_came_back(app: App, peter: Person) -> None:
    async with app.database.transaction() as session:
        account = (await session.scalars(select(Account).filter_by(telegram_id=peter.id))).one()
        await notices.owe(session, account, "members-moved", now=START)
    await app.courier.drain()
    assert "другой аккаунт" not in peter.transcript


async def test_the_level_above_hears_when_the_only_chair_leaves(
    app: App, people: Make, holds: Holds
) -> None:
    helen, peter = people("Елена", id=ADMIN), people("Пётр")
    await helen.says("/start")
    await enrol(app, peter, "TMN-1", "Ильин Пётр Сергеевич")
    await holds(peter, "chair", "TMN-1")
    await peter.says("👤 Профиль")
    await peter.taps("Выйти из профсоюза")
    await peter.taps("Всё равно выйти")
    await peter.taps("Да, выйти")
    await helen.sees("вышел член вашей организации: Ильин Пётр Сергеевич")
