"""What travels: plain dicts in the Bot API's own names."""

from typing import Any, NamedTuple, TypeAlias

Wire: TypeAlias = dict[str, Any]


class Upload(NamedTuple):
    name: str
    data: bytes
    mime: str


def present(**fields: Any) -> Wire:
    """The fields that have a value: Telegram leaves the others out."""
    return {name: value for name, value in fields.items() if value not in (None, [], "")}
