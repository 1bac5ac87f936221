"""Another program at the levers: it makes people act and reads their screens."""

import asyncio
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from aiohttp import ClientError, ClientSession

from sandbox import control
from sandbox.plugin import TOKEN
from sandbox.wire import Wire
from sandbox.world import World
from tests.sandbox_front import ANNA, ANNAS, BOT, PYOTR
from tests.sandbox_remote import HELLO, Remote, updates


async def test_channels_and_their_groups_are_made_and_written_to(
    world: World, remote: Remote
) -> None:
    crew = {str(BOT): "administrator", str(ANNA): "creator"}
    group = await remote.does("group", id=-100901, title="Обсуждение", members=crew)
    channel = await remote.does(
        "channel", id=-100902, title="Канал", members=crew, discussion=group["chat"]
    )
    where: Wire = {"person": ANNA, "chat": channel["chat"]}
    post = await remote.does("say", **where, text="пост")
    assert [next(iter(update.keys() - {"update_id"})) for update in updates(world)] == [
        "channel_post",
        "message",
    ]
    assert updates(world)[1]["message"]["is_automatic_forward"]
    screen = await remote.reads("screen", **where)
    assert screen["messages"][-1]["from"] == "Канал"
    number = post["message_id"]
    forwarded = await remote.does("forward", **where, message_id=number, to=ANNAS)
    assert forwarded["forward_origin"]["chat"]["title"] == "Канал"
    said = await remote.does(
        "say", person=ANNA, chat=group["chat"], text="от группы", speaks_for=group["chat"]
    )
    assert said["sender_chat"]["id"] == -100901


async def test_somebody_asks_to_be_let_in(world: World, remote: Remote) -> None:
    crew = {str(BOT): "administrator", str(ANNA): "creator"}
    await remote.does("group", id=-100903, title="Закрытая", members=crew)
    _, answer = await remote.call(
        "createChatInviteLink", chat_id=-100903, creates_join_request=True
    )
    link = answer["result"]["invite_link"]
    asked = await remote.does("join", person=PYOTR, link=link)
    assert asked == {"chat": "g:-100903", "asks": True}
    assert updates(world)[-1]["chat_join_request"]["from"]["id"] == PYOTR


async def test_an_inline_answer_is_chosen(world: World, remote: Remote) -> None:
    await remote.does("bot", inline=True, privacy=False)
    assert world.bots[TOKEN].me["can_read_all_group_messages"]
    query = (await remote.does("inline", person=ANNA, query="где"))["query"]
    result: Wire = {"id": "1", "type": "article", "title": "а"}
    result |= {"input_message_content": {"message_text": "Тут"}}
    await remote.call("answerInlineQuery", inline_query_id=query, results=[result])
    assert (await remote.does("choose", query=query, result="1"))["text"] == "Тут"


async def test_old_buttons_and_the_phones_of_others_are_sent(world: World, remote: Remote) -> None:
    _, answer = await remote.call("sendMessage", **HELLO)
    tap = {"person": ANNA, "chat": ANNAS, "message_id": answer["result"]["message_id"]}
    async with asyncio.TaskGroup() as group:
        told = group.create_task(remote.does("tap", **tap, data="old", forged=True))
        _, polled = await remote.call("getUpdates", timeout=10)
        query = polled["result"][0]["callback_query"]["id"]
        await remote.call("answerCallbackQuery", callback_query_id=query, text="Этого нет")
    assert told.result()["answer"]["text"] == "Этого нет"
    sent = await remote.does("contact", person=ANNA, chat=ANNAS, of=PYOTR)
    assert sent["contact"]["user_id"] == PYOTR
    new = (await remote.does("person", name="Зоя", username="zoya", language="en"))["id"]
    assert world.people[new].user["language_code"] == "en"


def test_everything_that_can_be_asked_for_is_described() -> None:
    text = (Path(__file__).parent.parent / "docs" / "sandbox.md").read_text("utf-8")
    described = set(re.findall(r"`(GET|POST) ([a-z_/]+)", text))
    asked = {
        (route.method, route.path.removeprefix("/sandbox/").replace("{file_id}", ""))
        for route in control.routes(World())
        if route.path.startswith("/sandbox/")
    }
    assert described == asked


async def test_a_sandbox_of_its_own_may_keep_floods_out() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "sandbox", "--flood", "--port", str(port), stdout=subprocess.DEVNULL
    )
    try:
        async with ClientSession() as http:
            remote = Remote(http, f"http://127.0.0.1:{port}")
            await up(remote)
            await remote.does("say", person=ANNA, chat=ANNAS, text="/start")
            statuses = [(await remote.call("sendMessage", **HELLO))[0] for _ in range(6)]
            assert statuses == [200] * 5 + [429]
    finally:
        program.terminate()
        await program.wait()


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
        ("channel", {"id": -100904, "title": "а", "discussion": "g:-5"}),
        ("channel", {"title": "без номера"}),
        ("join", {"person": 5, "link": "https://t.me/+а"}),
        ("join", {"person": ANNA, "link": "https://t.me/+а"}),
        ("forward", {"person": ANNA, "message_id": 99, "to": ANNAS}),
        ("forward", {"person": ANNA, "message_id": 1, "to": "g:-5"}),
        ("inline", {"person": ANNA, "query": "а"}),
        ("choose", {"query": "5", "result": "1"}),
        ("say", {"person": ANNA, "chat": ANNAS, "text": "а", "speaks_for": "g:-5"}),
        ("contact", {"person": ANNA, "chat": ANNAS, "of": 5}),
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


async def up(remote: Remote) -> None:
    async with asyncio.timeout(20):
        while True:
            try:
                assert await remote.reads("people")
            except ClientError:
                await asyncio.sleep(0.05)
            else:
                return
