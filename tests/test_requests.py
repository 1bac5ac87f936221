"""What the chairs see and do: one decision wins, and everybody sees whose it was."""

from datetime import date

import pytest
from sqlalchemy import delete

from bot.app import App
from models.application import State
from models.member import Member
from models.role import Grant, Role
from sandbox.people import Person
from sandbox.plugin import Clock
from sandbox.world import World
from tests.applying import (
    HOME,
    NAME,
    PHONE,
    PHONE_SHOWN,
    RUBBISH,
    Holds,
    Make,
    application_of,
    applies,
    appointed,
    restarted,
    rows,
    step_of,
    survives,
)
from tests.backstage import audited, carried, enrol
from tests.conftest import ADMIN

pytestmark = pytest.mark.usefixtures("union")

WITH_MARK = ("rq.yes:1:0:read", "rq.move:1:1:read", "rq.refuse:1:wrong:read")


@pytest.fixture
async def anna(people: Make) -> Person:
    return people("Анна", phone=PHONE)


@pytest.fixture
async def peter(app: App, people: Make, holds: Holds) -> Person:
    """A chair who is a member, and so has a name for others."""
    peter = people("Пётр")
    await enrol(app, peter, "TMN-1", "Орлов Пётр", number="000102")
    await holds(peter, "chair", "TMN-1")
    return peter


@pytest.fixture
async def olga(people: Make, holds: Holds) -> Person:
    """A chair who is no member."""
    return await appointed(people, holds, "Ольга", "TMN-1")


async def test_one_decision_wins_and_both_chairs_see_whose(
    app: App, anna: Person, peter: Person, olga: Person, clock: Clock
) -> None:
    await applies(anna)
    card, mine = await olga.sees(NAME), await peter.sees(NAME)
    clock.forward(minutes=30)
    await peter.taps("Подтвердить")
    assert peter.toast == "Подтверждено"
    for chair in (peter, olga):
        await chair.sees("Подтверждена: Орлов Пётр, 23 ноября, 14:30")
        assert chair.buttons == ["Указать решение профкома"]
    for late in (
        "rq.confirm:1:0",
        "rq.back:1",
        "rq.reject:1",
        "rq.reason:1:wrong",
        "rq.typed:1",
        *WITH_MARK,
    ):
        await olga.taps_data(card, late)
        assert olga.toast == "Эта заявка уже решена: подтверждена, Орлов Пётр."
        await peter.taps_data(mine, late)
        assert peter.toast == "Вы уже решили эту заявку: подтверждена."
    assert len(await rows(app, Member)) == 2
    assert await audited(app, "application.") == ["application.sent", "application.confirmed"]


async def test_a_chair_without_a_name_is_called_the_chair(
    anna: Person, peter: Person, olga: Person
) -> None:
    await applies(anna)
    card = await peter.sees(NAME)
    await olga.taps("Отклонить")
    await olga.taps("Не работает в этой организации")
    assert olga.toast == "Отклонено"
    await peter.sees("Отклонена: председатель", "Не работает в этой организации")
    await peter.taps_data(card, "rq.confirm:1:0")
    assert peter.toast == "Эта заявка уже решена: отклонена, председатель."


async def test_an_admin_decides_as_an_admin(anna: Person, peter: Person, people: Make) -> None:
    helen = people("Елена", id=ADMIN)
    await helen.says("/start")
    await applies(anna)
    await helen.says("/requests")
    await helen.taps(f"{NAME} · сегодня")
    await helen.taps("Подтвердить")
    await peter.sees("Подтверждена: администратор")


