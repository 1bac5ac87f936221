"""MarkdownV2: every reserved character means something or is escaped."""

import re
from dataclasses import dataclass
from typing import NoReturn

from sandbox.entities import Text, entity, units
from sandbox.markup_html import link
from sandbox.refusals import bad
from sandbox.wire import Wire

_RESERVED = frozenset("_*[]()~`>#+-=|{}.!")
_KINDS = {"*": "bold", "_": "italic", "__": "underline", "~": "strikethrough", "||": "spoiler"}
_NAMES = {
    "*": "Bold", "_": "Italic", "__": "Underline", "~": "Strikethrough", "||": "Spoiler",
    "`": "Code", "```": "Pre", "[": "TextUrl", "![": "CustomEmoji", ">": "BlockQuote",
}  # fmt: skip
_MARK = re.compile(r"```|__|\|\||!\[|[*_~`\[>]")
_ESCAPED = re.compile(r"\\([\x01-\x7e])")
_LANGUAGE = re.compile(r"([^\s`]+)?\n")
_ADDRESS = re.compile(r"\]\(((?:\\.|[^)\\])*)\)", re.DOTALL)


@dataclass
class Open:
    mark: str
    begin: int
    offset: int
    language: str = ""


def parse_markdown(source: str) -> Text:
    return _Reader(source).read()


class _Reader:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.plain = ""
        self.open: list[Open] = []
        self.entities: list[Wire] = []

    def read(self) -> Text:
        while self.at < len(self.source):
            self._step(self.source[self.at])
        if self._top == ">":
            self._close(self.open.pop())
        if self.open:
            left = self.open[-1]
            self._refuse(f"Can't find end of {_NAMES[left.mark]} entity", left.begin)
        return Text(self.plain, self.entities)

    @property
    def _top(self) -> str:
        return self.open[-1].mark if self.open else ""

    def _step(self, character: str) -> None:
        if escaped := _ESCAPED.match(self.source, self.at):
            self._append(escaped[1], 2)
        elif self._top in ("`", "```"):
            self._step_in_code()
        elif character == "\n":
            self._line_end()
        elif character in _RESERVED:
            self._reserved(character)
        else:
            self._append(character, 1)

    def _step_in_code(self) -> None:
        if self.source.startswith(self._top, self.at):
            self.at += len(self._top)
            self._close(self.open.pop())
        else:
            self._append(self.source[self.at], 1)

    def _line_end(self) -> None:
        self._append("\n", 1)
        if self._top == ">" and not self.source.startswith(">", self.at):
            self._close(self.open.pop())
        elif self._top == ">":
            self.at += 1

    def _reserved(self, character: str) -> None:
        if character == "]" and self._top in ("[", "!["):
            return self._close_link(self.open.pop())
        found = _MARK.match(self.source, self.at)
        mark = found[0] if found else ""
        if not mark or (mark == ">" and self.plain and not self.plain.endswith("\n")):
            escape = "is reserved and must be escaped with the preceding '\\'"
            self._refuse(f"Character '{character}' {escape}")
        return self._begin_or_end(mark)

    def _begin_or_end(self, mark: str) -> None:
        begin = self.at
        self.at += len(mark)
        if mark == self._top and mark in _KINDS:
            return self._close(self.open.pop())
        self.open.append(Open(mark, self._byte(begin), units(self.plain)))
        if mark == "```" and (language := _LANGUAGE.match(self.source, self.at)):
            self.open[-1].language = language[1] or ""
            self.at = language.end()
        return None

    def _close(self, left: Open) -> None:
        length = units(self.plain) - left.offset
        if length == 0:
            return
        kind = {"`": "code", "```": "pre", ">": "blockquote", **_KINDS}[left.mark]
        details = {"language": left.language} if left.language else {}
        self.entities.append(entity(kind, left.offset, length, **details))

    def _close_link(self, left: Open) -> None:
        written = self.plain.encode("utf-16-le")[left.offset * 2 :].decode("utf-16-le")
        address = _ADDRESS.match(self.source, self.at)
        if address is None and self.source.startswith("](", self.at):
            self._refuse("Can't find end of a URL", self._byte(self.at + 1))
        target = re.sub(r"\\(.)", r"\1", address[1]) if address else written
        self.at = address.end() if address else self.at + 1
        if left.mark == "![":
            emoji = target.rpartition("id=")[2]
            mark: Wire | None = entity(
                "custom_emoji", left.offset, units(written), custom_emoji_id=emoji
            )
        else:
            mark = link(target, left.offset, units(written))
        self.entities += [mark] if mark and mark["length"] else []

    def _append(self, text: str, read: int) -> None:
        self.plain += text
        self.at += read

    def _byte(self, place: int) -> int:
        return len(self.source[:place].encode())

    def _refuse(self, reason: str, byte: int | None = None) -> NoReturn:
        where = "" if byte is None else f" at byte offset {byte}"
        raise bad(f"can't parse entities: {reason}{where}")
