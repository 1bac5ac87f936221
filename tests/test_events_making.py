"""An event is made in a conversation: a draft at once, question by question, and published."""

import pytest

from bot.app import App
from models.event import Event
from sandbox.people import Person
from tests.applying import rows
from tests.newsroom import anna, boris, oleg

FIXTURES = (oleg, anna, boris)
TITLE = "Спартакиада <b>Лев & Co</b>"

pytestmark = pytest.mark.usefixtures("union")


async def test_made_published_and_found(app: App, oleg: Person, anna: Person) -> None:
    await oleg.says("/newevent")
    await oleg.taps("➕ ТюмнМО ВЭП")
    await oleg.sees("Как называется")
    await oleg.says(TITLE)
    await oleg.sees("Расскажите, что будет")
    await oleg.says("Лыжи и дартс")
    await oleg.sees("Когда начало", "Екатеринбург")
    await oleg.says("5 декабря 18:00")
    await oleg.sees("Когда закончится")
    await oleg.taps("2 ч")
    await oleg.sees("Где это будет")
    await oleg.says("Тюмень, Ленина 1")
    await oleg.sees("Сколько мест")
    await oleg.says("20")
    await oleg.sees("Черновик мероприятия", TITLE, "18:00–20:00", "Тюмень, Ленина 1")
    print(oleg.transcript)
    await oleg.taps("Показать, как увидят")
    print(oleg.screen)
    await oleg.taps("Опубликовать")
    await oleg.sees("Мероприятие опубликовано")
    (event,) = await rows(app, Event)
    assert event.state == "open"
    await anna.says("/news")
    await anna.taps(f"🔵 {TITLE}")
    await anna.sees(TITLE, "Лыжи и дартс")
    await anna.taps("📅 Подробнее")
    await anna.sees(TITLE)
    print(anna.transcript)
