"""«⏳ Моя заявка»: who has it, since when, what happens next, and how to take it back."""

import re

import pytest

from bot.app import App
from models.application import Application, State
from sandbox.people import Person, words
from sandbox.plugin import Clock
from tests.applying import (
    HOME,
    NAME,
    PHONE,
    PHONE_SHOWN,
    Holds,
    Make,
    agreed,
    application_of,
    applies,
    appointed,
    fills_in,
    rows,
    step_of,
)
from tests.backstage import audited, enrol
from tests.conftest import ADMIN

pytestmark = pytest.mark.usefixtures("union")


@pytest.fixture
async def anna(people: Make) -> Person:
    return people("Анна", phone=PHONE)


@pytest.fixture
async def peter(app: App, people: Make, holds: Holds) -> Person:
    peter = people("Пётр")
    await enrol(app, peter, "TMN-1", "Орлов Пётр", number="000102")
    await holds(peter, "chair", "TMN-1")
    return peter


async def test_the_applicant_sees_who_has_it_and_since_when(
    anna: Person, peter: Person, clock: Clock
) -> None:
    await applies(anna)
    clock.forward(hours=5)
    await anna.taps("⏳ Моя заявка")
    await anna.sees("на рассмотрении", f"{HOME} (председатель Орлов Пётр)")
    await anna.sees("Отправлена: 23 ноября, 14:00", "Что дальше", "через двое суток")
    clock.forward(hours=24)
    await anna.taps("⏳ Моя заявка")
    await anna.sees("Мы уже напомнили о ней", "ещё сутки")
    clock.forward(hours=24)
    await anna.taps("⏳ Моя заявка")
    await anna.sees("Мы о ней уже напомнили")
    await anna.sees_nothing_of("ещё сутки", "двое суток")
    await peter.taps("Вернуть")
    await peter.says("Отчество с опечаткой")
    await anna.sees("нужно исправить", "Отчество с опечаткой", "25 ноября, 19:00")
    assert anna.buttons == ["Продолжить", "Отозвать заявку"]
    await anna.taps("⏳ Моя заявка")
    await anna.sees("нужно исправить", "Отчество с опечаткой")
    await anna.says("/start")
    await anna.sees("просят кое-что исправить")


async def test_the_applicant_and_the_chair_read_the_same_clock(
    anna: Person, people: Make, holds: Holds
) -> None:
    """Neither is a member anywhere yet; the house itself lives by Moscow's clock."""
    kant = await appointed(people, holds, "Кант", "KGD-1")
    await applies(anna, home="ППО Янтарьэнерго")
    at = "Отправлена: 23 ноября, 11:00"
    await anna.sees(at)
    await kant.sees(at)
    await kant.taps("Отклонить")
    await kant.taps("Указаны неверные данные")
    await kant.sees("Отклонена: председатель, 23 ноября, 11:00")
    await anna.sees("Решение принято: 23 ноября, 11:00")


async def test_sos_promises_nothing_and_names_who_can_help(anna: Person, peter: Person) -> None:
    not_yet, promises = "Тревога через бота пока не передаётся", ("Вступите", "откроется")
    await fills_in(anna)
    await anna.taps("🆘 SOS")
    await anna.sees("звоните 112", "председатель профсоюзной организации на вашем предприятии")
    await anna.sees("SOS — раздел для членов профсоюза", not_yet)
    await anna.sees_nothing_of(*promises)
    await anna.taps("✍️ Вступить")
    await anna.taps("Отправить заявку")
    for asked in ("🆘 SOS", "/sos"):
        await anna.says(asked)
        await anna.sees("звоните 112", "председатель вашей организации — Орлов Пётр.")
        await anna.sees("SOS — раздел для членов профсоюза", not_yet)
        await anna.sees_nothing_of(*promises)
    await peter.taps("Вернуть")
    await peter.says("Отчество с опечаткой")
    await anna.taps("🆘 SOS")
    await anna.sees("звоните 112", "председатель вашей организации — Орлов Пётр.", not_yet)
    await anna.sees_nothing_of(*promises)
    await anna.taps("⏳ Моя заявка")
    await anna.taps("Продолжить")
    await anna.taps("Отправить заявку")
    await peter.taps("Подтвердить")
    await anna.taps("🆘 SOS")
    await anna.sees("звоните 112", "председатель вашей организации — Орлов Пётр.", not_yet)
    await anna.sees_nothing_of("раздел для членов")


