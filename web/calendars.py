"""The calendar a phone reads again and again. Its address is its key: it is never written down."""

from collections.abc import Awaitable, Callable
from hashlib import sha256

import structlog
from aiohttp import web

log = structlog.get_logger()

PATH = "/calendar/{token:[A-Za-z0-9_-]{43}}.ics"
FRESH = 900  # seconds

Feed = Callable[[str], Awaitable[str | None]]


def route(feed: Feed) -> web.RouteDef:
    async def read(request: web.Request) -> web.Response:
        try:
            found = await feed(request.match_info["token"])
        except Exception:
            log.warning("a calendar cannot be read now", exc_info=True)
            return web.Response(status=503, headers={"Retry-After": "300"})
        if found is None:
            return web.Response(status=404)
        return _calendar(request, found)

    return web.get(PATH, read)


def _calendar(request: web.Request, text: str) -> web.Response:
    mark = sha256(text.encode()).hexdigest()[:32]
    known = any(tag.value in (mark, "*") for tag in request.if_none_match or ())
    answer = (
        web.Response(status=304)
        if known
        else web.Response(text=text, content_type="text/calendar", charset="utf-8")
    )
    answer.etag = mark
    answer.headers["Cache-Control"] = f"private, max-age={FRESH}"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
