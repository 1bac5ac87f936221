"""What people do, and which updates the bot gets of it; all of them are valid for aiogram."""

from collections.abc import Callable
from typing import Any

import pytest

from sandbox.plugin import TOKEN
from sandbox.wire import Wire
from sandbox.world import Impossible, World
from tests.sandbox_front import (
    ANNA,
    ANNAS,
    BASIC,
    BOT,
    FORUM,
    PLAIN,
    PYOTR,
    pending,
    settle_town,
)

GROUP = f"g:{PLAIN}"
BUTTONS = {"inline_keyboard": [[{"text": "Да", "callback_data": "yes"}]]}


@pytest.fixture
def town(world: World) -> World:
    settle_town(world)
    world.bots[TOKEN].mailbox.parcels.clear()
    return world


async def bot_says(town: World, chat_id: int, **params: Any) -> Wire:
    status, body = await town.call(TOKEN, "sendMessage", {"chat_id": chat_id, **params})
    assert status == 200, body
    return dict(body["result"])


def texts(town: World) -> list[str]:
    return [update["message"]["text"] for update in pending(town)]


def test_a_command_with_a_payload_opens_the_bot(town: World) -> None:
    town.open(PYOTR, "https://t.me/sila_sandbox_bot?start=join-7")
    [update] = pending(town)
    message = update["message"]
    assert message["text"] == "/start join-7"
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert message["chat"] == {"id": PYOTR, "type": "private", "first_name": "Пётр"}
    for wrong in ("another_bot?start=x", "sila_sandbox_bot?start=" + "x" * 65):
        with pytest.raises(Impossible):
            town.open(PYOTR, f"https://t.me/{wrong}")


def test_updates_are_numbered_upwards(town: World) -> None:
    for number in range(3):
        town.say(ANNA, ANNAS, str(number))
    numbers = [update["update_id"] for update in pending(town)]
    assert numbers == list(range(numbers[0], numbers[0] + 3))


def test_message_numbers_are_the_bots_in_private_and_the_groups_own_in_a_supergroup(
    town: World,
) -> None:
    town.add_person(3000, "Яна")
    said = [town.say(who, f"p:{BOT}:{who}", "а")["message_id"] for who in (ANNA, 3000)]
    assert said[1] == said[0] + 1
    assert [town.say(ANNA, f"g:{chat}", "а")["message_id"] for chat in (PLAIN, FORUM)] == [2, 2]


def test_a_contact_carries_its_owners_number(town: World) -> None:
    town.share_contact(ANNA, ANNAS)
    town.share_contact(ANNA, ANNAS, of=PYOTR)
    own, other = (update["message"]["contact"] for update in pending(town))
    assert own == {"phone_number": "+79990001001", "first_name": "Анна", "user_id": ANNA}
    assert other["user_id"] == PYOTR
    town.add_person(3000, "Яна")
    with pytest.raises(Impossible, match="has no phone"):
        town.share_contact(3000, f"p:{BOT}:3000")


def test_an_edit_leaves_the_first_update_as_it_was(town: World) -> None:
    said = town.say(ANNA, ANNAS, "@anna_s")
    town.edit(ANNA, ANNAS, said["message_id"], "иначе")
    first, second = pending(town)
    assert first["message"]["text"] == "@anna_s"
    assert second["edited_message"]["text"] == "иначе"
    assert "entities" not in second["edited_message"]


async def test_only_a_button_that_is_there_can_be_tapped(town: World) -> None:
    sent = await bot_says(town, ANNA, text="?", reply_markup=BUTTONS)
    query = town.tap(ANNA, ANNAS, sent["message_id"], "yes")
    [update] = pending(town)
    assert update["callback_query"]["id"] == query
    assert update["callback_query"]["message"]["text"] == "?"
    with pytest.raises(Impossible, match="no button"):
        town.tap(ANNA, ANNAS, sent["message_id"], "no")
    assert town.tap(ANNA, ANNAS, sent["message_id"], "no", forged=True)


