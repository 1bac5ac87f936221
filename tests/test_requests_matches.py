"""Known already? Under another account, in another application, in the union's register."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from bot.app import App
from models.application import State
from models.member import Member
from models.organisation import Organisation
from models.registry import RegistryEntry
from sandbox.people import Person
from sandbox.plugin import START
from services.parsing import name_key
from tests.applying import (
    NAME,
    PHONE,
    Holds,
    Make,
    application_of,
    applies,
    appointed,
    returns,
    rows,
    step_of,
)
from tests.backstage import audited, card_link, enrol
from tests.conftest import ADMIN

pytestmark = pytest.mark.usefixtures("union")

LINK, YES = "Тот же человек — перенести профбилет", "Да, перенести"


@pytest.fixture
async def peter(people: Make, holds: Holds) -> Person:
    return await appointed(people, holds, "Пётр", "TMN-1")


@pytest.fixture
async def old(app: App, people: Make) -> Person:
    """Anna's earlier account: the same name and birth date, another phone."""
    old = people("Анна")
    await enrol(app, old, "TMN-1", NAME, number="000777")
    return old


async def registered(
    app: App, name: str, number: str, phone: str | None, code: str = "TMN-1", left: bool = False
) -> None:
    async with app.database.transaction() as session:
        home = (await session.scalars(select(Organisation).filter_by(code=code))).one()
        session.add(
            RegistryEntry(
                number=number,
                name=name,
                name_key=name_key(name),
                born_on=date(1998, 3, 15),
                phone=phone,
                organisation_id=home.id,
                imported_at=START,
                left_at=datetime(2026, 1, 1, tzinfo=UTC) if left else None,
            )
        )


async def test_a_known_member_moves_to_the_new_account(
    app: App, people: Make, peter: Person, old: Person
) -> None:
    new = people("Анна", phone=PHONE)
    link = await card_link(old)
    assert "card" in old.commands
    await applies(new)
    await peter.sees(f"Возможно, это {NAME}, № 000777, ППО Тюменьэнерго", "Совпали имя и дата")
    assert peter.buttons == ["Подтвердить", LINK, "Вернуть", "Отклонить"]
    await peter.taps(LINK)
    await peter.taps(YES)
    assert peter.toast == "Профбилет перенесён"
    await new.sees("добро пожаловать", "000777")
    assert new.menu[0] == "📰 Новости"
    assert "card" in new.commands
    await old.sees("перешло на другой аккаунт")
    assert old.menu == ["✍️ Вступить", "ℹ️ О профсоюзе", "🆘 SOS"]
    assert "card" not in old.commands
    await old.says("/card")
    await old.sees("для членов профсоюза")
    await peter.opens(link)
    await peter.sees("действителен", NAME, "000777")
    (member,) = await rows(app, Member)
    assert (member.phone, member.phone_verified) == (PHONE, True)
    assert (await application_of(app)).member_id == member.id
    assert await audited(app, "member.") == ["member.moved"]


async def test_a_membership_is_not_moved_by_one_tap_nor_by_its_owner(
    app: App, people: Make, peter: Person, old: Person, holds: Holds
) -> None:
    await holds(old, "chair", "TMN-1")
    await applies(people("Анна", phone=PHONE))
    await peter.taps(LINK)
    await peter.sees("Совпали имя и дата рождения", "прежний его потеряет")
    assert (await application_of(app)).state is State.PENDING
    await peter.taps("← К заявке")
    assert LINK in peter.buttons
    await old.taps(LINK)
    await old.taps(YES)
    assert old.toast
    assert "ваш собственный профбилет" in old.toast
    assert (await application_of(app)).state is State.PENDING


