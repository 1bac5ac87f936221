"""Flood limits: sliding windows over a clock that only the tests move."""

from collections.abc import AsyncIterator

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramRetryAfter

from sandbox.limits import Pace
from sandbox.plugin import Clock
from sandbox.world import World
from tests.sandbox_front import ANNA, BOT, FRONTS, PLAIN, bot_over, settle_town


@pytest.fixture(params=FRONTS)
async def bot(request: pytest.FixtureRequest, world: World) -> AsyncIterator[Bot]:
    settle_town(world)
    world.pace = Pace(watched=True)
    async with bot_over(request.param, world) as bot:
        yield bot


async def test_too_much_at_once_is_told_to_wait(bot: Bot, clock: Clock) -> None:
    for chat, burst, wait in ((ANNA, 5, 5), (PLAIN, 20, 60)):
        for number in range(burst):
            await bot.send_message(chat, str(number))
        with pytest.raises(TelegramRetryAfter) as flood:
            await bot.send_message(chat, "ещё")
        assert flood.value.retry_after == wait
        clock.forward(seconds=wait)
        assert await bot.send_message(chat, "можно")


async def test_thirty_messages_a_second_are_enough_for_all(
    bot: Bot, world: World, clock: Clock
) -> None:
    for person in range(2000, 2031):
        world.add_person(person, "Друг")
        world.say(person, f"p:{BOT}:{person}", "/start")
    for person in range(2000, 2030):
        await bot.send_message(person, "а")
    with pytest.raises(TelegramRetryAfter):
        await bot.send_message(2030, "а")
    assert await bot.send_message(2030, "а", allow_paid_broadcast=True)
    clock.forward(seconds=1)
    assert await bot.send_message(2030, "а")


async def test_the_windows_slide(bot: Bot, clock: Clock) -> None:
    for _ in range(5):
        await bot.send_message(ANNA, "а")
        clock.forward(seconds=0.5)
    with pytest.raises(TelegramRetryAfter) as flood:
        await bot.send_message(ANNA, "ещё")
    assert flood.value.retry_after == 3
    clock.forward(seconds=2.5)
    assert await bot.send_message(ANNA, "первое уже не в счёт")
    with pytest.raises(TelegramRetryAfter):
        await bot.send_message(ANNA, "а второе ещё да")


async def test_a_refused_message_is_not_counted(bot: Bot) -> None:
    for _ in range(9):
        with pytest.raises(TelegramBadRequest):
            await bot.send_message(ANNA, " ")
    assert await bot.send_message(ANNA, "а")