async def test_what_was_returned_comes_again_as_a_new_message(
    app: App, anna: Person, peter: Person, olga: Person
) -> None:
    await applies(anna)
    first = await peter.sees(NAME)
    await peter.taps("Вернуть")
    await peter.sees("Что нужно исправить?", NAME)
    assert peter.buttons == ["← К заявке"]
    for kind in ("emoji", "right to left", "nul", "lone surrogate", "sticker", "photo"):
        await survives(app, peter, RUBBISH[kind])
    await peter.says("<b>Фамилия</b> с опечаткой & не та")
    await peter.sees(f"Заявка возвращена: {NAME}", "Исправить: <b>Фамилия</b> с опечаткой")
    await olga.sees("Возвращена: Орлов Пётр", "<b>Фамилия</b> с опечаткой & не та")
    assert olga.buttons == []
    await anna.sees("нужно исправить", "<b>Фамилия</b> с опечаткой & не та")
    await anna.taps("Продолжить")
    await anna.sees("Просят исправить", "<b>Фамилия</b>", "Проверьте заявку", HOME, PHONE_SHOWN)
    await anna.taps("Изменить ФИО")
    await anna.sees("Просят исправить", "Напишите фамилию")
    await anna.says("Смирнова-Лев Анна")
    await anna.taps("Отправить заявку")
    for chair in (peter, olga):
        again = await chair.sees("Смирнова-Лев Анна")
        assert again["message_id"] > first["message_id"]
        assert "Подтвердить" in chair.buttons
    await olga.taps("Подтвердить")
    await anna.sees("добро пожаловать")
    assert (await application_of(app)).remark is None


async def test_a_reason_is_chosen_or_typed(
    app: App, anna: Person, peter: Person, olga: Person
) -> None:
    await applies(anna)
    await peter.taps("Отклонить")
    await peter.sees("Почему отклоняете?", NAME)
    assert peter.buttons[-2:] == ["Указаны неверные данные", "← К заявке"]
    await peter.taps("← К заявке")
    assert peter.buttons == ["Подтвердить", "Вернуть", "Отклонить"]
    assert await step_of(app, peter) is None
    await peter.taps("Отклонить")
    asked = await peter.sees("Выберите причину или напишите свою")
    await peter.taps_data(asked, "rq.typed:1")  # a button of former days
    await peter.says("Уволилась & уехала")
    await peter.sees("Отклонить с такой причиной?", "Уволилась & уехала", NAME)
    assert peter.buttons == ["Отклонить", "Написать иначе", "← К заявке"]
    await peter.taps("Отклонить")
    assert peter.toast == "Отклонено"
    await peter.sees("Отклонена: Орлов Пётр", "Причина: Уволилась & уехала")
    await olga.sees("Отклонена: Орлов Пётр", "Уволилась & уехала")
    await anna.sees("Причина: Уволилась & уехала")
    assert (await application_of(app)).state is State.REJECTED


async def test_a_word_typed_by_chance_rejects_nobody(
    app: App, anna: Person, peter: Person
) -> None:
    await applies(anna)
    await peter.taps("Отклонить")
    await peter.says("нет")
    asked = await peter.sees("Отклонить с такой причиной?", "нет")
    assert (await application_of(app)).state is State.PENDING
    await peter.says("нет")
    await peter.sees("Почему отклоняете?")
    for data in ("rq.said:1:read", carried(asked, "Отклонить")):
        await peter.taps_data(asked, data)
        assert peter.toast == "Пока карточка ждала, сведения изменились. Взгляните ещё раз."
    await peter.taps("Отклонить")
    await peter.says("Не наш")
    await peter.taps("Написать иначе")
    await peter.sees("Почему отклоняете?")
    await peter.says("Работает в другой организации")
    await peter.says("Работает в Янтарьэнерго")
    await peter.sees("Заявитель увидит: Работает в Янтарьэнерго")
    await peter.says("Да.")
    await peter.sees("Заявка отклонена", "Причина: Работает в Янтарьэнерго")
    await anna.sees("Причина: Работает в Янтарьэнерго")
    assert await step_of(app, peter) is None


async def test_a_reason_typed_too_late_is_told_so(
    app: App, anna: Person, peter: Person, olga: Person
) -> None:
    await applies(anna)
    await peter.taps("Отклонить")
    await olga.taps("Подтвердить")
    await peter.says("Не наш")
    await peter.sees("Эта заявка уже решена: подтверждена, председатель.")
    assert await step_of(app, peter) is None


