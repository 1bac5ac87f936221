"""A chair decides on what they have read: answers changed since are shown first."""

from collections.abc import Awaitable, Callable

import pytest

from bot.app import App
from models.application import State
from models.member import Member
from sandbox.people import Person
from sandbox.plugin import Clock
from tests.applying import NAME, PHONE, Holds, Make, application_of, applies, appointed, rows
from tests.backstage import carried, enrol

pytestmark = pytest.mark.usefixtures("union")

AGAIN = "Пока карточка ждала, сведения изменились. Взгляните ещё раз."
OTHER = "Орлова Анна Ивановна"
REMARK = "Не та фамилия"
Resend = Callable[[], Awaitable[None]]


@pytest.fixture
async def anna(people: Make) -> Person:
    return people("Анна", phone=PHONE)


@pytest.fixture
async def peter(people: Make, holds: Holds) -> Person:
    return await appointed(people, holds, "Пётр", "TMN-1")


@pytest.fixture
async def olga(people: Make, holds: Holds) -> Person:
    return await appointed(people, holds, "Ольга", "TMN-1")


@pytest.fixture
async def resent(anna: Person, olga: Person) -> Resend:
    """Olga returns it, Anna changes her name and sends it again; not a second passes."""

    async def resend() -> None:
        await olga.taps("Вернуть")
        await olga.says(REMARK)
        await anna.taps("Продолжить")
        await anna.taps("Изменить ФИО")
        await anna.says(OTHER)
        await anna.taps("Отправить заявку")

    return resend


async def test_an_old_button_confirms_nothing_the_chair_has_not_read(
    app: App, anna: Person, peter: Person, resent: Resend
) -> None:
    await applies(anna)
    card = await peter.sees(NAME)
    old = carried(card, "Подтвердить")
    await resent()
    await peter.taps_data(card, old)
    assert peter.toast == AGAIN
    await peter.sees(OTHER)
    assert not await rows(app, Member)
    await peter.taps("Подтвердить")
    assert peter.toast == "Подтверждено"
    assert [one.name for one in await rows(app, Member)] == [OTHER]


async def test_the_same_answers_sent_again_are_another_sending(
    app: App, anna: Person, peter: Person, olga: Person, clock: Clock
) -> None:
    await applies(anna)
    card = await peter.sees(NAME)
    old = carried(card, "Подтвердить")
    await olga.taps("Вернуть")
    await olga.says(REMARK)
    clock.forward(seconds=1)
    await anna.taps("Продолжить")
    await anna.taps("Отправить заявку")
    await peter.taps_data(card, old)
    assert peter.toast == AGAIN
    assert (await application_of(app)).state is State.PENDING


async def test_an_old_button_moves_no_membership_to_other_answers(
    app: App, people: Make, anna: Person, peter: Person, resent: Resend
) -> None:
    before = people("Анна")
    await enrol(app, before, "TMN-1", "Смирнова Анна", number="000777")
    anna.world.people[anna.id].phone = "+79991234567"
    await applies(anna)
    card = await peter.sees("Возможно, это Смирнова Анна, № 000777")
    old = carried(card, "Тот же человек — перенести профбилет")
    await resent()
    await peter.taps_data(card, old)
    assert peter.toast == AGAIN
    await peter.sees(OTHER, "№ 000777")
    (member,) = await rows(app, Member)
    assert (member.name, (await application_of(app)).state) == ("Смирнова Анна", State.PENDING)


async def test_an_old_reason_declines_nothing_else(
    app: App, anna: Person, peter: Person, resent: Resend
) -> None:
    await applies(anna)
    await peter.taps("Отклонить")
    asked = await peter.sees("Почему отклоняете?")
    old = carried(asked, "Указаны неверные данные")
    await resent()
    await peter.taps_data(asked, old)
    assert peter.toast == AGAIN
    await peter.sees(OTHER)
    assert (await application_of(app)).state is State.PENDING
    await peter.taps("Отклонить")
    await peter.taps("Указаны неверные данные")
    assert peter.toast == "Отклонено"


@pytest.mark.parametrize("asked", [("Вернуть",), ("Отклонить",)])
async def test_words_typed_about_other_answers_decide_nothing(
    app: App, anna: Person, peter: Person, resent: Resend, asked: tuple[str, ...]
) -> None:
    await applies(anna)
    for label in asked:
        await peter.taps(label)
    await resent()
    await peter.says("Фамилия написана с ошибкой")
    await peter.sees(AGAIN, OTHER)
    assert (await application_of(app)).state is State.PENDING
    await peter.taps("Подтвердить")
    await anna.sees("добро пожаловать")


@pytest.mark.parametrize("old", ["rq.confirm:1:0", "rq.link:1:1", "rq.reason:1:wrong"])
async def test_buttons_of_an_earlier_make_show_the_application_again(
    app: App, anna: Person, peter: Person, old: str
) -> None:
    await applies(anna)
    card = await peter.sees(NAME)
    await peter.taps_data(card, old)
    assert peter.toast == AGAIN
    assert "Подтвердить" in peter.buttons
    assert (await application_of(app)).state is State.PENDING


async def test_the_card_tells_what_was_changed_since_the_return(
    app: App, anna: Person, peter: Person, resent: Resend
) -> None:
    await applies(anna)
    await peter.sees_nothing_of("Возвращали", "Изменено")
    await resent()
    await peter.sees(OTHER, f"Возвращали с замечанием: {REMARK}", "Изменено с тех пор: имя.")
    await peter.taps("Вернуть")
    await peter.says("Проверьте <b>остальное</b>")
    await anna.taps("Продолжить")
    for label, answer in (("Изменить телефон", "8 912 345 67 89"), ("Изменить дату", "1.5.1990")):
        await anna.taps(label)
        await anna.says(answer)
    await anna.taps("Изменить организацию")
    await anna.says("тюменьэнерго")
    await anna.taps("ППО Тюменьэнерго")
    await anna.taps("Отправить заявку")
    await peter.sees(
        "Возвращали с замечанием: Проверьте <b>остальное</b>",
        "Изменено с тех пор: дата рождения, телефон.",
    )
    await peter.taps("Подтвердить")
    await peter.sees_nothing_of("Возвращали")
    assert (await application_of(app)).changed == []


async def test_the_card_says_so_when_nothing_was_changed(
    anna: Person, peter: Person, olga: Person
) -> None:
    await applies(anna)
    await olga.taps("Вернуть")
    await olga.says(REMARK)
    await anna.taps("Продолжить")
    await anna.taps("Изменить ФИО")
    await anna.says(NAME)
    await anna.taps("Отправить заявку")
    await peter.sees("С тех пор ничего не изменено.")
    await anna.taps("Отозвать заявку")
    await anna.taps("Да, отозвать")
    await peter.sees("Отозвана")
    await peter.sees_nothing_of("Возвращали")


async def test_an_organisation_changed_by_an_invitation_counts_as_changed(
    people: Make, holds: Holds, anna: Person, peter: Person
) -> None:
    jana = await appointed(people, holds, "Яна", "KGD-1")
    await jana.says("/invite")
    caption = (await jana.sees("https://t.me/"))["caption"]
    link = next(word for word in caption.split() if word.startswith("https://t.me/"))
    await applies(anna)
    await peter.taps("Вернуть")
    await peter.says("Не наша организация")
    await anna.opens(link)
    await anna.taps("Продолжить")
    await anna.taps("Верно")
    await anna.taps("Отправить заявку")
    await jana.sees("Возвращали с замечанием: Не наша", "Изменено с тех пор: организация.")
