"""The consent: a text of its own, agreed to word for word, and never assumed."""

from hashlib import sha256

import pytest
from sqlalchemy import delete, update

from bot.app import App
from models.application import Application, Consent, State
from models.organisation import Organisation
from sandbox.people import Person
from sandbox.plugin import START, Clock
from services import consents
from tests.applying import (
    NAME,
    PHONE,
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
from tests.backstage import audited

pytestmark = pytest.mark.usefixtures("union")


@pytest.fixture
async def anna(people: Make) -> Person:
    anna = people("Анна", phone=PHONE)
    await anna.says("/start")
    return anna


async def test_what_was_read_is_what_is_kept(app: App, anna: Person, clock: Clock) -> None:
    await anna.taps("✍️ Вступить")
    shown = await anna.sees(
        "Оператор: Всероссийский Электропрофсоюз", "Зачем:", "Версия текста 1.0"
    )
    clock.forward(minutes=3)
    await anna.taps("Согласен")
    (given,) = await rows(app, Consent)
    assert given.sha256 == sha256(shown["text"].encode()).hexdigest()
    assert (given.version, given.purpose) == ("1.0", "membership")
    assert (given.given_at - START).total_seconds() == 180
    await anna.says("/privacy")
    await anna.sees("Согласие на обработку персональных данных вы дали 23 ноября 2026", "1.0")


async def test_what_was_agreed_to_can_be_read_again(
    anna: Person, people: Make, clock: Clock
) -> None:
    """In the very words, whatever language is spoken by now."""
    await anna.taps("✍️ Вступить")
    shown = await anna.sees("Версия текста 1.0")
    await anna.taps("Согласен")
    clock.forward(days=400)
    await anna.says("/language")
    await anna.taps("English")
    await anna.says("/privacy")
    asked = await anna.sees("You gave consent", "on November 23, 2026, version of the text 1.0")
    await anna.taps("Read the consent again")
    again = await anna.sees("You gave this consent on November 23, 2026, 12:00", shown["text"])
    assert again["message_id"] == asked["message_id"]
    guest = people("Гость")
    await guest.says("/privacy")
    await guest.sees("вы пока не давали")
    assert guest.buttons == []
    await guest.taps_data(await guest.sees(), "cn.read")
    await guest.sees("Согласия на обработку персональных данных вы пока не давали.")


async def test_a_text_changed_since_is_not_passed_off_as_the_one_agreed_to(
    app: App, anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await agreed(anna)
    monkeypatch.setattr(consents, "VERSION", "1.1")
    await anna.says("/privacy")
    await anna.sees("вы дали 23 ноября 2026, версия текста 1.0")
    await anna.taps("Перечитать согласие")
    await anna.sees("версия текста 1.0. С тех пор текст изменился", "Вот нынешний текст")
    await anna.sees("с ним вы ещё не соглашались", "Версия текста 1.1.")
    monkeypatch.undo()
    async with app.database.transaction() as session:
        await session.execute(update(Organisation).values(name="Другой оператор"))
    await anna.says("/privacy")
    await anna.taps("Перечитать согласие")
    await anna.sees("С тех пор текст изменился", "Оператор: Другой оператор")


async def test_without_consent_nothing_is_kept(app: App, anna: Person) -> None:
    await anna.taps("✍️ Вступить")
    consent = await anna.sees("Согласие")
    await anna.taps("Не согласен")
    await anna.sees("данных для неё мы не записали")
    assert not await rows(app, Consent)
    assert not await rows(app, Application)
    for forged in ("jn.ask:name", "jn.ask:review", "jn.choose:4", "jn.terr:0", "jn.send:0"):
        await anna.taps_data(consent, forged)
        assert anna.toast == "Открытой заявки нет. Чтобы подать новую, нажмите «✍️ Вступить»."
    await anna.says(NAME)
    await anna.sees("Не понял вас")
    await anna.taps("✍️ Вступить")
    for forged in ("jn.ask:name", "jn.ask:review", "jn.choose:4", "jn.prim:2:0", "jn.send:0"):
        await anna.taps_data(consent, forged)
        assert await step_of(app, anna) == "Joining:consent"
    draft = await application_of(app)
    assert (draft.name, draft.organisation_id, draft.consent_id) == (None, None, None)


async def test_taking_the_consent_back_forgets_the_draft(app: App, anna: Person) -> None:
    await fills_in(anna)
    await anna.taps("Изменить ФИО")
    old = await anna.sees("Напишите фамилию")
    await anna.taps_data(old, "jn.ask:consent")
    await anna.taps("Не согласен")
    await anna.sees("Без согласия")
    assert not await rows(app, Application)
    (given,) = await rows(app, Consent)
    assert given.withdrawn_at is not None
    assert await audited(app, "consent.") == ["consent.given", "consent.withdrawn"]
    await anna.says("/privacy")
    await anna.sees("Согласия на обработку персональных данных вы пока не давали")


async def test_a_new_text_is_asked_about_again(
    app: App, anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await anna.taps("✍️ Вступить")
    old = await anna.sees("Версия текста 1.0")
    agree = old["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    await anna.taps("Согласен")
    await anna.says(NAME)
    monkeypatch.setattr(consents, "VERSION", "1.1")
    await anna.says("15.03.1998")
    await anna.sees("Согласие на обработку", "Версия текста 1.1")
    assert (await application_of(app)).born_on is None
    await anna.taps_data(old, agree)
    await anna.sees("Версия текста 1.1")
    assert [given.version for given in await rows(app, Consent)] == ["1.0"]
    await anna.taps("Согласен")
    await anna.sees("Когда вы родились?")
    assert [given.version for given in await rows(app, Consent)] == ["1.0", "1.1"]


async def test_a_phone_told_under_an_old_text_is_not_called_kept(
    app: App, anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await agreed(anna)
    await anna.says(NAME)
    await anna.says("15.03.1998")
    monkeypatch.setattr(consents, "VERSION", "1.1")
    await anna.says(PHONE)
    await anna.sees("Телефон спросим позже", "Версия текста 1.1")
    await anna.sees_nothing_of("записан")
    assert (await application_of(app)).phone is None


async def test_a_new_text_is_asked_about_before_sending(
    app: App, anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await fills_in(anna)
    monkeypatch.setattr(consents, "VERSION", "1.1")
    await anna.taps("Отправить заявку")
    await anna.sees("Версия текста 1.1")
    assert (await application_of(app)).state is State.DRAFT
    await anna.taps("Согласен")
    await anna.sees("Проверьте заявку", NAME)


async def test_an_old_refusal_button_means_what_is_true_now(
    app: App, anna: Person, people: Make, holds: Holds
) -> None:
    """While it waits: withdraw it. Returned: it is withdrawn. A member: leave by the profile."""
    peter = await appointed(people, holds, "Пётр", "TMN-1")
    await anna.taps("✍️ Вступить")
    consent = await anna.sees("Согласие")
    await applies(anna)
    await anna.taps_data(consent, "jn.decline")
    await anna.sees("Заявка уже отправлена")
    await peter.taps("Вернуть")
    await peter.says("Проверьте имя")
    await anna.taps_data(consent, "jn.decline")
    redrawn = await anna.sees("Моя заявка: отозвана")
    assert redrawn["message_id"] == consent["message_id"]
    await anna.sees("Заявка отозвана. Передумаете")
    assert anna.menu[0] == "✍️ Вступить"
    assert (await application_of(app)).state is State.WITHDRAWN
    await applies(anna)
    await peter.taps("Подтвердить")
    await anna.taps_data(consent, "jn.decline")
    await anna.sees("Вы уже член профсоюза")
    assert [given.withdrawn_at is None for given in await rows(app, Consent)] == [False, True]


async def test_agreeing_counts_once_for_each_application(app: App, anna: Person) -> None:
    await applies(anna)
    await anna.taps("Отозвать заявку")
    await anna.taps("Да, отозвать")
    await agreed(anna)
    assert len({given.id for given in await rows(app, Consent)}) == 2
    assert (await application_of(app)).consent_id == max(c.id for c in await rows(app, Consent))


async def test_whoever_takes_back_the_consent_is_not_reminded_of_the_answers(
    anna: Person, people: Make, holds: Holds
) -> None:
    peter = await appointed(people, holds, "Пётр", "TMN-1")
    await applies(anna)
    await peter.taps("Вернуть")
    await peter.says("Не та фамилия")
    await anna.taps_data(await anna.sees(), "jn.decline")
    await anna.sees("Заявка отозвана")
    await agreed(anna)
    await anna.sees("Напишите фамилию")
    await anna.sees_nothing_of("подставлены")


async def test_agreeing_by_a_double_tap_shows_one_review(anna: Person) -> None:
    await applies(anna)
    await anna.taps("Отозвать заявку")
    await anna.taps("Да, отозвать")
    await anna.says("✍️ Вступить")
    asked = await anna.sees("Согласие на обработку")
    agree = asked["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    await anna.taps_data(asked, agree)
    shown = await anna.sees("Ваши прежние данные уже подставлены", "Проверьте заявку", NAME)
    await anna.taps_data(asked, agree)
    again = await anna.sees("Проверьте заявку", NAME)
    assert again["message_id"] == shown["message_id"] == asked["message_id"]


async def test_nobody_agrees_to_anything_before_there_is_a_union(app: App, anna: Person) -> None:
    async with app.database.transaction() as session:
        for level in ("primary", "territorial", "union"):
            await session.execute(delete(Organisation).where(Organisation.level == level))
    await anna.taps("✍️ Вступить")
    await anna.sees("Вступить пока нельзя")
    assert not await rows(app, Application)
    await anna.says("/privacy")
    await anna.sees("Мы храним только то, что нужно")
    await anna.sees_nothing_of("Оператор")
