"""A tap that leaves its message as it was: the person sees no answer unless a word says so."""

import re
from html import unescape
from typing import Any

from keyboards.screen import Screen
from locales import TAG, Translator

Json = dict[str, Any]

PAGE = re.compile(r"(\d+) / (\d+)")


def words_of(t: Translator, tap: Json, screen: Screen) -> str | None:
    """What is said above the chat if the screen is what the tapped message shows already."""
    shown = tap.get("message") or {}
    keys = _keys(shown.get("reply_markup"))
    if not screen.redraws or keys != _keys(screen.markup()):
        return None
    if _letters(str(shown.get("text") or shown.get("caption"))) != _plain(screen.text):
        return None
    tapped = (PAGE.fullmatch(label) for label, data in keys if data == tap.get("data"))
    if page := next(filter(None, tapped), None):
        return t.label("menu-page", number=int(page[1]), last=int(page[2]))
    return t.label("menu-unchanged")


def _keys(markup: Any) -> list[tuple[str, str | None]]:
    """Labels and what they carry, row after row; Telegram adds nothing to either."""
    rows = markup.get("inline_keyboard") if isinstance(markup, dict) else None
    buttons = [one for row in rows or () for one in row]
    return [(str(one["text"]), one.get("callback_data")) for one in buttons]


def _plain(text: str) -> str:
    return _letters(unescape(TAG.sub("", text)))


def _letters(text: str) -> str:
    """Telegram takes the spaces around a message away."""
    return "".join(text.split())
