"""Every kind of update there is, each one understood by aiogram; and how webhooks take them."""

import asyncio
from collections.abc import Callable

import pytest
from aiogram.types import Update
from aiohttp import web

from sandbox.delivery import KINDS
from sandbox.lacking import UPDATES
from sandbox.people import Person
from sandbox.plugin import TOKEN, Clock
from sandbox.wire import Wire
from sandbox.world import World
from tests.sandbox_front import BOT, STALE, Front, picture
from tests.test_sandbox_webhooks import delivered, hooked

People = Callable[..., Person]
BUTTONS = {"inline_keyboard": [[{"text": "Да", "callback_data": "yes"}]]}
PAGE = {"text": "Форма", "web_app": {"url": "https://example.com"}}


@pytest.fixture
def anna(people: People, world: World) -> Person:
    bot = world.bots[TOKEN]
    bot.me |= {"supports_inline_queries": True, "can_read_all_group_messages": True}
    bot.mailbox.allowed = KINDS
    world.retry_scale = 0.001
    anna = people("Анна", phone="+79990000000")
    anna.patience = 0.01
    return anna


async def say_everything(anna: Person) -> None:
    """Whatever a person can send in a private chat."""
    said = await anna.says("/start")
    await anna.edits(said, "Привет, @anna_s: https://a.ru")
    await anna.shares_contact()
    await anna.sends_location(57.1, 65.5)
    await anna.sends_album((picture(), "1.png"), (picture(), "2.png"), caption="оба")
    await anna.sends_document(b"%PDF", "билет.pdf", "вот")
    for kind in ("video", "audio", "voice", "animation", "video_note", "sticker"):
        await anna.sends_file(b"1", f"{kind}.bin", kind)
    await anna.sends(dice={"emoji": "🎲", "value": 3})
    place = {"latitude": 1.0, "longitude": 2.0}
    await anna.sends(venue={"location": place, "title": "а", "address": "б"}, location=place)
    await anna.replies(said, "и ещё")
    await anna.reacts("👍", message=said)
    await anna.pins(said)


async def answer_everything(front: Front, anna: Person) -> None:
    """Whatever a person can do with what a bot sends."""
    await front.does("sendMessage", chat_id=anna.id, text="?", reply_markup=BUTTONS)
    await anna.taps("Да")
    keyboard = {"keyboard": [[PAGE]]}
    await front.does("sendMessage", chat_id=anna.id, text="?", reply_markup=keyboard)
    await anna.sends_from(await anna.opens_page("Форма"), "{}")
    poll = {"question": "?", "options": ["Да", "Нет"], "is_anonymous": False}
    sent = await front.does("sendPoll", chat_id=anna.id, **poll)
    await anna.votes("Да")
    await front.does("stopPoll", chat_id=anna.id, message_id=sent["message_id"])
    quiz = {"type": "quiz", "correct_option_ids": [0], "explanation": "Вот", "open_period": 60}
    await front.does("sendPoll", chat_id=anna.id, **poll | quiz)
    await anna.votes("Нет")
    query = await anna.asks_inline("где")
    article = {"type": "article", "id": "1", "input_message_content": {"message_text": "Тут"}}
    results = [article | {"reply_markup": BUTTONS}]
    await front.does("answerInlineQuery", inline_query_id=query, results=results)
    await anna.chooses(query, "1")
    await anna.taps("Да")
    await anna.blocks()
    await anna.unblocks()


async def meet_everywhere(front: Front, anna: Person, boris: Person) -> None:
    """Groups, forums and channels."""
    world = front.world
    crew = {BOT: "administrator", anna.id: "creator"}
    world.add_group(-100, "Малая", kind="group", members=crew)
    world.migrate("g:-100", -1000)
    group = world.add_group(-1001, "Группа", forum=True, members=crew)
    channel = world.add_channel(-1002, "Новости", members=crew, discussion=group.key)
    topic = await front.does("createForumTopic", chat_id=group.id, name="Вопрос")
    inside = anna.inside(group.key)
    await inside.says("Тут", thread=topic["message_thread_id"])
    await inside.says("Тайно", speaks_for=group.key)
    for asks in (False, True):
        link = await front.does(
            "createChatInviteLink", chat_id=group.id, creates_join_request=asks
        )
        await boris.joins(link["invite_link"])
        if asks:
            await front.does("approveChatJoinRequest", chat_id=group.id, user_id=boris.id)
        for rank in ("administrator", "restricted", "kicked", "left"):
            world.set_member(group.key, boris.id, rank, by=anna.id)
    owner = anna.inside(channel.key)
    post = await owner.says("Новость")
    await owner.edits(post, "Поправка")
    await owner.pins(post)
    await owner.reacts("🔥", message=post)
    await owner.sends_photo(picture())
    world.set_member(group.key, BOT, "member", by=anna.id)
    world.set_member(channel.key, BOT, "kicked", by=anna.id)


