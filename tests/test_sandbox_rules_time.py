"""What lasts only so long: one row per rule, tried over HTTP and in process."""

import asyncio

import pytest
from aiogram import Bot
from aiohttp import ClientResponseError

from sandbox.delivery import Mailbox, Poll
from sandbox.plugin import TOKEN, Clock
from sandbox.refusals import Refused
from sandbox.world import World
from tests.sandbox_front import ANNA, ANNAS, FRONTS, Front, bot_over, upload

MINUTE = 60


@pytest.fixture
def anna(world: World) -> int:
    world.add_person(ANNA, "Анна")
    world.say(ANNA, ANNAS, "/start")
    world.bots[TOKEN].mailbox.parcels.clear()
    return ANNA


async def is_there(bot: Bot, path: str) -> bool:
    try:
        await bot.download_file(path)
    except (Refused, ClientResponseError) as refusal:
        if refusal.status != 404:
            raise
        return False
    return True


async def begun(mailbox: Mailbox) -> Poll:
    for _ in range(400):
        if mailbox.poll:
            return mailbox.poll
        await asyncio.sleep(0.005)
    raise TimeoutError


@pytest.mark.parametrize("kind", FRONTS)
@pytest.mark.parametrize(
    ("age", "lives"), [(0, True), (60 * MINUTE - 1, True), (60 * MINUTE, False)]
)
async def test_a_link_to_a_file_lives_an_hour_and_may_be_asked_for_again(
    world: World, anna: int, clock: Clock, kind: str, age: float, lives: bool
) -> None:
    async with bot_over(kind, world) as bot:
        sent = await bot.send_document(anna, upload(b"12", "a.txt"))
        assert sent.document
        path = (await bot.get_file(sent.document.file_id)).file_path
        assert path
        clock.forward(seconds=age)
        assert await is_there(bot, path) is lives
        again = (await bot.get_file(sent.document.file_id)).file_path
        assert again
        assert await is_there(bot, again)


async def test_a_file_nobody_has_asked_for_has_no_link(world: World) -> None:
    stored = world.files.get(world.files.store(b"12", "a.txt", "text/plain", "document"))
    async with bot_over("in process", world) as bot:
        assert not await is_there(bot, stored.path)


@pytest.mark.parametrize(("asked", "waits"), [(4, 4), (50, 50), (51, 50), (3600, 50)])
async def test_a_poll_waits_as_long_as_it_asked_and_50_seconds_at_most(
    world: World, front: Front, anna: int, asked: int, waits: int
) -> None:
    mailbox, time = world.bots[TOKEN].mailbox, asyncio.get_running_loop().time
    start = time()
    async with asyncio.TaskGroup() as group:
        group.create_task(front.does("getUpdates", timeout=asked))
        until, seen = (await begun(mailbox)).until, time()
        world.say(anna, ANNAS, "привет")  # it need not wait any longer
    assert start + waits <= until <= seen + waits
