"""The Bot API as bytes on a wire: paths, forms, statuses."""

import io
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
from aiohttp import ClientSession, FormData, MultipartWriter

from sandbox.plugin import TOKEN
from sandbox.server import serving
from sandbox.wire import Wire
from sandbox.world import World
from tests.sandbox_front import ANNA, BOT, Front, picture


@dataclass
class Wires:
    http: ClientSession
    base: str

    async def post(self, method: str, token: str = TOKEN, **body: Any) -> tuple[int, Wire]:
        async with self.http.post(f"{self.base}/bot{token}/{method}", **body) as response:
            return response.status, await response.json()


@pytest.fixture
async def wires(world: World) -> AsyncIterator[Wires]:
    world.add_person(ANNA, "Анна")
    world.say(ANNA, f"p:{BOT}:{ANNA}", "/start")
    async with serving(world) as base, ClientSession() as http:
        yield Wires(http, base)


@pytest.mark.parametrize(
    "body",
    [
        {"params": {"chat_id": ANNA, "text": "а"}},
        {"data": {"chat_id": ANNA, "text": "а"}},
        {"json": {"chat_id": ANNA, "text": "а"}},
        {"json": {"chat_id": ANNA, "text": "а", "reply_markup": {"remove_keyboard": True}}},
        {"data": {"chat_id": ANNA, "text": "а", "reply_markup": '{"remove_keyboard":true}'}},
    ],
)
async def test_parameters_may_come_in_any_form(wires: Wires, body: dict[str, Any]) -> None:
    status, answer = await wires.post("SENDmessage", **body)
    assert (status, answer["ok"], answer["result"]["text"]) == (200, True, "а")


async def test_a_method_may_be_asked_with_get(wires: Wires) -> None:
    async with wires.http.get(f"{wires.base}/bot{TOKEN}/getMe") as response:
        assert (await response.json())["result"]["id"] == BOT


@pytest.mark.parametrize("value", ["", "attach://my file"])
async def test_a_file_is_a_part_of_its_own_or_attached(wires: Wires, value: str) -> None:
    form = FormData({"chat_id": str(ANNA)} | ({"photo": value} if value else {}))
    part = value.removeprefix("attach://") or "photo"
    form.add_field(part, picture(), filename="вид.png", content_type="image/png")
    status, answer = await wires.post("sendPhoto", data=form)
    assert status == 200
    assert answer["result"]["photo"][0]["width"] == 30


@pytest.mark.parametrize(
    ("method", "token", "status", "description"),
    [
        ("sing", TOKEN, 404, "Not Found: method not found"),
        ("sendGame", TOKEN, 501, "Not Implemented: the sandbox has no method sendGame"),
        ("getMe", "42", 401, "Unauthorized: invalid token specified"),
        ("getMe", "42:x", 401, "Unauthorized"),
        ("sendPhoto", TOKEN, 400, "Bad Request: there is no photo in the request"),
    ],
)
async def test_a_refusal_has_the_same_status_outside_and_inside(
    front: Front, method: str, token: str, status: int, description: str
) -> None:
    refusal = {"ok": False, "error_code": status, "description": description}
    assert await front.call(method, token=token) == (status, refusal)


