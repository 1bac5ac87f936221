"""From the card of an event to the calendar, the door and the report."""

from datetime import timedelta
from typing import Any

import pytest

from bot.app import App
from sandbox.people import Person
from sandbox.plugin import Clock
from tests.applying import clock_ticks
from tests.backstage import card_link
from tests.gatherings import TITLE, Hold, file_of, goes, hold, opens
from tests.newsroom import anna, oleg

FIXTURES: tuple[Any, ...] = (hold, oleg, anna)

pytestmark = pytest.mark.usefixtures("union")


async def test_an_event_is_joined_attended_rated_and_reported(
    app: App, oleg: Person, anna: Person, hold: Hold, clock: Clock
) -> None:
    await hold(in_=timedelta(hours=2))
    await goes(anna)
    await anna.taps("В календарь")
    name, data = file_of(anna, await anna.sees("Откройте файл"))
    assert (name, b"STATUS:CONFIRMED" in data) == ("Спартакиада b Лев & Co b 23.11.ics", True)
    await opens(oleg)
    await oleg.taps("🛠 Управлять")
    assert "📝 Отчёт" not in oleg.buttons
    await oleg.taps("Отметить пришедших")
    await oleg.sees("Кто пришёл", "Ответили «Иду»: 1, ещё не отмечены: 1")
    clock.forward(hours=1)
    await oleg.opens(await card_link(anna))
    await oleg.taps(f"✅ Отметить на «{TITLE}»")
    await oleg.sees("✅ Смирнова Анна", "Пришли: 1")
    clock.forward(hours=5)
    await clock_ticks(app, clock)
    await anna.sees(f"Вы были на мероприятии «{TITLE}». Как всё прошло?")
    await anna.taps("5")
    await anna.sees("ваша оценка 5")
    await oleg.says("/newevent")
    await oleg.taps(next(label for label in oleg.buttons if "Спартакиада" in label))
    await oleg.taps("📝 Отчёт")
    await oleg.sees("Пришли: 1", "Оценка: 5,0 из 5, оценили 1")
