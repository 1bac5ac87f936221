"""Which number a new member gets when the register knows somebody by the phone alone."""

import pytest
from sqlalchemy import select

from bot.app import App
from models.member import Member
from models.registry import RegistryEntry
from sandbox.people import Person
from tests.applying import Holds, Make, applies, appointed, rows
from tests.backstage import enrol
from tests.test_requests_matches import registered

NUMBER, PHONE, NAME = "Т-17", "+79990000017", "Сидорова-Лев Вера"
SAME = f"Тот же человек — с № {NUMBER}"

pytestmark = pytest.mark.usefixtures("union")


@pytest.fixture
async def peter(people: Make, holds: Holds) -> Person:
    return await appointed(people, holds, "Пётр", "TMN-1")


@pytest.fixture
async def vera(app: App, people: Make) -> Person:
    """The register still has her by her maiden name."""
    await registered(app, "Сидорова Вера", NUMBER, PHONE)
    return people("Вера", phone=PHONE)


async def numbers(app: App) -> list[str]:
    return [one.number for one in await rows(app, Member)]


async def test_the_chair_says_that_it_is_the_same_person(
    app: App, peter: Person, vera: Person
) -> None:
    await applies(vera, name=NAME)
    await peter.sees(f"подтвердите с номером {NUMBER}; иначе номер будет новый")
    await peter.taps(SAME)
    await peter.sees("Подтверждена", f"Номер: {NUMBER}.")
    await vera.sees(f"Номер: {NUMBER}")
    assert await numbers(app) == [NUMBER]


async def test_or_that_it_is_not(app: App, peter: Person, vera: Person) -> None:
    await applies(vera, name=NAME)
    await peter.taps("Подтвердить")
    await peter.sees("Подтверждена", "Номер: 000001.")
    assert await numbers(app) == ["000001"]


async def test_nothing_is_offered_that_is_known_or_taken(
    app: App, people: Make, peter: Person, vera: Person
) -> None:
    await applies(vera, name="Сидорова Вера")
    await peter.sees_nothing_of("Тот же человек", "иначе номер будет новый")
    await enrol(app, people("Кто-то"), "TMN-2", "Другой Иван", number=NUMBER)
    await applies(people("Лев", phone=PHONE), name="Сидоров Лев")
    await peter.sees_nothing_of("Тот же человек — с", "иначе номер будет новый")


async def test_an_offer_that_is_gone_is_shown_again(app: App, peter: Person, vera: Person) -> None:
    """The register was imported anew while the card waited."""
    await applies(vera, name=NAME)
    async with app.database.transaction() as session:
        await session.delete((await session.scalars(select(RegistryEntry))).one())
    await peter.taps(SAME)
    await peter.sees("Взгляните ещё раз", "В реестре: нет.")
    assert await numbers(app) == []
