"""Parameters of an odd shape: refused in the Bot API's words, and no call ever breaks off."""

import json
from collections.abc import Callable
from typing import Any

import aiogram.methods
import pytest
from aiogram import Bot
from aiogram.methods import TelegramMethod
from aiohttp import ClientSession

from sandbox.ask import Ask
from sandbox.crowd import Crowd
from sandbox.lacking import LACKING
from sandbox.plugin import TOKEN
from sandbox.server import serving
from sandbox.session import WorldSession
from sandbox.wire import Wire
from sandbox.world import METHODS, Misread, World
from tests.sandbox_front import ANNA, FORUM, OPEN, OWN, PYOTR, Front, furnish_town

ASKED: list[type[TelegramMethod[Any]]] = [
    method
    for method in vars(aiogram.methods).values()
    if isinstance(method, type) and issubclass(method, TelegramMethod)
    if method is not TelegramMethod and method.__api_method__.lower() not in LACKING
]
ENTITY: Wire = {"type": "bold", "offset": 0, "length": 1}
BUTTON: Wire = {"text": "а", "callback_data": "а"}
PLAIN: list[Any] = [
    "", "я", "{", "[", "\ud83d", "\0", "NaN", "@sila_news", "attach://", "[" * 100_000, "9" * 5000,
    0, -1, 2**63, 10**30, 1.5, True, False,
    [], {}, [None], [5], {"": None},
]  # fmt: skip


def each(wrap: Callable[[Any], Any], *odd: Any) -> list[Any]:
    return [wrap(one) for one in odd]


SHAPED: list[Any] = [
    ["я"], ["\ud83d"], [[]], [{}], [[{}]], [[5]], [True], [1.5],
    {"type": []}, {"type": "moon"}, {"type": "chat", "chat_id": []}, {"type": "web_app"},
    *each(lambda page: {"type": "web_app", "text": "а", "web_app": page}, 5, {}, {"url": 5}),
    {"type": "chat_member", "chat_id": "я", "user_id": "я"}, {"chat_id": ANNA, "message_id": "я"},
    *each(lambda media: {"type": "photo", "media": media}, 5, [], "attach://"),
    {"type": [], "media": "я"}, {"type": "photo", "media": "я", "caption_entities": [5]},
    [{"type": "photo", "media": {}}], [{"type": "photo", "media": "я", "caption": ["я"]}],
    *each(lambda number: {"message_id": number}, None, [], {}, "я", 10**30, True),
    {"message_id": OWN, "quote": []}, {"message_id": OWN, "quote_entities": [5]},
    {"message_id": OWN, "quote": "п", "quote_parse_mode": []},
    *each(
        lambda change: [ENTITY | change],
        {"offset": "я"}, {"length": None}, {"length": -1}, {"offset": 10**30}, {"offset": True},
        {"type": []}, {"type": "moon"}, {"type": "text_mention"}, {"type": "text_link", "url": []},
        {"type": "text_mention", "user": 5}, {"type": "text_mention", "user": {"id": []}},
        {"offset": 100, "length": 100},
    ),
    *each(lambda rows: {"inline_keyboard": rows}, 5, {}, "я", [5], ["я"], [[5]], [["я"]], [[[]]]),
    *each(lambda rows: {"keyboard": rows}, 5, {}, "я", [5], ["я"], [[5]], [[None]], [[[]]]),
    *each(
        lambda change: {"inline_keyboard": [[BUTTON | change]]},
        {"text": []}, {"text": 5}, {"callback_data": {}}, {"url": 5}, {"url": []}, {"pay": 5},
        {"web_app": 5}, {"web_app": {}}, {"web_app": {"url": []}}, {"copy_text": "я"},
        {"copy_text": {}}, {"login_url": {"url": 5}}, {"text": "\ud83d"},
    ),
    *each(
        lambda change: {"keyboard": [[{"text": "а"} | change]]},
        {"text": {}}, {"web_app": 5}, {"web_app": {"url": None}}, {"request_contact": "да"},
        {"request_users": 5}, {"request_chat": []}, {"text": "\ud83d"},
    ),
    [{"command": [], "description": {}}], [{"command": 5, "description": 5}],
    [{"text": []}], [{"text": "а", "text_parse_mode": 5}], [{"text": "а", "text_entities": [5]}],
    [{"type": "emoji"}], [{"type": "emoji", "emoji": []}], [{"type": "custom_emoji"}],
    [{"id": [], "type": "article", "input_message_content": 5}],
    [{"id": "1", "type": [], "reply_markup": 5}], [{"id": "1", "type": "venue", "title": []}],
    {"input_message_content": {"message_text": []}}, {"input_message_content": {"latitude": []}},
    {"type": "location", "latitude": {}}, {"reply_markup": {"inline_keyboard": 5}},
]  # fmt: skip


