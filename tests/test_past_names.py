"""A membership moves, begins and ends; what was done before keeps the name it was done under."""

import pytest

from bot.app import App
from sandbox.people import Person
from tests.applying import NAME, PHONE, Holds, Make, applies, appointed
from tests.backstage import enrol
from tests.conftest import ADMIN

pytestmark = pytest.mark.usefixtures("union")

PETER, OTHER_PHONE = "Ёлкин Пётр Ильич", "+79995550102"


@pytest.fixture
async def helen(people: Make) -> Person:
    helen = people("Елена", id=ADMIN)
    await helen.says("/start")
    return helen


@pytest.fixture
async def peter(app: App, people: Make, holds: Holds) -> Person:
    """A chair who is a member."""
    peter = people("Пётр")
    await enrol(app, peter, "TMN-1", PETER, number="000200")
    await holds(peter, "chair", "TMN-1")
    return peter


@pytest.fixture
async def olga(people: Make, holds: Holds) -> Person:
    """A chair who is not."""
    return await appointed(people, holds, "Ольга", "TMN-1")


async def moves(people: Make, olga: Person) -> Person:
    """Peter's membership goes over to another account of his."""
    new = people("Пётр", phone=OTHER_PHONE)
    await applies(new, name=PETER)
    await olga.taps("Тот же человек — перенести профбилет")
    await olga.taps("Да, перенести")
    await new.sees("добро пожаловать", "000200")
    return new


async def journal(helen: Person) -> list[str]:
    """Its lines without their moments, the latest first."""
    await helen.says("/audit")
    lines = (await helen.sees("Журнал действий"))["text"].split("\n\n")[1:]
    return [line.partition(" · ")[2] for line in lines]


async def test_a_decision_stays_with_the_member_who_made_it(
    people: Make, peter: Person, olga: Person
) -> None:
    await applies(people("Анна", phone=PHONE))
    await olga.says("/requests")
    waiting = await olga.sees("Заявок на рассмотрении")
    await peter.taps("Подтвердить")
    new = await moves(people, olga)
    await olga.taps(f"{NAME} · сегодня", message=waiting)
    await olga.sees(f"Подтверждена: {PETER}")
    await new.says("👤 Профиль")
    await new.taps("Имя")
    await new.says("Ёлкин-Лев Пётр")
    await olga.taps(f"{NAME} · сегодня", message=waiting)
    await olga.sees("Подтверждена: Ёлкин-Лев Пётр")


async def test_a_decision_made_before_membership_stays_the_roles(
    people: Make, olga: Person, helen: Person
) -> None:
    await applies(people("Анна", phone=PHONE))
    card = await olga.sees(NAME)
    await helen.says("/requests")
    waiting = await helen.sees("Заявок на рассмотрении")
    await olga.taps("Подтвердить", message=card)
    olga.world.people[olga.id].phone = OTHER_PHONE
    await applies(olga, name="Орлова Ольга")
    await helen.says("/requests")
    await helen.taps("Орлова Ольга · сегодня")
    await helen.taps("Подтвердить")
    await olga.sees("добро пожаловать")
    await helen.taps(f"{NAME} · сегодня", message=waiting)
    await helen.sees("Подтверждена: председатель")


async def test_the_journal_names_whoever_was_the_member_then(
    people: Make, helen: Person, peter: Person, olga: Person
) -> None:
    await applies(people("Анна", phone=PHONE))
    await peter.taps("Отклонить")
    await peter.taps("Указаны неверные данные")
    await helen.says(f"/grant {peter.id} lawyer")
    new = await moves(people, olga)
    await helen.says(f"/grant {new.id} lawyer")
    await helen.says(f"/revoke {peter.id} lawyer")
    assert (await journal(helen))[:8] == [
        f"ID {ADMIN}: снята роль «юрист» — весь союз; с кого: ID {peter.id}",
        f"ID {ADMIN}: назначена роль «юрист» — весь союз; кому: {PETER}",
        f"ID {olga.id}: профбилет перенесён на другой аккаунт Telegram: {PETER}",
        f"ID {olga.id}: подтверждена заявка: {PETER}",
        f"ID {new.id}: отправлена заявка: {PETER}",
        f"ID {new.id}: дано согласие на обработку персональных данных",
        f"ID {ADMIN}: назначена роль «юрист» — весь союз; кому: {PETER}",
        f"{PETER}: отклонена заявка: {NAME}",
    ]


async def test_the_journal_names_whoever_has_left(helen: Person, peter: Person) -> None:
    await peter.says("/profile")
    for label in ("Часы уведомлений", "10–20"):
        await peter.taps(label)
    await peter.says("/profile")
    for label in ("Выйти из профсоюза", "Всё равно выйти", "Да, выйти"):
        await peter.taps(label)
    assert (await journal(helen))[:3] == [
        f"{PETER}: снята роль «председатель» — TMN-1; с кого: {PETER}",
        f"{PETER}: выход из профсоюза: {PETER}",
        f"{PETER}: изменены свои часы уведомлений",
    ]
