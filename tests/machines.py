"""Several bots behind nginx, as deploy/ has them: started by hand, and again whenever they die."""

import asyncio
import os
import re
import shutil
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.rough import until
from tests.test_restart import ROOT, Program

PORTS = ("8081", "8082", "8083")  # those of deploy/nginx.conf
SPOOLS = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


class Machine:
    def __init__(self, program: Program) -> None:
        self.program = program
        self.process: Process | None = None

    async def keep(self, resting: asyncio.Event) -> None:
        """What a service manager does, but when told to let it rest."""
        try:
            while True:
                await resting.wait()
                self.process = await self.program.start()
                await self.process.wait()
        finally:
            if self.process and self.process.returncode is None:
                self.process.kill()
                await self.process.wait()

    async def begins(self) -> None:
        await until(lambda: '"ready"' in self.program.said, 150)

    def kill(self) -> None:
        if self.process and self.process.returncode is None:
            self.process.kill()


def find_nginx() -> str:
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None and os.environ.get("CI") == "true":
        pytest.fail("nginx is missing: several bots cannot be tried together")
    if program is None:
        pytest.skip("nginx (package nginx-light) is not installed here")
    return program


@asynccontextmanager
async def nginx(folder: Path, front: int, ports: list[int]) -> AsyncIterator[None]:
    """The very file of deploy/, on other ports and without a certificate."""
    program = find_nginx()
    text = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")
    text = re.sub(r"ssl_certificate\w* .*;\n", "", text)
    text = text.replace("listen 443 ssl;", f"listen 127.0.0.1:{front};")
    for written, port in zip(PORTS, ports, strict=True):
        assert f"127.0.0.1:{written} " in text
        text = text.replace(f"127.0.0.1:{written} ", f"127.0.0.1:{port} ")
    spools = "".join(f"{name}_temp_path {folder}/{name};\n" for name in SPOOLS)
    file = folder / "nginx.conf"
    file.write_text(text.replace("http {", f"http {{\n{spools}"), "utf-8")
    here = f"daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log warn;"
    process = await asyncio.create_subprocess_exec(
        *(program, "-c", str(file), "-e", f"{folder}/nginx.log", "-g", here)
    )
    try:
        yield
    finally:
        process.terminate()
        await process.wait()
