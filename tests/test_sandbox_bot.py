"""An unmodified aiogram bot, by long polling and by webhook."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramConflictError
from aiogram.webhook.aiohttp_server import SimpleRequestHandler, setup_application
from aiohttp import web

from sandbox.people import Person
from sandbox.plugin import TOKEN
from sandbox.server import serving
from sandbox.world import World
from tests.sandbox_bot import dispatcher
from tests.sandbox_front import over_http

Refuse = Callable[[web.Request], web.Response | None]


async def converse(anna: Person) -> None:
    await anna.says("/start")
    greeting = await anna.sees("Привет, друг")
    assert greeting["entities"] == [{"type": "bold", "offset": 8, "length": 4}]
    await anna.taps("Да")
    await anna.sees("Договорились")
    await anna.sees("Спасибо")
    await anna.says("Эхо")
    assert (await anna.sees("Эхо"))["reply_to_message"]["text"] == "Эхо"


async def test_a_bot_by_long_polling(world: World, people: Callable[[str], Person]) -> None:
    world.retry_scale = 0.01
    async with serving(world) as base, over_http(base) as session, asyncio.TaskGroup() as group:
        bot, dp = Bot(TOKEN, session=session), dispatcher()
        polling = dp.start_polling(bot, handle_signals=False, close_bot_session=False)
        group.create_task(polling)
        await converse(people("Анна"))
        await dp.stop_polling()
    assert {record.status for record in world.log} == {200}


@asynccontextmanager
async def listening(bot: Bot, refuse: Refuse, *, background: bool) -> AsyncIterator[str]:
    """The bot behind its webhook; `refuse` may answer in its place."""

    @web.middleware
    async def refusing(
        request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        return refuse(request) or await handler(request)

    app, dp = web.Application(middlewares=[refusing]), dispatcher()
    handler = SimpleRequestHandler(dp, bot, handle_in_background=background, secret_token="s3cret")
    handler.register(app, path="/hook")
    setup_application(app, dp, bot=bot)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    finally:
        await runner.cleanup()


@pytest.mark.parametrize("background", [True, False])
async def test_a_bot_by_webhook(
    world: World, people: Callable[[str], Person], background: bool
) -> None:
    world.retry_scale = 0.01
    anna = people("Анна")
    secrets: list[str | None] = []

    def refuse_first(request: web.Request) -> web.Response | None:
        secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        return web.Response(status=502) if len(secrets) == 1 else None

    async with serving(world) as base, over_http(base) as session:
        bot = Bot(TOKEN, session=session)
        async with listening(bot, refuse_first, background=background) as url:
            await bot.set_webhook(url, secret_token="s3cret")
            await converse(anna)
            await anna.says("/direct")
            await anna.sees("Ответ в ответе")
            info = await bot.get_webhook_info()
            with pytest.raises(TelegramConflictError, match="can't use getUpdates method while"):
                await bot.get_updates()
            await bot.delete_webhook()
    assert set(secrets) == {"s3cret"}
    assert info.last_error_message == "Wrong response from the webhook: 502 Bad Gateway"
    assert (info.url, info.pending_update_count) == (url, 0)
