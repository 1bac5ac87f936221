import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.accounts import BotAccount
from sandbox.refusals import bad
from sandbox.wire import Upload


@dataclass(frozen=True)
class Ask:
    """One request of a bot. Form fields and JSON values read alike: both spellings arrive."""

    bot: BotAccount
    params: Mapping[str, object]
    files: Mapping[str, Upload]

    def text(self, name: str) -> str:
        value = self.params.get(name)
        return "" if value is None else str(value)

    def number(self, name: str) -> int:
        written = self.text(name)
        return int(written) if re.fullmatch(r"[+-]?\d{1,19}", written) else 0

    def flag(self, name: str) -> bool:
        return self.text(name).lower() in ("true", "yes", "1")

    def value(self, name: str, *, called: str = "") -> Any:
        value = self.params.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError:
            raise bad(f"can't parse {called or name.replace('_', ' ')} JSON object") from None
