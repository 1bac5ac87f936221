"""Events as members find them: the list, the card, the answers, the way there."""

import pytest

from bot.app import App
from models.event import Answer
from sandbox.people import Person
from tests.gatherings import TITLE, Hold, anna, answer_of, boris, hold, opens

FIXTURES = (hold, anna, boris)

pytestmark = pytest.mark.usefixtures("union")


async def test_found_opened_and_answered(app: App, hold: Hold, anna: Person) -> None:
    number = await hold(address="Тюмень, ДК «Энергетик»", contact="Власов Олег, @oleg")
    await anna.says("📅 Мероприятия")
    await anna.sees("Мероприятия", "Сначала те, что в вашем регионе")
    assert anna.buttons[0] == f"26.11 14:00 · {TITLE}"
    await opens(anna)
    await anna.sees(
        TITLE,
        "чт, 26 ноября, 14:00–16:00",
        "📍 Тюмень, ДК «Энергетик»",
        "Лыжи и дартс",
        "Вопросы: Власов Олег, @oleg",
        "ТюмнМО ВЭП",
    )
    await anna.taps("Иду")
    await anna.sees("✅ Вы идёте", "Идут: 1")
    assert "✓ Иду" in anna.buttons
    found = await answer_of(app, anna, number)
    assert found
    assert found.answer is Answer.GOING
