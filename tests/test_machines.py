"""Two and three bots behind nginx: one falls every second, and nobody outside can tell.

That is: each word is answered, and each person's in order; each update is in the inbox, and none
among the dead letters; nobody has a line of a broadcast twice; it has one sender at a time, who
is replaced within ten seconds.
"""

import asyncio
import itertools
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.app import App
from models.mail import Lane
from sandbox.world import World
from tests.applying import Make
from tests.machines import Machines, machines
from tests.rough import FULL, by_and_by, owe
from tests.talking import Crowd
from tests.terminal import rows

SPAN = 25 if FULL else 2  # seconds in which they fall
KILLS = 2  # at least, however slow the machine
REPLACED = 10  # seconds after which another sends the bulk mail in the place of a dead one
READERS = 20


async def write_to_all(app: App, readers: list[int], enough: asyncio.Event) -> None:
    """A broadcast that does not end: a line to everybody each second."""
    for number in itertools.count():
        if enough.is_set():
            return
        for reader in readers:
            await owe(app, reader, f"новость {number}", lane=Lane.BULK)
        await asyncio.sleep(1)


async def kill_in_turn(park: Machines) -> int:
    """One every second, as long as there is one to kill; answers how many."""
    clock, kills = asyncio.get_running_loop().time, 0
    ends = clock() + SPAN
    while kills < KILLS or clock() < ends:
        await asyncio.sleep(1)
        victim = random.choice(await by_and_by(park.ready))
        await victim.kill()
        await victim.start()
        kills += 1
    return kills


def holders(park: Machines, readers: list[int]) -> list[str]:
    """Who has sent the bulk mail, one after another."""
    return [
        name
        for name, _ in itertools.groupby(
            one.machine for one in park.sent if one.chat_id in readers
        )
    ]


async def replaced_within(park: Machines, readers: list[int]) -> float:
    """Kills whoever sends the bulk mail; seconds until somebody else does."""
    clock = asyncio.get_running_loop().time
    await asyncio.sleep(2)
    holder = next(m for m in park.all if m.name == holders(park, readers)[-1])
    await holder.kill()
    died = clock()
    while holders(park, readers)[-1] == holder.name:
        assert clock() - died < 2 * REPLACED
        await asyncio.sleep(0.1)
    await holder.start()
    return clock() - died


@pytest.mark.server
@pytest.mark.timeout(600)
@pytest.mark.parametrize("count", [2, 3])
async def test_killed_in_turn_they_lose_nothing_and_keep_the_order(
    app: App,
    world: World,
    people: Make,
    tmp_path: Path,
    unused_tcp_port_factory: Callable[[], int],
    count: int,
) -> None:
    world.retry_scale = 0.1
    crowd = Crowd([people(f"Анна-{number}") for number in range(6)])
    readers = [people(f"Яна-{number}") for number in range(READERS)]
    for reader in readers:
        reader.chat.started = True
    ids = [reader.id for reader in readers]
    ports = [unused_tcp_port_factory() for _ in range(count)]
    url, enough = app.settings.database_url.get_secret_value(), asyncio.Event()
    async with machines(world, tmp_path, url, ports, unused_tcp_port_factory()) as park:
        async with asyncio.TaskGroup() as load:
            load.create_task(crowd.talk(enough))
            load.create_task(write_to_all(app, ids, enough))
            kills = await kill_in_turn(park)
            await by_and_by(park.all_ready)
            took = await replaced_within(park, ids)
            enough.set()
        await crowd.is_answered()
        assert took < REPLACED
        assert len(holders(park, ids)) <= kills + 2
    for reader in readers:
        assert len(reader.history) == len(set(reader.history))
    assert rows(url, "SELECT count(*) FROM dead_letters") == [0]
    assert rows(url, "SELECT count(*) FROM inbox") == [crowd.updates]