async def test_without_a_chair_the_next_level_has_it(
    anna: Person, people: Make, holds: Holds
) -> None:
    await applies(anna)
    await anna.sees("Рассматривать её пока некому, но она записана")
    await appointed(people, holds, "Ольга", "TMN")
    await anna.taps("⏳ Моя заявка")
    await anna.sees("ТюмнМО ВЭП (председатель)")
    await anna.sees_nothing_of("администратор")


async def test_without_any_chair_the_admins_have_it(anna: Person, people: Make) -> None:
    helen = people("Елена", id=ADMIN)
    await helen.says("/start")
    await applies(anna)
    await anna.sees("Рассматривает: администраторы профсоюза")
    await helen.sees(NAME)


async def test_taking_it_back_is_asked_once_more(
    app: App, anna: Person, peter: Person, people: Make, holds: Holds
) -> None:
    olga = await appointed(people, holds, "Ольга", "TMN-1")
    await applies(anna)
    await anna.taps("Отозвать заявку")
    await anna.sees("Её перестанут рассматривать")
    await anna.taps("Нет, оставить")
    await anna.sees("на рассмотрении")
    card = await olga.sees(NAME)
    await anna.taps("Отозвать заявку")
    asked = await anna.sees("Отозвать заявку?")
    await anna.taps("Да, отозвать")
    redrawn = await anna.sees("Моя заявка: отозвана")
    assert redrawn["message_id"] == asked["message_id"]
    last = max(anna.chat.messages.values(), key=lambda message: message["message_id"])
    assert "Заявка отозвана. Передумаете — нажмите «✍️ Вступить»" in words(last)
    assert "Отозвать заявку?" not in anna.transcript
    assert anna.menu[0] == "✍️ Вступить"
    await anna.taps_data(asked, "jn.withdraw:1:1")
    assert anna.toast == "Эта заявка уже отозвана."
    assert await audited(app, "application.") == ["application.sent", "application.withdrawn"]
    for chair in (peter, olga):
        await chair.sees("Отозвана заявителем, 23 ноября, 14:00")
        assert chair.buttons == []
    for late in ("rq.confirm:1:0", "rq.back:1", "rq.reject:1", "rq.reason:1:double"):
        await olga.taps_data(card, late)
        assert olga.toast == "Эта заявка уже решена: отозвана заявителем."
    assert (await application_of(app)).state is State.WITHDRAWN


async def test_taking_it_back_is_confirmed_in_words(app: App, anna: Person, peter: Person) -> None:
    await applies(anna)
    for kept in ("нет", "передумал", "Нет, оставить"):
        await anna.taps("Отозвать заявку")
        await (anna.taps if kept in anna.buttons else anna.says)(kept)
        await anna.sees("на рассмотрении")
        assert await step_of(app, anna) is None
    await anna.says("да")
    await anna.sees("Не понял вас")
    await anna.taps("Отозвать заявку")
    await anna.says("Да")
    await anna.sees("Моя заявка: отозвана", "Заявка отозвана. Передумаете")
    await peter.sees("Отозвана заявителем")


async def test_old_buttons_do_not_touch_a_new_application(
    app: App, anna: Person, peter: Person
) -> None:
    await applies(anna)
    first = await application_of(app)
    await anna.taps("Отозвать заявку")
    sure = await anna.sees("Отозвать заявку?")
    await anna.taps("Да, отозвать")
    await anna.taps_data(sure, f"jn.withdraw:{first.id}:1")
    await agreed(anna)
    for stranger in (first.id, 99, 2**63):
        await anna.taps_data(sure, f"jn.withdraw:{stranger}:1")
        assert anna.toast
    await anna.taps("Отправить заявку")
    await anna.taps_data(sure, f"jn.withdraw:{first.id}:1")
    await anna.sees("нельзя отозвать")
    assert [one.state for one in await rows(app, Application)] == [State.WITHDRAWN, State.PENDING]
    await peter.taps("Подтвердить")
    await anna.taps_data(sure, f"jn.withdraw:{first.id + 1}:1")
    await anna.sees("по ней есть решение")
    assert (await application_of(app)).state is State.CONFIRMED


async def test_nobody_withdraws_for_another(app: App, anna: Person, people: Make) -> None:
    boris = people("Борис", phone="+79990001122")
    await applies(anna)
    await boris.says("/start")
    greeting = await boris.sees()
    await boris.taps_data(greeting, "jn.withdraw:1:1")
    assert boris.toast
    assert (await application_of(app)).state is State.PENDING


