"""What the measurements share: processes side by side, a load, and figures told in one form."""

import asyncio
import itertools
import os
import socket
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import aiohttp
import click

TOKEN = "42:BENCH"
SECRET = "s" * 20
ROOT = Path(__file__).resolve().parent.parent

Json = dict[str, Any]

update_ids = itertools.count(1)  # a repeated id would slow aiogram's own dispatch
persons = itertools.count(10_000)  # those below are known already


def message(text: str, person: int) -> Json:
    return {"update_id": next(update_ids), "message": _said(text, person)}


def tap(data: str, person: int) -> Json:
    under = _said("…", person)
    press = {"id": "1", "from": under["from"], "message": under, "chat_instance": "1"}
    return {"update_id": next(update_ids), "callback_query": press | {"data": data}}


def _said(text: str, person: int) -> Json:
    who = {"id": person, "is_bot": False, "first_name": "Анна", "language_code": "ru"}
    return {
        "message_id": 1,
        "date": int(time.time()),
        "chat": {"id": person, "type": "private", "first_name": "Анна"},
        "from": who,
        "text": text,
    }


def newcomers() -> Iterator[Json]:
    """The dearest update of all: a person to remember besides the answer."""
    return (message("/start", person) for person in persons)


def regulars(count: int, text: str) -> Iterator[Json]:
    """One after another, and from the first again."""
    return (message(text, person) for person in itertools.cycle(range(1, count + 1)))


def say(
    name: str, figure: str, yardstick: str = "", goal: str = "", met: bool | None = None
) -> None:
    mark = {True: "✓", False: "✗", None: " "}[met]
    click.echo(f"{mark} {name:<58} {figure:>16}  {yardstick:<26} {goal}")


def percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


class Process(NamedTuple):
    process: asyncio.subprocess.Process
    address: str

    @property
    def cpu(self) -> float:
        """Seconds spent so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    @property
    def memory(self) -> float:
        """Megabytes resident now."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


@asynccontextmanager
async def running(
    module: str, *words: str, port: int, path: str = "/", **env: str
) -> AsyncIterator[Process]:
    """A program of its own, from the moment its port answers until we are done with it."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, *words, cwd=ROOT, env=os.environ | env
    )
    try:
        await answering(port)
        yield Process(process, f"http://127.0.0.1:{port}{path}")
    finally:
        process.terminate()
        await process.wait()


async def answering(port: int) -> None:
    for _ in range(1200):
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.025)
        else:
            writer.close()
            return
    raise TimeoutError


@asynccontextmanager
async def stub() -> AsyncIterator[Process]:
    port = free_port()
    async with running("benchmarks.stub", str(port), port=port, path="") as process:
        yield process


@asynccontextmanager
async def our_bot(api: str, url: str, rate: int = 1000) -> AsyncIterator[Process]:
    """`python -m bot` as it is deployed, on a webhook."""
    port = free_port()
    env = {
        "BOT_TOKEN": TOKEN,
        "SIGNING_KEY": "k" * 32,
        "TELEGRAM_API_URL": api,
        "DATABASE_URL": url,
        "WEBHOOK_URL": "https://bench.example/telegram",
        "WEBHOOK_SECRET": SECRET,
        "WEB_PORT": str(port),
        "SEND_RATE": str(rate),
        "LOG_LEVEL": "ERROR",
    }
    async with running("bot", port=port, path="/telegram", **env) as process:
        yield process


@asynccontextmanager
async def stock_bot(api: str) -> AsyncIterator[Process]:
    port = free_port()
    async with running("benchmarks.stock", str(port), api, port=port, path="/telegram") as process:
        yield process


class Load(NamedTuple):
    per_second: float
    p50: float  # milliseconds to the acknowledgement
    p99: float
    cpu: float  # microseconds of the bot's own per update


async def crowd(
    bot: Process, updates: int, said: Iterator[Json] | None = None, connections: int = 32
) -> Load:
    """So many at once, each asking again as soon as it is answered."""
    left = itertools.islice(said or newcomers(), updates)
    taken: list[float] = []
    async with _client(connections) as client:

        async def one() -> None:
            taken.extend([await _post(client, bot, update) for update in left])

        cpu, start = bot.cpu, time.perf_counter()
        await asyncio.gather(*(one() for _ in range(connections)))
        took = time.perf_counter() - start
    return _load(taken, took, bot.cpu - cpu)


async def steady(bot: Process, rate: float, seconds: float) -> Load:
    """A new update at each beat, whatever became of those before."""
    taken: list[float] = []
    async with _client(0) as client, asyncio.TaskGroup() as group:

        async def one() -> None:
            taken.append(await _post(client, bot, next(said)))

        said, cpu, start = newcomers(), bot.cpu, time.perf_counter()
        for beat in range(int(rate * seconds)):
            await asyncio.sleep(max(0.0, start + beat / rate - time.perf_counter()))
            group.create_task(one())
    return _load(taken, time.perf_counter() - start, bot.cpu - cpu)


async def until(true: Callable[[], Awaitable[bool]]) -> None:
    for _ in range(3000):
        if await true():
            return
        await asyncio.sleep(0.02)
    raise TimeoutError


def middle(loads: Sequence[Load]) -> Load:
    return Load(*(median(column) for column in zip(*loads, strict=True)))


async def ask(process: Process, path: str) -> Json:
    async with aiohttp.ClientSession() as client, client.get(process.address + path) as response:
        answer: Json = await response.json()
        return answer


def _client(connections: int) -> aiohttp.ClientSession:
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=connections),
        headers={"X-Telegram-Bot-Api-Secret-Token": SECRET},
    )


async def _post(client: aiohttp.ClientSession, bot: Process, update: Json) -> float:
    start = time.perf_counter()
    async with client.post(bot.address, json=update) as response:
        assert response.status == 200, response.status
    return time.perf_counter() - start


def _load(taken: Sequence[float], took: float, cpu: float) -> Load:
    p50, p99 = percentile(taken, 0.5) * 1e3, percentile(taken, 0.99) * 1e3
    return Load(len(taken) / took, p50, p99, cpu / len(taken) * 1e6)
