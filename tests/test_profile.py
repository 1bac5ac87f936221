"""«👤 Профиль»: what a member sees of themselves, and how each of it is changed."""

from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import select

from bot.app import App
from models.person import Person as Account
from sandbox.people import Person
from services.profile import ZONES
from services.profile_cities import CITIES
from tests.backstage import STICKER, audited, card_link, enrol, told

pytestmark = pytest.mark.usefixtures("union")

NAME = "Смирнова Анна Ивановна"
PHONE, PHONE_SHOWN = "+79991234567", "+7 999 123-45-67"
Holds = Callable[..., Awaitable[None]]
Make = Callable[..., Person]


@pytest.fixture
async def anna(app: App, people: Make) -> Person:
    anna = people("Анна", phone=PHONE)
    await enrol(app, anna, "TMN-1", NAME)
    return anna


@pytest.fixture
async def peter(app: App, people: Make, holds: Holds) -> Person:
    peter = people("Пётр")
    await enrol(app, peter, "TMN-1", "Орлов Пётр", number="000102")
    await holds(peter, "chair", "TMN-1")
    return peter


async def test_a_member_sees_everything_known_about_them(anna: Person) -> None:
    await anna.taps("👤 Профиль")
    await anna.sees(NAME, "000101", "ППО Тюменьэнерго", "2 марта 2026", f"{PHONE_SHOWN} ✓")
    await anna.sees("пока не выбраны", "Русский", "Екатеринбург (как в организации)", "8–22")
    await anna.says("/profile")
    await anna.sees("👤 Профиль", NAME)


async def test_a_guest_is_told_how_to_join(people: Make) -> None:
    boris = people("Борис")
    for asked in ("/profile", "👤 Профиль"):
        await boris.says(asked)
        await boris.sees("Чтобы вступить")
        await boris.sees_nothing_of("Телефон")
    assert not boris.buttons
    await boris.taps("✍️ Вступить")
    await boris.sees("Согласие на обработку")


async def test_a_new_name_is_read_kept_and_told_to_the_chair(
    app: App, anna: Person, peter: Person
) -> None:
    await anna.taps("👤 Профиль")
    await anna.taps("Имя")
    await anna.sees(f"Сейчас: {NAME}", "председатель")
    for rubbish, refusal in (
        ("<b>Лев & Co</b>", "только буквы"),
        ("Смирнова", "фамилию и имя"),
        ("\u202e\u200f", "фамилию и имя"),
        ("😀" * 2048, "слишком длинное"),
    ):
        await anna.says(rubbish)
        await anna.sees(refusal)
    await anna.sends(sticker=STICKER)
    await anna.sees("фамилию и имя")
    await anna.says("волкова анна ивановна")
    await anna.sees("Имя записано", "Волкова Анна Ивановна")
    assert await told(app, "members-renamed") == [peter.id]
    assert await audited(app, "member.") == ["member.renamed"]
    await anna.taps("🪪 Профбилет")
    await anna.sees("Волкова Анна Ивановна")


async def test_the_way_back_changes_nothing(app: App, anna: Person) -> None:
    await anna.taps("👤 Профиль")
    shown = await anna.sees(NAME)
    for item in ("Имя", "Язык", "Часовой пояс", "Часы уведомлений", "Интересы"):
        await anna.taps(item)
        assert "👤 Профиль" not in anna.screen
        await anna.taps("Готово" if item == "Интересы" else "← Назад")
        assert await anna.sees(NAME)
        assert shown["message_id"] == (await anna.sees("Номер"))["message_id"]
    await anna.says("Волкова Анна")
    await anna.sees("Не понял вас")
    assert not await audited(app, "member.")


async def test_cancel_ends_every_question(app: App, anna: Person) -> None:
    for item in ("Имя", "Телефон", "Часы уведомлений"):
        await anna.says("/profile")
        await anna.taps(item)
        await anna.says("/cancel")
        await anna.sees("остановились")
        assert "👤 Профиль" in anna.menu
        await anna.says("Волкова Анна")
        await anna.sees("Похоже, это ответ на вопрос, который уже закрыт")
    assert not await audited(app, "member.")