async def test_one_may_apply_again(app: App, anna: Person, peter: Person) -> None:
    await applies(anna)
    await peter.taps("Отклонить")
    await peter.taps("Указаны неверные данные")
    await anna.sees("отклонена", "Причина: Указаны неверные данные", "нажмите «✍️ Вступить»")
    await anna.sees("Если не согласны с отказом, обратитесь выше: ТюмнМО ВЭП.")
    assert anna.menu[0] == "✍️ Вступить"
    await anna.says("⏳ Моя заявка")
    await anna.taps("Подать заявку снова")
    await anna.taps("Согласен")
    await anna.sees("прежние данные уже подставлены", "Проверьте заявку", NAME, HOME)
    await anna.taps("Изменить ФИО")
    await anna.says("Орлова Анна")
    await anna.taps("Отправить заявку")
    await peter.sees("Орлова Анна")
    await anna.taps("Отозвать заявку")
    await anna.taps("Да, отозвать")
    await agreed(anna)
    await anna.sees("прежние данные уже подставлены", "Орлова Анна", f"{PHONE_SHOWN} ✓")
    await anna.taps("Отправить заявку")
    await peter.sees("Орлова Анна")
    await peter.taps("Подтвердить")
    await anna.sees("добро пожаловать")
    await anna.says("✍️ Вступить")
    await anna.sees("Вы уже член профсоюза")
    await anna.says("⏳ Моя заявка")
    await anna.sees("подтверждена")


async def test_in_english_all_of_it_is_in_english(people: Make, holds: Holds) -> None:
    anna = people("Anna", phone="+447911123456", language="en")
    peter = people("Peter", language="en-GB")
    await peter.says("/start")
    await holds(peter, "chair", "TMN-1")
    await anna.says("/start")
    await anna.sees("Strength in everyone", "“✍️ Join”")
    await anna.taps("✍️ Join")
    await anna.sees("Consent to the processing", "Version of this text: 1.0")
    await anna.taps("I agree")
    await anna.says("Smith")
    await anna.sees("surname and first name")
    await anna.says("O'Connor-Smith Anna")
    await anna.says("March 15, 1991")
    await anna.taps("📱 Share my number")
    await anna.sees("Where do you work?")
    await anna.taps("ТюмнМО ВЭП")
    await anna.taps(HOME)
    await anna.sees("Check your application", "March 15, 1991", "+44 7911 123456 ✓")
    await anna.taps("Send the application")
    await anna.sees("under consideration", f"{HOME} (the chair)", "November 23, 14:00")
    await peter.sees("35 years old · up to 35", "without an invitation", "In the register: no")
    await peter.taps("Decline")
    await peter.taps("The data given is wrong")
    await anna.sees("declined", "Reason: The data given is wrong")
    await peter.says("/language")
    await peter.taps("Русский")
    await peter.says("/requests")
    await peter.sees("Заявок на рассмотрении нет")
    await anna.taps("✍️ Join")
    await anna.taps("I agree")
    await anna.sees("What you told us before is filled in", "Check your application")
    kate = people("Kate", language="en")
    await kate.says("/start")
    await kate.taps("✍️ Join")
    await kate.taps("I agree")
    for said, answer in (
        ("O'Connor-Smith Anna", "When were you born?"),
        ("/privacy", "The question above is still waiting"),
        ("tomorrow", "could not read the date"),
        ("15.03.1991", "Your phone?"),
        ("later", "I see no number"),
        ("+44 7911 123456", "+44 7911 123456 is noted"),
        ("plant", "no such organisation"),
        ("тюменьэнерго", "This is what I found"),
        ("/cancel", "everything you filled in is kept"),
        ("тюменьэнерго", "the answer to a question that is closed"),
        ("/start", "You have begun an application"),
    ):
        await kate.says(said)
        await kate.sees(answer)
    told = [m for one in (anna, kate) for m in one.chat.messages.values() if m["from"]["is_bot"]]
    said_to_them = "\n".join(words(message) for message in told)
    for name in (
        HOME,
        "ТюмнМО ВЭП",
        "Калининградская организация",
        "Всероссийский Электропрофсоюз",
    ):
        said_to_them = said_to_them.replace(name, "")
    assert not re.findall("[а-яё]+", said_to_them, re.IGNORECASE)
