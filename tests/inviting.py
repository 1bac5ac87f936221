"""What conversations about invitations have in common."""

import re
from collections.abc import Awaitable, Callable

from sqlalchemy import select

from bot.app import App
from models.invitation import Invitation
from sandbox.people import Person
from sandbox.wire import Wire

People = Callable[..., Person]
Holds = Callable[..., Awaitable[None]]

LINK = re.compile(r"https://t\.me/\w+\?start=([A-Z2-9]{8})(?!\S)")
UNDER_PICTURE = ["Подпись", "Срок", "Новое приглашение", "Все приглашения", "Отозвать"]


async def appointed(people: People, holds: Holds, name: str, role: str, code: str) -> Person:
    person = people(name)
    await person.says("/start")
    await holds(person, role, code)
    return person


async def link_from(chair: Person, command: str = "/invite") -> str:
    await chair.says(command)
    return link_in(await chair.sees("https://t.me/"))


def link_in(message: Wire) -> str:
    found = LINK.search(message["caption"])
    assert found, message["caption"]
    return found[0]


def code_of(link: str) -> str:
    return link.rpartition("=")[2]


async def kept(app: App, link: str) -> Invitation:
    """What the database holds of it."""
    async with app.database.transaction() as session:
        return (await session.scalars(select(Invitation).filter_by(code=code_of(link)))).one()


def picture_of(chair: Person, link: str) -> Wire:
    """The newest picture in the chat that leads there, as it stands now."""
    return [m for m in chair.chat.messages.values() if link in m.get("caption", "")][-1]


def labels(message: Wire) -> list[str]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]


async def answers(guest: Person, name: str) -> None:
    """Everything the application asks before the organisation."""
    await guest.taps("✍️ Вступить")
    await guest.taps("Согласен")
    await guest.says(name)
    await guest.says("15.03.1998")
    await guest.taps("📱 Отправить мой номер")