async def test_only_ones_own_contact_verifies_a_phone(anna: Person, people: Make) -> None:
    stranger = people("Чужой", phone="+79997654321")
    await anna.taps("👤 Профиль")
    await anna.taps("Телефон")
    await anna.sees(f"Сейчас: {PHONE_SHOWN}", "новый номер сами: он заменит подтверждённый.")
    await anna.sends(sticker=STICKER)
    await anna.sees("Не вижу здесь номера")
    await anna.says("+7 912 34")
    await anna.sees("ошибка")
    await anna.shares_contact(of=stranger)
    await anna.sees("чужой контакт")
    await anna.says("8 (912) 345-67-89")
    await anna.sees("записан", "+7 912 345-67-89 (не подтверждён)")
    assert "👤 Профиль" in anna.menu
    await anna.taps("Телефон")
    await anna.sees_nothing_of("заменит")
    await anna.taps("📱 Отправить мой номер")
    await anna.sees(f"Телефон {PHONE_SHOWN} подтверждён", f"{PHONE_SHOWN} ✓")
    assert "👤 Профиль" in anna.menu


async def test_a_verified_number_typed_again_stays_verified(anna: Person) -> None:
    await anna.taps("👤 Профиль")
    await anna.taps("Телефон")
    await anna.says("8 999 123-45-67")
    await anna.sees(f"{PHONE_SHOWN} ✓")


async def test_back_from_the_phone_brings_the_menu_back(app: App, anna: Person) -> None:
    await anna.taps("👤 Профиль")
    await anna.taps("Телефон")
    assert anna.menu == ["📱 Отправить мой номер", "← Назад"]
    await anna.taps("← Назад")
    await anna.sees("остался прежним", NAME)
    assert "👤 Профиль" in anna.menu
    await anna.shares_contact()
    await anna.sees("Не понял вас")
    assert not await audited(app, "member.")


async def test_the_language_changes_and_the_profile_with_it(anna: Person) -> None:
    await anna.taps("👤 Профиль")
    await anna.taps("Язык")
    await anna.taps("English")
    await anna.says("/profile")
    await anna.sees("Language: English", "Yekaterinburg", "✓ verified", "March 2, 2026")


async def test_a_time_zone_of_ones_own(app: App, anna: Person) -> None:
    await anna.taps("👤 Профиль")
    await anna.taps("Часовой пояс")
    await anna.sees("Екатеринбург, 14:00")
    zones = anna.buttons[1:-1]
    assert len(zones) == 11
    assert zones[0] == "Калининград, 11:00"
    assert zones[-1] == "Петропавловск-Камчатский, 21:00"
    assert anna.buttons[0] == "✓ Как в организации"
    await anna.taps("Омск, 15:00")
    await anna.sees("Часовой пояс записан", "Часовой пояс: Омск")
    await anna.sees_nothing_of("как в организации")
    await anna.taps("Часовой пояс")
    assert "✓ Омск, 15:00" in anna.buttons
    await anna.taps("Как в организации")
    await anna.sees("Екатеринбург (как в организации)")
    assert await audited(app, "profile.") == ["profile.zone"] * 2


async def test_an_invented_zone_or_hour_is_refused(app: App, anna: Person) -> None:
    await anna.taps("👤 Профиль")
    shown = await anna.sees(NAME)
    for forged in ("pr.zone:Europe/Paris", "pr.hours:8:99"):
        await anna.taps_data(shown, forged)
        await anna.sees("Этого больше нет")
    await anna.says("/profile")
    await anna.sees("Екатеринбург", "8–22")
    assert not await audited(app, "profile.")


async def test_notification_hours_are_tapped_or_typed(anna: Person) -> None:
    await anna.taps("👤 Профиль")
    await anna.taps("Часы уведомлений")
    assert anna.buttons == ["✓ 8–22", "9–21", "10–20", "Круглосуточно", "← Назад"]
    await anna.taps("9–21")
    await anna.sees("Часы уведомлений: 9–21")
    await anna.says("7–23")
    await anna.sees("Не понял вас")
    await anna.says("/profile")
    await anna.taps("Часы уведомлений")
    for rubbish, refusal in (
        ("рано", "прочитать часы"),
        ("8:30–22", "без минут"),
        ("9–9", "совпали"),
        ("😀" * 2048, "прочитать часы"),
    ):
        await anna.says(rubbish)
        await anna.sees(refusal)
    await anna.says("с 7 до 23")
    await anna.sees("Часы уведомлений: 7–23")
    await anna.taps("Часы уведомлений")
    await anna.taps("Круглосуточно")
    await anna.sees("Часы уведомлений: Круглосуточно")
    await anna.taps("Часы уведомлений")
    assert "✓ Круглосуточно" in anna.buttons


