"""A Bot API that answers at once, in a process of its own, and remembers when each message came.

`python -m benchmarks.stub PORT`. What it was asked is told at `/report`; `/set?refuse=0.3` makes
it refuse that share of all messages to chats above 1,000,000 with 429, `/set?delay=0.06` makes
each call take that long.
"""

import asyncio
import json
import random
import sys
import time
from bisect import bisect_left
from collections import Counter, defaultdict
from urllib.parse import parse_qs, urlparse

JITTER = 0.05  # seconds a message may have been under way longer than another
BULK_CHATS = 1_000_000
RETRY_AFTER = 1

messages: list[tuple[float, int]] = []
calls: Counter[str] = Counter()
setting = {"refuse": 0.0, "delay": 0.0}


def most_within(seconds: float, moments: list[float]) -> int:
    """The fullest window of that length."""
    return max((bisect_left(moments, at + seconds) - i for i, at in enumerate(moments)), default=0)


def report() -> dict[str, object]:
    arrived = sorted((at + random.uniform(0, JITTER), chat) for at, chat in messages)
    moments = [at for at, _ in arrived]
    by_chat: dict[int, list[float]] = defaultdict(list)
    for at, chat in arrived:
        by_chat[chat].append(at)
    private = [each for chat, each in by_chat.items() if chat > 0]
    groups = [each for chat, each in by_chat.items() if chat < 0]
    span = moments[-1] - moments[0] if len(moments) > 1 else 0.0
    return {
        "messages": len(messages),
        "span": span,
        "worst_second": most_within(1, moments),
        "worst_chat": max((most_within(1, each) for each in private), default=0),
        "worst_group": max((most_within(60, each) for each in groups), default=0),
        "calls": dict(calls),
        "last": {chat: at for at, chat in messages if chat < BULK_CHATS},
    }


def answer(method: str, chat: int) -> tuple[int, dict[str, object]]:
    calls[method] += 1
    if method == "getMe":
        me = {"id": 42, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
        return 200, {"ok": True, "result": me}
    if not method.startswith("send"):
        return 200, {"ok": True, "result": True}
    if chat > BULK_CHATS and random.random() < setting["refuse"]:
        text = f"Too Many Requests: retry after {RETRY_AFTER}"
        body = {"ok": False, "error_code": 429, "description": text}
        return 429, body | {"parameters": {"retry_after": RETRY_AFTER}}
    messages.append((time.monotonic(), chat))
    told = {"message_id": len(messages), "date": 1, "chat": {"id": chat, "type": "private"}}
    return 200, {"ok": True, "result": told}


class Line(asyncio.Protocol):
    """HTTP/1.1, just enough of it."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport, self._buffer = transport, b""

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            head = self._buffer[:end].decode("latin-1")
            length = next(
                (
                    int(h[15:])
                    for h in head.lower().split("\r\n")
                    if h.startswith("content-length:")
                ),
                0,
            )
            if len(self._buffer) < end + 4 + length:
                return
            body = self._buffer[end + 4 : end + 4 + length]
            self._buffer = self._buffer[end + 4 + length :]
            self._handle(head.split(" ", 2)[1], head, body)

    def _handle(self, path: str, head: str, body: bytes) -> None:
        if path.startswith("/bot"):
            status, told = answer(path.rpartition("/")[2], _chat(head, body))
        elif path == "/report":
            status, told = 200, report()
        elif path == "/reset":
            messages.clear()
            calls.clear()
            status, told = 200, {}
        else:
            asked = parse_qs(urlparse(path).query)
            setting.update({name: float(value[0]) for name, value in asked.items()})
            status, told = 200, {}
        text = json.dumps(told).encode()
        reply = b"HTTP/1.1 %d OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
        whole = reply % (status, len(text), text)
        if setting["delay"]:
            asyncio.get_running_loop().call_later(setting["delay"], self._transport.write, whole)
        else:
            self._transport.write(whole)


def _chat(head: str, body: bytes) -> int:
    try:
        if "json" in head:
            return int(json.loads(body).get("chat_id", 0))
        return int(parse_qs(body.decode()).get("chat_id", ["0"])[0])
    except ValueError:
        return 0


async def main(port: int) -> None:
    server = await asyncio.get_running_loop().create_server(Line, "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
