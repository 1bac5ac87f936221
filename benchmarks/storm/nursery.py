"""Imports the program once and forks it on demand: a process of its own within milliseconds.

A child is what `python -m bot` is after its imports: its own event loop, connections and sockets.
Orders come as lines of JSON: {"start": {environment}, "in": folder} answers a pid, {"reap": pid}
how it ended, or null while it lives.
"""

import asyncio
import ctypes
import gc
import importlib
import json
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from bot.thrift import import_aiogram

ROOT = Path(__file__).parents[2]
POSTGRESQL = ("psycopg", "sqlalchemy.dialects.postgresql.psycopg")
DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG


def obey() -> None:
    # What the program itself brings in on its way, some of it only when it is needed.
    import_aiogram()
    import bot.__main__
    import bot.app
    import bot.console
    import bot.running

    for driver in ("aiosqlite", "sqlalchemy.dialects.sqlite.aiosqlite", *POSTGRESQL):
        with suppress(ImportError):
            importlib.import_module(driver)
    bot.app.switchboard()
    gc.collect()
    gc.freeze()
    for line in sys.stdin:
        order = json.loads(line)
        if "start" in order:
            pid = os.fork()
            if pid == 0:
                _live(order["in"], order["start"], bot.__main__.main)
            answer: int | None = pid
        else:
            ended, status = os.waitpid(order["reap"], os.WNOHANG)
            answer = os.waitstatus_to_exitcode(status) if ended else None
        print(json.dumps(answer), flush=True)  # noqa: T201 - the answer to the order


def _live(folder: str, environment: dict[str, str], main: Any) -> None:
    ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGKILL)
    os.chdir(folder)
    log = os.open("log", os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
    for stream in (1, 2):
        os.dup2(log, stream)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.environ.update(environment)
    sys.argv = ["bot"]
    code = 0
    try:
        main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except BaseException as error:
        sys.excepthook(type(error), error, error.__traceback__)
        code = 1
    os._exit(code)


class Nursery:
    """The other end of the pipe; any number of storms may share it."""

    def __init__(self) -> None:
        self._process: asyncio.subprocess.Process | None = None
        self._one_by_one = asyncio.Lock()

    async def __aenter__(self) -> "Nursery":
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "benchmarks.storm.nursery"),
            cwd=ROOT,
            env={"PATH": os.environ["PATH"]},
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        """Whatever still lives dies with the nursery."""
        if self._process is not None:
            self._process.kill()
            await self._process.wait()

    async def start(self, folder: Path, environment: dict[str, str]) -> int:
        pid = await self._order({"start": environment, "in": str(folder)})
        assert pid
        return pid

    async def reap(self, pid: int) -> int:
        while (end := await self._order({"reap": pid})) is None:  # noqa: ASYNC110
            await asyncio.sleep(0.005)
        return end

    async def _order(self, order: dict[str, Any]) -> int | None:
        assert self._process
        assert self._process.stdin
        assert self._process.stdout
        async with self._one_by_one:
            self._process.stdin.write(json.dumps(order).encode() + b"\n")
            answer: int | None = json.loads(await self._process.stdout.readline())
        return answer


if __name__ == "__main__":
    obey()
