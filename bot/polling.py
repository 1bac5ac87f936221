"""Long polling that confirms an update only after its transaction: aiogram's own loses them."""

import asyncio

import structlog

from bot.ingest import KINDS, Ingest
from bot.telegram import Doubtful, Json, Telegram, TelegramError, Unreached

log = structlog.get_logger()

LONGEST = 25  # seconds a poll may wait
PATIENCE = 15.0  # the longest pause between failed polls


class Polling:
    def __init__(self, telegram: Telegram, ingest: Ingest) -> None:
        self._telegram = telegram
        self._ingest = ingest
        self._offset = 0
        self._failures = 0
        self._stopping = asyncio.Event()
        self._waiting: asyncio.Timeout | None = None

    async def run(self) -> None:
        while not self._stopping.is_set():
            batch = await self._poll()
            if batch and not await self._handled(batch):
                await self._pause(1)

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
        except (TelegramError, Unreached, Doubtful) as error:
            self._failures += 1
            log.warning("poll failed", reason=str(error) or type(error).__name__)
            await self._pause(min(PATIENCE, 0.25 * 2**self._failures))
            return []
        finally:
            self._waiting = None
        self._failures = 0
        return batch

    async def _handled(self, batch: list[Json]) -> bool:
        results = await asyncio.gather(
            *(self._ingest(raw) for raw in batch), return_exceptions=True
        )
        failed = [result for result in results if isinstance(result, BaseException)]
        if failed:
            log.error("database away: updates stay with Telegram", reason=type(failed[0]).__name__)
            return False
        self._offset = max(raw["update_id"] for raw in batch) + 1
        return True

    async def _pause(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._stopping.wait()
        except TimeoutError:
            return
