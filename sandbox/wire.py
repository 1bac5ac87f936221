"""What travels: plain dicts in the Bot API's own names."""

import json
from typing import Any, NamedTuple, NoReturn, TypeAlias

Wire: TypeAlias = dict[str, Any]


class Upload(NamedTuple):
    name: str
    data: bytes
    mime: str


def present(**fields: Any) -> Wire:
    """The fields that have a value: Telegram leaves the others out."""
    return {name: value for name, value in fields.items() if value not in (None, [], "")}


def parse_json(text: str) -> Any:
    """Whatever is wrong with it is a ValueError: too deep, no number, no JSON."""
    try:
        return json.loads(text, parse_constant=_unknown)
    except RecursionError:
        raise ValueError("too deep") from None


def _unknown(constant: str) -> NoReturn:
    raise ValueError(constant)
