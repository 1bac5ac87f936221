"""The old Markdown: bold, italic, code and links, none inside another."""

import re

from sandbox.entities import Text, entity, units
from sandbox.markup_html import link
from sandbox.refusals import bad
from sandbox.wire import Wire

_KINDS = {"*": "bold", "_": "italic", "`": "code", "```": "pre"}
_TOKEN = re.compile(r"\\([_*`\[])|(```|[_*`])|\[|[^\\_*`\[]+|.", re.DOTALL)
_LANGUAGE = re.compile(r"([A-Za-z0-9_+-]+)\n")
_ADDRESS = re.compile(r"\(([^)]*)\)")


def parse_legacy(source: str) -> Text:
    plain, marks, place = "", list[Wire](), 0
    while match := _TOKEN.match(source, place):
        place = match.end()
        if match[1]:
            plain += match[1]
        elif match[2]:
            inside, place = _until(source, place, match[2], match.start())
            plain = _mark(plain, marks, _KINDS[match[2]], inside)
        elif match[0] == "[":
            inside, place = _until(source, place, "]", match.start())
            address = _ADDRESS.match(source, place)
            place = address.end() if address else place
            plain = _link(plain, marks, inside, address[1] if address else "")
        else:
            plain += match[0]
    return Text(plain, marks)


def _until(source: str, place: int, end: str, started: int) -> tuple[str, int]:
    found = source.find(end, place)
    if found < 0:
        offset = len(source[:started].encode())
        reason = f"Can't find end of the entity starting at byte offset {offset}"
        raise bad(f"can't parse entities: {reason}")
    return source[place:found], found + len(end)


def _mark(plain: str, marks: list[Wire], kind: str, inside: str) -> str:
    details: Wire = {}
    if kind == "pre" and (language := _LANGUAGE.match(inside)):
        details, inside = {"language": language[1]}, inside[language.end() :]
    if inside:
        marks.append(entity(kind, units(plain), units(inside), **details))
    return plain + inside


def _link(plain: str, marks: list[Wire], inside: str, address: str) -> str:
    mark = link(address, units(plain), units(inside))
    marks += [mark] if mark and inside else []
    return plain + inside
