"""The wire itself: what its errors mean, and that none of them tells the token."""

import asyncio
import logging
import socket
import traceback
from collections.abc import AsyncIterator

import pytest
import structlog
from aiohttp import web

from bot.telegram import Doubtful, Http, Telegram, TelegramError, Unreached, Upload
from sandbox.plugin import TOKEN
from sandbox.world import World
from tests.rough import Fault, Line, cut_after, cut_before, page, refuse, rough

SECRET = "42:canary-of-the-mine"


@pytest.fixture
async def line(world: World) -> AsyncIterator[Line]:
    async with rough(world) as line:
        yield line


@pytest.fixture
async def http(line: Line) -> AsyncIterator[Http]:
    http = Http(line.address)
    yield http
    await http.close()


def redirect(place: str) -> Fault:
    async def fault(request: web.Request, handler: object) -> web.StreamResponse:
        return web.Response(status=307, headers={"Location": place})

    return fault


def raw(text: str) -> Fault:
    async def fault(request: web.Request, handler: object) -> web.StreamResponse:
        return web.Response(text=text, content_type="application/json")

    return fault


@pytest.mark.parametrize(
    "fault",
    [
        None,
        refuse(404, "Not Found"),
        refuse(500),
        page(200),
        page(502),
        page(413),
        cut_before,
        cut_after,
        redirect("http://127.0.0.1:1/bot42:ELSEWHERE/sendMessage"),
        redirect("file:///etc/passwd"),
        raw("[" * 100_000),
        raw('"ok"'),
        raw("{}"),
        raw('{"ok": 1}'),
        raw("9" * 5000),
    ],
)
async def test_no_error_tells_the_token(
    http: Http, line: Line, fault: Fault | None, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    if fault:
        line.fails(fault)
    with (
        structlog.testing.capture_logs() as log,
        pytest.raises((TelegramError, Doubtful)) as raised,
    ):
        await Telegram(SECRET, http)("sendMessage", {"chat_id": 1, "text": "х"})
    told = "".join(traceback.format_exception(raised.value)) + repr(raised.value) + repr(log)
    theirs = [record for record in caplog.records if not record.name.startswith("aiohttp.access")]
    assert "canary" not in told + "".join(map(str, theirs))
    assert line.count() <= 1


async def test_what_never_left_is_said_to_be_unreached() -> None:
    http = Http("http://127.0.0.1:1")
    with pytest.raises(Unreached) as raised:
        await Telegram(SECRET, http)("sendMessage", {})
    await http.close()
    assert "canary" not in "".join(traceback.format_exception(raised.value))


async def test_an_address_that_is_none_is_not_repeated_with_the_token_in_it() -> None:
    http = Http("ftp://127.0.0.1:1")
    with pytest.raises(Doubtful) as raised:
        await Telegram(SECRET, http)("sendMessage", {})
    await http.close()
    assert "canary" not in "".join(traceback.format_exception(raised.value))


async def test_a_proxy_that_is_not_there_leaves_the_request_unsent(line: Line) -> None:
    http = Http(line.address, "http://user:canary@127.0.0.1:1")
    with pytest.raises(Unreached) as raised:
        await Telegram(SECRET, http)("sendMessage", {})
    await http.close()
    assert "canary" not in "".join(traceback.format_exception(raised.value))


async def test_a_listener_that_never_answers_is_given_up(line: Line) -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        http = Http(f"http://127.0.0.1:{deaf.getsockname()[1]}")
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.2):
                await Telegram(TOKEN, http)("getMe", {})
        await http.close()


async def test_words_and_files_arrive_as_they_were_sent(http: Http, world: World) -> None:
    telegram = Telegram(TOKEN, http)
    world.add_person(1001, "Анна")
    chat = world.private_chat(world.bots[TOKEN], 1001)
    chat.started = True
    words = "«Ёж» & <b>\n\"'\\ 😀"
    await telegram("sendMessage", {"chat_id": 1001, "text": words})
    markup = {"inline_keyboard": [[{"text": "Да", "callback_data": "д"}]]}
    file = Upload("отчёт.txt", words.encode(), "text/plain")
    sent = await telegram(
        "sendDocument", {"chat_id": 1001, "reply_markup": markup}, {"document": file}
    )
    assert chat.messages[1]["text"] == words
    assert sent["reply_markup"] == markup
    assert world.files.get(sent["document"]["file_id"]).data == words.encode()