async def test_whether_to_move_it_is_answered_in_words(
    app: App, people: Make, peter: Person, old: Person
) -> None:
    await applies(people("Анна", phone=PHONE))
    for kept in ("нет", "подождите"):
        await peter.taps(LINK)
        await peter.says(kept)
        await peter.sees("Заявка на вступление", NAME)
        assert LINK in peter.buttons
        assert await step_of(app, peter) is None
    await peter.taps(LINK)
    await peter.says("да")
    await peter.sees("Профбилет № 000777 перенесён", NAME)
    await old.sees("перешло на другой аккаунт")
    assert (await application_of(app)).state is State.CONFIRMED


async def test_choices_move_with_the_membership_and_roles_do_not(
    app: App, people: Make, peter: Person, old: Person, holds: Holds
) -> None:
    helen, new = people("Елена", id=ADMIN), people("Анна", phone=PHONE)
    await helen.says("/start")
    await holds(old, "organiser", "TMN-1")
    await old.says("👤 Профиль")
    await old.taps("Часы уведомлений")
    await old.taps("10–20")
    await old.taps("Интересы")
    await old.taps("Спорт")
    await applies(new)
    await peter.taps(LINK)
    await peter.taps(YES)
    await new.says("👤 Профиль")
    await new.sees("10–20", "Интересы: Спорт")
    assert "invite" not in new.commands
    await helen.sees(NAME, f"ID {old.id}", "/revoke")


async def test_somebody_else_is_confirmed_as_a_new_person(
    app: App, people: Make, peter: Person, old: Person
) -> None:
    await applies(people("Анна", phone=PHONE))
    await peter.sees("Возможно, это")
    await peter.taps("Подтвердить")
    assert sorted(one.number for one in await rows(app, Member)) == ["000001", "000777"]
    await old.says("/start")
    await old.sees("вы в меню")


async def test_a_phone_is_enough_to_ask_but_a_name_with_its_date_says_more(
    app: App, people: Make, peter: Person
) -> None:
    """A father and a daughter share a phone; enrolled with +7 999 123-45-67 both."""
    await enrol(app, people("Отец"), "TMN-1", "Смирнов Иван Петрович", number="000100")
    new = people("Анна", phone="+79991234567")
    await applies(new)
    await peter.sees("Возможно, это Смирнов Иван Петрович", "Telegram. Совпал телефон.")
    await peter.taps(LINK)
    await peter.sees("Совпал только телефон", "Убедитесь")
    await peter.taps("← К заявке")
    await enrol(app, people("Анна"), "TMN-1", "СМИРНОВА Анна Ивановна", number="000200")
    await peter.taps(LINK)
    assert peter.toast == "Пока карточка ждала, сведения изменились. Взгляните ещё раз."
    await peter.sees("Возможно, это СМИРНОВА Анна Ивановна, № 000200")
    assert (await application_of(app)).state is State.PENDING
    await peter.taps(LINK)
    await peter.taps(YES)
    await peter.sees("Подтверждена")


async def test_a_membership_beyond_ones_reach_is_not_moved(
    app: App, people: Make, holds: Holds, peter: Person
) -> None:
    elsewhere = people("Анна")
    await enrol(app, elsewhere, "KGD-1", NAME, number="000777")
    olga = await appointed(people, holds, "Ольга", "VEP")
    await applies(people("Анна", phone=PHONE))
    await peter.taps(LINK)
    await peter.taps(YES)
    await peter.sees("выдан в другой организации (ППО Янтарьэнерго)")
    assert (await application_of(app)).state is State.PENDING
    await olga.says("/requests")
    await olga.taps(f"{NAME} · сегодня")
    await olga.taps(LINK)
    await olga.taps(YES)
    await peter.sees("Подтверждена")
    (member,) = await rows(app, Member)
    (home,) = await rows(app, Organisation, code="TMN-1")
    assert member.organisation_id == home.id


async def test_whoever_has_left_is_nobodys_double(
    app: App, people: Make, peter: Person, old: Person
) -> None:
    await old.taps("👤 Профиль")
    async with app.database.transaction() as session:
        (member,) = (await session.scalars(select(Member))).all()
        member.left_at = START
    await applies(people("Анна", phone=PHONE))
    await peter.sees(NAME)
    assert LINK not in peter.buttons


