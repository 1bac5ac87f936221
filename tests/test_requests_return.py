"""Whoever left and comes again: known to the chair, asked nothing twice, numbered as before."""

import pytest
from sqlalchemy import select

from bot.app import App
from models.application import Application, Consent
from models.member import Member
from models.organisation import Organisation
from models.registry import RegistryEntry
from sandbox.people import Person
from sandbox.plugin import START, Clock
from services.parsing import name_key
from tests.applying import HOME, NAME, Holds, Make, agreed, applies, appointed, rows
from tests.backstage import enrol

pytestmark = pytest.mark.usefixtures("union")

RECALLED = "Ваши прежние данные уже подставлены"
BEFORE = f"Раньше в профсоюзе: {NAME}, № 000777, {HOME}, до 23 ноября 2026."
PHONE = "+79991234567"


@pytest.fixture
async def anna(app: App, people: Make) -> Person:
    """A member of the first hour, gone."""
    anna = people("Анна", phone=PHONE)
    await enrol(app, anna, "TMN-1", NAME, number="000777")
    await leaves(anna)
    return anna


@pytest.fixture
async def peter(people: Make, holds: Holds) -> Person:
    return await appointed(people, holds, "Пётр", "TMN-1")


async def leaves(person: Person) -> None:
    await person.says("👤 Профиль")
    for label in ("Выйти из профсоюза", "Всё равно выйти", "Да, выйти"):
        await person.taps(label)


async def numbers(app: App) -> list[str]:
    return [one.number for one in await rows(app, Member)]


async def test_whoever_returns_types_nothing_and_keeps_the_number(
    app: App, anna: Person, peter: Person, clock: Clock
) -> None:
    clock.forward(days=3)
    await anna.taps("✍️ Вступить")
    consent = await anna.sees("Согласие на обработку")
    await anna.sees_nothing_of(NAME)
    assert (await rows(app, Application))[0].name is None
    await anna.taps("Согласен")
    redrawn = await anna.sees(
        "Проверьте заявку", NAME, "15 марта 1998", "+7 999 123-45-67 ✓", HOME
    )
    assert redrawn["message_id"] == consent["message_id"]
    await anna.sees(RECALLED)
    assert len(await rows(app, Consent)) == 1
    await anna.taps("Отправить заявку")
    await peter.sees("В реестре: нет.", BEFORE)
    await peter.taps("Подтвердить")
    await anna.sees("добро пожаловать", "000777")
    assert await numbers(app) == ["000777", "000777"]


async def test_each_of_the_former_answers_can_be_changed(
    app: App, anna: Person, peter: Person
) -> None:
    """A new surname, the same birth date, the same account: the same person."""
    await agreed(anna)
    for label, answer in (("Изменить ФИО", "Орлова Анна"), ("Изменить телефон", "89123456789")):
        await anna.taps(label)
        await anna.says(answer)
    await anna.taps("Изменить организацию")
    await anna.says("сургут")
    await anna.taps("ППО Сургутская ГРЭС")
    await anna.sees("Орлова Анна", "+7 912 345-67-89 (не подтверждён)", "ППО Сургутская ГРЭС")
    await anna.taps("Изменить организацию")
    await anna.says("тюменьэнерго")
    await anna.taps(HOME)
    await anna.taps("Отправить заявку")
    await peter.sees("Орлова Анна", BEFORE)
    await peter.taps("Подтвердить")
    await leaves(anna)
    await agreed(anna)
    await anna.sees("Проверьте заявку", "Орлова Анна", "+7 912 345-67-89")
    await anna.taps("Отправить заявку")
    await peter.taps("Подтвердить")
    assert await numbers(app) == ["000777"] * 3


async def test_from_another_account_the_name_and_the_date_tell(
    app: App, anna: Person, peter: Person, people: Make
) -> None:
    new = people("Анна", phone="+79995550199")
    await applies(new)
    await new.sees_nothing_of(RECALLED)
    await peter.sees(BEFORE)
    await peter.taps("Подтвердить")
    assert await numbers(app) == ["000777", "000777"]
    await agreed(anna)
    await anna.taps("Отправить заявку")
    await peter.sees("Возможно, это", BEFORE)
    await peter.taps("Подтвердить")
    assert await numbers(app) == ["000777", "000777", "000001"]


async def test_somebody_else_on_the_same_account_gets_another_number(
    app: App, anna: Person, peter: Person
) -> None:
    await agreed(anna)
    for label, answer in (("Изменить ФИО", "Смирнов Иван"), ("Изменить дату", "1.5.1970")):
        await anna.taps(label)
        await anna.says(answer)
    await anna.taps("Отправить заявку")
    await peter.sees("Смирнов Иван", f"раньше был другой член профсоюза: {NAME}, № 000777")
    await peter.sees_nothing_of("Раньше в профсоюзе")
    await peter.taps("Подтвердить")
    assert await numbers(app) == ["000777", "000001"]


async def test_the_register_does_not_change_the_number_one_had(
    app: App, anna: Person, peter: Person
) -> None:
    async with app.database.transaction() as session:
        home = (await session.scalars(select(Organisation).filter_by(code="TMN-1"))).one()
        member = (await session.scalars(select(Member))).one()
        session.add(
            RegistryEntry(
                number="Т-15",
                name=NAME,
                name_key=name_key(NAME),
                born_on=member.born_on,
                organisation_id=home.id,
                imported_at=START,
            )
        )
    await agreed(anna)
    await anna.taps("Отправить заявку")
    await peter.sees("В реестре: совпадает, № Т-15.", BEFORE)
    await peter.taps("Подтвердить")
    assert await numbers(app) == ["000777", "000777"]


@pytest.mark.parametrize(
    ("code", "asked"), [("KGD-1", "ППО Янтарьэнерго?"), ("TMN", "Проверьте заявку")]
)
async def test_an_invitation_elsewhere_asks_for_its_organisation(
    anna: Person, people: Make, holds: Holds, code: str, asked: str
) -> None:
    jana = await appointed(people, holds, "Яна", code)
    await jana.says(f"/invite {code}")
    caption = (await jana.sees("https://t.me/"))["caption"]
    await anna.opens(next(word for word in caption.split() if word.startswith("https://t.me/")))
    await agreed(anna)
    await anna.sees(RECALLED, asked)


async def test_a_refusal_of_the_consent_recalls_nothing(app: App, anna: Person) -> None:
    await anna.taps("✍️ Вступить")
    await anna.taps("Не согласен")
    assert not await rows(app, Application)
    await anna.says("/help")
    await anna.sees_nothing_of("Заявка подождёт")


async def test_a_new_application_after_a_refusal_says_so(people: Make, peter: Person) -> None:
    vera = people("Вера", phone=PHONE)
    await applies(vera)
    await peter.sees_nothing_of("Прошлую заявку")
    await peter.taps("Отклонить")
    await peter.says("Нет в <штате>")
    await peter.says("да")
    await vera.says("✍️ Вступить")
    await vera.taps("Согласен")
    await vera.taps("Отправить заявку")
    await peter.sees("Прошлую заявку отклонили 23 ноября, 14:00. Причина: Нет в <штате>")
