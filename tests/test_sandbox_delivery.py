"""Updates on their way: long polling, webhooks, and what HTTP itself refuses."""

import asyncio
import inspect
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import MultipartWriter, web

from sandbox.plugin import TOKEN, Clock
from sandbox.server import serving
from sandbox.wire import Wire
from sandbox.world import World

ANNA = 1001
CHAT = f"p:42:{ANNA}"


@pytest.fixture
def anna(world: World) -> int:
    world.retry_scale = 0.001
    world.add_person(ANNA, "Анна")
    return ANNA


async def poll(world: World, **params: Any) -> list[str]:
    status, body = await world.call(TOKEN, "getUpdates", params)
    assert status == 200, body
    return [update["message"]["text"] for update in body["result"]]


async def refusal(world: World, method: str = "getUpdates", **params: Any) -> str:
    _, body = await world.call(TOKEN, method, params)
    return str(body["description"])


async def test_an_update_stays_until_its_offset_is_confirmed(world: World, anna: int) -> None:
    for text in "абв":
        world.say(anna, CHAT, text)
    first = world.bots[TOKEN].mailbox.parcels[0].id
    assert await poll(world) == await poll(world) == ["а", "б", "в"]
    assert await poll(world, limit=2) == ["а", "б"]
    assert await poll(world, offset=first + 1) == ["б", "в"]
    assert await poll(world, offset=-1) == ["в"]
    assert await poll(world, offset=first + 3) == []


async def test_a_poll_waits_for_news(world: World, anna: int) -> None:
    async with asyncio.TaskGroup() as group:
        waiting = group.create_task(poll(world, timeout=50))
        await asyncio.sleep(0.01)
        world.say(anna, CHAT, "вот")
    assert waiting.result() == ["вот"]


async def test_old_updates_are_forgotten(world: World, anna: int, clock: Clock) -> None:
    world.say(anna, CHAT, "утром")
    clock.forward(hours=23)
    world.say(anna, CHAT, "ночью")
    clock.forward(hours=2)
    assert await poll(world) == ["ночью"]


async def test_a_tap_is_forgotten_sooner_than_a_word(
    world: World, anna: int, clock: Clock
) -> None:
    world.say(anna, CHAT, "а")
    buttons = {"inline_keyboard": [[{"text": "Да", "callback_data": "yes"}]]}
    question = {"chat_id": anna, "text": "?", "reply_markup": buttons}
    _, body = await world.call(TOKEN, "sendMessage", question)
    world.tap(anna, CHAT, body["result"]["message_id"], "yes")
    clock.forward(seconds=151)
    assert await poll(world) == ["а"]


async def test_only_allowed_kinds_are_kept(world: World, anna: int) -> None:
    await poll(world, allowed_updates=["edited_message"])
    said = world.say(anna, CHAT, "а")
    world.edit(anna, CHAT, said["message_id"], "б")
    [parcel] = world.bots[TOKEN].mailbox.parcels
    assert "edited_message" in parcel.update
    await poll(world, offset=parcel.id + 1, allowed_updates="[]")
    world.say(anna, CHAT, "а")
    assert await poll(world) == ["а"]


async def test_the_older_of_two_polls_loses(world: World, anna: int) -> None:
    async with asyncio.TaskGroup() as group:
        older = group.create_task(refusal(world, timeout=50))
        await asyncio.sleep(0.01)
        newer = group.create_task(poll(world, timeout=50))
        await asyncio.sleep(0.01)
        world.say(anna, CHAT, "вот")
    assert older.result() == (
        "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running"
    )
    assert newer.result() == ["вот"]


async def test_a_webhook_ends_a_poll_and_forbids_the_next(world: World, anna: int) -> None:
    world.retry_scale = 0.01
    async with asyncio.TaskGroup() as group:
        polling = group.create_task(refusal(world, timeout=50))
        await asyncio.sleep(0.01)
        await world.call(TOKEN, "setWebhook", {"url": "https://example.com/"})
    assert polling.result() == "Conflict: terminated by setWebhook request"
    started = asyncio.get_running_loop().time()
    assert await refusal(world) == (
        "Conflict: can't use getUpdates method while webhook is active; "
        "use deleteWebhook to delete the webhook first"
    )
    assert asyncio.get_running_loop().time() - started >= 0.03, "a hasty conflict is delayed"
    world.say(anna, CHAT, "старое")
    await world.call(TOKEN, "setWebhook", {"url": "", "drop_pending_updates": True})
    assert await poll(world) == []


async def test_the_same_question_again_is_answered_slowly(world: World, anna: int) -> None:
    world.retry_scale = 0.01
    loop = asyncio.get_running_loop()
    await poll(world)
    started = loop.time()
    await poll(world)
    assert loop.time() - started >= 0.03


@asynccontextmanager
async def hooked(
    world: World, answer: Callable[[Wire], Any], **settings: Any
) -> AsyncIterator[str]:
    """A webhook that answers as told: with a response, or with 200 for none; at once or later."""

    async def receive(request: web.Request) -> web.Response:
        given = answer(await request.json())
        return (await given if inspect.isawaitable(given) else given) or web.Response()

    app = web.Application()
    app.add_routes([web.post("/hook", receive)])
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
        async with serving(world) as base:
            await world.call(TOKEN, "setWebhook", {"url": url, **settings})
            yield base
    finally:
        await runner.cleanup()