async def test_two_accounts_that_apply_are_shown_to_the_chair(people: Make, peter: Person) -> None:
    await applies(people("Анна", phone=PHONE))
    await peter.sees_nothing_of("с другого аккаунта")
    await applies(people("Аня", phone="+79995550102"), name="смирнова анна ивановна")
    await peter.sees("С такими же данными есть заявка с другого аккаунта")


async def test_of_two_accounts_the_second_is_not_confirmed_unawares(
    app: App, people: Make, peter: Person
) -> None:
    """Its card came before the first one was a member."""
    first, second = people("Анна", phone=PHONE), people("Аня", phone="+79995550102")
    await applies(first)
    one = await peter.sees(NAME)
    await applies(second)
    await peter.taps("Подтвердить", message=one)
    await peter.taps("Подтвердить")
    assert peter.toast == "Пока карточка ждала, сведения изменились. Взгляните ещё раз."
    await peter.sees(f"Возможно, это {NAME}, № 000001")
    assert len(await rows(app, Member)) == 1
    await peter.taps(LINK)
    await peter.taps(YES)
    await second.sees("добро пожаловать", "000001")
    await first.sees("перешло на другой аккаунт")
    assert len(await rows(app, Member)) == 1


async def test_the_register_agrees_differs_or_knows_nothing(
    app: App, people: Make, peter: Person
) -> None:
    await registered(app, NAME, "Т-15", PHONE)
    await registered(app, "Ёлкин Пётр Ильич", "Т-16", "+79990000016", code="KGD-1", left=True)
    await registered(app, "Сидорова Вера", "Т-17", "+79990000017")
    await applies(people("Анна", phone=PHONE))
    await peter.sees("В реестре: совпадает, № Т-15.")
    await applies(people("Пётр", phone="+79990000099"), name="Елкин Петр Ильич")
    await peter.sees(
        "В реестре: отличается, № Т-16. Не сходится: телефон, организация, отмечен как выбывший."
    )
    await applies(people("Вера", phone="+79990000017"), name="Сидорова-Лев Вера")
    await peter.sees("отличается, № Т-17", "Не сходится: имя.")
    await applies(people("Нина", phone="+79990000018"), name="Новикова Нина")
    await peter.sees("В реестре: нет.")


async def test_numbers_come_from_the_register_or_grow(
    app: App, people: Make, peter: Person
) -> None:
    """A phone alone gives nobody another's number, and a number is never given twice."""
    await registered(app, NAME, "Т-15", PHONE)
    await registered(app, "Кто-то Другой", "000002", "+79990000017")
    for name, phone in (
        (NAME, PHONE),
        ("Сидорова Вера", "+79990000017"),
        ("Новикова Нина", "+79990000018"),
    ):
        await applies(people("Кто-то", phone=phone), name=name)
        await peter.taps("Подтвердить")
    numbers = {one.name: one.number for one in await rows(app, Member)}
    assert numbers == {NAME: "Т-15", "Сидорова Вера": "000001", "Новикова Нина": "000003"}


async def test_a_number_waits_for_whoever_returns(app: App, people: Make, peter: Person) -> None:
    await registered(app, NAME, "Т-15", PHONE)
    anna = people("Анна", phone=PHONE)
    for comes in (applies, returns):
        await comes(anna)
        await peter.taps("Подтвердить")
        async with app.database.transaction() as session:
            for member in (await session.scalars(select(Member))).all():
                member.left_at = START
    assert [one.number for one in await rows(app, Member)] == ["Т-15", "Т-15"]
    await applies(people("Аня", phone=PHONE), name="Смирнова Аня")
    await peter.taps("Подтвердить")
    assert [one.number for one in await rows(app, Member)] == ["Т-15", "Т-15", "000001"]
