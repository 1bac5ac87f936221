"""What conversations about applications have in common."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from bot.app import App, build
from bot.pace import Pace
from models.application import Application
from models.base import Base
from models.mail import DeadLetter, Dialog
from sandbox.people import Person
from sandbox.plugin import TOKEN, Clock
from sandbox.wire import Wire
from sandbox.world import World
from scheduler import TIMETABLE
from tests.backstage import STICKER

Make = Callable[..., Person]
Holds = Callable[..., Awaitable[None]]

NAME = "Смирнова Анна Ивановна"
PHONE, PHONE_SHOWN = "+79995550101", "+7 999 555-01-01"
TERRITORY, HOME = "ТюмнМО ВЭП", "ППО Тюменьэнерго"

PHOTO = {"file_id": "p", "file_unique_id": "p", "width": 90, "height": 90, "file_size": 1}
# What people send where something else was asked.
RUBBISH: dict[str, dict[str, Any]] = {
    "emoji": {"text": "🧨" * 4096},
    "markup": {"text": "<b>Лев & Co</b> {0} %s"},
    "right to left": {"text": "\u202e\u200f\u2066\u2069"},
    "nul": {"text": "\0\0"},
    "lone surrogate": {"text": "\ud83d"},
    "slash": {"text": "/"},
    "dots": {"text": "…"},
    "sticker": {"sticker": STICKER},
    "photo": {"photo": [PHOTO], "caption": "Иванова Анна"},
    "location": {"location": {"latitude": 57.15, "longitude": 65.53}},
    "forwarded contact": {
        "contact": {"phone_number": "+79990000000", "first_name": "Боря", "user_id": 777},
        "forward_origin": {"type": "hidden_user", "sender_user_name": "Б", "date": 1},
    },
}


async def appointed(make: Make, holds: Holds, name: str, code: str, role: str = "chair") -> Person:
    """Somebody with a role who has spoken to the bot; no member."""
    person = make(name)
    await person.says("/start")
    await holds(person, role, code)
    return person


async def agreed(person: Person) -> None:
    await person.says("✍️ Вступить")
    await person.taps("Согласен")


async def answers(
    person: Person, name: str = NAME, born: str = "15.03.1998", home: str = HOME
) -> None:
    """From the name to the review."""
    await person.says(name)
    await person.says(born)
    await person.taps("📱 Отправить мой номер")
    await person.says(home)
    await person.taps(home)


async def fills_in(person: Person, **given: str) -> None:
    await person.says("/start")
    await agreed(person)
    await answers(person, **given)


async def applies(person: Person, **given: str) -> None:
    await fills_in(person, **given)
    await person.taps("Отправить заявку")


async def returns(person: Person) -> None:
    """Once a member: what was told then is filled in already."""
    await person.says("/start")
    await agreed(person)
    await person.taps("Отправить заявку")


async def rows(app: App, kind: type[Base], **by: object) -> list[Any]:
    """What the database holds."""
    async with app.database.transaction() as session:
        found = select(kind).filter_by(**by).order_by(*kind.__table__.primary_key)
        return list(await session.scalars(found))


async def everything_kept(app: App) -> str:
    """All rows of all tables, to look for what must not be there."""
    async with app.database.transaction() as session:
        tables = [await session.execute(select(t)) for t in Base.metadata.sorted_tables]
        return "\n".join(str(row) for table in tables for row in table)


async def application_of(app: App) -> Application:
    """The newest one."""
    found: Application = max(await rows(app, Application), key=lambda one: one.id)
    return found


async def step_of(app: App, person: Person) -> str | None:
    found = await rows(app, Dialog, key=f"{person.id}:{person.id}")
    return found[0].state if found else None


async def survives(app: App, person: Person, what: dict[str, Any]) -> None:
    """Something helpful is said, the step stays, and nothing broke behind the scenes."""
    before = await step_of(app, person)
    await person.sends(**what)
    await person.sees()
    await person.sees_nothing_of("сломалось", "broke")
    assert await step_of(app, person) == before
    assert not await rows(app, DeadLetter)


async def clock_ticks(app: App, clock: Clock) -> None:
    """Every sweep of the timetable, once, at this moment."""
    for job in TIMETABLE:
        async with app.database.transaction() as session:
            await job.sweep(session, now=datetime.fromtimestamp(clock.now, UTC))
    await app.courier.drain()


@asynccontextmanager
async def restarted(app: App, world: World, clock: Clock) -> AsyncIterator[App]:
    """Another process over the same database; the first one is gone."""
    await app.database.close()

    def now() -> datetime:
        return datetime.fromtimestamp(clock.now, UTC)

    again = build(app.settings, app.telegram, app.house.bot, clock=now, pace=Pace(None))

    async def handle(update: Wire) -> None:
        await again.ingest(update)
        await again.courier.drain()

    world.connect(TOKEN, handle)
    await again.open()
    yield again
    await again.database.close()
