"""HTML as Telegram reads it: a few tags, everything else refused at its byte."""

import html
import re
from typing import NamedTuple, NoReturn
from urllib.parse import parse_qs, urlsplit

from sandbox.entities import Text, entity, units
from sandbox.refusals import bad
from sandbox.wire import Wire

_KINDS = {
    "a": "text_link", "b": "bold", "strong": "bold", "i": "italic", "em": "italic",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "u": "underline", "ins": "underline", "span": "spoiler", "tg-spoiler": "spoiler",
    "tg-emoji": "custom_emoji", "tg-time": "date_time", "pre": "pre", "code": "code",
    "blockquote": "blockquote",
}  # fmt: skip
_REFERENCE = re.compile(r"&(?:lt|gt|amp|quot|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
_PLAIN = re.compile(r"[^<&]+")
_BLANKS = re.compile(r"\s*")
_TAG_NAME = re.compile(r"[^\s>]*")
_ATTRIBUTE_NAME = re.compile(r"[^\s=>]*")
_BARE_VALUE = re.compile(r"[A-Za-z0-9.-]*(?=[\s>])")


class Tag(NamedTuple):
    name: str
    attributes: dict[str, str]
    offset: int
    place: int


def parse_html(source: str) -> Text:
    return _Reader(source).read()


def link(address: str, offset: int, length: int) -> Wire | None:
    """A link to an address or a mention of a person; nothing when it leads nowhere."""
    parts = urlsplit(address)
    if parts.scheme == "tg" and parts.netloc == "user":
        user = parse_qs(parts.query).get("id", ["0"])[0]
        who = {"id": int(user), "is_bot": False, "first_name": ""}
        return entity("text_mention", offset, length, user=who)
    if parts.scheme in ("http", "https", "tg"):
        return entity("text_link", offset, length, url=address)
    if not parts.scheme and re.fullmatch(r"[\w.-]+\.\w{2,}(?:[/?#].*)?", address):
        return entity("text_link", offset, length, url=f"http://{address}")
    return None


class _Reader:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.pieces: list[str] = []
        self.offset = 0
        self.open: list[Tag] = []
        self.entities: list[Wire] = []

    def read(self) -> Text:
        while self.at < len(self.source):
            if self.source[self.at] == "<":
                self._tag()
            else:
                self._characters()
        if self.open:
            self._refuse(f'Can\'t find end tag corresponding to start tag "{self.open[-1].name}"')
        return Text("".join(self.pieces), self.entities)

    def _characters(self) -> None:
        if plain := _PLAIN.match(self.source, self.at):
            return self._append(plain[0], len(plain[0]))
        reference = _REFERENCE.match(self.source, self.at)
        written = reference[0] if reference else "&"
        return self._append(html.unescape(written), len(written))

    def _append(self, text: str, read: int) -> None:
        self.pieces.append(text)
        self.offset += units(text)
        self.at += read

    def _tag(self) -> None:
        begin = self.at
        self.at += 1
        if self.source.startswith("/", self.at):
            self.at += 1
            self._end(begin)
        else:
            self._start(begin)

    def _start(self, begin: int) -> None:
        name = self._match(_TAG_NAME).lower()
        if self.at >= len(self.source):
            self._refuse("Unclosed start tag", begin)
        if name not in _KINDS:
            self._refuse(f'Unsupported start tag "{name}"', begin)
        attributes = self._attributes(name, begin)
        if name == "span" and attributes.get("class") != "tg-spoiler":
            self._refuse('Tag "span" must have class "tg-spoiler"', begin)
        self.open.append(Tag(name, attributes, self.offset, len(self.pieces)))

    def _attributes(self, tag: str, begin: int) -> dict[str, str]:
        found: dict[str, str] = {}
        while self._next(begin) != ">":
            name = self._match(_ATTRIBUTE_NAME)
            if not name:
                self._refuse(f'Empty attribute name in the tag "{tag}"', begin)
            found[name] = self._value(tag, name, begin)
        self.at += 1
        return found

    def _value(self, tag: str, name: str, begin: int) -> str:
        if self._next(begin) != "=":
            if (tag, name) == ("blockquote", "expandable"):
                return "1"
            declared = f'declaration of an attribute of the tag "{tag}"'
            self._refuse(f"Expected equal sign in {declared}", begin)
        self.at += 1
        quote = self._next(begin)
        return self._quoted(quote, begin) if quote in "'\"" else self._bare()

    def _quoted(self, quote: str, begin: int) -> str:
        end = self.source.find(quote, self.at + 1)
        if end < 0 or end + 1 == len(self.source):
            self._refuse("Unclosed start tag", begin)
        written, self.at = self.source[self.at + 1 : end], end + 1
        return _REFERENCE.sub(lambda reference: html.unescape(reference[0]), written)

    def _bare(self) -> str:
        value = _BARE_VALUE.match(self.source, self.at)
        if not value:
            self._refuse("Unexpected end of name token", self.at)
        self.at = value.end()
        return value[0].lower()

    def _next(self, begin: int) -> str:
        self._match(_BLANKS)
        if self.at >= len(self.source):
            self._refuse("Unclosed start tag", begin)
        return self.source[self.at]

    def _end(self, begin: int) -> None:
        if not self.open:
            self._refuse("Unexpected end tag", begin)
        name = self._match(_TAG_NAME)
        self._match(_BLANKS)
        if not self.source.startswith(">", self.at):
            self._refuse("Unclosed end tag", begin)
        self.at += 1
        tag = self.open.pop()
        if name not in ("", tag.name):
            place = f"at byte offset {self._byte(begin)}"
            self._refuse(f'Unmatched end tag {place}, expected "</{tag.name}>", found "</{name}>"')
        if self.offset > tag.offset:
            self._mark(tag)

    def _mark(self, tag: Tag) -> None:
        length = self.offset - tag.offset
        if tag.name == "a":
            address = tag.attributes.get("href") or "".join(self.pieces[tag.place :])
            found = link(address, tag.offset, length)
            self.entities += [found] if found else []
        elif tag.name in ("pre", "code"):
            self._mark_code(tag, length)
        else:
            kind, details = _details(tag)
            self.entities.append(entity(kind, tag.offset, length, **details))

    def _mark_code(self, tag: Tag, length: int) -> None:
        """`<pre><code class="language-…">` is one entity, whichever of the two is outside."""
        mark = entity(tag.name, tag.offset, length)
        language = tag.attributes.get("class", "")
        if tag.name == "code" and language.startswith("language-"):
            mark["language"] = language.removeprefix("language-")
        inner = self.entities[-1] if self.entities else {}
        spans = ("offset", "length")
        if {inner.get("type"), tag.name} == {"pre", "code"} and all(
            inner[span] == mark[span] for span in spans
        ):
            mark = inner | mark | {"type": "pre"}
            self.entities.pop()
        self.entities.append(mark)

    def _match(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.source, self.at)
        self.at = found.end() if found else self.at
        return found[0] if found else ""

    def _byte(self, place: int) -> int:
        return len(self.source[:place].encode())

    def _refuse(self, reason: str, place: int | None = None) -> NoReturn:
        where = "" if place is None else f" at byte offset {self._byte(place)}"
        raise bad(f"can't parse entities: {reason}{where}")


def _details(tag: Tag) -> tuple[str, Wire]:
    kind = _KINDS[tag.name]
    if kind == "custom_emoji":
        return kind, {"custom_emoji_id": tag.attributes.get("emoji-id", "")}
    if kind == "date_time":
        return kind, {"unix_time": int(tag.attributes.get("unix", "0"))}
    if kind == "blockquote" and "expandable" in tag.attributes:
        return "expandable_blockquote", {}
    return kind, {}
