"""Interests: chosen by members from a list that admins keep."""

from collections.abc import Awaitable, Callable

import pytest

from bot.app import App
from sandbox.people import Person
from sandbox.plugin import Clock
from services import interests
from services.interests import FIRST, MOST
from tests.applying import returns
from tests.backstage import SINCE, STICKER, audited, enrol

pytestmark = pytest.mark.usefixtures("union")

ADMIN = 900
Holds = Callable[..., Awaitable[None]]
Make = Callable[..., Person]


@pytest.fixture
async def anna(app: App, people: Make) -> Person:
    anna = people("Анна")
    await enrol(app, anna, "TMN-1", "Смирнова Анна")
    return anna


@pytest.fixture
async def lev(app: App, people: Make) -> Person:
    """An admin who is a member too."""
    lev = people("Лев", id=ADMIN)
    await enrol(app, lev, "KGD-1", "Лебедев Лев", number="000103")
    return lev


@pytest.fixture
async def olga(people: Make, holds: Holds) -> Person:
    """An admin who is no member."""
    olga = people("Ольга")
    await olga.says("/start")
    await holds(olga, "admin")
    return olga


async def fill(app: App, *titles: str) -> None:
    async with app.database.transaction() as session:
        await interests.seed(session, titles, now=SINCE)


async def own_list(person: Person) -> None:
    await person.says("/profile")
    await person.taps("Интересы")


async def whole_list(person: Person) -> None:
    await person.says("/profile")
    if "Интересы" in person.buttons:
        await person.taps("Интересы")
    await person.taps("Изменить список")


async def add(person: Person, title: str) -> None:
    await whole_list(person)
    await person.taps("Добавить рубрику")
    await person.says(title)


async def test_a_member_ticks_and_unticks_in_place(app: App, anna: Person) -> None:
    await own_list(anna)
    shown = await anna.sees("Отметьте рубрики")
    assert anna.buttons == [*FIRST, "Готово"]
    await anna.taps("Спорт")
    await anna.taps("Ветераны")
    assert {"✓ Спорт", "✓ Ветераны"} < set(anna.buttons)
    await anna.taps("✓ Ветераны")
    assert "Ветераны" in anna.buttons
    await anna.taps("Готово")
    assert (await anna.sees("Интересы: Спорт\n"))["message_id"] == shown["message_id"]
    assert await audited(app, "interests.") == ["interests.added"] * len(FIRST)


async def test_a_double_tap_chooses_once(anna: Person) -> None:
    await own_list(anna)
    shown = await anna.sees("Отметьте рубрики")
    for _ in range(2):
        await anna.taps_data(shown, "in.choose:4:1")
    assert "✓ Спорт" in anna.buttons
    for _ in range(2):
        await anna.taps_data(shown, "in.choose:4:0")
    assert "Спорт" in anna.buttons


async def test_only_admins_see_and_change_the_list(
    app: App, anna: Person, people: Make, holds: Holds
) -> None:
    await holds(anna, "chair", "TMN-1")
    await own_list(anna)
    shown = await anna.sees("Отметьте рубрики")
    assert "Изменить список" not in anna.buttons
    before = await audited(app, "interests.")
    for forged in ("in.arrange", "in.open:1", "in.add", "in.rename:1", "in.retire:1"):
        await anna.taps_data(shown, forged)
        await anna.sees("Рубрики ведут администраторы")
    await anna.says("Рубрика Анны")
    await anna.sees("Не понял вас")
    assert await audited(app, "interests.") == before


async def test_an_admin_who_is_no_member_keeps_the_list_too(olga: Person) -> None:
    await olga.says("/profile")
    await olga.sees("Чтобы вступить")
    await olga.taps("Изменить список")
    assert olga.buttons == [*FIRST, "Добавить рубрику"]
    shown = await olga.sees("Список рубрик")
    await olga.taps_data(shown, "in.choose:1:1")
    assert olga.toast == "Эта кнопка уже не действует. Вот что есть сейчас."


async def test_a_rubric_is_added_under_a_free_title(app: App, lev: Person, anna: Person) -> None:
    await whole_list(lev)
    await lev.taps("Добавить рубрику")
    for rubbish, refusal in (
        ("\u200f\u202e", "Напишите"),
        ("😀" * 2048, "помещается 60"),
        ("Т" * 61, "помещается 60"),
        ("  сПОРТ ", "«Спорт» уже есть. Придумайте другое название."),
    ):
        await lev.says(rubbish)
        await lev.sees(refusal)
    await lev.sends(sticker=STICKER)
    await lev.sees("Название рубрики нужно словами")
    await lev.says("<b>Лев & Co</b>\nЖильё")
    await lev.sees("«<b>Лев & Co</b> Жильё» добавлена")
    await lev.taps("<b>Лев & Co</b> Жильё")
    await lev.sees("<b>Лев & Co</b> Жильё", "Выбрали: 0")
    await own_list(anna)
    await anna.taps("<b>Лев & Co</b> Жильё")
    await anna.taps("Готово")
    await anna.sees("Интересы: <b>Лев & Co</b> Жильё")
    assert (await audited(app, "interests.added")).count("interests.added") == len(FIRST) + 1


async def test_the_journal_keeps_the_title_of_the_day(lev: Person) -> None:
    await add(lev, "Жильё")
    await lev.taps("Жильё")
    await lev.taps("Переименовать")
    await lev.says("Жильё и льготы")
    await lev.says("/audit")
    await lev.sees("добавлена рубрика: Жильё\n", "теперь: Жильё и льготы")


