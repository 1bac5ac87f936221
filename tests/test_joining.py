"""«✍️ Вступить»: from a guest to an application that waits, one question a message."""

import pytest

from bot.app import App
from models.application import Application, Consent
from models.member import Member
from sandbox.people import Person
from sandbox.plugin import Clock
from sandbox.reply_markup import inline_buttons
from sandbox.world import World
from tests.applying import (
    HOME,
    NAME,
    PHONE,
    PHONE_SHOWN,
    RUBBISH,
    TERRITORY,
    Holds,
    Make,
    agreed,
    answers,
    application_of,
    applies,
    appointed,
    fills_in,
    restarted,
    rows,
    step_of,
    survives,
)
from tests.backstage import carried

pytestmark = pytest.mark.usefixtures("union")


@pytest.fixture
async def anna(people: Make) -> Person:
    anna = people("Анна", phone=PHONE)
    await anna.says("/start")
    return anna


async def test_a_guest_becomes_a_member(app: App, people: Make, holds: Holds) -> None:
    anna, peter = people("Анна", phone=PHONE), people("Пётр")
    await peter.says("/start")
    await holds(peter, "chair", "TMN-1")
    await anna.says("/start")
    await anna.sees("Сила в каждом", "Нажмите «✍️ Вступить»")
    assert anna.menu == ["✍️ Вступить", "ℹ️ О профсоюзе", "🆘 SOS"]
    await anna.taps("✍️ Вступить")
    await anna.sees("Согласие на обработку", "Всероссийский Электропрофсоюз", "Версия текста 1.0")
    await anna.taps("Согласен")
    await anna.sees("Напишите фамилию, имя и отчество")
    await anna.says("смирнова анна ивановна")
    await anna.sees("Когда вы родились?")
    await anna.says("15 марта 1998")
    await anna.sees("Ваш телефон?")
    assert anna.menu == ["📱 Отправить мой номер", "← Назад"]
    await anna.taps("📱 Отправить мой номер")
    await anna.sees(f"{PHONE_SHOWN} подтверждён", "Где вы работаете?")
    assert "✍️ Вступить" in anna.menu
    await anna.taps(TERRITORY)
    await anna.taps(HOME)
    await anna.sees("Проверьте заявку", NAME, "15 марта 1998", f"{PHONE_SHOWN} ✓", HOME)
    await anna.taps("Отправить заявку")
    await anna.sees("на рассмотрении", f"{HOME} (председатель)", "23 ноября", "Что дальше")
    assert anna.menu[0] == "⏳ Моя заявка"
    await peter.sees(
        NAME, "28 лет", "до 35", f"{PHONE_SHOWN} ✓", "без приглашения", "В реестре: нет"
    )
    await peter.taps("Подтвердить")
    assert peter.toast == "Подтверждено"
    await anna.sees("Анна, добро пожаловать", "000001", "🪪 Профбилет")
    assert await anna.picture()
    assert anna.menu[:2] == ["📰 Новости", "📅 Мероприятия"]
    assert {"card", "profile"} <= set(anna.commands)


async def test_a_name_is_refused_with_a_reason(anna: Person) -> None:
    await agreed(anna)
    for typed, refusal in (
        ("Анна", "отчество — если есть"),
        ("А. Смирнова", "без инициалов"),
        ("Смирнова 2", "только буквы"),
        ("<b>Лев & Co</b>", "только буквы"),
        ("Cмирнова Анна", "смешаны русские и латинские"),
        ("Один Два Три Четыре Пять", "Слов слишком много"),
    ):
        await anna.says(typed)
        await anna.sees(refusal)
    await anna.says("о’коннор-лев анна")
    await anna.sees("Когда вы родились?")


async def test_a_birth_date_is_refused_with_a_reason(anna: Person) -> None:
    await agreed(anna)
    await anna.says(NAME)
    for typed, refusal in (
        ("вчера", "Не получилось прочитать дату"),
        ("31.02.1998", "нет в календаре"),
        ("01.01.2030", "ещё не наступил"),
        ("24.11.2012", "с 14 лет"),
        ("01.01.1900", "больше 100 лет"),
    ):
        await anna.says(typed)
        await anna.sees(refusal)
    await anna.says("15/3/98")
    await anna.sees("Ваш телефон?")


