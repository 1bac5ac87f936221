"""How fast others send: fifty workers that do nothing else, with no queue and no record."""

import asyncio
import shutil
import time
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from benchmarks.stage import TOKEN, Process, say

NODE = Path(__file__).parent / "node"

Rate = Callable[[Process, int, int, str], Awaitable[float]]  # api, messages, first chat, text


async def peers() -> dict[str, Rate]:
    """aiogram, and the libraries for Node where Node is there."""
    found: dict[str, Rate] = {"aiogram": _aiogram}
    if shutil.which("npm"):
        try:
            await _run("npm", "ci", "--silent", "--no-audit", "--no-fund")
        except RuntimeError as error:
            say("Node's libraries cannot be had here", str(error))
        else:
            found |= {name: partial(_node, name) for name in ("grammy", "telegraf")}
    return found


async def _aiogram(api: Process, messages: int, first: int, text: str) -> float:
    session = AiohttpSession(api=TelegramAPIServer.from_base(api.address))
    left = iter(range(messages))
    async with Bot(TOKEN, session=session) as bot:

        async def worker() -> None:
            for n in left:
                await bot.send_message(first + n, text, parse_mode="HTML")

        start = time.perf_counter()
        await asyncio.gather(*(worker() for _ in range(50)))
        return messages / (time.perf_counter() - start)


async def _node(library: str, api: Process, messages: int, first: int, text: str) -> float:
    what = (library, api.address, TOKEN, str(messages), str(first), text)
    return float(await _run("node", "senders.js", *what))


async def _run(*words: str) -> bytes:
    process = await asyncio.create_subprocess_exec(
        *words, cwd=NODE, stdout=asyncio.subprocess.PIPE
    )
    told, _ = await process.communicate()
    if process.returncode:
        raise RuntimeError(f"{words[0]} ended with {process.returncode}")
    return told
