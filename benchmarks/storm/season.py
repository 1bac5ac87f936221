"""Several storms side by side, over each kind of database and each way in."""

import asyncio
import math
import time
from contextlib import AsyncExitStack
from typing import Any, NamedTuple

from benchmarks.storm.nursery import Nursery
from benchmarks.storm.places import place
from benchmarks.storm.reckoning import Bill, reckon
from benchmarks.storm.tempest import Plan, Storm, Told


class Report(NamedTuple):
    name: str
    told: Told
    bill: Bill


async def season(
    people: int, *, server: str | None, seed: int, kills: int, updates: int = 0, **more: Any
) -> tuple[list[Report], float]:
    """So many people in each storm, kills and updates in all of them together."""
    begun = time.monotonic()
    databases = ("sqlite", "postgresql") if server else ("sqlite",)
    share = len(databases) * 2
    more |= {"kills": math.ceil(kills / share), "updates": math.ceil(updates / share)}
    async with AsyncExitStack() as stack:
        nursery = await stack.enter_async_context(Nursery())
        storms = {}
        for number, database in enumerate(databases):
            for webhook in (False, True):
                url, folder = await stack.enter_async_context(place(database, server))
                plan = Plan(people, webhook, url, folder, seed + 2 * number + webhook, **more)
                storms[f"{database}, {'webhook' if webhook else 'polling'}"] = Storm(plan, nursery)
        async with asyncio.TaskGroup() as group:
            told = [group.create_task(storm.rage()) for storm in storms.values()]
        reports = [
            Report(name, task.result(), await reckon(storm))
            for (name, storm), task in zip(storms.items(), told, strict=True)
        ]
    return reports, time.monotonic() - begun
