"""What a person in a test sends: words, files, places, votes."""

import mimetypes
from abc import ABC, abstractmethod
from typing import Any, TypeVar

from sandbox.accounts import Chat
from sandbox.web_apps import Visit
from sandbox.wire import Wire, present
from sandbox.world import World

T = TypeVar("T")


class Verbs(ABC):
    def __init__(self, world: World, person_id: int, chat_key: str) -> None:
        self.world = world
        self.id = person_id
        self.chat_key = chat_key

    @property
    def chat(self) -> Chat:
        return self.world.chat(self.chat_key)

    async def says(self, text: str, **kw: Any) -> Wire:
        return await self._done(self.world.say(self.id, self.chat_key, text, **kw))

    async def replies(self, message: Wire, text: str) -> Wire:
        return await self.says(text, reply_to=message["message_id"])

    async def forwards(self, message: Wire, to: str) -> Wire:
        """Into the chat of this key."""
        forwarded = self.world.forward(self.id, self.chat_key, message["message_id"], to)
        return await self._done(forwarded)

    async def sends(self, **content: Any) -> Wire:
        return await self._done(self.world.send(self.id, self.chat_key, **content))

    async def sends_file(self, data: bytes, name: str, kind: str = "photo", **more: Any) -> Wire:
        return await self.sends(**self._file(data, name, kind), **more)

    async def sends_photo(self, data: bytes, caption: str = "") -> Wire:
        return await self.sends_file(data, "фото.jpg", **present(caption=caption))

    async def sends_document(self, data: bytes, name: str, caption: str = "") -> Wire:
        return await self.sends_file(data, name, "document", **present(caption=caption))

    async def sends_voice(self, data: bytes = b"OggS", seconds: int = 1) -> Wire:
        voice = self._file(data, "голос.ogg", "voice")["voice"] | {"duration": seconds}
        return await self.sends(voice=voice)

    async def sends_location(self, latitude: float, longitude: float) -> Wire:
        return await self.sends(location={"latitude": latitude, "longitude": longitude})

    async def sends_album(
        self, *files: tuple[bytes, str], kind: str = "photo", caption: str = ""
    ) -> list[Wire]:
        """Files of one kind with their names; the caption stands under the first."""
        contents = [self._file(data, name, kind) for data, name in files]
        contents[0] |= present(caption=caption)
        return await self._done(self.world.send_album(self.id, self.chat_key, contents))

    async def votes(self, *labels: str, message: Wire | None = None) -> None:
        """For these answers of the newest poll; for none of them to take the vote back."""
        poll = self.chat.messages[message["message_id"]] if message else self.newest("poll")
        options = [option["text"] for option in poll["poll"]["options"]]
        numbers = [options.index(label) for label in labels]
        self.world.vote(self.id, self.chat_key, poll["message_id"], numbers)
        await self._done(None)

    async def reacts(self, *emoji: str, message: Wire) -> None:
        """These and no others; without any they are all taken back."""
        self.world.react(self.id, self.chat_key, message["message_id"], *emoji)
        await self._done(None)

    async def pins(self, message: Wire) -> None:
        self.world.pin_up(self.id, self.chat_key, message["message_id"])
        await self._done(None)

    async def joins(self, link: str) -> str:
        """By a link, at once or by asking first; answers the key of the chat."""
        return await self._done(self.world.join(self.id, link))

    async def opens_page(self, label: str = "") -> Visit:
        """Of a button with a web app, wherever it is; without a label, of the menu."""
        return await self._done(self.world.open_app(self.id, self.chat_key, self.page(label)))

    async def sends_from(self, visit: Visit, data: str) -> Wire:
        """What a page opened from the keyboard sends when it closes."""
        sent = self.world.send_page_data(self.id, self.chat_key, visit.label, data)
        return await self._done(sent)

    async def asks_inline(self, query: str) -> str:
        return await self._done(self.world.ask_inline(self.id, self.chat_key, query))

    async def chooses(self, query_id: str, result_id: str) -> Wire:
        return await self._done(self.world.choose(query_id, result_id))

    @abstractmethod
    def page(self, label: str) -> Wire: ...

    @abstractmethod
    def newest(self, kind: str) -> Wire: ...

    @abstractmethod
    async def _done(self, outcome: T) -> T: ...

    def _file(self, data: bytes, name: str, kind: str) -> Wire:
        mime = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return self.world.files.get(self.world.files.store(data, name, mime, kind)).content
