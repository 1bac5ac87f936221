"""From what a handler returned to what is owed: a tap redraws, a word gets a new message."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any

from keyboards.screen import Reply, Screen, Toast
from services import outbox

Json = dict[str, Any]


@dataclass(frozen=True)
class Origin:
    """Where an update came from, and so where the answer goes."""

    chat_id: int
    person_id: int | None = None
    query_id: str | None = None  # it was a tap…
    message_id: int | None = None  # …on this message, if it can still be redrawn
    pictured: bool = False

    @classmethod
    def of(cls, kind: str, event: Json) -> "Origin":
        # Numbers as aiogram reads them: forged ones may be texts or booleans.
        if kind != "callback_query":
            return cls(int(event["chat"]["id"]))
        message = event.get("message") or {}
        chat_id = message.get("chat", {}).get("id", event["from"]["id"])
        reachable = message.get("date", 0) != 0  # date 0: too old to be touched
        return cls(
            int(chat_id),
            query_id=event["id"],
            message_id=int(message["message_id"]) if message and reachable else None,
            pictured="photo" in message,
        )


def owed(origin: Origin, reply: Reply, now: datetime) -> list[Json]:
    """Rows for the outbox."""
    return [
        outbox.owing(
            origin.chat_id,
            method,
            payload,
            now=now,
            person_id=origin.person_id,
            place=screen.place if method != "editMessageReplyMarkup" else None,
        )
        for index, screen in enumerate(_screens(origin, reply))
        for method, payload in _calls(origin, screen, first=index == 0)
    ]


def tap_answer(origin: Origin, reply: Reply) -> Json | None:
    """What stops the button's spinner; every tap gets one."""
    if origin.query_id is None:
        return None
    answer: Json = {"callback_query_id": origin.query_id}
    if isinstance(reply, Toast):
        return answer | {"text": reply.text[:200], "show_alert": reply.alert}
    words = next((screen.toast for screen in _screens(origin, reply) if screen.toast), None)
    return answer | ({"text": words[:200]} if words else {})


def _screens(origin: Origin, reply: Reply) -> Sequence[Screen]:
    match reply:
        case Screen():
            return [reply]
        case Toast(text):
            return [] if origin.query_id else [Screen(escape(text, quote=False))]
        case None:
            return []
        case _:
            return list(reply)


def _calls(origin: Origin, screen: Screen, *, first: bool) -> Iterator[tuple[str, Json]]:
    on_tap = first and origin.message_id is not None
    if on_tap and screen.redraws:
        method = "editMessageCaption" if origin.pictured else "editMessageText"
        yield method, {"message_id": origin.message_id} | body(screen, pictured=origin.pictured)
        return
    if on_tap and screen.keys is not None and not screen.fresh:
        yield "editMessageReplyMarkup", {"message_id": origin.message_id}
    yield new_message(screen)


def new_message(screen: Screen) -> tuple[str, Json]:
    if screen.picture is None:
        return "sendMessage", body(screen)
    return "sendPhoto", {"photo": screen.picture._asdict()} | body(screen, pictured=True)


def body(screen: Screen, *, pictured: bool = False) -> Json:
    params: Json = {"caption" if pictured else "text": screen.text, "parse_mode": "HTML"}
    if not pictured:
        params["link_preview_options"] = {"is_disabled": True}
    markup = screen.markup()
    return params | ({"reply_markup": markup} if markup else {})
