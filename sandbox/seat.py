"""A place at the page: who asks, in which chat, and what is wrong with the asking."""

from typing import Any

from aiohttp import web

from sandbox.accounts import Chat, PersonAccount
from sandbox.wire import Wire, present
from sandbox.world import World


class Wrong(Exception):
    """What the page asked for cannot be; the text is for the person at the page."""

    def __init__(self, text: str, status: int = 400) -> None:
        super().__init__(text)
        self.text = text
        self.status = status


class Seat:
    def __init__(self, world: World) -> None:
        self.world = world

    def _person(self, fields: Any) -> PersonAccount:
        person = self.world.people.get(number(fields, "person"))
        if person is None:
            raise Wrong("Такого человека в песочнице нет.", 404)
        return person

    def _place(self, fields: Any) -> tuple[PersonAccount, Chat]:
        person = self._person(fields)
        for chat in self.world.chats_of(person.id):
            if chat.key == fields.get("chat"):
                return person, chat
        raise Wrong("Такого чата у этого человека нет.", 404)

    async def _asked(self, request: web.Request) -> tuple[Wire, PersonAccount, Chat]:
        body = await read_json(request)
        return body, *self._place(body)


async def read_json(request: web.Request) -> Wire:
    try:
        body = await request.json()
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise Wrong("Нужен объект JSON.")
    return body


def number(fields: Any, name: str) -> int:
    try:
        return int(fields[name])
    except (KeyError, TypeError, ValueError):
        raise Wrong(f"Не хватает числа {name}.") from None


def aim(fields: Any) -> dict[str, Any]:
    """Which message is answered, in which topic and in whose name, as far as they are given."""
    given = {name: number(fields, name) for name in ("reply_to", "thread") if fields.get(name)}
    return given | present(speaks_for=str(fields.get("speaks_for") or ""))