def test_blocking_and_coming_back_are_told(town: World) -> None:
    town.block(ANNA, ANNAS)
    town.say(ANNA, ANNAS, "/start")
    blocked, back, said = pending(town)
    assert blocked["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    assert back["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert said["message"]["text"] == "/start"


async def test_privacy_mode_lets_through_what_is_meant_for_the_bot(town: World) -> None:
    for text in (
        "болтовня",
        "/cmd",
        "/cmd@other_bot",
        "@sila_sandbox_bot",
        "/cmd@SILA_sandbox_bot",
    ):
        town.say(ANNA, GROUP, text)
    assert texts(town) == ["/cmd@SILA_sandbox_bot"]
    sent = await bot_says(town, PLAIN, text="я тут")
    town.say(ANNA, GROUP, "/last")
    town.say(ANNA, GROUP, "и я", reply_to=sent["message_id"])
    assert texts(town)[1:] == ["/last", "и я"]


@pytest.mark.parametrize(("privacy", "rank"), [(False, "member"), (True, "administrator")])
def test_a_bot_without_privacy_or_with_a_rank_hears_everything(
    town: World, privacy: bool, rank: str
) -> None:
    town.add_bot("43:OTHER", "other_bot", privacy=privacy)
    town.chat(GROUP).members[43] = rank
    town.say(ANNA, GROUP, "болтовня")
    [parcel] = town.bots["43:OTHER"].mailbox.parcels
    assert parcel.update["message"]["text"] == "болтовня"


async def test_of_several_private_bots_a_message_reaches_one_and_a_reply_its_own(
    town: World,
) -> None:
    other = town.add_bot("43:OTHER", "other_bot")
    town.chat(GROUP).members[43] = "member"
    asked = {"chat_id": PLAIN, "text": "?"}
    _, body = await town.call("43:OTHER", "sendMessage", asked)
    reply_to = body["result"]["message_id"]
    town.say(ANNA, GROUP, "/a@sila_sandbox_bot", reply_to=reply_to)
    [parcel] = other.mailbox.parcels
    assert parcel.update["message"]["text"] == "/a@sila_sandbox_bot"
    assert texts(town) == []


def test_a_reply_in_a_supergroup_has_a_thread_that_is_no_topic(town: World) -> None:
    first = town.say(ANNA, GROUP, "/a@sila_sandbox_bot")
    town.say(PYOTR, GROUP, "/b@sila_sandbox_bot", reply_to=first["message_id"])
    reply = pending(town)[1]["message"]
    assert reply["message_thread_id"] == first["message_id"]
    assert "is_topic_message" not in reply


async def test_a_closed_topic_is_closed_to_members(town: World) -> None:
    forum = {"chat_id": FORUM, "name": "Вопрос"}
    _, body = await town.call(TOKEN, "createForumTopic", forum)
    thread = body["result"]["message_thread_id"]
    town.say(ANNA, f"g:{FORUM}", "тут", thread=thread)
    assert pending(town)[0]["message"]["is_topic_message"]
    await town.call(TOKEN, "closeForumTopic", {"chat_id": FORUM, "message_thread_id": thread})
    with pytest.raises(Impossible, match="is closed"):
        town.say(ANNA, f"g:{FORUM}", "и тут", thread=thread)


def test_coming_and_going_are_told(town: World) -> None:
    town.add_person(3000, "Яна")
    town.set_member(GROUP, 3000, "member", by=ANNA)
    town.set_member(GROUP, 3000, "left")
    town.set_member(GROUP, BOT, "administrator", by=ANNA)
    town.set_member(GROUP, BOT, "kicked", by=ANNA)
    kinds = [next(key for key in update if key != "update_id") for update in pending(town)]
    assert kinds == ["message", "message", "my_chat_member", "my_chat_member"]
    came, went, *_ = (update.get("message") for update in pending(town))
    assert (came or {})["new_chat_members"][0]["id"] == 3000
    assert (went or {})["left_chat_member"]["id"] == 3000
    assert pending(town)[3]["my_chat_member"]["old_chat_member"]["status"] == "administrator"


def test_an_administrator_that_asks_is_told_of_other_members(town: World) -> None:
    town.set_member(f"g:{FORUM}", ANNA, "creator")
    assert pending(town) == [], "nobody is told without asking"
    town.bots[TOKEN].mailbox.allowed = frozenset({"chat_member"})
    town.set_member(f"g:{FORUM}", PYOTR, "kicked", by=ANNA)
    town.set_member(GROUP, PYOTR, "restricted", by=ANNA)
    [update] = pending(town)
    assert update["chat_member"]["chat"]["id"] == FORUM
    assert update["chat_member"]["new_chat_member"]["status"] == "kicked"


def test_an_upgrade_is_told_in_both_groups(town: World) -> None:
    town.migrate(f"g:{BASIC}", -1099)
    left, came = (update["message"] for update in pending(town))
    assert (left["chat"]["id"], left["migrate_to_chat_id"]) == (BASIC, -1099)
    assert (came["chat"]["id"], came["migrate_from_chat_id"]) == (-1099, BASIC)
    with pytest.raises(Impossible, match="has become"):
        town.say(ANNA, f"g:{BASIC}", "а")


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


def test_pictures_and_places_arrive_as_they_are(town: World) -> None:
    file_id = town.files.store(b"%PDF", "билет.pdf", "application/pdf", "document")
    town.send(ANNA, ANNAS, **town.files.get(file_id).content, caption="вот")
    town.send(ANNA, ANNAS, location={"latitude": 57.15, "longitude": 65.53})
    document, place = (update["message"] for update in pending(town))
    assert document["document"]["file_name"] == "билет.pdf"
    assert place["location"]["latitude"] == 57.15


async def test_changes_are_seen_by_those_who_watch(town: World) -> None:
    with town.watch() as changes:
        sent = await bot_says(town, ANNA, text="?", reply_markup=BUTTONS)
        town.say(ANNA, GROUP, "а")
        query = town.tap(ANNA, ANNAS, sent["message_id"], "yes")
        await town.call(TOKEN, "answerCallbackQuery", {"callback_query_id": query})
    seen = [changes.get_nowait()["chat"] for _ in range(changes.qsize())]
    assert seen == [ANNAS, GROUP, ANNAS]
    assert [record.method for record in town.log] == ["sendMessage", "answerCallbackQuery"]