async def test_the_phone_is_ones_own_or_typed_and_unverified(
    app: App, anna: Person, people: Make
) -> None:
    boris = people("Борис", phone="+79990001122")
    await agreed(anna)
    await anna.says(NAME)
    await anna.says("15.03.1998")
    await anna.shares_contact(of=boris)
    await anna.sees("чужой контакт", "📱 Отправить мой номер")
    for typed, refusal in (("позже", "Не вижу здесь номера"), ("8 912", "в номере ошибка")):
        await anna.says(typed)
        await anna.sees(refusal)
    await anna.says("8 (912) 345-67-89")
    await anna.sees("Телефон +7 912 345-67-89 записан", "Где вы работаете?")
    assert not (await application_of(app)).phone_verified
    await anna.taps(TERRITORY)
    await anna.taps(HOME)
    await anna.sees("+7 912 345-67-89 (не подтверждён)")
    await anna.taps("Изменить телефон")
    await anna.taps("📱 Отправить мой номер")
    await anna.sees("Проверьте заявку", f"{PHONE_SHOWN} ✓")
    await anna.taps("Изменить телефон")
    await anna.says(PHONE)
    await anna.sees(f"{PHONE_SHOWN} ✓")


async def test_each_answer_can_be_changed_at_the_review(app: App, anna: Person) -> None:
    await fills_in(anna)
    await anna.taps("Изменить ФИО")
    await anna.taps("← Назад")
    await anna.sees("Проверьте заявку", NAME)
    await anna.taps("Изменить ФИО")
    await anna.says("Орлова Анна")
    await anna.sees("Проверьте заявку", "Орлова Анна", HOME)
    await anna.taps("Изменить дату")
    await anna.says("1 мая 1990")
    await anna.sees("Проверьте заявку", "1 мая 1990")
    await anna.taps("Изменить телефон")
    await anna.says("← Назад")
    await anna.sees("Телефон остался прежним", "Проверьте заявку", f"{PHONE_SHOWN} ✓")
    assert "✍️ Вступить" in anna.menu
    await anna.taps("Изменить организацию")
    await anna.taps("Калининградская организация")
    await anna.taps("Другая территория")
    await anna.taps("Калининградская организация")
    await anna.taps("ППО Янтарьэнерго")
    await anna.sees("Орлова Анна", "1 мая 1990", "ППО Янтарьэнерго")
    await anna.taps("Отправить заявку")
    sent = await application_of(app)
    assert (sent.name, str(sent.born_on), sent.phone_verified) == (
        "Орлова Анна",
        "1990-05-01",
        True,
    )


async def test_back_leads_through_every_step_to_the_consent(anna: Person) -> None:
    await agreed(anna)
    await anna.says(NAME)
    await anna.says("15.03.1998")
    await anna.taps("📱 Отправить мой номер")
    await anna.taps("← Назад")
    await anna.sees("Ваш телефон?")
    await anna.says("← Назад")
    for asked in ("Когда вы родились?", "Напишите фамилию"):
        await anna.sees(asked)
        await anna.taps("← Назад")
    await anna.sees("Согласие на обработку")
    await anna.says("а зачем?")
    await anna.sees("кнопкой под сообщением", "Согласие на обработку")
    await anna.taps("Согласен")
    await anna.sees("Где вы работаете?")
    await anna.says("тюменьэнерго")
    await anna.taps(HOME)
    await anna.taps("← Назад")
    await anna.sees("Где вы работаете?")


@pytest.mark.parametrize("way_out", ["/cancel", "/menu", "/sos", "ℹ️ О профсоюзе", "🆘 SOS"])
async def test_one_can_leave_anywhere_and_go_on_a_day_later(
    app: App, anna: Person, clock: Clock, way_out: str
) -> None:
    """In the middle of the phone step, whose keys must give way to the menu."""
    await agreed(anna)
    for answer, asked in ((NAME, "Когда вы родились?"), ("15.03.1998", "Ваш телефон?")):
        await anna.says(way_out)
        await anna.sees()
        assert anna.menu[0] == "✍️ Вступить"
        assert await step_of(app, anna) is None
        clock.forward(days=1)
        await anna.taps("✍️ Вступить")
        await anna.says(answer)
        await anna.sees(asked)
    await anna.says(way_out)
    assert anna.menu[0] == "✍️ Вступить"
    await anna.says("/start")
    await anna.sees("Вы начали заявку", "«✍️ Вступить»")
    await anna.taps("✍️ Вступить")
    await anna.sees("Ваш телефон?")