def usual(method: type[TelegramMethod[Any]]) -> Wire:
    """What lets the call come as far as it can."""
    common = {
        "chat_id": FORUM if "ForumTopic" in method.__name__ else ANNA, "from_chat_id": ANNA,
        "message_id": OWN, "user_id": PYOTR, "message_thread_id": OPEN, "text": "а",
        "name": "а", "title": "а", "question": "а", "options": ["а", "б"], "latitude": 1,
        "longitude": 1, "phone_number": "1", "first_name": "а", "address": "а",
    }  # fmt: skip
    if common["chat_id"] == ANNA:
        del common["message_thread_id"]
    return {name: value for name, value in common.items() if name in method.model_fields}


@pytest.mark.parametrize("method", ASKED, ids=lambda method: method.__api_method__)
async def test_a_call_with_an_odd_parameter_is_answered(
    world: World, method: type[TelegramMethod[Any]]
) -> None:
    world.retry_scale = 0.0
    await furnish_town(Bot(TOKEN, session=WorldSession(world)), world)
    for field, about in method.model_fields.items():
        if field == "timeout":
            continue  # whatever it is, somebody waits
        holds_json = "aiogram.types" in repr(about.annotation) or "list" in repr(about.annotation)
        for odd in PLAIN + SHAPED * holds_json:
            for given in (odd, json.dumps(odd)):
                params = usual(method) | {field: given}
                status, body = await world.call(TOKEN, method.__api_method__, params)
                assert status in (200, 400, 403, 404, 409), (field, odd, body)


def stumble(_world: Crowd, ask: Ask) -> str:
    return str(ask.params["nothing"])


async def test_what_nobody_thought_of_is_refused_and_where_warnings_are_errors_breaks(
    front: Front, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(METHODS, "stumble", stumble)
    with pytest.warns(Misread, match="stumble: KeyError"):
        text = await front.refused("stumble")
    assert text == "Bad Request: can't parse the parameters of stumble"
    with pytest.raises(Misread):
        await front.world.call(TOKEN, "stumble", {})


FORM = "multipart/form-data; boundary=x"
PART = b'--x\r\nContent-Disposition: form-data; name="text"\r\n'
JSON = "application/json"


@pytest.mark.parametrize(
    ("kind", "body", "text"),
    [
        (JSON, b"\xff{}", "strings must be encoded in UTF-8"),
        (JSON, rb'{"text": "\ud83d"}', "strings must be encoded in UTF-8"),
        (JSON, b"[" * 100_000, "can't parse JSON object in the request body"),
        (JSON, b'{"text": NaN}', "can't parse JSON object in the request body"),
        (JSON + "; charset=moon", b"{}", "message text is empty"),
        ("application/x-www-form-urlencoded", b"text=%ff", "strings must be encoded in UTF-8"),
        ("multipart/form-data", PART + b"\r\na\r\n--x--\r\n", "boundary not found"),
        (FORM, PART + b"\r\n\xff\r\n--x--\r\n", "strings must be encoded in UTF-8"),
        (FORM, PART + b"nothing\r\n\r\na\r\n--x--\r\n", "can't parse form data headers"),
        (FORM, b"", "can't parse form data headers"),
    ],
)
async def test_a_body_nobody_can_read_is_refused(
    world: World, kind: str, body: bytes, text: str
) -> None:
    async with serving(world) as base, ClientSession() as http:
        url, headers = f"{base}/bot{TOKEN}/sendMessage", {"Content-Type": kind}
        async with http.post(url, data=body, headers=headers) as response:
            answer = await response.json()
    assert (response.status, answer["description"]) == (400, f"Bad Request: {text}")


async def test_a_body_not_packed_as_it_says_is_refused(world: World) -> None:
    async with serving(world) as base, ClientSession() as http:
        headers = {"Content-Encoding": "gzip", "Content-Type": JSON}
        url = f"{base}/bot{TOKEN}/getMe"
        async with http.post(url, data=b"{}", headers=headers) as response:
            assert (response.status, (await response.json())["ok"]) == (400, False)
