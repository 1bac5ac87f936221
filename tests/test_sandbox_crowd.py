"""What people do, and which updates the bot gets of it; all of them are valid for aiogram."""

from collections.abc import Callable

import pytest

from sandbox.plugin import TOKEN
from sandbox.world import Impossible, World
from tests.sandbox_front import (
    ANNA,
    ANNAS,
    BASIC,
    BOT,
    FORUM,
    PLAIN,
    PYOTR,
    Front,
    settle_town,
)

GROUP = f"g:{PLAIN}"
BUTTONS = {"inline_keyboard": [[{"text": "Да", "callback_data": "yes"}]]}


@pytest.fixture
def town(world: World) -> World:
    settle_town(world)
    world.retry_scale = 0
    world.bots[TOKEN].mailbox.parcels.clear()
    return world


async def texts(front: Front) -> list[str]:
    return [update["message"]["text"] for update in await front.told()]


async def test_a_command_with_a_payload_opens_the_bot(town: World, front: Front) -> None:
    town.open(PYOTR, "https://t.me/sila_sandbox_bot?start=join-7")
    [update] = await front.told()
    message = update["message"]
    assert message["text"] == "/start join-7"
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert message["chat"] == {"id": PYOTR, "type": "private", "first_name": "Пётр"}
    for wrong in ("another_bot?start=x", "sila_sandbox_bot?start=" + "x" * 65):
        with pytest.raises(Impossible):
            town.open(PYOTR, f"https://t.me/{wrong}")


