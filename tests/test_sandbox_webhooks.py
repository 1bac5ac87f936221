"""Webhooks: how updates are offered to them, what their answers do."""

import asyncio
import inspect
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import MultipartWriter, web

from sandbox.plugin import TOKEN, Clock
from sandbox.webhook import pause_after
from sandbox.wire import Wire
from sandbox.world import World
from tests import sandbox_front
from tests.sandbox_front import ANNAS, Front

anna = sandbox_front.anna  # fixtures are found by the names a module has for them


@asynccontextmanager
async def hooked(
    front: Front, answer: Callable[[Wire], Any], **settings: Any
) -> AsyncIterator[None]:
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
        await front.does("setWebhook", url=url, **settings)
        yield
    finally:
        front.world.bots[TOKEN].mailbox.unhook()
        await runner.cleanup()


async def delivered(world: World, left: int = 0) -> None:
    """No more updates than these are left, or no webhook to deliver them to."""
    mailbox = world.bots[TOKEN].mailbox
    async with asyncio.timeout(5):
        while len(mailbox.parcels) > left and mailbox.webhook:
            mailbox.changed.clear()
            await mailbox.changed.wait()


async def test_a_lane_keeps_its_order_however_often_it_is_refused(
    world: World, front: Front, anna: int
) -> None:
    came: list[str] = []

    def answer(update: Wire) -> web.Response | None:
        came.append(update["message"]["text"])
        return web.Response(status=500) if came.count("а") < 4 else None

    async with hooked(front, answer):
        for text in "аб":
            world.say(anna, ANNAS, text)
        await delivered(world)
    assert came == ["а", "а", "а", "а", "б"]


async def test_the_first_retry_is_made_at_once(world: World, front: Front, anna: int) -> None:
    world.retry_scale = 1.0
    answers = [web.Response(status=500), None]
    started = asyncio.get_running_loop().time()
    async with hooked(front, lambda _: answers.pop(0)):
        world.say(anna, ANNAS, "а")
        await delivered(world)
    assert asyncio.get_running_loop().time() - started < 2


async def test_what_comes_while_a_lane_is_walked_waits_its_turn(
    world: World, front: Front, anna: int
) -> None:
    came: list[str] = []

    async def answer(update: Wire) -> None:
        came.append(update["message"]["text"])
        if len(came) == 1:
            world.say(anna, ANNAS, "б")
            await asyncio.sleep(0.02)

    async with hooked(front, answer):
        world.say(anna, ANNAS, "а")
        await delivered(world)
    assert came == ["а", "б"]


async def test_what_cannot_be_reached_is_noted(world: World, front: Front, anna: int) -> None:
    await front.does("setWebhook", url="http://127.0.0.1:1/")
    world.say(anna, ANNAS, "а")
    world.bots[TOKEN].mailbox.changed.clear()
    async with asyncio.timeout(5):
        await world.bots[TOKEN].mailbox.changed.wait()
    info = await front.does("getWebhookInfo")
    assert info["last_error_message"].startswith("ClientConnectorError")


async def test_a_webhooks_answer_in_no_known_form_is_an_answer(
    world: World, front: Front, anna: int
) -> None:
    async with hooked(front, lambda _: web.Response(text="{", content_type="application/json")):
        world.say(anna, ANNAS, "а")
        await delivered(world)
    assert not world.bots[TOKEN].mailbox.parcels


async def test_a_webhook_may_name_its_own_pause(world: World, front: Front, anna: int) -> None:
    times: list[float] = []

    def answer(_: Wire) -> web.Response | None:
        times.append(asyncio.get_running_loop().time())
        late = web.Response(status=503, headers={"Retry-After": "100"})
        return late if len(times) == 1 else None

    async with hooked(front, answer):
        world.say(anna, ANNAS, "а")
        await delivered(world)
    assert times[1] - times[0] >= 100 * world.retry_scale


async def test_a_lane_does_not_wait_for_another(world: World, front: Front, anna: int) -> None:
    world.add_person(2002, "Борис")

    def answer(update: Wire) -> web.Response | None:
        return web.Response(status=500) if update["message"]["text"] == "Анна" else None

    async with hooked(front, answer, max_connections=1):
        world.say(anna, ANNAS, "Анна")
        world.say(2002, "p:42:2002", "Борис")
        await delivered(world, left=1)
        info = await front.does("getWebhookInfo")
    assert info["pending_update_count"] == 1
    assert info["max_connections"] == 1
    assert info["last_error_message"].endswith("500 Internal Server Error")


@pytest.mark.parametrize("form", ["json", "multipart"])
async def test_a_webhooks_answer_may_be_a_call(
    world: World, front: Front, anna: int, form: str
) -> None:
    def answer(update: Wire) -> web.Response:
        call = {"method": "sendMessage", "chat_id": str(anna), "text": "сразу"}
        if form == "json":
            return web.json_response(call)
        with MultipartWriter("form-data") as parts:
            for name, value in call.items():
                parts.append(value).set_content_disposition("form-data", name=name)
        return web.Response(body=parts)

    async with hooked(front, answer):
        world.say(anna, ANNAS, "а")
        await delivered(world)
    assert [message.get("text") for message in world.chat(ANNAS).messages.values()] == [
        "а",
        "сразу",
    ]


async def test_a_webhooks_answer_cannot_ask_questions(
    world: World, front: Front, anna: int
) -> None:
    calls = iter(("getMe", "deleteWebhook", "logOut"))

    async with hooked(front, lambda _: web.json_response({"method": next(calls)})):
        for text in "абв":
            world.say(anna, ANNAS, text)
        await delivered(world)
    assert [record.method for record in world.log] == ["setWebhook"]


async def test_a_webhook_gone_for_a_day_is_removed(
    world: World, front: Front, anna: int, clock: Clock
) -> None:
    def answer(_: Wire) -> web.Response:
        clock.forward(hours=7.9)
        return web.Response(status=410)

    async with hooked(front, answer):
        world.say(anna, ANNAS, "а")
        await delivered(world)
        info = await front.does("getWebhookInfo")
    assert info["url"] == ""


@pytest.mark.parametrize(("asked", "given"), [(None, 40), (-1, 1), (100, 100), (101, 100)])
async def test_a_webhook_has_from_one_to_a_hundred_connections(
    front: Front, anna: int, asked: int | None, given: int
) -> None:
    async with hooked(front, lambda _: None, max_connections=asked):
        assert (await front.does("getWebhookInfo"))["max_connections"] == given


def test_pauses_double_up_to_a_minute_or_two() -> None:
    assert [pause_after(failures) for failures in range(1, 7)] == [0, 2, 4, 8, 16, 32]
    assert all(60 <= pause_after(failures) <= 120 for failures in range(8, 40))
