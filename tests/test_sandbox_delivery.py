"""Updates on their way to whoever asks for them: kept until confirmed, or too old."""

import asyncio
from typing import Any

from sandbox.delivery import Poll
from sandbox.plugin import TOKEN, Clock
from sandbox.world import World
from tests import sandbox_front
from tests.rough import until
from tests.sandbox_front import ANNAS, Front

anna = sandbox_front.anna  # fixtures are found by the names a module has for them


async def poll(front: Front, **params: Any) -> list[str]:
    return [update["message"]["text"] for update in await front.does("getUpdates", **params)]


async def asked(world: World, before: Poll | None = None) -> Poll | None:
    """A poll has come and waits, another than before."""
    mailbox = world.bots[TOKEN].mailbox
    await until(lambda: mailbox.poll is not before)
    return mailbox.poll


async def test_an_update_stays_until_its_offset_is_confirmed(
    world: World, front: Front, anna: int
) -> None:
    for text in "абв":
        world.say(anna, ANNAS, text)
    first = world.bots[TOKEN].mailbox.parcels[0].id
    assert await poll(front) == await poll(front) == ["а", "б", "в"]
    assert await poll(front, limit=2) == ["а", "б"]
    assert await poll(front, offset=first + 1) == ["б", "в"]
    assert await poll(front, offset=-1) == ["в"]
    assert await poll(front, offset=first + 3) == []


async def test_a_poll_gets_from_one_to_a_hundred_updates(
    world: World, front: Front, anna: int
) -> None:
    for number in range(101):
        world.say(anna, ANNAS, str(number))
    counts = [len(await poll(front, limit=limit)) for limit in (-5, 0, 1, 100, 101)]
    assert counts == [1, 100, 1, 100, 100]


async def test_a_poll_waits_for_news(world: World, front: Front, anna: int) -> None:
    async with asyncio.TaskGroup() as group:
        waiting = group.create_task(poll(front, timeout=50))
        await asked(world)
        world.say(anna, ANNAS, "вот")
    assert waiting.result() == ["вот"]


async def test_old_updates_are_forgotten(
    world: World, front: Front, anna: int, clock: Clock
) -> None:
    world.say(anna, ANNAS, "утром")
    clock.forward(hours=23)
    world.say(anna, ANNAS, "ночью")
    clock.forward(hours=2)
    assert await poll(front) == ["ночью"]


async def test_a_tap_is_forgotten_sooner_than_a_word(
    world: World, front: Front, anna: int, clock: Clock
) -> None:
    world.say(anna, ANNAS, "а")
    buttons = {"inline_keyboard": [[{"text": "Да", "callback_data": "yes"}]]}
    question = {"chat_id": anna, "text": "?", "reply_markup": buttons}
    sent = await front.does("sendMessage", **question)
    world.tap(anna, ANNAS, sent["message_id"], "yes")
    clock.forward(seconds=151)
    assert await poll(front) == ["а"]


async def test_only_allowed_kinds_are_kept(world: World, front: Front, anna: int) -> None:
    await poll(front, allowed_updates=["edited_message"])
    said = world.say(anna, ANNAS, "а")
    world.edit(anna, ANNAS, said["message_id"], "б")
    [parcel] = world.bots[TOKEN].mailbox.parcels
    assert "edited_message" in parcel.update
    await poll(front, offset=parcel.id + 1, allowed_updates="[]")
    world.say(anna, ANNAS, "а")
    assert await poll(front) == ["а"]


async def test_the_older_of_two_polls_loses(world: World, front: Front, anna: int) -> None:
    async with asyncio.TaskGroup() as group:
        older = group.create_task(front.refused("getUpdates", timeout=50))
        first = await asked(world)
        newer = group.create_task(poll(front, timeout=50))
        await asked(world, first)
        world.say(anna, ANNAS, "вот")
    assert older.result() == (
        "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running"
    )
    assert newer.result() == ["вот"]


async def test_a_webhook_ends_a_poll_and_forbids_the_next(
    world: World, front: Front, anna: int
) -> None:
    world.retry_scale = 0.01
    async with asyncio.TaskGroup() as group:
        polling = group.create_task(front.refused("getUpdates", timeout=50))
        await asked(world)
        await front.does("setWebhook", url="http://127.0.0.1:1/")
    assert polling.result() == "Conflict: terminated by setWebhook request"
    started = asyncio.get_running_loop().time()
    assert await front.refused("getUpdates") == (
        "Conflict: can't use getUpdates method while webhook is active; "
        "use deleteWebhook to delete the webhook first"
    )
    assert asyncio.get_running_loop().time() - started >= 0.03, "a hasty conflict is delayed"
    world.say(anna, ANNAS, "старое")
    await front.does("setWebhook", url="", drop_pending_updates=True)
    assert await poll(front) == []


async def test_the_same_question_again_is_answered_slowly(
    world: World, front: Front, anna: int
) -> None:
    world.retry_scale = 0.01
    loop = asyncio.get_running_loop()
    await poll(front)
    started = loop.time()
    await poll(front)
    assert loop.time() - started >= 0.03
