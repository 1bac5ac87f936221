"""Texts and captions: how they are marked up, and how long they may be."""

from typing import Any

from sandbox.ask import Ask
from sandbox.entities import Text, finished
from sandbox.markup_html import parse_html
from sandbox.markup_legacy import parse_legacy
from sandbox.markup_markdown import parse_markdown
from sandbox.refusals import bad
from sandbox.shapes import ENTITIES, ENTITY, FOUND, check
from sandbox.wire import Wire

_PARSERS = {"html": parse_html, "markdownv2": parse_markdown, "markdown": parse_legacy}
_FURTHEST = 1_000_000  # where an entity may begin, and how long it may be


def read_text(ask: Ask) -> Text:
    text = ask.text("text")
    if not text:
        raise bad("message text is empty")
    if len(text.encode()) > 32_768:
        raise bad("text is too long")
    read = _parse(ask, text, "entities")
    if not read.plain:
        raise bad("text must be non-empty")
    if len(read.plain) > 4096:
        raise bad("message is too long")
    return read


def read_caption(ask: Ask) -> Text:
    read = _parse(ask, ask.text("caption"), "caption_entities")
    if len(read.plain) > 1024:
        raise bad("message caption is too long")
    return read


def read_part(ask: Ask, name: str) -> Text:
    """A text with its own way of marking up: a poll's question, a quiz's explanation."""
    return _parse(ask, ask.text(name), f"{name}_entities", f"{name}_parse_mode")


def _read_entities(written: object) -> list[Wire]:
    """Those Telegram finds by itself are left to it; what is no list counts for nothing."""
    marks = written if isinstance(written, list) else []
    read = [_read_entity(mark) for mark in marks]
    return [mark for mark in read if mark["type"] not in FOUND]


def _read_entity(mark: Any) -> Wire:
    check(ENTITY, mark)
    kind = mark["type"]
    if kind not in ENTITIES and kind not in FOUND:
        raise bad("can't parse MessageEntity: Unsupported type specified")
    check(ENTITY._replace(fields=ENTITIES.get(kind, {})), mark)
    place = {name: int(mark[name]) for name in ("offset", "length")}
    for name, number in place.items():
        if not 0 <= number <= _FURTHEST:
            raise bad(f"receive an entity with incorrect {name} {number}")
    return {**mark, **place}


def _parse(ask: Ask, text: str, entities_field: str, mode_field: str = "parse_mode") -> Text:
    mode = ask.text(mode_field).lower()
    if mode in ("", "none"):
        return finished(text, _read_entities(ask.value(entities_field)))
    if mode not in _PARSERS:
        raise bad("unsupported parse_mode")
    return finished(*_PARSERS[mode](text))
