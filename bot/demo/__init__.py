"""`python -m bot demo`: the sandbox, the bot and a small union on this machine."""

import asyncio
import secrets
import signal
import socket
import tempfile
from pathlib import Path

import click

from bot import logs
from bot.app import App, Clock, build, utc_now
from bot.demo.cast import ADMIN, CAST, people_of
from bot.demo.staff import STAFF_CHAT, gather
from bot.demo.story import tell
from bot.migrating import migrate
from bot.settings import load
from bot.telegram import Http, Telegram
from sandbox.server import serving
from sandbox.world import World

TOKEN = "42:SANDBOX"
USERNAME = "sila_sandbox_bot"


async def show(port: int, clock: Clock = utc_now) -> None:
    """Runs until Ctrl-C. Everything is new each time and gone afterwards."""
    world = World(lambda: clock().timestamp(), flood=True)
    world.add_bot(TOKEN, USERNAME, "Сила в каждом")
    people_of(world)
    stopping = asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(sign, stopping.set)
    with tempfile.TemporaryDirectory(prefix="sila-demo-") as folder:
        async with serving(world, port if _is_free(port) else 0) as address:
            await _live(world, address, Path(folder), clock, stopping)


async def _live(
    world: World, address: str, folder: Path, clock: Clock, stopping: asyncio.Event
) -> None:
    port = _free_port()
    settings = load(
        _env_file=None,
        bot_token=TOKEN,
        signing_key=secrets.token_hex(32),
        telegram_api_url=address,
        database_url=f"sqlite+aiosqlite:///{folder / 'demo.db'}",
        admin_ids=(ADMIN,),
        staff_chat_id=STAFF_CHAT,
        web_port=port,
        log_level="WARNING",
    )
    logs.start(settings)
    http = Http(address)
    try:
        web = f"http://{settings.web_host}:{port}"
        app = build(settings, Telegram(TOKEN, http), USERNAME, clock=clock, address=web)
        await _prepare(app, world)
        click.echo(f"«Сила в каждом», песочница: {address}/  (остановить: Ctrl-C)")
        await app.run(stopping)
    finally:
        await http.close()


async def _prepare(app: App, world: World) -> None:
    await migrate(app.database)
    await tell(app, world)
    await gather(world, TOKEN)
    for one in CAST:
        if one.has_started:
            world.say(one.id, world.private_chat(world.bots[TOKEN], one.id).key, "/start")


def _is_free(port: int) -> bool:
    with socket.socket() as trial:
        return trial.connect_ex(("127.0.0.1", port)) != 0


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port
