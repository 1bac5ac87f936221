"""The doors over HTTP: Telegram's webhook and the questions a supervisor asks."""

import hmac
import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

LARGEST = 1 << 20  # bytes; Telegram's updates are far smaller
SECRET = "X-Telegram-Bot-Api-Secret-Token"

Ingest = Callable[[dict[str, Any]], Awaitable[None]]


def make_app(
    ingest: Ingest, secret: str | None, healthy: Callable[[], Awaitable[bool]]
) -> web.Application:
    """Without a secret there is no webhook at all."""

    async def telegram(request: web.Request) -> web.Response:
        given = request.headers.get(SECRET, "").encode("utf-8", "surrogateescape")
        if secret is None or not hmac.compare_digest(given, secret.encode()):
            return web.Response(status=401)
        raw = _update(await request.read())
        if raw is None:
            return web.Response(status=400)
        try:
            await ingest(raw)
        except Exception:  # the database is away: Telegram keeps the update and comes again
            return web.Response(status=503, headers={"Retry-After": "5"})
        return web.Response()

    async def health(_request: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def ready(_request: web.Request) -> web.Response:
        try:
            answer = await healthy()
        except Exception:
            answer = False
        return web.Response(text="ready\n" if answer else "no\n", status=200 if answer else 503)

    app = web.Application(client_max_size=LARGEST)
    app.add_routes(
        [
            web.post("/telegram", telegram),
            web.get("/healthz", health),
            web.get("/readyz", ready),
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
