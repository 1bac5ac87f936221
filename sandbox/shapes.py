"""What the JSON in a parameter looks like; of any other the sandbox says what the server says.

The words are those of the official server (`Client.cpp`) and its reader of JSON.
"""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple, TypeAlias

from sandbox.refusals import bad

# The kind of each field; one with "!" must be there.
Fields: TypeAlias = Mapping[str, str]


class Shape(NamedTuple):
    """An Object, or an Array of them when `each` tells what its items are."""

    wrong: str
    fields: Fields
    called: str = ""
    each: str = ""


def _flags(*names: str) -> Fields:
    return dict.fromkeys(names, "Boolean")


_PAGE: Fields = {"url": "String!"}
_BUTTON: Fields = {
    "text": "String!", "url": "String", "callback_data": "String", "web_app": "Object",
    "login_url": "Object", "copy_text": "Object", "switch_inline_query": "String",
    "switch_inline_query_current_chat": "String", "switch_inline_query_chosen_chat": "Object",
}  # fmt: skip
_KEY: Fields = {
    "text": "String!", "web_app": "Object", "request_users": "Object", "request_chat": "Object",
    "request_poll": "Object", **_flags("request_contact", "request_location"),
}  # fmt: skip
_ENTITY: Fields = {
    "offset": "Number!", "length": "Number!", "type": "String!", "language": "String",
}  # fmt: skip
_REPLY: Fields = {
    "chat_id": "String", "message_id": "Number!", "allow_sending_without_reply": "Boolean",
    "quote": "String", "quote_parse_mode": "String", "quote_entities": "Array",
    "quote_position": "Number",
}  # fmt: skip
_PREVIEW: Fields = {
    "url": "String",
    **_flags("is_disabled", "prefer_small_media", "prefer_large_media", "show_above_text"),
}
_MARKUP: Fields = {
    "keyboard": "Array", "inline_keyboard": "Array", "input_field_placeholder": "String",
    **_flags("remove_keyboard", "selective", "force_reply", "resize_keyboard"),
    **_flags("one_time_keyboard", "is_persistent"),
}  # fmt: skip
_REACTION: Fields = {"type": "String!", "emoji": "String", "custom_emoji_id": "Number"}
_OBJECT = "expected an Object"

# By the parameter's name.
SHAPES = {
    "reply_markup": Shape("object expected as reply markup", _MARKUP),
    "reply_parameters": Shape("object expected as reply parameters", _REPLY),
    "link_preview_options": Shape("object expected as link preview options", _PREVIEW),
    "menu_button": Shape(
        "MenuButton must be an Object",
        {"type": "String!", "text": "String", "web_app": "Object"},
        "menu button",
    ),
    "scope": Shape("BotCommandScope must be an Object", {"type": "String!"}, "BotCommandScope"),
    "rights": Shape("ChatAdministratorRights must be an Object", {}, "ChatAdministratorRights"),
    "commands": Shape(
        "expected an Array of BotCommand",
        {"command": "String!", "description": "String!"},
        "BotCommand",
        _OBJECT,
    ),
    "reaction": Shape("expected an Array of ReactionType", _REACTION, "ReactionType", _OBJECT),
}
ENTITY = Shape(_OBJECT, _ENTITY, "MessageEntity")
# What an entity of this type has besides; of those Telegram finds by itself it takes none.
ENTITIES: Mapping[str, Fields] = {
    "text_link": {"url": "String!"}, "text_mention": {"user": "Object!"},
    "custom_emoji": {"custom_emoji_id": "Number!"}, "date_time": {"unix_time": "Number!"},
    "bold": {}, "italic": {}, "underline": {}, "strikethrough": {}, "spoiler": {}, "code": {},
    "pre": {}, "blockquote": {}, "expandable_blockquote": {},
}  # fmt: skip
FOUND = {
    "mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number",
    "bank_card_number",
}  # fmt: skip
CONTENT = Shape("input message content is not specified", {}, "inline query result")
MENU_PAGE = Shape("", {"text": "String!", "web_app": "Object!"}, "menu button")
OPTION = Shape("expected an option to be of type String", {"text": "String!"})
BUTTON = Shape("InlineKeyboardButton must be an Object", _BUTTON, "inline keyboard button")
KEY = Shape("KeyboardButton must be a String or an Object", _KEY, "keyboard button")
INSIDE: Mapping[str, Fields] = {
    "web_app": _PAGE, "login_url": _PAGE, "copy_text": {"text": "String!"},
    "user": {"id": "Number!"},
}  # fmt: skip


def check(shape: Shape, value: Any) -> None:
    if shape.each:
        if not isinstance(value, list):
            raise bad(shape.wrong)
        for item in value:
            check_object(shape._replace(wrong=shape.each), item)
    else:
        check_object(shape, value)


def check_object(shape: Shape, value: Any) -> None:
    wrong = "" if isinstance(value, dict) else shape.wrong
    wrong = wrong or _misfit(shape.fields, value)
    for name, fields in INSIDE.items():
        if not wrong and name in shape.fields and value.get(name) is not None:
            wrong = _misfit(fields, value[name])
    if wrong:
        raise bad(f"can't parse {shape.called}: {wrong}" if shape.called else wrong)


def _misfit(fields: Fields, value: Mapping[str, Any]) -> str:
    for name, kind in fields.items():
        given = value.get(name)
        if given is None:
            if kind.endswith("!"):
                return f'Can\'t find field "{name}"'
        elif not _is(kind.rstrip("!"), given):
            what = "a Number" if kind.startswith("Number") else f"of type {kind.rstrip('!')}"
            return f'Field "{name}" must be {what}'
    return ""


def _is(kind: str, value: Any) -> bool:
    if kind == "Boolean":
        return isinstance(value, bool)
    if kind == "Number":
        whole = isinstance(value, str | int) and not isinstance(value, bool)
        return whole and re.fullmatch(r"[+-]?\d{1,19}", str(value)) is not None
    if kind == "String":
        return isinstance(value, str | int | float) and not isinstance(value, bool)
    return isinstance(value, list if kind == "Array" else dict)
