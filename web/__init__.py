"""The doors over HTTP: Telegram's webhook, members' calendars, the questions a supervisor asks."""

import hmac
import json
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from aiohttp import web

from web import calendars
from web.calendars import Feed

log = structlog.get_logger()

LARGEST = 1 << 20  # bytes; Telegram's updates are far smaller
SECRET = "X-Telegram-Bot-Api-Secret-Token"

Ingest = Callable[[dict[str, Any]], Awaitable[None]]
Ping = Callable[[], Awaitable[None]]


def make_app(ingest: Ingest, secret: str | None, ping: Ping, feed: Feed) -> web.Application:
    """Without a secret there is no webhook at all."""

    async def telegram(request: web.Request) -> web.Response:
        given = request.headers.get(SECRET, "").encode("utf-8", "surrogateescape")
        if not secret or not hmac.compare_digest(given, secret.encode()):
            return web.Response(status=401)
        raw = await _update(request)
        if raw is None:
            return web.Response(status=400)
        try:
            await ingest(raw)
        except Exception:
            log.warning("updates wait at Telegram", exc_info=True)
            return web.Response(status=503, headers={"Retry-After": "5"})
        return web.Response()

    async def health(_request: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def ready(_request: web.Request) -> web.Response:
        try:
            await ping()
        except Exception:
            return web.Response(text="the database is away\n", status=503)
        return web.Response(text="ok\n")

    app = web.Application(client_max_size=LARGEST)
    app.add_routes(
        [
            web.post("/telegram", telegram),
            web.get("/healthz", health),
            web.get("/readyz", ready),
            calendars.route(feed),
        ]
    )
    return app


async def _update(request: web.Request) -> dict[str, Any] | None:
    try:
        raw = json.loads(await request.read())
    except (ValueError, RecursionError, web.RequestPayloadError, ConnectionError):
        return None
    number = raw.get("update_id") if isinstance(raw, dict) else None
    # To Python true is a number, too.
    return raw if type(number) is int and abs(number) < 2**63 else None
