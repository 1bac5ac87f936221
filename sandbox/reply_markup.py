"""Keyboards under a message and instead of the letters."""

import json
import re
from typing import Any

from sandbox import guesses
from sandbox.accounts import Chat
from sandbox.ask import Ask
from sandbox.refusals import bad
from sandbox.shapes import BUTTON, KEY, Shape, check
from sandbox.wire import Wire

_INLINE_TYPES = {
    "url", "callback_data", "web_app", "login_url", "switch_inline_query", "copy_text", "pay",
    "switch_inline_query_current_chat", "switch_inline_query_chosen_chat", "callback_game",
}  # fmt: skip
_PRIVATE_ONLY = {
    "request_contact": "phone number can be requested in private chats only",
    "request_location": "location can be requested in private chats only",
    "request_poll": "poll can be requested in private chats only",
    "request_users": "users can be requested in private chats only",
    "request_chat": "chats can be requested in private chats only",
    "web_app": "web App buttons can be used in private chats only",
}
_ADDRESS = re.compile(r"(?:https?|tg|tonsite)://\S+|[\w-]+(?:\.[\w-]+)+(?:[/?#]\S*)?")


def read_markup(ask: Ask, chat: Chat) -> Wire | None:
    markup: Wire | None = ask.value("reply_markup", called="reply keyboard markup")
    if not markup:
        return None
    if "inline_keyboard" in markup:
        return _inline(_rows(markup, "inline_keyboard"), chat)
    if "keyboard" in markup:
        return {**markup, "keyboard": _keyboard(_rows(markup, "keyboard"), chat)}
    return markup


def read_inline(ask: Ask, chat: Chat) -> Wire | None:
    markup = read_markup(ask, chat)
    if markup and "inline_keyboard" not in markup:
        raise bad("inline keyboard expected")
    return markup


def inline_only(markup: Wire | None) -> Wire | None:
    return markup if markup and "inline_keyboard" in markup else None


def inline_buttons(message: Wire) -> list[Wire]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button for row in rows for button in row]


def show_keyboard(chat: Chat, markup: Wire | None, addressees: list[int]) -> None:
    """The new keyboard, for everybody in the chat or, when selective, for those addressed."""
    if not markup or not markup.keys() & {"keyboard", "remove_keyboard"}:
        return
    keyboard = markup if "keyboard" in markup else None
    if markup.get("selective") and not chat.private:
        chat.personal_keyboards |= dict.fromkeys(addressees, keyboard)
    else:
        chat.keyboard, chat.personal_keyboards = keyboard, {}


def _rows(markup: Wire, name: str) -> list[list[Any]]:
    rows: list[list[Any]] = markup[name] or []
    if not all(isinstance(row, list) for row in rows):
        of = " of the InlineKeyboardMarkup" if name == "inline_keyboard" else ""
        raise bad(f'field "{name}"{of} must be an Array of Arrays')
    return rows


def _read_button(shape: Shape, button: Any) -> Wire:
    """A number where words belong is taken for words, as the server takes it."""
    check(shape, button)
    read: Wire = button
    words = {name: str(value) for name, value in button.items() if type(value) in (int, float)}
    return read | words


def _inline(rows: list[list[Any]], chat: Chat) -> Wire | None:
    read = [[_read_button(BUTTON, button) for button in row] for row in rows]
    kept = [[button for button in row if button["text"]] for row in read]
    kept = [row for row in kept if row]
    buttons = [button for row in kept for button in row]
    for button in buttons:
        _check_inline(button, chat)
    markup = {"inline_keyboard": kept}
    if len(buttons) > guesses.INLINE_BUTTONS or len(_json(markup)) > guesses.INLINE_BYTES:
        raise bad("reply markup is too long")
    return markup if kept else None


def _check_inline(button: Wire, chat: Chat) -> None:
    # The real server takes an empty string for no value at all.
    if not any(button.get(kind) not in (None, "") for kind in _INLINE_TYPES):
        unallowed = "Text buttons are unallowed in the inline keyboard"
        raise bad(f"can't parse inline keyboard button: {unallowed}")
    _check_kind(button)
    if "web_app" in button and not chat.private:
        raise bad(guesses.BUTTON_TYPE)
    if page := button.get("web_app"):
        check_page(page["url"], "inline keyboard button Web App")
    if "callback_data" in button and not 1 <= len(str(button["callback_data"]).encode()) <= 64:
        raise bad(guesses.BUTTON_DATA)
    if "url" in button and not _ADDRESS.fullmatch(button["url"]):
        raise bad(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")


def _check_kind(button: Wire) -> None:
    """There are no invoices and no games here; an address or data make it another button."""
    plain = button.get("url") or button.get("callback_data")
    if not plain and any(button.get(kind) is not None for kind in ("pay", "callback_game")):
        raise bad(guesses.BUTTON_TYPE)
    copied = button.get("copy_text")
    if not plain and copied and not 1 <= len(str(copied["text"])) <= 256:
        raise bad(guesses.COPY_TEXT_INVALID)


def _keyboard(rows: list[list[Any]], chat: Chat) -> list[list[Wire]]:
    """Too much is cut silently: more than 12 in a row, more than 300 in all."""
    left = 300
    kept: list[list[Wire]] = []
    for row in rows:
        read = [{"text": one} if isinstance(one, str) else _read_button(KEY, one) for one in row]
        buttons = [button for button in read if button["text"]][: min(12, left)]
        for button in buttons:
            _check_private(button, chat)
        left -= len(buttons)
        kept += [buttons] if buttons else []
    return kept


def _check_private(button: Wire, chat: Chat) -> None:
    for wish, refusal in _PRIVATE_ONLY.items():
        if button.get(wish, False) is not False and not chat.private:
            raise bad(refusal)
    if page := button.get("web_app"):
        check_page(page["url"], "keyboard button Web App")


def check_page(url: object, what: str) -> None:
    """Pages are served safely; one on this very machine may do without."""
    if not re.match(r"https://|http://(?:127\.0\.0\.1|localhost)[:/]", str(url)):
        raise bad(f"{what} URL '{url}' is invalid: Only HTTPS links are allowed")


def _json(value: Wire) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