@pytest.mark.parametrize(
    ("method", "field", "value", "text"),
    [
        ("sendMessage", "reply_markup", "{", "can't parse reply keyboard markup JSON object"),
        ("sendMessage", "reply_markup", "[1]", "object expected as reply markup"),
        (
            "sendMessage",
            "link_preview_options",
            "{",
            "can't parse link preview options JSON object",
        ),
        ("editMessageReplyMarkup", "reply_markup", '{"keyboard":[]}', "inline keyboard expected"),
        ("editMessageMedia", "media", "[]", "can't parse InputMedia: expected an Object"),
        ("setMyCommands", "scope", "{", "can't parse BotCommandScope JSON object"),
        (
            "setMyCommands",
            "scope",
            '{"type":"moon"}',
            "can't parse BotCommandScope: Unsupported type specified",
        ),
        ("sendPhoto", "photo", "attach://lost", "there is no photo in the request"),
        ("sendMessage", "reply_parameters", "[5]", "object expected as reply parameters"),
        ("sendMessage", "reply_parameters", '{"quote":"а"}', "can't find field \"message_id\""),
        ("sendMessage", "reply_markup", '{"inline_keyboard":5}',
         'field "inline_keyboard" must be of type Array'),
        ("sendMessage", "reply_markup", '{"inline_keyboard":[5]}',
         'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'),
        ("sendMessage", "reply_markup", '{"inline_keyboard":[[5]]}',
         "can't parse inline keyboard button: InlineKeyboardButton must be an Object"),
        ("sendMessage", "reply_markup", '{"inline_keyboard":[[{"text":"а","web_app":{}}]]}',
         'can\'t parse inline keyboard button: Can\'t find field "url"'),
        ("sendMessage", "reply_markup", '{"keyboard":[[5]]}',
         "can't parse keyboard button: KeyboardButton must be a String or an Object"),
        ("sendMessage", "entities", "[5]", "can't parse MessageEntity: expected an Object"),
        ("sendMessage", "entities", '[{"type":"bold","offset":0}]',
         'can\'t parse MessageEntity: Can\'t find field "length"'),
        ("sendMessage", "entities", '[{"type":"moon","offset":0,"length":1}]',
         "can't parse MessageEntity: Unsupported type specified"),
        ("sendMessage", "entities", '[{"type":"bold","offset":-1,"length":1}]',
         "receive an entity with incorrect offset -1"),
        ("sendPoll", "options", "[5]", "expected an option to be of type String"),
        ("setMyCommands", "commands", "{}", "expected an Array of BotCommand"),
        ("setMyCommands", "commands", '[{"command":"a"}]',
         'can\'t parse BotCommand: Can\'t find field "description"'),
        ("setMyCommands", "scope", "5",
         "can't parse BotCommandScope: BotCommandScope must be an Object"),
        ("setChatMenuButton", "menu_button", '{"type":"web_app","text":"а"}',
         'can\'t parse menu button: Can\'t find field "web_app"'),
        ("setMessageReaction", "reaction", "5", "expected an Array of ReactionType"),
        ("setMessageReaction", "reaction", "[5]",
         "can't parse ReactionType: expected an Object"),
    ],
)  # fmt: skip
async def test_a_misshapen_field_is_named(
    wires: Wires, front: Front, method: str, field: str, value: str, text: str
) -> None:
    sent = await front.does("sendMessage", chat_id=ANNA, text="а")
    body = {"chat_id": ANNA, "text": "а", "message_id": sent["message_id"], field: value}
    body |= {"question": "а"}
    assert await front.refused(method, **body) == f"Bad Request: {text}"


@pytest.mark.parametrize("body", ["{", "[]"])
async def test_a_body_that_is_no_json_object_is_refused(wires: Wires, body: str) -> None:
    headers = {"Content-Type": "application/json"}
    status, answer = await wires.post("getMe", data=body, headers=headers)
    assert (status, answer["ok"]) == (400, False)


async def test_more_than_50_megabytes_are_not_even_read(wires: Wires) -> None:
    body = io.BytesIO(bytes((50 << 20) + 1))
    status, answer = await wires.post("sendDocument", data=body)
    assert (status, answer["description"]) == (413, "Request Entity Too Large")


async def test_a_flood_says_when_to_come_back(world: World, wires: Wires) -> None:
    world.pace.watched = True
    body = {"chat_id": ANNA, "text": "а"}
    for _ in range(5):
        await wires.post("sendMessage", json=body)
    url = f"{wires.base}/bot{TOKEN}/sendMessage"
    async with wires.http.post(url, json=body) as response:
        answer = await response.json()
    assert (response.status, response.headers["Retry-After"]) == (429, "5")
    assert answer["description"] == "Too Many Requests: retry after 5"
    assert answer["parameters"] == {"retry_after": 5}


async def test_only_a_bot_downloads_files(world: World, wires: Wires) -> None:
    stored = world.files.get(world.files.store(b"12", "a.txt", "text/plain", "document"))
    await wires.post("getFile", json={"file_id": stored.id})
    for token, path, status in ((TOKEN, stored.path, 200), ("42:x", stored.path, 404)):
        async with wires.http.get(f"{wires.base}/file/bot{token}/{path}") as response:
            assert response.status == status
    async with wires.http.get(f"{wires.base}/file/bot{TOKEN}/{stored.path}x") as response:
        assert response.status == 404


async def test_parts_that_are_no_fields_are_passed_over(wires: Wires) -> None:
    with MultipartWriter("form-data") as parts:
        parts.append("безымянное")
        parts.append(str(ANNA)).set_content_disposition("form-data", name="chat_id")
        parts.append("а").set_content_disposition("form-data", name="text")
    status, _ = await wires.post("sendMessage", data=parts)
    assert status == 200
