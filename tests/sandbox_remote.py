"""A program that knows the sandbox by its address alone."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import ClientSession

from sandbox.plugin import TOKEN
from sandbox.server import serving
from sandbox.wire import Wire
from sandbox.world import World
from tests.sandbox_front import ANNA, settle_town

HELLO = {"chat_id": ANNA, "text": "а"}


class Remote:
    """A program that knows the sandbox's address and nothing else."""

    def __init__(self, http: ClientSession, base: str) -> None:
        self.http = http
        self.base = base

    async def call(self, method: str, **params: Any) -> tuple[int, Any]:
        url = f"{self.base}/bot{TOKEN}/{method}"
        async with self.http.post(url, json=params) as response:
            return response.status, await response.json(content_type=None)

    async def does(self, what: str, **body: Any) -> Any:
        async with self.http.post(f"{self.base}/sandbox/{what}", json=body) as response:
            answer = await response.json()
        assert response.status == 200, answer
        return answer

    async def reads(self, what: str, **query: Any) -> Any:
        async with self.http.get(f"{self.base}/sandbox/{what}", params=query) as response:
            assert response.status == 200
            return await response.json()


@asynccontextmanager
async def remote_of(world: World) -> AsyncIterator[Remote]:
    settle_town(world)
    world.bots[TOKEN].mailbox.parcels.clear()
    async with serving(world) as base, ClientSession() as http:
        yield Remote(http, base)


def updates(world: World) -> list[Wire]:
    return [parcel.update for parcel in world.bots[TOKEN].mailbox.parcels]
