from collections.abc import Callable

import pytest

from sandbox.people import Person

pytestmark = pytest.mark.usefixtures("union")


async def join(anna: Person) -> None:
    await anna.taps("✍️ Вступить")
    await anna.sees("Согласие на обработку")
    await anna.taps("Согласен")
    await anna.says("смирнова анна ивановна")
    await anna.says("15 марта 1998")
    await anna.taps("📱 Отправить мой номер")
    await anna.taps("ТюмнМО ВЭП")
    await anna.taps("ППО Тюменьэнерго")
    await anna.sees("Смирнова Анна Ивановна", "15 марта 1998", "+79991234567 ✓")


async def test_a_guest_becomes_a_member(
    people: Callable[..., Person], holds: Callable[..., object]
) -> None:
    anna, peter = people("Анна", phone="+79991234567"), people("Пётр")
    await peter.says("/start")
    await holds(peter, "chair", "TMN-1")
    await anna.says("/start")
    await anna.sees("Сила в каждом")
    await join(anna)
    await anna.taps("Отправить заявку")
    await anna.sees("на рассмотрении")
    await peter.sees("Смирнова Анна", "до 35", "В реестре: нет")
    await peter.taps("Подтвердить")
    assert peter.toast == "Подтверждено"
    await anna.sees("добро пожаловать", "000001", "🪪")
    assert await anna.picture()
    assert "🪪 Профбилет" in "".join(anna.menu)
