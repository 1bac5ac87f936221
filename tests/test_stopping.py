"""Asked to stop under load: it ends by itself, soon, with all it acknowledged in the database."""

import asyncio
import os
import signal
import time

import pytest
from sqlalchemy import select

from benchmarks.storm.nursery import Nursery
from benchmarks.storm.places import place
from benchmarks.storm.tempest import Plan, Storm
from bot.database import Database
from models.mail import Owed, Received, Sending
from sandbox.server import serving
from tests.rough import until


@pytest.mark.timeout(240)
async def test_sigterm_under_load_loses_nothing_that_was_acknowledged() -> None:
    async with Nursery() as nursery:
        for webhook in (False, True):
            async with place("sqlite") as (url, folder):
                plan = Plan(people=16, webhook=webhook, url=url, folder=folder, seed=1, kills=0)
                await stop_in_the_thick_of_it(Storm(plan, nursery))


async def stop_in_the_thick_of_it(storm: Storm) -> None:
    async with serving(storm.world) as address, storm.abroad():
        pid = await storm.nursery.start(storm.plan.folder, storm.environment(address))
        await until(lambda: len(storm.world.given) > 80, 60)
        begun = time.monotonic()
        os.kill(pid, signal.SIGTERM)
        async with asyncio.timeout(30):
            assert await storm.nursery.reap(pid) == 0
        assert time.monotonic() - begun < 20
        waiting = {parcel.id for parcel in storm.bot.mailbox.parcels}
        acknowledged = storm.world.given - waiting
    database = Database(storm.plan.url)
    async with database.transaction() as session:
        assert acknowledged <= set(await session.scalars(select(Received.update_id)))
        on_their_way = select(Owed.id).where(Owed.state == Sending.SENDING)
        assert list(await session.scalars(on_their_way)) == []
    await database.close()
    assert len(acknowledged) > 60
