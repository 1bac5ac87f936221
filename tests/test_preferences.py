"""«/settings»: a switch for each kind of message, how often the digest comes and at which hour."""

import pytest

from bot.app import App
from models.mail import Lane
from models.subscription import Frequency, Slot, Subscription
from sandbox.people import Person
from sandbox.plugin import Clock
from services import notices
from services import people as people_service
from tests.applying import PHONE, Holds, Make, applies, appointed, clock_ticks, rows
from tests.backstage import enrol

pytestmark = pytest.mark.usefixtures("union")

OTHER = "Совсем другое"


@pytest.fixture
async def anna(app: App, people: Make) -> Person:
    anna = people("Анна")
    await enrol(app, anna, "TMN-1", "Смирнова Анна")
    return anna


async def slot_of(app: App, number: int = 0) -> Slot:
    """The one of the first who has any."""
    mine = sorted(await rows(app, Subscription), key=lambda one: int(one.person_id))[number]
    slot: Slot = (await rows(app, Slot, id=mine.slot_id))[0]
    return slot


async def test_all_is_on_one_screen_redrawn_in_place(app: App, anna: Person) -> None:
    await anna.says("/settings")
    shown = await anna.sees("каждый день в 18:00", "8–22", "Екатеринбург")
    assert {"🔔 Спорт", "🔔 Общие новости", "🔔 Мероприятия"} <= set(anna.buttons)
    assert {"🔔 Голосования", "🔔 Напоминания", "✓ Каждый день"} <= set(anna.buttons)
    await anna.taps("✓ Каждый день")
    assert anna.toast == "Ничего не изменилось."
    await anna.taps("🔔 Спорт")
    assert not anna.toast
    await anna.taps("🔔 Общие новости")
    assert {"🔕 Спорт", "🔕 Общие новости", "🔔 Обучение"} <= set(anna.buttons)
    await anna.taps("🔕 Спорт")
    await anna.taps("По рабочим дням")
    await anna.taps("← в 17:00")
    await anna.taps("← в 16:00")
    redrawn = await anna.sees("по рабочим дням в 16:00")
    assert redrawn["message_id"] == shown["message_id"]
    assert {"🔔 Спорт", "🔕 Общие новости", "✓ По рабочим дням"} <= set(anna.buttons)
    slot = await slot_of(app)
    assert (slot.frequency, slot.hour, slot.zone) == (
        Frequency.WORKDAYS,
        16,
        "Asia/Yekaterinburg",
    )


async def test_switched_off_it_keeps_its_hour(app: App, anna: Person) -> None:
    await anna.says("/settings")
    await anna.taps("в 19:00 →")
    await anna.taps("Выключен")
    await anna.sees("одним сообщением: выключен")
    assert not [label for label in anna.buttons if "→" in label]
    assert (await slot_of(app)).next_at is None
    await anna.taps("Раз в неделю")
    await anna.sees("по понедельникам в 19:00")
    slot = await slot_of(app)
    assert slot.next_at
    assert slot.next_at.weekday() == 0


async def test_a_digest_of_a_quiet_hour_is_said_to_come_when_it_does(
    app: App, anna: Person
) -> None:
    await anna.says("/settings")
    await anna.sees_nothing_of("тихо")
    await anna.taps("Часы уведомлений")
    await anna.says("20–7")
    await anna.says("/settings")
    await anna.sees("каждый день в 18:00. В этот час у вас тихо, поэтому он придёт в 20:00.")
    await anna.taps("Часы уведомлений")
    await anna.says("8–18")
    await anna.says("/settings")
    await anna.sees("тихо, поэтому он придёт на следующий день в 8:00.")
    await anna.taps("← в 17:00")
    await anna.sees("каждый день в 17:00.")
    await anna.sees_nothing_of("тихо")
    await anna.taps("в 18:00 →")
    await anna.taps("Выключен")
    await anna.sees_nothing_of("тихо")


async def test_the_switch_of_a_rubric_and_its_tick_explain_each_other(anna: Person) -> None:
    await anna.says("/settings")
    await anna.sees("🔔 — пишем, 🔕 — нет", "идут первыми, решают «Интересы»")
    await anna.says("/profile")
    await anna.taps("Интересы")
    await anna.sees("новости о них пойдут первыми", "решают «⚙️ Настройки»")


