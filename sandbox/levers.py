"""What another program asks of the sandbox: people by the names of their buttons, and troubles."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from aiohttp import web

from sandbox.accounts import BotAccount, Chat
from sandbox.faults import CALLS, UPDATES
from sandbox.people import Person, author, words
from sandbox.reply_markup import inline_buttons
from sandbox.wire import Wire
from sandbox.world import World

RANKS = ("creator", "administrator", "member", "restricted", "left", "kicked")
NUMBERS = {"chat_id": int, "times": int, "share": float, "seconds": float}


class Levers:
    def __init__(self, world: World) -> None:
        self.world = world

    async def screen(self, request: web.Request) -> Wire:
        """The last messages of the bot, and what can be pressed."""
        person = self._person(request.query)
        shown = list(person.chat.messages.values())[-10:]
        return {
            "messages": [
                {
                    "message_id": message["message_id"],
                    "from": author(message),
                    "text": words(message),
                    "picture": "photo" in message,
                    "buttons": [button["text"] for button in inline_buttons(message)],
                }
                for message in shown
            ],
            "menu": person.menu,
            "blocked": person.chat.blocked,
        }

    async def press(self, request: web.Request) -> Wire:
        """A button by its label: under the newest message that has it, or below the screen."""
        body = await request.json()
        person = self._person(body)
        label = str(body["label"])
        try:
            await person.taps(label)
        except AssertionError:
            raise ValueError(label) from None
        return {"pressed": label}

    async def delete(self, request: web.Request) -> Wire:
        """The person deletes their account."""
        person = self._person(await request.json())
        self.world.people[person.id].deactivated = True
        return {"deleted": person.id}

    async def group(self, request: web.Request) -> Wire:
        body = await request.json()
        members = {int(one): _rank(rank) for one, rank in body.get("members", {}).items()}
        kind = "group" if body.get("basic") else "supergroup"
        forum = bool(body.get("forum"))
        chat = self.world.add_group(
            int(body["id"]), str(body["title"]), kind=kind, forum=forum, members=members
        )
        return {"chat": chat.key}

    async def channel(self, request: web.Request) -> Wire:
        """`discussion` is the key of the group that talks its posts over."""
        body = await request.json()
        members = {int(one): _rank(rank) for one, rank in body.get("members", {}).items()}
        discussion = self.world.chat(body["discussion"]).key if body.get("discussion") else None
        name = str(body.get("username") or "")
        chat = self.world.add_channel(
            int(body["id"]), str(body["title"]), username=name, members=members,
            discussion=discussion,
        )  # fmt: skip
        return {"chat": chat.key}

    async def join(self, request: web.Request) -> Wire:
        """By a link of the bot's: at once, or by asking to be let in."""
        body = await request.json()
        person_id = self.world.people[int(body["person"])].id
        chat = self.world.chat(self.world.join(person_id, str(body["link"])))
        return {"chat": chat.key, "asks": self.world.asked_in(chat, person_id)}

    async def forward(self, request: web.Request) -> Wire:
        """Out of `chat` into the chat `to`."""
        body = await request.json()
        person, to = self._person(body), self.world.chat(str(body["to"])).key
        return self.world.forward(person.id, person.chat_key, int(body["message_id"]), to)

    async def inline(self, request: web.Request) -> Wire:
        """Types `@bot query`; what comes of it is chosen by the ids the bot gave."""
        body = await request.json()
        person = self._person(body)
        return {"query": self.world.ask_inline(person.id, person.chat_key, str(body["query"]))}

    async def choose(self, request: web.Request) -> Wire:
        body = await request.json()
        return self.world.choose(str(body["query"]), str(body["result"]))

    async def bot(self, request: web.Request) -> Wire:
        """What BotFather is told: whether it answers inline queries, hears all of a group."""
        body = await request.json()
        me = self._bot().me
        if "inline" in body:
            me["supports_inline_queries"] = bool(body["inline"])
        if "privacy" in body:
            me["can_read_all_group_messages"] = not body["privacy"]
        return me

    async def member(self, request: web.Request) -> Wire:
        """Somebody comes, goes, is thrown out or changes rank: a person, or the bot itself."""
        body = await request.json()
        by = int(body["by"]) if body.get("by") else None
        self.world.set_member(
            self._chat(body).key, int(body["user"]), _rank(body.get("status")), by=by
        )
        return {"status": body["status"]}

    async def migrate(self, request: web.Request) -> Wire:
        """A basic group becomes a supergroup."""
        body = await request.json()
        return {"chat": self.world.migrate(self._chat(body).key, int(body["to"])).key}

    async def update(self, request: web.Request) -> Wire:
        """Anything at all, delivered to the bot as it stands."""
        body = await request.json()
        update = dict(body["update"])
        return {"update_id": self.world.deliver(self._bot(), update, ("chat", 0))}

    async def faults(self, _: web.Request) -> Wire:
        faults = self.world.faults
        return {
            "on": [asdict(fault) for fault in faults.on],
            "struck": dict(faults.struck),
            "kinds": CALLS | UPDATES,
        }

    async def switch_on(self, request: web.Request) -> Wire:
        body = await request.json()
        numbers = {name: read(body[name]) for name, read in NUMBERS.items() if name in body}
        fault = self.world.faults.switch_on(
            str(body["kind"]), method=body.get("method"), **numbers
        )
        return asdict(fault)

    async def switch_off(self, request: web.Request) -> Wire:
        """All of them, or those of one kind."""
        self.world.faults.switch_off((await request.json()).get("kind"))
        return {"on": [asdict(fault) for fault in self.world.faults.on]}

    def _bot(self) -> BotAccount:
        return next(iter(self.world.bots.values()))

    def _chat(self, fields: Mapping[str, Any]) -> Chat:
        return self.world.chat(str(fields["chat"]))

    def _person(self, fields: Mapping[str, Any]) -> Person:
        person_id = int(fields["person"])
        key = fields.get("chat") or self.world.private_chat(self._bot(), person_id).key
        if not self.world.chat(key).holds(person_id):
            raise ValueError(key)
        return Person(self.world, person_id, key)


def _rank(written: object) -> str:
    if written not in RANKS:
        raise ValueError(written)
    return str(written)