async def test_a_restart_in_the_middle_changes_nothing(
    app: App, anna: Person, world: World, clock: Clock
) -> None:
    await agreed(anna)
    await anna.says(NAME)
    async with restarted(app, world, clock) as again:
        clock.forward(days=1)
        await anna.says("15.03.1998")
        await anna.sees("Ваш телефон?")
        async with restarted(again, world, clock):
            await anna.taps("📱 Отправить мой номер")
            await anna.says("сургут")
            await anna.sees("Вот что нашлось")
            await anna.taps("ППО Сургутская ГРЭС")
            await anna.taps("Отправить заявку")
            await anna.sees("на рассмотрении", "ППО Сургутская ГРЭС")


async def test_of_several_reviews_only_the_last_one_asks(anna: Person) -> None:
    await fills_in(anna)
    first = await anna.sees("Проверьте заявку")
    await anna.says("ok")
    second = await anna.sees("кнопкой под сообщением", "Проверьте заявку")
    assert inline_buttons(anna.chat.messages[first["message_id"]]) == []
    assert inline_buttons(anna.chat.messages[second["message_id"]])
    await anna.taps("Отправить заявку")
    await anna.sees("на рассмотрении")


async def test_another_phone_takes_the_place_of_a_confirmed_one(anna: Person) -> None:
    await fills_in(anna)
    await anna.taps("Изменить телефон")
    await anna.sees("Ваш телефон?", f"он заменит подтверждённый {PHONE_SHOWN}")
    await anna.says("8 999 555-01-02")
    await anna.sees("555-01-02 (не подтверждён)")
    await anna.taps("Изменить телефон")
    await anna.sees_nothing_of("заменит")


@pytest.mark.parametrize("rubbish", RUBBISH)
async def test_nothing_sent_breaks_any_step(app: App, anna: Person, rubbish: str) -> None:
    what = RUBBISH[rubbish]
    await survives(app, anna, what)
    await anna.taps("✍️ Вступить")
    await survives(app, anna, what)
    await anna.sees("кнопкой под сообщением", "Согласие на обработку")
    await anna.taps("Согласен")
    for answer in (NAME, "15.03.1998"):
        await survives(app, anna, what)
        await anna.says(answer)
    await survives(app, anna, what)
    assert anna.menu == ["📱 Отправить мой номер", "← Назад"]
    await anna.taps("📱 Отправить мой номер")
    await survives(app, anna, what)
    await anna.taps("Показать все территории")
    await anna.taps(TERRITORY)
    await anna.taps(HOME)
    await survives(app, anna, what)
    await anna.sees("Проверьте заявку", NAME, HOME)
    await anna.taps("Отправить заявку")
    await anna.sees("на рассмотрении")


async def test_a_double_tap_sends_once(app: App, people: Make, holds: Holds) -> None:
    anna, peter = people("Анна", phone=PHONE), await appointed(people, holds, "Пётр", "TMN-1")
    await anna.says("/start")
    await anna.taps("✍️ Вступить")
    consent = await anna.sees("Согласие")
    agree = consent["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    for _ in range(2):
        await anna.taps_data(consent, agree)
        assert await step_of(app, anna) == "Joining:name"
    assert len(await rows(app, Consent)) == 1
    await answers(anna)
    review = await anna.sees("Проверьте заявку")
    send = review["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    await anna.taps("Отправить заявку")
    await anna.taps_data(review, send)
    assert anna.toast == (
        "Заявка уже отправлена. Как она движется, видно в разделе «⏳ Моя заявка»."
    )
    cards = [text for text in peter.history if "Заявка на вступление" in text]
    assert len(cards) == len(await rows(app, Application)) == 1


async def test_what_is_sent_is_what_was_read(app: App, anna: Person) -> None:
    await fills_in(anna)
    old = await anna.sees("Проверьте заявку")
    await anna.says("покажите ещё раз")
    await anna.taps("Изменить ФИО")
    await anna.says("Орлова Анна")
    await anna.taps_data(old, carried(old, "Отправить заявку"))
    await anna.sees("Проверьте заявку", "Орлова Анна")
    assert (await application_of(app)).is_editable
    await anna.taps("Отправить заявку", message=old)
    await anna.sees("на рассмотрении")


async def test_whoever_has_applied_is_shown_how_it_stands(app: App, anna: Person) -> None:
    await applies(anna)
    for asked in ("✍️ Вступить", "⏳ Моя заявка"):
        await anna.says(asked)
        await anna.sees("на рассмотрении", HOME)
        assert anna.buttons == ["Отозвать заявку"]
    await anna.says("/start")
    await anna.sees("Ваша заявка на рассмотрении")
    assert len(await rows(app, Application)) == 1
    assert not await rows(app, Member)
