"""How an organiser makes an event in a conversation."""

from typing import Any

from bot.app import App
from models.event import Event
from sandbox.people import Person
from tests.applying import rows
from tests.gatherings import TITLE, opens

PLACE = "Тюмень, Ленина 1"
START = "5 декабря 18:00–20:00"  # the clock begins on 23 November


async def begins(oleg: Person, title: str = TITLE, place: str = "ТюмнМО ВЭП") -> None:
    await oleg.says("/newevent")
    await oleg.taps(f"➕ {place}")
    await oleg.says(title)


async def drafts(
    oleg: Person, title: str = TITLE, *, start: str = START, seats: str = "", place: str = PLACE
) -> None:
    """All questions answered; the card of the draft is shown."""
    await begins(oleg, title)
    await oleg.says("Лыжи и дартс")
    await oleg.says(start)
    await (oleg.says(place) if place else oleg.taps("Место сообщим позже"))
    await (oleg.says(seats) if seats else oleg.taps("Без ограничений"))
    await oleg.sees("Черновик мероприятия")


async def makes(oleg: Person, title: str = TITLE, *, herald: str = "", **said: Any) -> None:
    """Published."""
    await drafts(oleg, title, **said)
    if herald:
        await oleg.taps("Кто увидит и как")
        await oleg.taps("Объявление")
        await oleg.taps(herald)
        await oleg.taps("Готово")
    await oleg.taps("Опубликовать")
    await oleg.sees("Мероприятие опубликовано")


async def says(person: Person, label: str, title: str = TITLE) -> None:
    """An answer to it."""
    await opens(person, title)
    await person.taps(label)


async def only(app: App) -> Event:
    """The one there is."""
    (event,) = await rows(app, Event)
    found: Event = event
    return found