async def test_leaving_is_asked_twice_and_may_be_thought_better_of(
    app: App, anna: Person, peter: Person
) -> None:
    await anna.taps("👤 Профиль")
    await anna.taps("Выйти из профсоюза")
    await anna.sees("Выйти из профсоюза?")
    assert anna.buttons == ["Остаться", "Всё равно выйти"]
    await anna.taps("Всё равно выйти")
    await anna.sees("недействительным", "председатель", "Вступить снова")
    assert anna.buttons == ["Остаться", "Да, выйти"]
    await anna.taps("Остаться")
    await anna.sees(NAME)
    assert not await audited(app, "member.")
    assert not await told(app, "members-left")


async def test_whoever_left_is_a_guest_with_an_invalid_card(
    app: App, anna: Person, peter: Person
) -> None:
    card = await card_link(anna)
    await anna.says("/profile")
    before = await anna.sees(NAME)
    await anna.says("/profile")
    for label in ("Выйти из профсоюза", "Всё равно выйти"):
        await anna.taps(label)
    asked = await anna.sees("Вы точно выходите?")
    await anna.taps("Да, выйти")
    redrawn = await anna.sees("Меню — на кнопках внизу.", "Анна, вы вышли из профсоюза")
    assert redrawn["message_id"] == asked["message_id"]
    assert "✍️ Вступить" in anna.menu
    assert "👤 Профиль" not in anna.menu
    assert "profile" not in anna.commands
    assert await told(app, "members-left") == [peter.id]
    await peter.opens(card)
    await peter.sees("недействителен")
    for label in ("Имя", "Телефон", "Часовой пояс", "Интересы", "Выйти из профсоюза"):
        await anna.taps(label, message=before)
        assert anna.toast == "Эта кнопка уже не действует. Вот что есть сейчас."
        await anna.sees("«✍️ Вступить»")
    for old in ("pr.open", "pr.leave:2", "pr.zone:Asia/Omsk", "pr.hours:9:21", "in.choose:1:1"):
        await anna.taps_data(before, old)
        assert anna.toast == "Эта кнопка уже не действует. Вот что есть сейчас."
    assert await audited(app, "member.") == ["member.left"]
    await anna.taps("✍️ Вступить")
    await anna.sees("Согласие на обработку")


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Камчатка", "Asia/Kamchatka"),
        ("ОМСК", "Asia/Omsk"),
        ("томск", "Asia/Krasnoyarsk"),
        ("г. Тюмень", "Asia/Yekaterinburg"),
        ("уфа", "Asia/Yekaterinburg"),
        ("СПб", "Europe/Moscow"),
        ("Ростов", "Europe/Moscow"),
    ],
)
async def test_a_time_zone_can_be_typed(app: App, anna: Person, typed: str, zone: str) -> None:
    await anna.says("/profile")
    await anna.taps("Часовой пояс")
    for strange in ("Париж", "ск", "красно", "🧨" * 4096, "<b>Омск</b>ая"):
        await anna.says(strange)
        await anna.sees("Такого города в списке нет", "По какому времени вам удобнее?")
    await anna.sends(sticker=STICKER)
    await anna.sees("Такого города в списке нет")
    await anna.says(typed)
    await anna.sees("Часовой пояс записан")
    async with app.database.transaction() as session:
        kept = (await session.scalars(select(Account).filter_by(telegram_id=anna.id))).one()
        assert kept.timezone == zone
    await anna.says(typed)
    await anna.sees("Не понял вас")


def test_every_city_has_one_zone_of_those_offered() -> None:
    assert set(CITIES) <= set(ZONES)
    cities = [city for names in CITIES.values() for city in names]
    assert len(cities) == len(set(cities))


async def test_a_step_left_open_dies_with_the_membership(app: App, anna: Person) -> None:
    await anna.says("/profile")
    leaving = await anna.sees(NAME)
    await anna.says("/profile")
    await anna.taps("Имя")
    await anna.taps_data(leaving, "pr.leave:1")
    await anna.taps("Да, выйти")
    await anna.says("Волкова Анна")
    await anna.sees("Не понял вас")
    assert await audited(app, "member.") == ["member.left"]
