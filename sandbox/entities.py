"""Entities: offsets and lengths count UTF-16 units, as Telegram's do."""

import re
from typing import NamedTuple

from sandbox.wire import Wire


class Text(NamedTuple):
    plain: str
    entities: list[Wire]


_AUTOMATIC = (
    (
        "bot_command",
        re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])"),
    ),
    (
        "url",
        re.compile(
            r"(?<![\w@.])(?:https?://[^\s<>«»\"]+|(?:[a-z0-9-]+\.)+(?:com|org|net|ru|me)"
            r"(?:/[^\s<>«»\"]*)?(?![\w@.]))",
            re.IGNORECASE,
        ),
    ),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@(?:[\w-]+\.)+[a-z]{2,8}(?!\w)", re.IGNORECASE)),
    ("mention", re.compile(r"(?<![\w/@])@[A-Za-z][A-Za-z0-9_]{3,31}(?!\w)")),
    ("hashtag", re.compile(r"(?<![\w/#])#(?!\d+(?!\w))\w{1,256}")),
)
# Nothing is looked for inside of these: a command in a piece of code is no command.
_WHOLE = {"pre", "code", "text_link", "text_mention", "custom_emoji", "date_time"} | {
    kind for kind, _ in _AUTOMATIC
}


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def entity(kind: str, offset: int, length: int, **details: object) -> Wire:
    return {"type": kind, "offset": offset, "length": length, **details}


def finished(text: str, written: list[Wire]) -> Text:
    """The text as it is sent: trimmed, with links, commands and mentions found in it."""
    trimmed = _trim(text, written)
    found = _automatic(
        trimmed.plain, [mark for mark in trimmed.entities if mark["type"] in _WHOLE]
    )
    order = sorted(trimmed.entities + found, key=lambda mark: (mark["offset"], -mark["length"]))
    return Text(trimmed.plain, order)


def _trim(text: str, written: list[Wire]) -> Text:
    plain = text.strip()
    shift, end = units(text) - units(text.lstrip()), units(plain)
    kept = (_clip(mark, shift, end) for mark in written)
    return Text(plain, [mark for mark in kept if mark["length"] > 0])


def _clip(mark: Wire, shift: int, end: int) -> Wire:
    start = max(mark["offset"] - shift, 0)
    stop = min(mark["offset"] + mark["length"] - shift, end)
    return {**mark, "offset": start, "length": stop - start}


def _automatic(text: str, taken: list[Wire]) -> list[Wire]:
    found: list[Wire] = []
    for kind, pattern in _AUTOMATIC:
        for match in pattern.finditer(text):
            written = match[0].rstrip(".,:;!?)'") if kind == "url" else match[0]
            mark = entity(kind, units(text[: match.start()]), units(written))
            if not any(_overlap(mark, other) for other in [*taken, *found]):
                found.append(mark)
    return found


def _overlap(one: Wire, other: Wire) -> bool:
    return bool(
        one["offset"] < other["offset"] + other["length"]
        and other["offset"] < one["offset"] + one["length"]
    )
