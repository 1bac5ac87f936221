"""What a person sees: words, buttons, perhaps a picture. Pure data until the courier sends it."""

from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple

from aiogram.filters.callback_data import CallbackData

from locales import Translator
from models.base import Session
from services.access import Actor
from services.deliveries import Opened
from services.house import House

Json = dict[str, Any]


class Tap(NamedTuple):
    label: str
    data: CallbackData


class Link(NamedTuple):
    label: str
    url: str


class AskContact(NamedTuple):
    label: str


Button = Tap | Link
Key = str | AskContact


class Picture(NamedTuple):
    """A picture still to be drawn: the name of the drawing and the words in it."""

    drawing: str
    words: Json


class Document(NamedTuple):
    """A file still to be made: the name of the drawing, what is in it, and what it is called."""

    drawing: str
    words: Json
    name: str


class Toast(NamedTuple):
    """A word above the chat, where nothing in it changes."""

    text: str
    alert: bool = False


class Call(NamedTuple):
    """A bare Bot API call about the reader's chat, where a screen is not what is owed."""

    method: str
    params: Json


class Media(NamedTuple):
    """A file Telegram has already: `photo`, `video`, `document`, `audio`, `voice`…"""

    kind: str
    file_id: str


@dataclass(frozen=True)
class Screen:
    text: str
    buttons: Sequence[Sequence[Button]] = ()
    keys: Sequence[Sequence[Key]] | None = None  # a reply keyboard; empty takes the old one away
    picture: Picture | None = None
    document: Document | None = None
    media: Sequence[Media] = ()  # one with the text under it, or an album
    links: bool = False  # whether a link in the text shows what is behind it
    place: str | None = None
    fresh: bool = False  # a message of its own even after a tap
    toast: str | None = None
    hint: str | None = None  # shown in the empty input field under the keys
    tells: Sequence[int] = ()  # ids of posts it tells of: counted when it has arrived
    opens: Opened | None = None  # what of a post it shows to whoever has opened that

    def says(self, toast: str) -> "Screen":
        return replace(self, toast=toast)

    def apart(self) -> "Screen":
        return replace(self, fresh=True)

    @property
    def redraws(self) -> bool:
        """Whether it can take the place of a text message already in the chat."""
        drawn = self.picture or self.document
        return not (self.fresh or self.keys is not None or drawn or self.media)

    def markup(self) -> Json | None:
        if self.buttons:
            return {"inline_keyboard": [[_button(b) for b in row] for row in self.buttons]}
        if self.keys is None:
            return None
        if not self.keys:
            return {"remove_keyboard": True}
        keyboard = {
            "keyboard": [[_key(k) for k in row] for row in self.keys],
            "resize_keyboard": True,
            "is_persistent": True,
        }
        return keyboard | ({"input_field_placeholder": self.hint} if self.hint else {})


Reply = Screen | Toast | Sequence[Screen] | None


def mark(text: str) -> str:
    """The beginning of its hash: by it a button knows what was read when it was pressed."""
    return sha256(text.encode()).hexdigest()[:12]


def _button(button: Button) -> Json:
    if isinstance(button, Link):
        return {"text": button.label, "url": button.url}
    return {"text": button.label, "callback_data": button.data.pack()}


def _key(key: Key) -> Json:
    if isinstance(key, AskContact):
        return {"text": key.label, "request_contact": True}
    return {"text": key}


def shorten(text: str, size: int) -> str:
    return text if len(text) <= size else text[: size - 1].rstrip() + "…"


@dataclass(frozen=True)
class Reader:
    """Whom a notice is being worded for, at the moment it is sent."""

    actor: Actor
    t: Translator
    now: datetime
    house: House
    shown: bool = False  # its place already holds a message in this chat


@dataclass(frozen=True)
class Board:
    """A channel a notice is being worded for: everybody reads it, and nobody in particular."""

    chat_id: int
    t: Translator
    now: datetime
    house: House


class Redraw(NamedTuple):
    """What one message in the reader's chat shows from now on."""

    screen: Screen
    message_id: int
    captioned: bool  # the words stand under a picture or a file


Worded = Screen | Call | Redraw | None
Notice = Callable[..., Awaitable[Worded]]

NOTICES: dict[str, Notice] = {}


def notice(name: str) -> Callable[[Notice], Notice]:
    """Registers how a notice is worded: `(session, reader, **details)`; None: no longer true."""

    def keep(word: Notice) -> Notice:
        assert name not in NOTICES, name
        NOTICES[name] = word
        return word

    return keep


Told = Callable[..., Awaitable[Mapping[int, Hashable]]]  # (session, person ids, now=, **details)


class Alike(NamedTuple):
    """A notice worded once for all who are told the same in the same language."""

    told: Told  # what each of some people is told; whoever may not get it any more is left out
    word: Callable[..., Awaitable[Screen]]  # (session, t, house, what is told, now=)


ALIKE: dict[str, Alike] = {}


def alike(name: str, told: Told) -> Callable[..., Any]:
    """Registers how such a notice is worded, and whom it tells what."""

    def keep(word: Callable[..., Awaitable[Screen]]) -> Callable[..., Awaitable[Screen]]:
        assert name not in ALIKE, name
        ALIKE[name] = Alike(told, word)
        return word

    return keep


async def word(session: Session, to: Reader | Board, name: str, details: Json) -> Worded:
    return await NOTICES[name](session, to, **details)


@dataclass(frozen=True)
class Page:
    """Rows of a long list with «‹ 2 / 7 ›» under them; the middle shows the same page anew."""

    rows: Sequence[Sequence[Button]]
    number: int
    last: int
    turn: Callable[[int], CallbackData] = field(repr=False)

    def buttons(self) -> list[Sequence[Button]]:
        if self.last == 0:
            return list(self.rows)
        here = f"{self.number + 1} / {self.last + 1}"
        signs = {self.number - 1: "‹", self.number: here, self.number + 1: "›"}
        turns = [Tap(signs[n], self.turn(n)) for n in signs if 0 <= n <= self.last]
        return [*self.rows, turns]