async def test_every_kind_of_update_is_made_and_understood(
    world: World, front: Front, anna: Person, people: People
) -> None:
    await say_everything(anna)
    await answer_everything(front, anna)
    await meet_everywhere(front, anna, people("Борис"))
    made = await front.told()
    kinds = {Update.model_validate(update).event_type for update in made}
    assert kinds == KINDS
    assert {kind for update in made for kind in update} == KINDS | {"update_id"}


def test_each_kind_of_update_aiogram_knows_is_made_or_named_as_lacking() -> None:
    known = set(Update.model_fields) - {"update_id"}
    assert known == KINDS | UPDATES
    assert not KINDS & UPDATES


async def test_unknown_kinds_are_ignored_and_no_list_changes_nothing(
    world: World, front: Front, anna: Person
) -> None:
    async def allowed(written: object) -> list[str]:
        await front.does("getUpdates", allowed_updates=written)
        info = await front.does("getWebhookInfo")
        return list(info.get("allowed_updates", []))

    assert await allowed(["Message", "weather"]) == ["message"]
    assert await allowed("{}") == ["message"]
    assert await allowed(["weather"]) == []


async def test_an_inline_query_is_forgotten_first(
    world: World, front: Front, anna: Person, clock: Clock
) -> None:
    await anna.says("а")
    query = await anna.asks_inline("б")
    clock.forward(seconds=31)
    updates = await front.does("getUpdates")
    assert [list(update)[1] for update in updates] == ["message"]
    late = await front.refused("answerInlineQuery", inline_query_id=query, results=[])
    assert late == f"Bad Request: {STALE}"


async def test_no_more_connections_than_allowed(world: World, front: Front, anna: Person) -> None:
    busy, most = 0, 0

    async def answer(_: Wire) -> None:
        nonlocal busy, most
        busy += 1
        most = max(most, busy)
        await asyncio.sleep(0.01)
        busy -= 1

    async with hooked(front, answer, max_connections=2):
        for person in range(3001, 3007):
            world.add_person(person, "Друг")
            world.say(person, f"p:{BOT}:{person}", "а")
        await delivered(world)
    assert most == 2


async def test_a_tap_does_not_wait_for_messages_of_its_chat(
    world: World, front: Front, anna: Person
) -> None:
    await anna.says("/start")
    sent = await front.does("sendMessage", chat_id=anna.id, text="?", reply_markup=BUTTONS)
    await anna.blocks()
    await anna.unblocks()
    await anna.taps("Да", message=sent)

    def answer(update: Wire) -> web.Response | None:
        return web.Response(status=500) if "message" in update else None

    async with hooked(front, answer):
        await delivered(world, left=1)
    [left] = world.bots[TOKEN].mailbox.parcels
    assert "message" in left.update


async def test_a_redirect_is_no_delivery(world: World, front: Front, anna: Person) -> None:
    statuses = [302, 200]

    def answer(_: Wire) -> web.Response:
        status = statuses.pop(0)
        return web.Response(status=status, headers={"Location": "/elsewhere"})

    async with hooked(front, answer):
        await anna.says("а")
        await delivered(world)
    assert statuses == []


@pytest.mark.parametrize(("age", "offered"), [(23.5, 1), (22.5, 2)])
async def test_a_pause_is_an_hour_at_most_and_what_would_be_too_old_after_it_is_dropped(
    world: World, front: Front, anna: Person, clock: Clock, age: float, offered: int
) -> None:
    world.retry_scale = 0.00001
    answers = [web.Response(status=503, headers={"Retry-After": "7200"}), None]
    async with hooked(front, lambda _: answers.pop(0)):
        await anna.says("а")
        clock.forward(hours=age)
        await delivered(world)
    assert len(answers) == 2 - offered
