"""Troubles on demand: each fault does what its name says."""

import asyncio

import pytest
from aiohttp import ClientError

from sandbox.faults import CALLS, UPDATES, Fault
from sandbox.plugin import TOKEN
from sandbox.world import World
from tests.sandbox_front import ANNA, ANNAS, PYOTR
from tests.sandbox_remote import HELLO, Remote, updates


def sent(world: World) -> int:
    return sum(m["from"]["is_bot"] for m in world.chat(ANNAS).messages.values())


async def test_a_flood_and_a_failing_server_answer_in_telegrams_words(
    world: World, remote: Remote
) -> None:
    await remote.does("faults", kind="flood", times=1, seconds=7)
    await remote.does("faults", kind="server", times=1, method="sendMessage")
    status, answer = await remote.call("sendMessage", **HELLO)
    assert (status, answer["parameters"]) == (429, {"retry_after": 7})
    assert (await remote.call("getMe"))[0] == 200
    status, answer = await remote.call("sendMessage", **HELLO)
    assert (status, answer["description"]) == (500, "Internal Server Error")
    assert sent(world) == 0
    assert (await remote.call("sendMessage", **HELLO))[0] == 200


async def test_a_gateway_answers_with_a_page(world: World, remote: Remote) -> None:
    world.faults.switch_on("gateway")
    async with remote.http.post(f"{remote.base}/bot{TOKEN}/sendMessage", json=HELLO) as response:
        assert (response.status, response.content_type) == (502, "text/html")
    assert sent(world) == 0


@pytest.mark.parametrize(("kind", "arrived"), [("reset", 0), ("silence", 0), ("lost", 1)])
async def test_a_line_that_breaks_leaves_open_what_became_of_the_call(
    world: World, remote: Remote, kind: str, arrived: int
) -> None:
    await remote.does("faults", kind=kind, times=1, seconds=0.01)
    with pytest.raises(ClientError):
        await remote.call("sendMessage", **HELLO)
    assert sent(world) == arrived
    assert (await remote.reads("faults"))["struck"] == {kind: 1}


async def test_a_slow_answer_comes_late(world: World, remote: Remote) -> None:
    world.faults.switch_on("slow", seconds=0.2)
    loop = asyncio.get_running_loop()
    begun = loop.time()
    assert (await remote.call("sendMessage", **HELLO))[0] == 200
    assert loop.time() - begun >= 0.19


async def test_a_fault_strikes_whom_it_is_meant_for_until_it_is_switched_off(
    world: World, remote: Remote
) -> None:
    await remote.does("faults", kind="server", chat_id=PYOTR)
    assert (await remote.call("sendMessage", **HELLO))[0] == 200
    assert (await remote.call("sendMessage", chat_id=PYOTR, text="а"))[0] == 500
    assert await remote.does("faults/off", kind="flood") != {"on": []}
    assert await remote.does("faults/off") == {"on": []}
    assert (await remote.call("sendMessage", chat_id=PYOTR, text="а"))[0] == 403
    world.faults.switch_on("server")
    assert (await remote.call("getUpdates"))[0] == 200
    world.faults.switch_on("server", method="getUpdates")
    assert (await remote.call("getUpdates"))[0] == 500


async def test_an_update_comes_again_under_the_same_number_or_another(
    world: World, remote: Remote
) -> None:
    for kind in ("again", "twin"):
        await remote.does("faults", kind=kind, times=1)
        await remote.does("say", person=ANNA, chat=ANNAS, text=kind)
    first, again, third, twin = updates(world)
    assert first == again
    assert third["message"] == twin["message"]
    assert third["update_id"] != twin["update_id"]


async def test_an_update_comes_late_and_numbered_only_then(world: World, remote: Remote) -> None:
    await remote.does("faults", kind="late", times=1, seconds=0.05)
    for text in ("раньше", "позже"):
        await remote.does("say", person=ANNA, chat=ANNAS, text=text)
    await asyncio.sleep(0.1)
    assert [update["message"]["text"] for update in updates(world)] == ["позже", "раньше"]
    ids = [update["update_id"] for update in updates(world)]
    assert ids == sorted(ids)


async def test_poison_goes_before_and_anything_can_be_sent(world: World, remote: Remote) -> None:
    await remote.does("faults", kind="poison", times=1)
    await remote.does("say", person=ANNA, chat=ANNAS, text="а")
    await remote.does("update", update={"update_id": 5, "message": "яд"})
    poison, message, mine = updates(world)
    assert "text" not in poison.get("message", {}) or poison["message"]["chat"] == {"id": 10**30}
    assert message["message"]["text"] == "а"
    assert mine == {"update_id": 5, "message": "яд"}


def test_every_kind_can_be_switched_on_and_no_other() -> None:
    for kind in CALLS | UPDATES:
        assert Fault(kind).kind == kind
    with pytest.raises(ValueError, match="moon"):
        Fault("moon")
