"""Texts and captions: how they are marked up, and how long they may be."""

from sandbox.ask import Ask
from sandbox.entities import Text, finished
from sandbox.markup_html import parse_html
from sandbox.markup_legacy import parse_legacy
from sandbox.markup_markdown import parse_markdown
from sandbox.refusals import bad

_PARSERS = {"html": parse_html, "markdownv2": parse_markdown, "markdown": parse_legacy}


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


def _parse(ask: Ask, text: str, entities_field: str, mode_field: str = "parse_mode") -> Text:
    mode = ask.text(mode_field).lower()
    if mode in ("", "none"):
        return finished(text, ask.value(entities_field) or [])
    if mode not in _PARSERS:
        raise bad("unsupported parse_mode")
    return finished(*_PARSERS[mode](text))
