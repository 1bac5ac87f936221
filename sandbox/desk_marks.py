"""What people do with a message that is there already, and with the pages buttons open."""

import json

from aiohttp import web

from sandbox.reply_markup import inline_buttons
from sandbox.seat import Seat, Wrong, number
from sandbox.wire import Wire


class MarksDesk(Seat):
    async def edit(self, request: web.Request) -> Wire:
        body, person, chat = await self._asked(request)
        text = str(body.get("text") or "").strip()
        if not text:
            raise Wrong("Пустым сообщение не сделать.")
        return self.world.edit(person.id, chat.key, number(body, "message_id"), text)

    async def react(self, request: web.Request) -> Wire:
        """The list is the whole of this person's reactions: an empty one takes them back."""
        body, person, chat = await self._asked(request)
        emoji = [str(one) for one in body.get("emoji") or []]
        self.world.react(person.id, chat.key, number(body, "message_id"), *emoji)
        return {}

    async def vote(self, request: web.Request) -> Wire:
        body, person, chat = await self._asked(request)
        options = [number({"option": one}, "option") for one in body.get("options") or []]
        return self.world.vote(person.id, chat.key, number(body, "message_id"), options)

    async def pin(self, request: web.Request) -> Wire:
        body, person, chat = await self._asked(request)
        change = self.world.pin_up if body.get("pinned") else self.world.take_down
        change(person.id, chat.key, number(body, "message_id"))
        return {"pinned": chat.pinned}

    async def app(self, request: web.Request) -> Wire:
        """Opens the page of a button: under a message, of the keyboard, or of the menu."""
        body, person, chat = await self._asked(request)
        if body.get("message_id"):
            there = inline_buttons(self.world.message_in(chat, number(body, "message_id")))
        elif body.get("menu"):
            there = [self.world.menu_button(bot, chat) for bot in self.world.bots_in(chat)]
        else:
            rows = (chat.keyboard_of(person.id) or {}).get("keyboard", [])
            there = [{**key, "keyboard": True} for row in rows for key in row if "web_app" in key]
        label = body.get("label")
        button = next((b for b in there if b.get("text") == label and "web_app" in b), {})
        visit = self.world.open_app(person.id, chat.key, button)
        return {"url": visit.url, "data": visit.data, "sends": not visit.query_id}

    async def page_data(self, request: web.Request) -> Wire:
        body, person, chat = await self._asked(request)
        label, data = str(body.get("label")), str(body.get("data") or "")
        return self.world.send_page_data(person.id, chat.key, label, data)

    async def calls(self, _: web.Request) -> list[Wire]:
        """What the bots asked for, the newest first."""
        return [
            {
                "id": id(call),
                "method": call.method,
                "params": {name: _plain(value) for name, value in call.params.items()},
                "status": call.status,
                "description": call.description,
                "at": call.at,
            }
            for call in reversed(self.world.log)
        ]


def _plain(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
