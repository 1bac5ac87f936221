"""What somebody sent, as it will be sent on."""

from typing import Any

from aiogram.types import Message

from models.post import ALBUM
from services.errors import Refusal
from services.parsing import clean
from services.posts_content import Content

PARTED = 2048  # signs: no client makes the first part of a long text shorter
KINDS = ("photo", "video", "animation", "document", "audio", "voice")


class Unfit(Refusal):
    """A sticker, a contact, a poll: nothing that could be read as news."""

    text_id = "posts-unfit"


def content_of(message: Message) -> Content:
    plain = clean(message.text or message.caption or "")
    media = _media(message)
    if not plain and not media:
        raise Unfit
    html = message.html_text if plain else ""
    files = [media | {"speaks": bool(plain)}] if media else []
    return Content(html, plain, files, album_of(message), message.message_id)


def album_of(message: Message) -> str | None:
    """What its parts have in common; Telegram promises no length of it."""
    return message.media_group_id and message.media_group_id[:ALBUM]


def parted(message: Message) -> dict[str, int]:
    """When the first part of what may be too long for one message was sent; nothing else is."""
    is_long = len(message.text or "") >= PARTED
    return {"parted": int(message.date.timestamp())} if is_long else {}


def _media(message: Message) -> dict[str, Any] | None:
    for kind in KINDS:
        file = getattr(message, kind)
        if file:
            one = file[-1] if kind == "photo" else file
            return {"kind": kind, "file_id": one.file_id, "at": message.message_id}
    return None
