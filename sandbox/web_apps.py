"""Web apps: what a page gets to know of who opened it, and what it may send back."""

import base64
import hashlib
import hmac
import json
import re
import secrets
from dataclasses import dataclass
from urllib.parse import urlencode

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sandbox import guesses
from sandbox.accounts import BotAccount, Chat, PersonAccount
from sandbox.presence import refuse
from sandbox.reactions import Reactions
from sandbox.wire import Wire, present

# The sandbox's own, known to everybody; Telegram's public keys verify nothing it signs.
_KEY = Ed25519PrivateKey.from_private_bytes(b"the sandbox's own key, no secret")
PUBLIC_KEY = _KEY.public_key().public_bytes_raw()
_USER = ("id", "first_name", "last_name", "username", "language_code")


@dataclass(frozen=True)
class Visit:
    """A page opened by a person; `data` is what Telegram would hand it as initData."""

    url: str
    data: str
    query_id: str
    label: str


def sign(token: str, fields: Wire) -> str:
    """The fields as initData: signed for third parties, and all of it hashed for the bot."""
    third = f"{token.partition(':')[0]}:WebAppData\n{_lines(fields)}"
    signature = base64.urlsafe_b64encode(_KEY.sign(third.encode())).rstrip(b"=").decode()
    signed = fields | {"signature": signature}
    key = hmac.new(b"WebAppData", token.encode(), hashlib.sha256).digest()
    digest = hmac.new(key, _lines(signed).encode(), hashlib.sha256).hexdigest()
    return urlencode(signed | {"hash": digest})


def _lines(fields: Wire) -> str:
    return "\n".join(f"{name}={fields[name]}" for name in sorted(fields))


class WebApps(Reactions):
    def open_app(self, person_id: int, chat_key: str, button: Wire, start: str = "") -> Visit:
        """`button` is one with a `web_app`: under a message, of a keyboard or of the menu.

        `start` is what a link to the page carried as `startapp`.
        """
        if not re.fullmatch(r"[A-Za-z0-9_-]{0,512}", start):
            refuse(f"{start!r} cannot be what a link carries")
        chat, person = self.inside(person_id, chat_key)
        bot = next(self.bots_in(chat), None)
        if bot is None or "web_app" not in button:
            refuse(f"the button {button} opens no page")
        query_id = "" if button.get("keyboard") else secrets.token_urlsafe(12)
        if query_id:
            self.page_queries[query_id] = (bot.id, person_id, chat_key, self.clock())
        fields = self._fields(person, query_id) | present(start_param=start)
        data = sign(bot.token, fields)
        return Visit(button["web_app"]["url"], data, query_id, button["text"])

    def send_page_data(self, person_id: int, chat_key: str, label: str, data: str) -> Wire:
        """What a page opened from the keyboard sends when it is done."""
        if not 1 <= len(data.encode()) <= 4096:
            refuse("a page sends from 1 to 4096 bytes")
        chat, person = self.inside(person_id, chat_key)
        content = {"web_app_data": {"data": data, "button_text": label}}
        message = self.post(chat, person.user, **content)
        self.tell_bots(chat, "message", message)
        return message

    def page_query(self, bot: BotAccount, query_id: str) -> tuple[PersonAccount, Chat] | None:
        """Who asked, once: the query is used up."""
        bot_id, person_id, chat_key, at = self.page_queries.get(query_id, (0, 0, "", 0.0))
        if bot_id != bot.id or self.clock() - at > guesses.PAGE_SECONDS:
            return None
        del self.page_queries[query_id]
        return self.people[person_id], self.chat(chat_key)

    def menu_button(self, bot: BotAccount, chat: Chat) -> Wire:
        default: Wire = {"type": "commands"}
        general = bot.menu_buttons.get(0, default)
        own = bot.menu_buttons.get(chat.id, general)
        return general if own["type"] == "default" else own

    def _fields(self, person: PersonAccount, query_id: str) -> Wire:
        user = present(**{name: person.user.get(name) for name in _USER})
        written = json.dumps(user, ensure_ascii=False, separators=(",", ":"))
        return present(query_id=query_id) | {"user": written, "auth_date": self.now}
