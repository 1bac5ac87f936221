"""The whole bot put together, and its life from start to a clean stop."""

import asyncio
import gc
import signal
from collections.abc import AsyncGenerator, Callable, Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any, NoReturn, TypeVar

import structlog
from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.types import User
from aiohttp import web

from bot.courier import Courier
from bot.database import Database
from bot.ingest import Ingest
from bot.pace import Pace
from bot.polling import Polling
from bot.settings import Settings
from bot.switchboard import KINDS, Switchboard
from bot.telegram import Http, Telegram
from handlers import routers
from keyboards import events_calendar, menu
from locales import DEFAULT, LANGUAGES, Translator
from scheduler import Ticker
from services import roles
from services.house import House, Seal
from web import make_app

log = structlog.get_logger()

Clock = Callable[[], datetime]
Done = TypeVar("Done")


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass
class App:
    settings: Settings
    database: Database
    telegram: Telegram
    house: House
    courier: Courier
    ingest: Ingest
    ticker: Ticker
    clock: Clock

    async def open(self) -> None:
        """What must be true before the first update: the first admins, the command menus."""
        async with self.database.transaction() as session:
            await roles.appoint_from_settings(session, self.settings.admin_ids, now=utc_now())
        for language in LANGUAGES:
            commands = menu.commands(Translator(language), None)
            spoken = {} if language == DEFAULT else {"language_code": language}
            await self.telegram("setMyCommands", {"commands": commands} | spoken)

    async def run(self, stopping: asyncio.Event) -> None:
        """Until told to stop; then no more is taken in, and what was begun is finished."""
        try:
            await _unless(stopping, self.open())
            if not stopping.is_set():
                await self._work(stopping)
        finally:
            await self.database.close()

    async def _work(self, stopping: asyncio.Event) -> None:
        # Start-up leaves 200,000 lasting objects: without this each full collection walks them.
        gc.collect()
        gc.freeze()
        async with asyncio.TaskGroup() as outward:
            outward.create_task(self.courier.run())
            await self._take_in(stopping)
            self.courier.stop()

    async def _take_in(self, stopping: asyncio.Event) -> None:
        site = await self._serve()
        polling = Polling(self.telegram, self.ingest)
        async with asyncio.TaskGroup() as inward:
            if not await self._webhook():
                inward.create_task(polling.run())
            self.ticker.start()
            log.info("ready", bot=self.house.bot)
            try:
                await stopping.wait()
                polling.stop()
            finally:
                await self.ticker.stop()
            await site.cleanup()

    async def _serve(self) -> web.AppRunner:
        app = make_app(self.ingest, self._secret, self.database.ping, self.read_calendar)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=15)
        await runner.setup()
        await web.TCPSite(runner, self.settings.web_host, self.settings.web_port).start()
        return runner

    async def read_calendar(self, token: str) -> str | None:
        async with self.database.looking() as session:
            return await events_calendar.feed(session, self.house, token, now=self.clock())

    async def _webhook(self) -> bool:
        if not self.settings.webhook_url:
            await self.telegram("deleteWebhook", {})
            return False
        hook = {"url": self.settings.webhook_url, "secret_token": self._secret}
        await self.telegram("setWebhook", hook | {"allowed_updates": list(KINDS)})
        return True

    @property
    def _secret(self) -> str | None:
        secret = self.settings.webhook_secret
        return secret.get_secret_value() if secret else None


class Mute(BaseSession):
    """aiogram reads updates and never calls: only the courier talks to Telegram."""

    async def make_request(self, *_: Any, **__: Any) -> NoReturn:
        raise RuntimeError("only the courier talks to Telegram")

    def stream_content(self, *_: Any, **__: Any) -> AsyncGenerator[bytes, None]:
        raise RuntimeError("only the courier talks to Telegram")

    async def close(self) -> None:
        """Nothing was opened."""


async def _unless(stopping: asyncio.Event, work: Coroutine[Any, Any, Done]) -> Done | None:
    """None when told to stop before it is done; then what it began is undone."""
    async with asyncio.TaskGroup() as race:
        doing, told = race.create_task(work), race.create_task(stopping.wait())
        await asyncio.wait({doing, told}, return_when=asyncio.FIRST_COMPLETED)
        doing.cancel()
        told.cancel()
    return None if doing.cancelled() else doing.result()


@cache
def switchboard() -> Switchboard:
    """Built once: it holds no state, all it works with comes with a call."""
    return Switchboard(routers())


def build(
    settings: Settings,
    telegram: Telegram,
    username: str,
    *,
    clock: Clock = utc_now,
    pace: Pace | None = None,
    address: str | None = None,
) -> App:
    database = Database(settings.database_url.get_secret_value())
    seal = Seal(settings.signing_key.get_secret_value())
    house = House(username, seal, settings.zone, address or settings.address)
    courier = Courier(database, telegram, house, clock, pace or Pace(settings.send_rate))
    bot = Bot(telegram.token, session=Mute())
    # Known already: to read `/start@name`, aiogram would ask Telegram in the middle of an update.
    bot._me = User(id=bot.id, is_bot=True, first_name=username, username=username)
    ingest = Ingest(database, switchboard(), bot, house, courier, clock)
    ticker = Ticker(database, clock, courier.wake)
    return App(settings, database, telegram, house, courier, ingest, ticker, clock)


async def serve(settings: Settings) -> None:
    """Runs until SIGTERM or Ctrl-C, then finishes what it has begun."""
    proxy = settings.telegram_proxy
    http = Http(settings.telegram_api_url, proxy.get_secret_value() if proxy else None)
    telegram = Telegram(settings.bot_token.get_secret_value(), http)
    stopping = asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(sign, stopping.set)
    try:
        me = await _unless(stopping, telegram("getMe", {}))
        if me is not None:
            await build(settings, telegram, me["username"]).run(stopping)
    finally:
        await http.close()
