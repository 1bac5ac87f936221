"""From what a handler returned to what is owed: a tap redraws, a word gets a new message."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from html import escape
from typing import Any

from bot import unchanged
from keyboards.screen import Media, Reply, Screen, Toast
from locales import Translator
from services import outbox

Json = dict[str, Any]

SENDING = {
    "photo": "sendPhoto",
    "video": "sendVideo",
    "animation": "sendAnimation",
    "document": "sendDocument",
    "audio": "sendAudio",
    "voice": "sendVoice",
}
CAPTIONED = tuple(SENDING)


@dataclass(frozen=True)
class Origin:
    """Where an update came from, and so where the answer goes."""

    chat_id: int
    person_id: int | None = None
    query_id: str | None = None  # it was a tap…
    message_id: int | None = None  # …on this message, if it can still be redrawn
    captioned: bool = False  # a picture or a file, with the words under it
    tap: Json | None = field(default=None, compare=False, repr=False)  # as it came

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
            captioned=any(kind in message for kind in CAPTIONED),
            tap=event if reachable else None,
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
        | {"details": screen.opens._asdict() if screen.opens else None}
        for index, screen in enumerate(_screens(origin, reply))
        for method, payload in _calls(origin, screen, first=index == 0)
    ]


def tap_answer(origin: Origin, reply: Reply, t: Translator) -> Json | None:
    """What stops the button's spinner; every tap gets one."""
    if origin.query_id is None:
        return None
    answer: Json = {"callback_query_id": origin.query_id}
    if isinstance(reply, Toast):
        return answer | {"text": reply.text[:200], "show_alert": reply.alert}
    screens = _screens(origin, reply)
    words = next((screen.toast for screen in screens if screen.toast), None)
    if words is None and origin.tap and len(screens) == 1:
        words = unchanged.words_of(t, origin.tap, screens[0])
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
        yield edit(screen, origin.message_id, captioned=origin.captioned)
        return
    if on_tap and screen.keys is not None and not screen.fresh:
        yield "editMessageReplyMarkup", {"message_id": origin.message_id}
    yield new_message(screen)


def edit(screen: Screen, message_id: int | None, *, captioned: bool = False) -> tuple[str, Json]:
    """The message shows this instead; what it has besides words stays."""
    method = "editMessageCaption" if captioned else "editMessageText"
    return method, {"message_id": message_id} | body(screen, captioned=captioned)


def new_message(screen: Screen) -> tuple[str, Json]:
    if screen.picture is not None:
        return "sendPhoto", {"photo": screen.picture._asdict()} | body(screen, captioned=True)
    if screen.document is not None:
        file = {"document": screen.document._asdict()}
        return "sendDocument", file | body(screen, captioned=True)
    match screen.media:
        case []:
            return "sendMessage", body(screen)
        case [Media(kind, file_id)]:
            return SENDING[kind], {kind: file_id} | body(screen, captioned=True)
    album: list[Json] = [{"type": one.kind, "media": one.file_id} for one in screen.media]
    album[0] |= {"caption": screen.text, "parse_mode": "HTML"} if screen.text else {}
    return "sendMediaGroup", {"media": album}


def body(screen: Screen, *, captioned: bool = False) -> Json:
    params: Json = {"caption" if captioned else "text": screen.text, "parse_mode": "HTML"}
    if not captioned:
        params["link_preview_options"] = {"is_disabled": not screen.links}
    markup = screen.markup()
    return params | ({"reply_markup": markup} if markup else {})