async def test_midnight_is_an_hour_as_well(app: App, anna: Person) -> None:
    await anna.says("/settings")
    for hour in (19, 20, 21, 22, 23, 0):
        await anna.taps(f"в {hour}:00 →")
    await anna.sees("каждый день в 0:00")
    await anna.taps("← в 23:00")
    await anna.sees("каждый день в 23:00")


async def test_there_is_a_way_from_the_profile_and_the_feed_and_to_hours_and_zone(
    app: App, anna: Person
) -> None:
    await anna.says("/news")
    await anna.taps("⚙️ Настройки")
    await anna.sees("О чём вам писать")
    await anna.taps("Часы уведомлений")
    await anna.taps("← Назад")
    await anna.sees("О чём вам писать")
    await anna.taps("Часы уведомлений")
    await anna.taps("9–21")
    await anna.sees("Часы уведомлений записаны", "О чём вам писать", "9–21")
    await anna.taps("Часовой пояс")
    await anna.says("Атлантида")
    await anna.says("Камчатка")
    await anna.sees("Часовой пояс записан", "каждый день в 18:00", "Петропавловск-Камчатский")
    assert (await slot_of(app)).zone == "Asia/Kamchatka"
    await anna.says("👤 Профиль")
    await anna.taps("Часовой пояс")
    await anna.says("Омск")
    await anna.sees("Часовой пояс записан", "Часовой пояс: Омск")


async def test_a_guest_is_told_how_to_join_and_old_buttons_are_dead(
    people: Make, anna: Person
) -> None:
    boris = people("Борис")
    await boris.says("/settings")
    await boris.sees("Вступить")
    await anna.says("/settings")
    old = await anna.sees("Настройки")
    await anna.says("/profile")
    await anna.taps("Выйти из профсоюза")
    await anna.taps("Всё равно выйти")
    await anna.taps("Да, выйти")
    await anna.taps_data(old, "pf.switch:news:0")
    await anna.sees("Эта кнопка уже не действует")


async def test_what_a_button_carries_can_be_forged(anna: Person) -> None:
    await anna.says("/settings")
    shown = await anna.sees("Настройки")
    for forged in ("pf.rubric:99:0", "pf.switch:сон:0", "pf.at:24", "pf.at:-1"):
        await anna.taps_data(shown, forged)
        await anna.sees_nothing_of("сломалось")
    await anna.says("/settings")
    await anna.sees("каждый день в 18:00")


async def test_reminders_can_be_switched_off_but_for_those_of_a_duty(
    app: App, people: Make, holds: Holds, anna: Person, clock: Clock
) -> None:
    vera = people("Вера", phone=PHONE)
    peter = await appointed(people, holds, "Пётр", "TMN-1")
    await enrol(app, peter, "TMN-1", "Орлов Пётр", number="000102")
    await anna.says("/settings")
    await anna.sees_nothing_of("О заявках")
    for person in (anna, peter):
        await person.says("/settings")
        await person.taps("🔔 Напоминания")
    await peter.sees("О заявках, которые ждут вашего решения, напомним в любом случае")
    await applies(vera)
    clock.forward(hours=24)
    await clock_ticks(app, clock)
    assert sum("⏰ Заявка ждёт решения" in text for text in peter.history) == 1
    await remind(app, anna)
    assert not any(OTHER in text for text in anna.history)
    await anna.taps("🔕 Напоминания")
    await remind(app, anna)
    await anna.sees(OTHER)


async def remind(app: App, person: Person) -> None:
    """Of something that is no duty of theirs."""
    now = app.courier._clock()
    async with app.database.transaction() as session:
        known = await people_service.expect(session, str(person.id), now=now)
        await notices.owe(
            session, known, "system-trouble", now=now, lane=Lane.REMINDER, error=OTHER
        )
    await app.courier.drain()


async def test_what_a_member_chose_goes_with_the_membership(app: App, anna: Person) -> None:
    await anna.says("/settings")
    await anna.taps("Раз в неделю")
    (mine,) = await rows(app, Subscription)
    assert (await slot_of(app)).frequency is Frequency.WEEKLY
    assert mine.since is not None  # told by the slot it comes from, until the new one's round
