"""Long polling that confirms an update only after its transaction: aiogram's own loses them."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable

import structlog

from bot.ingest import chat_of
from bot.switchboard import KINDS
from bot.telegram import Json, Telegram, TelegramError

log = structlog.get_logger()

LONGEST = 25  # seconds a poll may wait
PATIENCE = 5.0  # the longest pause after a failure


class Polling:
    def __init__(self, telegram: Telegram, ingest: Callable[[Json], Awaitable[None]]) -> None:
        self._telegram = telegram
        self._ingest = ingest
        self._offset = 0
        self._failures = 0
        self._stopping = asyncio.Event()
        self._waiting: asyncio.Timeout | None = None

    async def run(self) -> None:
        while not self._stopping.is_set():
            try:
                await self._handle(await self._poll())
            except Exception as error:
                self._failures += 1
                reason = error.description if isinstance(error, TelegramError) else ""
                log.warning("updates wait at Telegram", reason=reason, exc_info=True)
                await self._pause(min(PATIENCE, 0.1 * 2 ** min(self._failures, 10)))
            else:
                self._failures = 0

    def stop(self) -> None:
        """Ends the wait for news, never the handling of what has come."""
        self._stopping.set()
        if self._waiting is not None:
            self._waiting.reschedule(asyncio.get_running_loop().time())

    async def _poll(self) -> list[Json]:
        params = {"offset": self._offset, "timeout": LONGEST, "allowed_updates": list(KINDS)}
        try:
            async with asyncio.timeout(None) as self._waiting:
                batch: list[Json] = await self._telegram("getUpdates", params)
        except TimeoutError:
            return []
        finally:
            self._waiting = None
        return batch

    async def _handle(self, batch: list[Json]) -> None:
        """Chats side by side; within one, a failure holds back what came after."""
        chats = defaultdict(list)
        for raw in batch:
            chats[chat_of(raw)].append(raw)
        done = await asyncio.gather(*map(self._in_order, chats.values()), return_exceptions=True)
        for result in done:
            if isinstance(result, BaseException):
                raise result
        if batch:
            self._offset = batch[-1]["update_id"] + 1

    async def _in_order(self, updates: list[Json]) -> None:
        for raw in updates:
            await self._ingest(raw)

    async def _pause(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._stopping.wait()
        except TimeoutError:
            return
