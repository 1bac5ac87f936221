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
        raw = _update(await request.read())
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


def _update(body: bytes) -> dict[str, Any] | None:
    try:
        raw = json.loads(body)
    except (ValueError, RecursionError):
        return None
    plausible = isinstance(raw, dict) and isinstance(raw.get("update_id"), int)
    return raw if plausible and abs(raw["update_id"]) < 2**63 else None
