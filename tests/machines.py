"""Several bots over one PostgreSQL behind nginx, as deploy/ has it; and a hand that kills them."""

import asyncio
import os
import re
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

from aiohttp import ClientError, ClientSession, web

from benchmarks.storm.nursery import Nursery
from sandbox.server import WORLD, answer_method, serving
from sandbox.world import World
from tests.programs import needed
from tests.rough import by_and_by
from tests.test_restart import ROOT, WORD, Program

SHELL = """daemon off; pid nginx.pid; error_log error.log error; {user}
events {{}}
http {{ access_log access.log; client_body_temp_path body; proxy_temp_path proxy;
fastcgi_temp_path f; uwsgi_temp_path u; scgi_temp_path s; include site.conf; }}
"""


class Sent(NamedTuple):
    machine: str
    chat_id: int
    at: float


class Machine:
    def __init__(self, program: Program, port: int, nursery: Nursery) -> None:
        self.name = str(port)
        self._program = program
        self._nursery = nursery
        self._pid: int | None = None

    async def start(self) -> None:
        self._pid = await self._nursery.start(self._program.folder, self._program.environment)

    async def is_ready(self, http: ClientSession) -> bool:
        try:
            async with http.get(f"http://127.0.0.1:{self.name}/readyz") as answer:
                return answer.status == 200
        except ClientError:
            return False

    async def kill(self) -> None:
        if self._pid is not None:
            os.kill(self._pid, signal.SIGKILL)
            await self._nursery.reap(self._pid)
            self._pid = None


class Machines:
    """Each has a way of its own to Telegram, so that one sees who has sent what."""

    def __init__(self, world: World, folder: Path, front: int, url: str) -> None:
        self.sent: list[Sent] = []
        self.all: list[Machine] = []
        self.address = f"http://127.0.0.1:{front}/telegram"
        self._world = world
        self._folder = folder
        self._url = url

    def add(self, port: int, api: str, nursery: Nursery) -> None:
        folder = self._folder / f"{port}"
        folder.mkdir()
        program = Program(
            folder,
            TELEGRAM_API_URL=api,
            DATABASE_URL=self._url,
            WEB_PORT=str(port),
            WEBHOOK_URL=self.address,
            WEBHOOK_SECRET=WORD,
            SEND_RATE="200",
        )
        self.all.append(Machine(program, port, nursery))

    async def ready(self) -> list[Machine]:
        async with ClientSession() as http:
            return [one for one in self.all if await one.is_ready(http)]

    async def all_ready(self) -> bool:
        return len(await self.ready()) == len(self.all)

    def way_to_telegram(self, port: int) -> web.Application:
        async def note(request: web.Request) -> web.StreamResponse:
            if request.match_info["method"] == "sendMessage":
                chat_id = (await request.json())["chat_id"]
                at = asyncio.get_running_loop().time()
                self.sent.append(Sent(str(port), chat_id, at))
            return await answer_method(request)

        way = web.Application()
        way[WORLD] = self._world
        way.add_routes([web.route("*", "/bot{token:[^/]+}/{method}", note)])
        return way


@asynccontextmanager
async def nginx(
    folder: Path, front: int, ports: list[int], certificate: Path | None = None
) -> AsyncIterator[None]:
    """The file of deploy/ with other ports; without a certificate in the open."""
    site = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")
    site = site.replace("listen 443", f"listen 127.0.0.1:{front}")
    if certificate:
        site = site.replace("/etc/nginx/tls", str(certificate))
    else:
        site = re.sub(r"\n *ssl_.*", "", site.replace(" ssl;", ";"))
    for place, port in zip(("8081", "8082", "8083"), [*ports, 0, 0], strict=False):
        site = re.sub(rf"127\.0\.0\.1:{place}\b", f"127.0.0.1:{port}", site)
    site = re.sub(r"\n *server 127\.0\.0\.1:0 .*", "", site)
    (folder / "site.conf").write_text(site, "utf-8")
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(SHELL.format(user=user), "utf-8")
    program = needed("nginx", "nginx-light", "what stands before the bots cannot be tried")
    process = await asyncio.create_subprocess_exec(program, "-p", str(folder), "-c", "nginx.conf")
    try:
        yield
    finally:
        process.terminate()
        await process.wait()


@asynccontextmanager
async def machines(
    world: World, folder: Path, url: str, ports: list[int], front: int
) -> AsyncIterator[Machines]:
    park = Machines(world, folder, front, url)
    runners = []
    async with serving(world), nginx(folder, front, ports), Nursery() as nursery:
        try:
            for port in ports:
                runner = web.AppRunner(park.way_to_telegram(port), shutdown_timeout=0.1)
                runners.append(runner)
                await runner.setup()
                await web.TCPSite(runner, "127.0.0.1", 0).start()
                host, bound = runner.addresses[0]
                park.add(port, f"http://{host}:{bound}", nursery)
                await park.all[-1].start()
            await by_and_by(park.all_ready)
            yield park
        finally:
            for machine in park.all:
                await machine.kill()
            for runner in runners:
                await runner.cleanup()
