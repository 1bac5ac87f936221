"""PostgreSQL falls over again and again under load: nothing acknowledged is lost."""

import asyncio
import itertools
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from aiohttp import ClientSession

from bot.database import Database
from bot.migrating import migrate
from sandbox.server import serving
from sandbox.world import World
from tests import postgres
from tests.applying import Make
from tests.postgres import Cluster
from tests.rough import FULL
from tests.talking import Crowd
from tests.terminal import rows
from tests.test_restart import WORD, Program
from web import SECRET

RESTARTS = 20 if FULL else 4
SOON = 5  # seconds in which the bot must be back after its database
KNOCKS = itertools.count(10**9)


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    try:
        with postgres.own_cluster() as own:
            yield own
    except postgres.Absent as absent:
        if FULL:
            raise
        pytest.skip(f"PostgreSQL is not restarted: {absent}")


@pytest.fixture
async def address(cluster: Cluster) -> str:
    url = cluster.url()
    database = Database(url)
    await migrate(database)
    await database.close()
    return url


async def knock(http: ClientSession, url: str) -> tuple[int, str | None]:
    """An update of no kind: taken, it leaves a row in the inbox and no more."""
    update = {"update_id": next(KNOCKS)}
    async with http.post(url, json=update, headers={SECRET: WORD}) as answer:
        return answer.status, answer.headers.get("Retry-After")


async def down_and_up(cluster: Cluster, down: Callable[[], None], webhook: str) -> float:
    """Seconds the bot needs to be back; meanwhile Telegram is asked to come again."""
    clock = asyncio.get_running_loop().time
    async with ClientSession() as http:
        await asyncio.to_thread(down)
        assert await knock(http, webhook) == (503, "5")
        await asyncio.to_thread(cluster.start)
        begun = clock()
        while (await knock(http, webhook))[0] != 200:
            assert clock() - begun < SOON
            await asyncio.sleep(0.05)
        return clock() - begun


@pytest.mark.timeout(600)
async def test_restarted_in_a_loop_under_load_nothing_acknowledged_is_lost(
    world: World,
    cluster: Cluster,
    address: str,
    people: Make,
    tmp_path: Path,
    unused_tcp_port: int,
) -> None:
    world.retry_scale = 0.1
    webhook = f"http://127.0.0.1:{unused_tcp_port}/telegram"
    crowd = Crowd([people(f"Анна-{number}") for number in range(8)])
    enough = asyncio.Event()
    hooked = {"WEB_PORT": f"{unused_tcp_port}", "WEBHOOK_URL": webhook, "WEBHOOK_SECRET": WORD}
    async with serving(world) as api:
        program = Program(tmp_path, TELEGRAM_API_URL=api, DATABASE_URL=address, **hooked)
        async with program.running(signal.SIGTERM), asyncio.TaskGroup() as load:
            load.create_task(crowd.talk(enough))
            downs = itertools.cycle([lambda: cluster.stop("immediate"), cluster.kill])
            for down, _ in zip(downs, range(RESTARTS), strict=False):
                await down_and_up(cluster, down, webhook)
                await asyncio.sleep(0.5)
            enough.set()
            await crowd.is_answered()
    assert rows(address, "SELECT count(*) FROM dead_letters") == [0]
    taken = f"SELECT count(*) FROM inbox WHERE update_id < {10**9}"
    assert rows(address, taken) == [crowd.updates]
    assert rows(address, "SELECT DISTINCT state FROM outbox") == ["sent"]