async def test_while_one_writes_another_decides(
    app: App, anna: Person, peter: Person, olga: Person
) -> None:
    """The question gives way to the decision, and what was typed for it is told so once."""
    await applies(anna)
    await peter.taps("Вернуть")
    await olga.taps("Подтвердить")
    await peter.sees("Подтверждена: председатель")
    await peter.says("Нет отчества")
    await peter.sees("Эта заявка уже решена: подтверждена, председатель.")
    assert await step_of(app, peter) is None
    await peter.says("Нет отчества")
    await peter.sees("Не понял вас")
    assert (await application_of(app)).state is State.CONFIRMED


async def test_the_committees_decision_can_be_added(
    app: App, anna: Person, peter: Person, olga: Person
) -> None:
    await applies(anna)
    await peter.taps("Подтвердить")
    await peter.taps("Указать решение профкома")
    await peter.sees("номер и дату решения")
    await survives(app, peter, RUBBISH["emoji"])
    await survives(app, peter, RUBBISH["photo"])
    await peter.sees("Нужны номер и дата решения. Напишите, например: № 12")
    await peter.says("хз")
    await peter.sees("Нужны номер и дата решения")
    await peter.says("№ 12 от 15.11.2027")
    await peter.sees("Этот день ещё не наступил")
    await peter.says("протокол 12, 15.11.2026")
    await peter.sees("Решение профкома записано: № 12 от 15 ноября 2026 — Смирнова Анна")
    await peter.sees("Решение профкома: № 12 от 15 ноября 2026.")
    await olga.sees("Решение профкома: № 12 от 15 ноября 2026.")
    kept = await application_of(app)
    assert (kept.resolution_number, kept.resolved_on) == ("12", date(2026, 11, 15))
    assert "application.noted" in await audited(app, "application.")


async def test_a_decision_noted_wrongly_is_corrected_knowingly(
    app: App, anna: Person, peter: Person, olga: Person
) -> None:
    await applies(anna)
    await peter.taps("Подтвердить")
    await peter.taps("Указать решение профкома")
    await peter.says("№ 12 от 15.11.2026")
    await olga.taps("Исправить решение профкома")
    await olga.sees("Решение профкома: № 12 от 15 ноября 2026.", "Напишите номер и дату")
    await olga.says("13 от 16 ноября")
    await peter.sees("Решение профкома: № 13 от 16 ноября 2026.")


@pytest.mark.parametrize(
    ("way_out", "said"),
    [("/cancel", "Хорошо, остановились"), ("/requests", "Заявок на рассмотрении")],
)
async def test_whoever_leaves_a_question_gets_the_card_back(
    app: App, anna: Person, peter: Person, way_out: str, said: str
) -> None:
    await applies(anna)
    await peter.taps("Вернуть")
    await peter.says(way_out)
    await peter.sees(said)
    await peter.sees_nothing_of("❓ Что нужно исправить")
    await peter.says("Нет отчества")
    await peter.sees("Похоже, это ответ на вопрос, который уже закрыт")
    await peter.says("Нет отчества")
    await peter.sees("Не понял вас")
    assert (await application_of(app)).state is State.PENDING
    await peter.taps("Подтвердить")
    await peter.taps("Указать решение профкома")
    await peter.says("/cancel")
    await peter.sees_nothing_of("❓ Напишите номер и дату")
    await peter.taps("Указать решение профкома")


async def test_what_is_only_read_leaves_the_question_open(
    app: App, anna: Person, peter: Person
) -> None:
    await applies(anna)
    await peter.taps("Вернуть")
    for aside, read in (("/help", "Что умеет бот"), ("/Privacy", "Ваши данные")):
        await peter.says(aside)
        await peter.sees(read, "Вопрос выше по-прежнему ждёт ответа")
    await peter.says("Нет отчества")
    await anna.sees("Нет отчества")


async def test_a_question_about_another_application_takes_the_place_of_the_first(
    app: App, anna: Person, peter: Person, people: Make
) -> None:
    vera = people("Вера", phone="+79995550102")
    await applies(anna)
    first = await peter.sees("Заявка на вступление", NAME)
    await applies(vera, name="Сидорова Вера", born="1.2.1990")
    await peter.taps("Вернуть", message=first)
    await peter.taps("Вернуть")
    asking = [m for m in peter.chat.messages.values() if "❓" in m.get("text", "")]
    assert len(asking) == 1
    await peter.says("Нет отчества")
    await vera.sees("Нет отчества")
    await anna.sees_nothing_of("Нет отчества")


