"""The sandbox over HTTP: the Bot API under its own paths, and the page for people."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from sandbox import control, faults
from sandbox.bodies import read_body
from sandbox.files import UPLOAD_BYTES
from sandbox.refusals import Refused, too_large
from sandbox.webhook import Postman
from sandbox.wire import Upload, Wire
from sandbox.world import World

WORLD = web.AppKey("world", World)


def make_app(world: World) -> web.Application:
    app = web.Application(client_max_size=UPLOAD_BYTES)
    app[WORLD] = world
    app.add_routes(
        [
            web.route("*", "/bot{token:[^/]+}/{method}", answer_method),
            web.get("/file/bot{token:[^/]+}/{path:.+}", answer_file),
            *control.routes(world),
        ]
    )
    app.cleanup_ctx.append(delivery)
    return app


@asynccontextmanager
async def serving(world: World, port: int = 0) -> AsyncIterator[str]:
    """Serves the world on this machine alone; gives the base address."""
    runner = web.AppRunner(make_app(world), shutdown_timeout=0.1)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", port)
        await site.start()
        host, bound = runner.addresses[0]
        yield f"http://{host}:{bound}"
    finally:
        await runner.cleanup()


async def delivery(app: web.Application) -> AsyncIterator[None]:
    """Webhooks are served for as long as the application runs."""
    # The group hands a failure of the postman on to whoever stops the application.
    async with asyncio.TaskGroup() as group:
        postman = group.create_task(Postman(app[WORLD]).work())
        yield
        postman.cancel()


async def answer_method(request: web.Request) -> web.Response:
    try:
        if (request.content_length or 0) > UPLOAD_BYTES:
            raise too_large()
        params, files = await read_body(request)
        return await _call(request, {**request.query, **params}, files)
    except Refused as refusal:
        return _answer(refusal.status, refusal.body())
    except faults.Garbled:
        return web.Response(text="<html>Bad Gateway</html>", status=502, content_type="text/html")
    except faults.Broken:
        if request.transport is not None:
            request.transport.abort()
        return web.Response()


async def _call(request: web.Request, params: Wire, files: dict[str, Upload]) -> web.Response:
    world, method = request.app[WORLD], request.match_info["method"]
    fault = world.faults.strike(method, _chat_of(params))
    if fault:
        await faults.before(fault)
    answer = await world.call(request.match_info["token"], method, params, files)
    if fault:
        await faults.after(fault)
    return _answer(*answer)


def _chat_of(params: Wire) -> int | None:
    written = str(params.get("chat_id", ""))
    return int(written) if re.fullmatch(r"-?\d{1,19}", written) else None


async def answer_file(request: web.Request) -> web.Response:
    world = request.app[WORLD]
    stored = world.files.at(request.match_info["path"], world.clock())
    if stored is None or request.match_info["token"] not in world.bots:
        return _answer(404, Refused(404, "Not Found").body())
    return web.Response(body=stored.data, content_type="application/octet-stream")


def _answer(status: int, body: Wire) -> web.Response:
    wait = body.get("parameters", {}).get("retry_after")
    headers = {"Retry-After": str(wait)} if wait else None
    return web.json_response(body, status=status, headers=headers)
