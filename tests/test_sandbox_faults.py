"""Troubles on demand: each fault does what its name says, and another program can pull them."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientError, ClientSession

from sandbox.faults import CALLS, UPDATES, Fault
from sandbox.plugin import TOKEN
from sandbox.server import serving
from sandbox.wire import Wire
from sandbox.world import World
from tests.sandbox_front import ANNA, ANNAS, BOT, PYOTR, settle_town

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


@pytest.fixture
async def remote(world: World) -> AsyncIterator[Remote]:
    settle_town(world)
    world.bots[TOKEN].mailbox.parcels.clear()
    async with serving(world) as base, ClientSession() as http:
        yield Remote(http, base)


def sent(world: World) -> int:
    return sum(m["from"]["is_bot"] for m in world.chat(ANNAS).messages.values())


def updates(world: World) -> list[Wire]:
    return [parcel.update for parcel in world.bots[TOKEN].mailbox.parcels]


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


async def test_a_program_reads_screens_and_presses_by_label(world: World, remote: Remote) -> None:
    markup = {"inline_keyboard": [[{"text": "Да", "callback_data": "yes"}]]}
    await remote.call("sendMessage", **HELLO, reply_markup=markup)
    screen = await remote.reads("screen", person=ANNA)
    assert screen["messages"][-1]["text"] == "а"
    assert screen["messages"][-1]["buttons"] == ["Да"]
    await remote.does("press", person=ANNA, label="Да")
    assert updates(world)[-1]["callback_query"]["data"] == "yes"


async def test_people_and_groups_come_to_grief_on_demand(world: World, remote: Remote) -> None:
    await remote.does("delete", person=ANNA)
    status, answer = await remote.call("sendMessage", **HELLO)
    assert (status, answer["description"]) == (403, "Forbidden: user is deactivated")
    members = {str(BOT): "member", str(PYOTR): "creator"}
    await remote.does("group", id=-900, title="Малая", basic=True, members=members)
    await remote.does("migrate", chat="g:-900", to=-100900)
    status, answer = await remote.call("sendMessage", chat_id=-900, text="а")
    assert answer["parameters"] == {"migrate_to_chat_id": -100900}
    await remote.does("member", chat="g:-100900", user=BOT, status="kicked", by=PYOTR)
    status, answer = await remote.call("sendMessage", chat_id=-100900, text="а")
    assert answer["description"] == "Forbidden: bot was kicked from the supergroup chat"


@pytest.mark.parametrize(
    ("what", "body"),
    [
        ("faults", {"kind": "moon"}),
        ("faults", {"kind": "flood", "method": "update"}),
        ("faults", {"kind": "flood", "share": "many"}),
        ("press", {"person": ANNA, "label": "нет такой"}),
        ("press", {"person": ANNA, "chat": f"p:{BOT}:{PYOTR}", "label": "а"}),
        ("member", {"chat": f"g:{-100}", "user": BOT, "status": "king"}),
        ("group", {"title": "без номера"}),
        ("update", {"update": "text"}),
        ("update", {}),
    ],
)
async def test_what_cannot_be_is_refused_and_changes_nothing(
    world: World, remote: Remote, what: str, body: Wire
) -> None:
    async with remote.http.post(f"{remote.base}/sandbox/{what}", json=body) as response:
        assert response.status == 400
        assert (await response.json())["error"]
    assert world.faults.on == []
    assert updates(world) == []


async def test_only_programs_and_the_page_itself_pull_levers(remote: Remote) -> None:
    url, headers = f"{remote.base}/sandbox/faults", {"Sec-Fetch-Site": "cross-site"}
    async with remote.http.post(url, json={"kind": "flood"}, headers=headers) as response:
        assert response.status == 403


def test_every_kind_can_be_switched_on_and_no_other() -> None:
    for kind in CALLS | UPDATES:
        assert Fault(kind).kind == kind
    with pytest.raises(ValueError, match="moon"):
        Fault("moon")