async def test_only_those_with_the_right_decide(
    app: App, anna: Person, peter: Person, people: Make, holds: Holds
) -> None:
    """Asked again at every tap: a role may have gone since the card came."""
    await applies(anna)
    card = await peter.sees(NAME)
    others = [
        await appointed(people, holds, "Яна", "KGD-1"),
        await appointed(people, holds, "Ира", "TMN-1", "organiser"),
        people("Гость"),
    ]
    taps = ("rq.open:1", "rq.keep:1", "rq.confirm:1:0", "rq.link:1:1", "rq.back:1", "rq.reject:1")
    more = ("rq.reason:1:wrong", "rq.typed:1", "rq.note:1", *WITH_MARK)
    for stranger in others:
        await stranger.says("/start")
        shown = await stranger.sees()
        for forged in (*taps, *more):
            await stranger.taps_data(shown, forged)
            await stranger.sees("Заявки рассматривают председатель организации и администраторы")
            await stranger.sees_nothing_of(NAME)
        await stranger.says("Отклоняю")
        await stranger.sees("Не понял вас")
    async with app.database.transaction() as session:
        await session.execute(delete(Grant).where(Grant.role == Role.CHAIR))
    await peter.taps("Подтвердить", message=card)
    await peter.sees("а у вас такой роли здесь нет")
    assert (await application_of(app)).state is State.PENDING
    for person in (people("Некто"), others[1]):
        await person.says("/requests")
        await person.sees("Заявки рассматривают председатель")


async def test_nobody_decides_on_their_own_application(
    app: App, people: Make, holds: Holds, olga: Person
) -> None:
    boris = people("Борис", phone="+79990001122")
    await boris.says("/start")
    await holds(boris, "chair", "TMN-1")
    await applies(boris, name="Орлов Борис")
    await boris.sees_nothing_of("Заявка на вступление")
    await olga.sees("Орлов Борис")
    shown = await boris.sees("на рассмотрении", "председатель")
    for forged in (
        "rq.confirm:1:0",
        "rq.back:1",
        "rq.reject:1",
        "rq.reason:1:wrong",
        "rq.typed:1",
        *WITH_MARK,
    ):
        await boris.taps_data(shown, forged)
        assert boris.toast == ("Это ваша собственная заявка: решение по ней примет кто-то другой.")
    await boris.says("/requests")
    await boris.sees("Заявок на рассмотрении нет")
    assert (await application_of(app)).state is State.PENDING


async def test_forged_numbers_are_answered_politely(app: App, anna: Person, peter: Person) -> None:
    await applies(anna)
    card = await peter.sees(NAME)
    for number in ("99", "0", "-1", str(2**63), str(10**30), "one", ""):
        verbs = ("open", "keep", "back", "reject", "typed", "note")
        taps = [f"rq.{verb}:{number}" for verb in verbs]
        for tap in (*taps, f"rq.confirm:{number}:0", f"rq.link:{number}:{number}"):
            await peter.taps_data(card, tap)
            assert peter.toast, tap
            await peter.sees_nothing_of("сломалось")
    await peter.taps_data(card, "rq.reason:1:because")
    assert peter.toast
    await peter.taps_data(card, "rq.note:1")
    assert peter.toast == "Этого больше нет. Откройте раздел заново."
    assert (await application_of(app)).state is State.PENDING


async def test_an_unfinished_application_is_nobodys_to_see(anna: Person, peter: Person) -> None:
    await anna.says("/start")
    await anna.taps("✍️ Вступить")
    shown = await peter.sees()
    await peter.taps_data(shown, "rq.open:1")
    assert peter.toast == "Этого больше нет. Откройте раздел заново."


async def test_a_decision_survives_a_restart_in_the_middle(
    app: App, anna: Person, peter: Person, world: World, clock: Clock
) -> None:
    await applies(anna)
    await peter.taps("Отклонить")
    async with restarted(app, world, clock) as again:
        clock.forward(days=1)
        await peter.says("Не наш")
        await peter.says("да")
        await peter.sees("Заявка отклонена", "Причина: Не наш")
        assert (await application_of(again)).state is State.REJECTED