async def delivered(world: World, left: int = 0) -> None:
    """No more updates than these are left, or no webhook to deliver them to."""
    mailbox = world.bots[TOKEN].mailbox
    async with asyncio.timeout(5):
        while len(mailbox.parcels) > left and mailbox.webhook:
            mailbox.changed.clear()
            await mailbox.changed.wait()


async def test_a_lane_keeps_its_order_however_often_it_is_refused(world: World, anna: int) -> None:
    came: list[str] = []

    def answer(update: Wire) -> web.Response | None:
        came.append(update["message"]["text"])
        return web.Response(status=500) if came.count("а") < 4 else None

    async with hooked(world, answer):
        for text in "аб":
            world.say(anna, CHAT, text)
        await delivered(world)
    assert came == ["а", "а", "а", "а", "б"]


async def test_the_first_retry_is_made_at_once(world: World, anna: int) -> None:
    world.retry_scale = 1.0
    answers = [web.Response(status=500), None]
    started = asyncio.get_running_loop().time()
    async with hooked(world, lambda _: answers.pop(0)):
        world.say(anna, CHAT, "а")
        await delivered(world)
    assert asyncio.get_running_loop().time() - started < 2


async def test_what_comes_while_a_lane_is_walked_waits_its_turn(world: World, anna: int) -> None:
    came: list[str] = []

    async def answer(update: Wire) -> None:
        came.append(update["message"]["text"])
        if len(came) == 1:
            world.say(anna, CHAT, "б")
            await asyncio.sleep(0.02)

    async with hooked(world, answer):
        world.say(anna, CHAT, "а")
        await delivered(world)
    assert came == ["а", "б"]


async def test_what_cannot_be_reached_is_noted(world: World, anna: int) -> None:
    async with serving(world):
        await world.call(TOKEN, "setWebhook", {"url": "http://127.0.0.1:1/"})
        world.say(anna, CHAT, "а")
        world.bots[TOKEN].mailbox.changed.clear()
        async with asyncio.timeout(5):
            await world.bots[TOKEN].mailbox.changed.wait()
        _, body = await world.call(TOKEN, "getWebhookInfo", {})
    assert body["result"]["last_error_message"].startswith("ClientConnectorError")


async def test_a_webhooks_answer_in_no_known_form_is_an_answer(world: World, anna: int) -> None:
    async with hooked(world, lambda _: web.Response(text="{", content_type="application/json")):
        world.say(anna, CHAT, "а")
        await delivered(world)
    assert not world.bots[TOKEN].mailbox.parcels


async def test_a_webhook_may_name_its_own_pause(world: World, anna: int) -> None:
    times: list[float] = []

    def answer(_: Wire) -> web.Response | None:
        times.append(asyncio.get_running_loop().time())
        late = web.Response(status=503, headers={"Retry-After": "100"})
        return late if len(times) == 1 else None

    async with hooked(world, answer):
        world.say(anna, CHAT, "а")
        await delivered(world)
    assert times[1] - times[0] >= 100 * world.retry_scale


async def test_a_lane_does_not_wait_for_another(world: World, anna: int) -> None:
    world.add_person(2002, "Борис")

    def answer(update: Wire) -> web.Response | None:
        return web.Response(status=500) if update["message"]["text"] == "Анна" else None

    async with hooked(world, answer, max_connections=1):
        world.say(anna, CHAT, "Анна")
        world.say(2002, "p:42:2002", "Борис")
        await delivered(world, left=1)
        _, body = await world.call(TOKEN, "getWebhookInfo", {})
    assert body["result"]["pending_update_count"] == 1
    assert body["result"]["max_connections"] == 1
    assert body["result"]["last_error_message"].endswith("500 Internal Server Error")


@pytest.mark.parametrize("form", ["json", "multipart"])
async def test_a_webhooks_answer_may_be_a_call(world: World, anna: int, form: str) -> None:
    def answer(update: Wire) -> web.Response:
        call = {"method": "sendMessage", "chat_id": str(anna), "text": "сразу"}
        if form == "json":
            return web.json_response(call)
        with MultipartWriter("form-data") as parts:
            for name, value in call.items():
                parts.append(value).set_content_disposition("form-data", name=name)
        return web.Response(body=parts)

    async with hooked(world, answer):
        world.say(anna, CHAT, "а")
        await delivered(world)
    assert [message.get("text") for message in world.chat(CHAT).messages.values()] == [
        "а",
        "сразу",
    ]


async def test_a_webhooks_answer_cannot_ask_questions(world: World, anna: int) -> None:
    calls = iter(("getMe", "deleteWebhook", "logOut"))

    async with hooked(world, lambda _: web.json_response({"method": next(calls)})):
        for text in "абв":
            world.say(anna, CHAT, text)
        await delivered(world)
    assert [record.method for record in world.log] == ["setWebhook"]


async def test_a_webhook_gone_for_a_day_is_removed(world: World, anna: int, clock: Clock) -> None:
    def answer(_: Wire) -> web.Response:
        clock.forward(hours=7.9)
        return web.Response(status=410)

    async with hooked(world, answer):
        world.say(anna, CHAT, "а")
        await delivered(world)
        _, body = await world.call(TOKEN, "getWebhookInfo", {})
    assert body["result"]["url"] == ""
