"""Who writes news and who reads it, and how a post is made in a conversation."""

import pytest

from bot.app import App
from sandbox.people import Person
from sandbox.plugin import Clock
from tests.applying import Holds, Make
from tests.backstage import enrol

NEWS = "Завтра спартакиада <b>Лев & Co</b>"


@pytest.fixture
async def oleg(app: App, people: Make, holds: Holds) -> Person:
    """An organiser of the whole territory."""
    oleg = people("Олег")
    await enrol(app, oleg, "TMN-1", "Власов Олег", number="000201")
    await holds(oleg, "organiser", "TMN")
    await oleg.says("/start")
    return oleg


@pytest.fixture
async def anna(app: App, people: Make) -> Person:
    anna = people("Анна")
    await enrol(app, anna, "TMN-1", "Смирнова Анна", number="000202")
    return anna


@pytest.fixture
async def boris(app: App, people: Make) -> Person:
    boris = people("Борис")
    await enrol(app, boris, "TMN-2", "Быков Борис", number="000203")
    return boris


async def draft(oleg: Person, text: str = NEWS, place: str = "ТюмнМО ВЭП") -> None:
    await oleg.says("/post")
    await oleg.taps(f"✏️ {place}")
    await oleg.says(text)
    await oleg.sees("Черновик новости")


async def urgent(oleg: Person) -> None:
    await oleg.taps("Когда")
    await oleg.taps("Срочно")
    await oleg.taps("Готово")


async def published(oleg: Person, *texts: str) -> None:
    """In the digest and the feed, one after the other."""
    for text in texts:
        await draft(oleg, text)
        await oleg.taps("Опубликовать")


async def corrects(oleg: Person, text: str) -> None:
    """What is out, from its card."""
    await oleg.taps("Исправить")
    await oleg.says(text)
    await oleg.taps("Исправить у всех")


def heard(person: Person, text: str = NEWS) -> int:
    """How often the bot has told them so."""
    return sum(line.startswith(text) for line in person.history)


async def due(oleg: Person, clock: Clock, text: str = NEWS) -> None:
    """Published for an hour that has come by now; the clock has not ticked yet."""
    await draft(oleg, text)
    await oleg.taps("Когда")
    await oleg.says("через 1 час")
    await oleg.taps("Опубликовать")
    clock.forward(hours=1)
