"""Small filters: aiogram's `F.…` would hop through a thread for each of them."""

from typing import Any

from aiogram import filters
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message

from handlers.posts_content import album_of
from handlers.scene import Scene
from keyboards.menu import entry_of
from services.parsing import parse_code, parse_pointer, parse_yes

AT_ONCE = 3  # seconds between the parts of one text


class Command(filters.Command):
    """`/Menu` and `/MENU` are `/menu`: phones like to begin with a capital."""

    def __init__(self, *names: str) -> None:
        super().__init__(*names, ignore_case=True)


class CommandStart(filters.CommandStart):
    """The code after it keeps its case."""

    def __init__(self, *, deep_link: bool | None = None) -> None:
        super().__init__(deep_link=deep_link, ignore_case=True)


class Pressed(Filter):
    """An entry of the menu, whatever language its label was in; hands it over as `entry`."""

    def __init__(self, *entries: str) -> None:
        self.entries = entries

    async def __call__(self, message: Message, raw_state: str | None) -> bool | dict[str, str]:
        entry = entry_of(message.text or "", raw_state)
        return {"entry": entry} if entry in self.entries else False


class Says(Filter):
    """A question answered by yes or no in words."""

    def __init__(self, *, yes: bool) -> None:
        self.yes = yes

    async def __call__(self, message: Message) -> bool:
        return parse_yes(message.text or "") is self.yes


class InGroup(Filter):
    async def __call__(self, event: Message | CallbackQuery) -> bool:
        message = event if isinstance(event, Message) else event.message
        return message is not None and message.chat.type != "private"


class InChannel(Filter):
    async def __call__(self, event: Message | ChatMemberUpdated) -> bool:
        return event.chat.type == "channel"


class HasContact(Filter):
    async def __call__(self, message: Message) -> bool:
        return message.contact is not None


class IsMember(Filter):
    """Old buttons of whoever has left are answered as old buttons are."""

    async def __call__(self, event: Message | CallbackQuery, scene: Scene) -> bool:
        return scene.actor.member is not None


class LooksLikeCode(Filter):
    """An invitation code typed instead of scanned; hands it over as `code`."""

    async def __call__(self, message: Message) -> bool | dict[str, str]:
        code = parse_code(message.text or "")
        return {"code": code} if code else False


class CarriesCard(Filter):
    """A link to somebody's card, whole or damaged; hands it over as `pointer`."""

    async def __call__(self, message: Message) -> bool | dict[str, str]:
        pointer = parse_pointer(message.text or "", "c")
        return {"pointer": pointer} if pointer else False


class CarriesPost(Filter):
    """A link to a piece of news; hands it over as `pointer`."""

    async def __call__(self, message: Message) -> bool | dict[str, str]:
        pointer = parse_pointer(message.text or "", "n")
        return {"pointer": pointer} if pointer else False


class CarriesDoor(Filter):
    """The QR at the door of an event; hands it over as `pointer`."""

    async def __call__(self, message: Message) -> bool | dict[str, str]:
        pointer = parse_pointer(message.text or "", "e")
        return {"pointer": pointer} if pointer else False


class GoesOnAlbum(Filter):
    """One more part of the album the last answer began with."""

    async def __call__(self, message: Message, scene: Scene) -> bool:
        album = album_of(message)
        return album is not None and (await scene.dialog.get_data()).get("album") == album


class GoesOnText(Filter):
    """The rest of a text too long for one message: Telegram parts it, and sends all at once."""

    async def __call__(self, message: Message, scene: Scene) -> bool:
        before = (await scene.dialog.get_data()).get("parted")
        if before is None or message.text is None:
            return False
        return bool(message.date.timestamp() - before <= AT_ONCE)


class HasPlace(Filter):
    """A point on the map; hands it over as `point`, with the `name` of the place if it has one."""

    async def __call__(self, message: Message) -> bool | dict[str, Any]:
        place = message.venue.location if message.venue else message.location
        if place is None:
            return False
        said = (message.venue.title, message.venue.address) if message.venue else ()
        name = ", ".join(part for part in said if part)
        return {"point": (place.latitude, place.longitude), "name": name}