async def test_a_link_brings_the_bot_into_a_group_with_what_it_carries(
    town: World, front: Front
) -> None:
    town.add_group(-1099, "Кружок", members={ANNA: "creator"})
    link = "https://t.me/sila_sandbox_bot?startgroup=club-7"
    assert town.open(ANNA, link, "g:-1099") == "g:-1099"
    change, came, said = await front.told()
    assert change["message"]["new_chat_members"][0]["id"] == BOT
    assert came["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert said["message"]["text"] == "/start@sila_sandbox_bot club-7"
    with pytest.raises(Impossible):
        town.open(ANNA, link + "x" * 60, "g:-1099")


async def test_updates_are_numbered_upwards(town: World, front: Front) -> None:
    for number in range(3):
        town.say(ANNA, ANNAS, str(number))
    numbers = [update["update_id"] for update in await front.told()]
    assert numbers == list(range(numbers[0], numbers[0] + 3))


def test_message_numbers_are_the_bots_in_private_and_the_groups_own_in_a_supergroup(
    town: World,
) -> None:
    town.add_person(3000, "Яна")
    said = [town.say(who, f"p:{BOT}:{who}", "а")["message_id"] for who in (ANNA, 3000)]
    assert said[1] == said[0] + 1
    assert [town.say(ANNA, f"g:{chat}", "а")["message_id"] for chat in (PLAIN, FORUM)] == [2, 2]


async def test_a_contact_carries_its_owners_number(town: World, front: Front) -> None:
    town.share_contact(ANNA, ANNAS)
    town.share_contact(ANNA, ANNAS, of=PYOTR)
    own, other = (update["message"]["contact"] for update in await front.told())
    assert own == {"phone_number": "+79990001001", "first_name": "Анна", "user_id": ANNA}
    assert other["user_id"] == PYOTR
    town.add_person(3000, "Яна")
    with pytest.raises(Impossible, match="has no phone"):
        town.share_contact(3000, f"p:{BOT}:3000")


async def test_an_edit_leaves_the_first_update_as_it_was(town: World, front: Front) -> None:
    said = town.say(ANNA, ANNAS, "@anna_s")
    town.edit(ANNA, ANNAS, said["message_id"], "иначе")
    first, second = await front.told()
    assert first["message"]["text"] == "@anna_s"
    assert second["edited_message"]["text"] == "иначе"
    assert "entities" not in second["edited_message"]
    town.edit(ANNA, ANNAS, said["message_id"], "иначе")
    third = (await front.told())[2]
    assert third["edited_message"]["text"] == "иначе", "told though nothing has changed to see"


async def test_only_a_button_that_is_there_can_be_tapped(town: World, front: Front) -> None:
    sent = await front.does("sendMessage", chat_id=ANNA, text="?", reply_markup=BUTTONS)
    query = town.tap(ANNA, ANNAS, sent["message_id"], "yes")
    [update] = await front.told()
    assert update["callback_query"]["id"] == query
    assert update["callback_query"]["message"]["text"] == "?"
    with pytest.raises(Impossible, match="no button"):
        town.tap(ANNA, ANNAS, sent["message_id"], "no")
    assert town.tap(ANNA, ANNAS, sent["message_id"], "no", forged=True)


async def test_blocking_and_coming_back_are_told(town: World, front: Front) -> None:
    town.block(ANNA, ANNAS)
    town.say(ANNA, ANNAS, "/start")
    blocked, back, said = await front.told()
    assert blocked["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    assert back["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert said["message"]["text"] == "/start"


async def test_privacy_mode_lets_through_what_is_meant_for_the_bot(
    town: World, front: Front
) -> None:
    for text in (
        "болтовня",
        "/cmd",
        "/cmd@other_bot",
        "@sila_sandbox_bot",
        "/cmd@SILA_sandbox_bot",
    ):
        town.say(ANNA, GROUP, text)
    assert await texts(front) == ["/cmd@SILA_sandbox_bot"]
    sent = await front.does("sendMessage", chat_id=PLAIN, text="я тут")
    town.say(ANNA, GROUP, "/last")
    town.say(ANNA, GROUP, "и я", reply_to=sent["message_id"])
    assert (await texts(front))[1:] == ["/last", "и я"]


@pytest.mark.parametrize(("privacy", "rank"), [(False, "member"), (True, "administrator")])
async def test_a_bot_without_privacy_or_with_a_rank_hears_everything_but_bots(
    town: World, front: Front, privacy: bool, rank: str
) -> None:
    town.add_bot("43:OTHER", "other_bot", privacy=privacy)
    town.chat(GROUP).members[43] = rank
    town.say(ANNA, GROUP, "болтовня")
    await front.does("sendMessage", chat_id=PLAIN, text="я бот")
    [heard] = await front.told("43:OTHER")
    assert heard["message"]["text"] == "болтовня"


async def test_of_several_private_bots_a_message_reaches_one_and_a_reply_its_own(
    town: World,
    front: Front,
) -> None:
    town.add_bot("43:OTHER", "other_bot")
    town.chat(GROUP).members[43] = "member"
    asked = {"chat_id": PLAIN, "text": "?"}
    _, body = await front.call("sendMessage", asked, "43:OTHER")
    reply_to = body["result"]["message_id"]
    town.say(ANNA, GROUP, "/a@sila_sandbox_bot", reply_to=reply_to)
    [heard] = await front.told("43:OTHER")
    assert heard["message"]["text"] == "/a@sila_sandbox_bot"
    assert await texts(front) == []


async def test_a_reply_in_a_supergroup_has_a_thread_that_is_no_topic(
    town: World, front: Front
) -> None:
    first = town.say(ANNA, GROUP, "/a@sila_sandbox_bot")
    town.say(PYOTR, GROUP, "/b@sila_sandbox_bot", reply_to=first["message_id"])
    reply = (await front.told())[1]["message"]
    assert reply["message_thread_id"] == first["message_id"]
    assert "is_topic_message" not in reply


async def test_a_closed_topic_is_closed_to_members(town: World, front: Front) -> None:
    topic = await front.does("createForumTopic", chat_id=FORUM, name="Вопрос")
    thread = topic["message_thread_id"]
    town.say(ANNA, f"g:{FORUM}", "тут", thread=thread)
    assert (await front.told())[0]["message"]["is_topic_message"]
    await front.does("closeForumTopic", chat_id=FORUM, message_thread_id=thread)
    with pytest.raises(Impossible, match="is closed"):
        town.say(ANNA, f"g:{FORUM}", "и тут", thread=thread)


async def test_coming_and_going_are_told(town: World, front: Front) -> None:
    town.add_person(3000, "Яна")
    town.set_member(GROUP, 3000, "member", by=ANNA)
    town.set_member(GROUP, 3000, "left")
    town.set_member(GROUP, BOT, "administrator", by=ANNA)
    town.set_member(GROUP, BOT, "kicked", by=ANNA)
    told = await front.told()
    kinds = [next(key for key in update if key != "update_id") for update in told]
    assert kinds == ["message", "message", "my_chat_member", "my_chat_member"]
    came, went, *_ = (update.get("message") for update in told)
    assert (came or {})["new_chat_members"][0]["id"] == 3000
    assert (went or {})["left_chat_member"]["id"] == 3000
    assert told[3]["my_chat_member"]["old_chat_member"]["status"] == "administrator"


async def test_an_administrator_that_asks_is_told_of_other_members(
    town: World, front: Front
) -> None:
    town.set_member(f"g:{FORUM}", ANNA, "creator")
    assert await front.told() == [], "nobody is told without asking"
    town.bots[TOKEN].mailbox.allowed = frozenset({"chat_member"})
    town.set_member(f"g:{FORUM}", PYOTR, "kicked", by=ANNA)
    town.set_member(GROUP, PYOTR, "restricted", by=ANNA)
    [update] = await front.told()
    assert update["chat_member"]["chat"]["id"] == FORUM
    assert update["chat_member"]["new_chat_member"]["status"] == "kicked"


async def test_an_upgrade_is_told_in_both_groups(town: World, front: Front) -> None:
    town.migrate(f"g:{BASIC}", -1099)
    left, came = (update["message"] for update in await front.told())
    assert (left["chat"]["id"], left["migrate_to_chat_id"]) == (BASIC, -1099)
    assert (came["chat"]["id"], came["migrate_from_chat_id"]) == (-1099, BASIC)
    with pytest.raises(Impossible, match="has become"):
        town.say(ANNA, f"g:{BASIC}", "а")
    assert await front.call("sendMessage", {"chat_id": BASIC, "text": "а"}) == (
        400,
        {
            "ok": False,
            "error_code": 400,
            "description": "Bad Request: group chat was upgraded to a supergroup chat",
            "parameters": {"migrate_to_chat_id": -1099},
        },
    )


@pytest.mark.parametrize(
    "act",
    [
        lambda town: town.say(PYOTR, "g:-1003", "а"),
        lambda town: town.say(ANNA, ANNAS, "а", reply_to=99),
        lambda town: town.say(ANNA, f"g:{FORUM}", "а", thread=99),
        lambda town: town.edit(PYOTR, GROUP, 2, "а"),
        lambda town: town.tap(ANNA, GROUP, 2, "yes"),
        lambda town: town.block(ANNA, GROUP),
    ],
)
def test_nobody_does_the_impossible(town: World, act: Callable[[World], object]) -> None:
    town.say(ANNA, GROUP, "а")
    with pytest.raises(Impossible):
        act(town)


async def test_pictures_and_places_arrive_as_they_are(town: World, front: Front) -> None:
    file_id = town.files.store(b"%PDF", "билет.pdf", "application/pdf", "document")
    town.send(ANNA, ANNAS, **town.files.get(file_id).content, caption="вот")
    town.send(ANNA, ANNAS, location={"latitude": 57.15, "longitude": 65.53})
    document, place = (update["message"] for update in await front.told())
    assert document["document"]["file_name"] == "билет.pdf"
    assert place["location"]["latitude"] == 57.15


async def test_changes_are_seen_by_those_who_watch(town: World, front: Front) -> None:
    with town.watch() as changes:
        sent = await front.does("sendMessage", chat_id=ANNA, text="?", reply_markup=BUTTONS)
        town.say(ANNA, GROUP, "а")
        query = town.tap(ANNA, ANNAS, sent["message_id"], "yes")
        await front.does("answerCallbackQuery", callback_query_id=query)
    seen = [changes.get_nowait()["chat"] for _ in range(changes.qsize())]
    assert seen == [ANNAS, GROUP, ANNAS]
    assert [record.method for record in town.log] == ["sendMessage", "answerCallbackQuery"]
