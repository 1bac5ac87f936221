"""People for tests: they talk to the bot, tap what they see and read what comes."""

import asyncio
from typing import NoReturn, TypeVar

from sandbox.post import CONTENT
from sandbox.reply_markup import inline_buttons
from sandbox.verbs import Verbs
from sandbox.wire import Wire
from sandbox.world import World

T = TypeVar("T")


def words(message: Wire) -> str:
    """As one reads them: a space that does not break is a space."""
    return str(message.get("text") or message.get("caption") or "").replace("\u00a0", " ")


def author(message: Wire) -> str:
    """A channel's post is nobody's: it is signed by the channel."""
    signed = message["from"]["first_name"] if "from" in message else message["chat"]["title"]
    return str(signed)


class Person(Verbs):
    """One person in one chat; `inside` is the same person in a group."""

    def __init__(
        self, world: World, person_id: int, chat_key: str, *, patience: float = 5.0
    ) -> None:
        super().__init__(world, person_id, chat_key)
        self.patience = patience
        self._known: dict[int, Wire] = {}
        self._query: str | None = None

    @property
    def name(self) -> str:
        return self.world.people[self.id].name

    def inside(self, chat_key: str) -> "Person":
        return Person(self.world, self.id, chat_key, patience=self.patience)

    async def edits(self, message: Wire, text: str) -> Wire:
        edited = self.world.edit(self.id, self.chat_key, message["message_id"], text)
        return await self._done(edited)

    async def shares_contact(self, of: "int | Person | None" = None) -> Wire:
        owner = of.id if isinstance(of, Person) else of
        return await self._done(self.world.share_contact(self.id, self.chat_key, of=owner))

    async def opens(self, link: str) -> None:
        await self._done(self.world.open(self.id, link))

    async def blocks(self) -> None:
        self.world.block(self.id, self.chat_key)
        await self._done(None)

    async def unblocks(self) -> None:
        self.world.unblock(self.id, self.chat_key)
        await self._done(None)

    async def taps(self, label: str, *, message: Wire | None = None) -> None:
        """An inline button, the newest first, or else one of the reply keyboard."""
        if found := self._inline(label, message):
            holder, button = found
            await self._press(holder, button)
        elif message is None and (key := self._key(label)):
            await (self.shares_contact() if key.get("request_contact") else self.says(label))
        else:
            self._fail(f"no button {label!r} among {self.buttons} and {self.menu}")

    async def taps_data(self, message: Wire, data: str) -> None:
        """What a button carried, even when it is no longer there: an old screen, a forged tap."""
        await self._tap(message, data, forged=True)

    async def sees(self, *texts: str) -> Wire:
        """All of these, in what came or changed since this person last did something."""
        with self.world.watch() as changes:
            deadline = asyncio.get_running_loop().time() + self._patience_now
            while (missing := self._missing(texts)) and await _change(changes, deadline):
                pass
        if missing:
            self._fail(f"does not see {missing}")
        return self._holder(texts)

    async def sees_nothing_of(self, *texts: str) -> None:
        seen = [text for text in texts if text in self._visible]
        if seen:
            self._fail(f"sees {seen}")

    async def picture(self) -> bytes:
        """The newest photo the bot sent here."""
        for message in reversed(self._from_bots):
            if "photo" in message:
                return self.world.files.get(message["photo"][-1]["file_id"]).data
        return self._fail("got no picture")

    @property
    def screen(self) -> str:
        return "\n".join(words(message) for message in self._fresh)

    @property
    def buttons(self) -> list[str]:
        for message in reversed(self._from_bots):
            if found := inline_buttons(message):
                return [button["text"] for button in found]
        return []

    @property
    def menu(self) -> list[str]:
        return [key["text"] for key in self._keys]

    @property
    def toast(self) -> str | None:
        query = self.world.queries.get(self._query or "")
        return query.answer["text"] if query and query.answer else None

    @property
    def commands(self) -> list[str]:
        """Their names without the slash, as the menu of this chat offers them."""
        return [
            command["command"]
            for bot in self.world.bots_in(self.chat)
            for command in self.world.commands_for(bot.id, self.id, self.chat_key)
        ]

    @property
    def history(self) -> list[str]:
        return [words(message) for message in self.chat.messages.values()]

    @property
    def transcript(self) -> str:
        return "\n".join(_line(message) for message in self.chat.messages.values())

    @property
    def _from_bots(self) -> list[Wire]:
        bots = {bot.id for bot in self.world.bots.values()}
        return [
            message
            for message_id, message in self.chat.messages.items()
            if self.chat.authors[message_id] in bots or "via_bot" in message
        ]

    @property
    def _fresh(self) -> list[Wire]:
        # A changed message is another object: the world replaces messages, never alters them.
        return [m for m in self._from_bots if self._known.get(m["message_id"]) is not m]

    @property
    def _visible(self) -> str:
        return f"{self.screen}\n{self.toast or ''}"

    @property
    def _keys(self) -> list[Wire]:
        keyboard = self.chat.keyboard_of(self.id) or {}
        return [key for row in keyboard.get("keyboard", []) for key in row]

    @property
    def _patience_now(self) -> float:
        """Connected bots have answered by the time an action returns: nothing to wait for."""
        direct = all(bot.mailbox.handler for bot in self.world.bots_in(self.chat))
        return 0.0 if direct else self.patience

    def _missing(self, texts: tuple[str, ...]) -> list[str]:
        if not texts:
            return [] if self._fresh else ["anything new"]
        return [text for text in texts if text not in self._visible]

    def _holder(self, texts: tuple[str, ...]) -> Wire:
        last = texts[-1] if texts else ""
        holders = [message for message in self._fresh if last in words(message)]
        return holders[-1] if holders else {"text": self.toast}

    def newest(self, kind: str) -> Wire:
        for message in reversed(self.chat.messages.values()):
            if kind in message:
                return message
        return self._fail(f"sees no {kind}")

    def page(self, label: str) -> Wire:
        if not label and self.chat.bot:
            return {"text": "", **self.world.menu_button(self.chat.bot, self.chat)}
        if found := self._inline(label, None):
            return found[1]
        return {"text": label, **(self._key(label) or {}), "keyboard": True}

    def _inline(self, label: str, within: Wire | None) -> tuple[Wire, Wire] | None:
        messages = [self.chat.messages[within["message_id"]]] if within else self._from_bots
        for message in reversed(messages):
            for button in inline_buttons(message):
                if button["text"] == label:
                    return message, button
        return None

    def _key(self, label: str) -> Wire | None:
        return next((key for key in self._keys if key["text"] == label), None)

    async def _press(self, message: Wire, button: Wire) -> None:
        if "callback_data" in button:
            await self._tap(message, button["callback_data"])
        elif button.get("url", "").startswith("https://t.me/"):
            await self.opens(button["url"])
        else:
            self._fail(f"the button {button} leads out of the chat")

    async def _tap(self, message: Wire, data: str, *, forged: bool = False) -> None:
        where = (self.id, self.chat_key, message["message_id"])
        query = self.world.tap(*where, data, forged=forged)
        self._look_away()
        self._query = query
        await self.world.settle()

    async def _done(self, outcome: T) -> T:
        self._look_away()
        await self.world.settle()
        return outcome

    def _look_away(self) -> None:
        self._known = dict(self.chat.messages)
        self._query = None

    def _fail(self, complaint: str) -> NoReturn:
        raise AssertionError(f"{self.name}: {complaint}\n--- {self.chat_key}\n{self.transcript}")


async def _change(changes: "asyncio.Queue[Wire]", deadline: float) -> bool:
    try:
        async with asyncio.timeout_at(deadline):
            await changes.get()
    except TimeoutError:
        return False
    return True


def _line(message: Wire) -> str:
    labels = "".join(f" [{button['text']}]" for button in inline_buttons(message))
    kinds = ", ".join(kind for kind in CONTENT if kind in message)
    content = words(message) or kinds or "(service)"
    return f"{author(message)}: {content}{labels}"
