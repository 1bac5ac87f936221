"""The doors over HTTP: strangers get nothing, rubbish does nothing, 200 means committed."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from io import BytesIO
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import select

from bot.app import App
from bot.logs import Foreign
from bot.settings import Settings, database_file
from models.mail import DeadLetter, Received
from sandbox.people import Person
from tests.rough import away
from web import SECRET, make_app

pytestmark = pytest.mark.usefixtures("log")

WORD = "a-secret_Word-42"
KNOWN = {SECRET: WORD}

Client = TestClient[Any, Any]


@pytest.fixture
async def client(app: App) -> AsyncIterator[Client]:
    site = make_app(app.ingest, WORD, app.database.ping, app.read_calendar)
    async with TestClient(TestServer(site)) as client:
        yield client


@pytest.fixture
def foreign(log: list[Any]) -> Iterator[list[Any]]:
    """What the library of the web part has to say, as our log gets it."""
    server, handler = logging.getLogger("aiohttp.server"), Foreign()
    server.addHandler(handler)
    yield log
    server.removeHandler(handler)


def said(update_id: int, who: int, text: str) -> dict[str, Any]:
    sender = {"id": who, "is_bot": False, "first_name": "Анна"}
    chat = {"id": who, "type": "private"}
    message = {"message_id": 1, "date": 1, "chat": chat, "from": sender, "text": text}
    return {"update_id": update_id, "message": message}


async def remembered(app: App) -> list[int]:
    async with app.database.transaction() as session:
        return list(await session.scalars(select(Received.update_id).order_by(Received.update_id)))


@pytest.mark.parametrize(
    "given", [None, "", "a", WORD + " 2", WORD.upper(), WORD + "2", "ключ", "x" * 5000]
)
async def test_without_the_secret_nobody_comes_in(
    app: App, client: Client, given: str | None
) -> None:
    headers = {} if given is None else {SECRET: given}
    answer = await client.post("/telegram", json=said(1, 5, "/start"), headers=headers)
    assert answer.status == 401
    assert await remembered(app) == []


@pytest.mark.parametrize("claimed", ["149.154.167.220", "127.0.0.1, 149.154.160.1", "::1", "ключ"])
async def test_where_somebody_says_they_come_from_counts_for_nothing(
    app: App, client: Client, claimed: str
) -> None:
    for name in ("X-Forwarded-For", "X-Real-IP", "Forwarded"):
        for secret, status in ((WORD + "2", 401), (WORD, 200)):
            headers = {SECRET: secret, name: claimed}
            answer = await client.post("/telegram", json=said(1, 5, "/start"), headers=headers)
            assert answer.status == status


async def test_bytes_that_are_no_text_are_a_wrong_secret(app: App, client: Client) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", client.port)
    body = json.dumps(said(1, 5, "/start")).encode()
    head = f"POST /telegram HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n".encode()
    writer.write(head + SECRET.encode() + b": \xff\xfe\xc3\r\n\r\n" + body)
    status = await reader.readline()
    writer.close()
    await writer.wait_closed()
    assert b" 401 " in status


@pytest.mark.parametrize("unset", [None, ""])
async def test_without_a_secret_of_our_own_there_is_no_webhook(
    app: App, unset: str | None
) -> None:
    site = make_app(app.ingest, unset, app.database.ping, app.read_calendar)
    async with TestClient(TestServer(site)) as client:
        for headers in ({}, {SECRET: ""}, {SECRET: "None"}):
            answer = await client.post("/telegram", json=said(1, 5, "/start"), headers=headers)
            assert answer.status == 401


@pytest.mark.parametrize("chunked", [False, True])
async def test_a_body_too_large_is_refused(client: Client, chunked: bool) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(10):
            yield b" " * (1 << 20)

    data = pieces() if chunked else BytesIO(b" " * (10 << 20))
    answer = await client.post("/telegram", data=data, headers=KNOWN)
    assert answer.status == 413


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"[]", b"5", b"null", b'"text"', b"\xff\xfe", b"9" * 5000, b"[" * 100_000,
        b'{"a":' * 100_000, b"{}", b'{"update_id": "5"}', b'{"update_id": null}',
        b'{"update_id": true}', b'{"update_id": false}',
        b'{"update_id": 1.5}', b'{"update_id": NaN}', b'{"update_id": 9223372036854775808}',
        b'{"update_id": -9223372036854775809}', b'{"update_id": 1e999}', b'{"update_id": [1]}',
    ],
)  # fmt: skip
async def test_rubbish_is_refused(app: App, client: Client, body: bytes) -> None:
    answer = await client.post("/telegram", data=body, headers=KNOWN)
    assert answer.status == 400
    assert await remembered(app) == []


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
async def test_a_body_that_is_not_packed_as_it_says_is_refused(
    app: App, client: Client, coding: str
) -> None:
    headers = KNOWN | {"Content-Encoding": coding}
    answer = await client.post("/telegram", data=b'{"update_id": 5}', headers=headers)
    assert answer.status == 400
    assert await remembered(app) == []


async def test_a_body_that_breaks_off_is_no_failure_of_ours(
    app: App, client: Client, foreign: list[Any]
) -> None:
    _, writer = await asyncio.open_connection("127.0.0.1", client.port)
    writer.write(f"POST /telegram HTTP/1.1\r\nHost: x\r\n{SECRET}: {WORD}\r\n".encode())
    writer.write(b'Content-Length: 50\r\n\r\n{"update_id": 5}')
    await writer.drain()
    await asyncio.sleep(0.05)
    writer.close()
    await writer.wait_closed()
    assert (await client.get("/healthz")).status == 200
    assert foreign == []
    assert await remembered(app) == []


@pytest.mark.parametrize(
    "written",
    [
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET / HTTP/1.1\r\n\xd0\xb0 b\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nA: " + b"x" * 9000 + b"\r\n\r\n",
        b"POST /telegram HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"POST /telegram HTTP/1.1\r\nHost: x\r\nContent-Encoding: gzip\r\n"
        b"Content-Length: 2\r\n\r\n{}",
    ],
)
async def test_what_is_no_http_is_one_quiet_line(
    client: Client, foreign: list[Any], written: bytes
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", client.port)
    writer.write(written)
    assert b" 40" in await reader.readline()
    await reader.read()
    writer.close()
    await writer.wait_closed()
    [line] = foreign
    assert (line["log_level"], "malformed" in line) == ("info", True)
    assert "exc_info" not in line


async def test_an_update_nobody_understands_is_taken_so_that_it_does_not_come_again(
    app: App, client: Client
) -> None:
    deep = b'{"update_id": 3, "message": ' + b"[" * 700 + b"]" * 700 + b"}"
    for body in (b'{"update_id": 2, "message": {"chat": 5}}', deep):
        answer = await client.post("/telegram", data=body, headers=KNOWN)
        assert answer.status == 200
    async with app.database.transaction() as session:
        assert list(
            await session.scalars(select(DeadLetter.update_id).order_by(DeadLetter.update_id))
        ) == [2, 3]


async def test_taken_means_committed_and_twice_is_once(
    app: App, client: Client, people: Callable[..., Person]
) -> None:
    anna = people("Анна")
    anna.chat.started = True
    for _ in range(2):
        answer = await client.post("/telegram", json=said(7, anna.id, "/help"), headers=KNOWN)
        assert (answer.status, await answer.text()) == (200, "")
        assert await remembered(app) == [7]
    await app.courier.drain()
    assert len(anna.history) == 1


async def test_with_the_database_away_telegram_is_asked_to_come_again(
    app: App, client: Client, settings: Settings
) -> None:
    async with away(app.database, settings):
        answer = await client.post("/telegram", json=said(7, 5, "/start"), headers=KNOWN)
        assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
        assert (await client.get("/readyz")).status == 503
        assert (await client.get("/healthz")).status == 200
    answer = await client.post("/telegram", json=said(7, 5, "/start"), headers=KNOWN)
    assert answer.status == 200
    assert await remembered(app) == [7]


@pytest.mark.embedded
async def test_readiness_reads_and_neither_writes_nor_waits(
    app: App, client: Client, settings: Settings
) -> None:
    file = database_file(settings.database_url.get_secret_value())
    assert file
    journal = file.with_name(file.name + "-wal")
    async with app.database.transaction():
        before = journal.stat()
        async with asyncio.timeout(3):
            answer = await client.get("/readyz")
        assert (answer.status, await answer.text()) == (200, "ok\n")
        after = journal.stat()
    assert (after.st_size, after.st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    assert (await client.get("/healthz")).status == 200


async def test_there_are_no_other_doors(client: Client) -> None:
    assert (await client.get("/telegram", headers=KNOWN)).status == 405
    for path in ("/", "/telegram/", "/../etc/passwd", "/stats", "/metrics"):
        assert (await client.get(path)).status == 404
