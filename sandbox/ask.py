import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.accounts import BotAccount
from sandbox.refusals import bad
from sandbox.shapes import SHAPES, check
from sandbox.wire import Upload, parse_json


@dataclass(frozen=True)
class Ask:
    """One request of a bot. Form fields and JSON values read alike: both spellings arrive."""

    bot: BotAccount
    params: Mapping[str, object]
    files: Mapping[str, Upload]

    def text(self, name: str) -> str:
        value = self.params.get(name)
        return "" if value is None else _encoded(str(value))

    def number(self, name: str) -> int:
        written = self.text(name)
        return int(written) if re.fullmatch(r"[+-]?\d{1,19}", written) else 0

    def flag(self, name: str) -> bool:
        return self.text(name).lower() in ("true", "yes", "1")

    def value(self, name: str, *, called: str = "") -> Any:
        value = self.params.get(name)
        try:
            if isinstance(value, str):
                value = parse_json(value) if value else None
            _encoded(json.dumps(value, ensure_ascii=False))
        except ValueError:
            raise bad(f"can't parse {called or name.replace('_', ' ')} JSON object") from None
        shape = SHAPES.get(name)
        nothing = value is None or (value == {} and shape and not shape.each)
        if shape and not nothing:
            check(shape, value)
        return value


def _encoded(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise bad("strings must be encoded in UTF-8") from None
    return text