async def test_a_title_is_plain_text_for_telegram(lev: Person) -> None:
    await add(lev, "<b>Лев & Co</b>")
    await lev.taps("<b>Лев & Co</b>")
    card = await lev.sees("Выбрали")
    bold = [e for e in card["entities"] if e["type"] == "bold"]
    assert [(e["offset"], e["length"]) for e in bold] == [(0, len("<b>Лев & Co</b>"))]


async def test_the_list_has_an_end(app: App, lev: Person) -> None:
    await fill(app, *[f"Рубрика {number}" for number in range(1, MOST)])
    await add(lev, "Последняя")
    await lev.sees("добавлена")
    await lev.taps("Добавить рубрику")
    await lev.says("Ещё одна")
    await lev.sees(f"Рубрик уже {MOST}")


async def test_of_two_admins_renaming_the_later_is_told(
    app: App, lev: Person, olga: Person, anna: Person
) -> None:
    await own_list(anna)
    await anna.taps("Спорт")
    for admin in (lev, olga):
        await whole_list(admin)
        await admin.taps("Спорт")
        await admin.taps("Переименовать")
        await admin.sees("«Спорт»")
    await lev.says("ОБУЧЕНИЕ")
    await lev.sees("«Обучение» уже есть")
    await lev.says("Спорт и туризм")
    await lev.sees("Спорт и туризм", "Выбрали: 1")
    await olga.says("Физкультура")
    await olga.sees("только что переименовал", "«Спорт и туризм»")
    await olga.taps("← К списку")
    assert "Спорт и туризм" in olga.buttons
    assert (await audited(app, "interests.renamed")) == ["interests.renamed"]
    await lev.says("/audit")
    await lev.sees("переименована рубрика, теперь: Спорт и туризм")
    await own_list(anna)
    assert "✓ Спорт и туризм" in anna.buttons


async def test_only_the_case_of_a_title_may_change(lev: Person) -> None:
    await whole_list(lev)
    await lev.taps("Спорт")
    await lev.taps("Переименовать")
    await lev.says("СПОРТ")
    await lev.sees("СПОРТ")
    assert "Переименовать" in lev.buttons


async def test_a_retired_rubric_is_hidden_and_comes_back_with_its_followers(
    app: App, lev: Person, anna: Person
) -> None:
    await own_list(anna)
    old = await anna.sees("Отметьте рубрики")
    await anna.taps("Спорт")
    await whole_list(lev)
    await lev.taps("Спорт")
    card = await lev.sees("Выбрали: 1", "Есть в списке")
    for _ in range(2):
        await lev.taps_data(card, "in.retire:4")
    assert "Вернуть в список" in lev.buttons
    await anna.taps("✓ Спорт", message=old)
    await anna.sees("Этого больше нет")
    await anna.taps("Готово")
    await anna.sees("пока не выбраны")
    await anna.taps("Интересы")
    assert "✓ Спорт" not in anna.buttons
    await lev.taps("← К списку")
    assert "Спорт (убрана)" in lev.buttons
    await lev.taps("Добавить рубрику")
    await lev.says("спорт")
    await lev.sees("но она убрана. Верните её в список")
    await lev.taps("← К списку")
    await lev.taps("Спорт (убрана)")
    await lev.taps("Вернуть в список")
    await lev.sees("Есть в списке", "Выбрали: 1")
    await own_list(anna)
    assert "✓ Спорт" in anna.buttons
    assert await audited(app, "interests.re") == ["interests.retired", "interests.restored"]


async def test_when_everything_is_retired_the_screen_says_so(
    app: App, lev: Person, anna: Person
) -> None:
    await fill(app, "Спорт")
    await whole_list(lev)
    await lev.taps("Спорт")
    await lev.taps("Убрать из списка")
    await own_list(anna)
    await anna.sees("Рубрик пока нет")
    assert anna.buttons == ["Готово"]


async def test_back_and_cancel_leave_the_list_as_it_was(app: App, lev: Person) -> None:
    await whole_list(lev)
    await lev.taps("Добавить рубрику")
    await lev.taps("← К списку")
    await lev.says("Жильё")
    await lev.sees("Не понял вас")
    await whole_list(lev)
    await lev.taps("Спорт")
    await lev.taps("Переименовать")
    await lev.says("/cancel")
    await lev.says("Жильё")
    await lev.sees("Похоже, это ответ на вопрос, который уже закрыт")
    await whole_list(lev)
    await lev.taps("← К интересам")
    await lev.sees("Отметьте рубрики")
    assert await audited(app, "interests.") == ["interests.added"] * len(FIRST)


async def join(guest: Person, chair: Person) -> None:
    await guest.says("✍️ Вступить")
    await guest.taps("Согласен")
    await guest.says("Белова Вера")
    await guest.says("15.03.1998")
    await guest.says("+7 912 345-67-89")
    await guest.taps("ТюмнМО ВЭП")
    await guest.taps("ППО Тюменьэнерго")
    await guest.taps("Отправить заявку")
    await chair.taps("Подтвердить")


async def test_a_new_member_is_invited_to_choose(
    anna: Person, people: Make, holds: Holds, clock: Clock
) -> None:
    await holds(anna, "chair", "TMN-1")
    vera = people("Вера")
    await join(vera, anna)
    await vera.sees("добро пожаловать", "Что вам интересно?")
    await vera.taps("Выбрать интересы")
    await vera.taps("Спорт")
    await vera.taps("Готово")
    await vera.sees("Интересы: Спорт")
    for label in ("Выйти из профсоюза", "Всё равно выйти", "Да, выйти"):
        await vera.taps(label)
    clock.forward(hours=1)
    await returns(vera)
    await anna.taps("Подтвердить")
    await vera.sees("добро пожаловать")
    await vera.sees_nothing_of("Что вам интересно?")
