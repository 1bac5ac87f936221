"""What people in tests can do beyond words: files, albums, places, votes and all that follows."""

from collections.abc import Callable

import pytest

from sandbox.people import Person
from sandbox.plugin import TOKEN
from sandbox.wire import Wire
from sandbox.world import Impossible, World
from tests.sandbox_front import BOT, Front, picture

People = Callable[..., Person]


@pytest.fixture
def anna(people: People, world: World) -> Person:
    world.retry_scale = 0
    anna = people("Анна")
    anna.patience = 0.01
    world.say(anna.id, anna.chat_key, "/start")
    world.bots[TOKEN].mailbox.parcels.clear()
    return anna


async def messages(front: Front) -> list[Wire]:
    return [update["message"] for update in await front.told()]


async def test_files_and_places_are_sent(world: World, front: Front, anna: Person) -> None:
    await anna.sends_photo(picture(), "вид")
    await anna.sends_document(b"%PDF", "билет.pdf")
    await anna.sends_voice(seconds=4)
    await anna.sends_location(57.1, 65.5)
    photo, document, voice, place = await messages(front)
    assert (photo["caption"], document["document"]["mime_type"]) == ("вид", "application/pdf")
    assert (voice["voice"]["duration"], place["location"]["latitude"]) == (4, 57.1)


async def test_an_album_comes_as_separate_updates(
    world: World, front: Front, anna: Person
) -> None:
    sent = await anna.sends_album((picture(), "1.png"), (picture(), "2.png"), caption="оба")
    first, second = await messages(front)
    assert [first["message_id"], second["message_id"]] == [one["message_id"] for one in sent]
    assert first["media_group_id"] == second["media_group_id"]
    assert ("caption" in first, "caption" in second) == (True, False)


async def test_a_reply_names_what_it_answers(world: World, front: Front, anna: Person) -> None:
    said = await front.does("sendMessage", chat_id=anna.id, text="Как дела?")
    await anna.replies(said, "Хорошо")
    [reply] = await messages(front)
    assert reply["reply_to_message"]["message_id"] == said["message_id"]


async def test_a_person_votes_by_the_words_of_an_answer(
    world: World, front: Front, anna: Person
) -> None:
    options = ["Суп", "Каша"]
    await front.does(
        "sendPoll", chat_id=anna.id, question="?", options=options, is_anonymous=False
    )
    await anna.votes("Каша")
    await anna.votes()
    chosen = [u["poll_answer"]["option_ids"] for u in await front.told() if "poll_answer" in u]
    assert chosen == [[1], []]


async def test_a_channel_speaks_through_those_who_run_it(
    world: World, front: Front, people: People
) -> None:
    anna, boris = people("Анна"), people("Борис")
    both = {BOT: "administrator", anna.id: "member"}
    group = world.add_group(-1001, "Обсуждение", members=both)
    crew = {BOT: "administrator", anna.id: "administrator", boris.id: "member"}
    channel = world.add_channel(-1002, "Новости", members=crew, discussion=group.key)
    admin = anna.inside(channel.key)
    post = await admin.says("Собрание в семь")
    await admin.edits(post, "Собрание в восемь")
    with pytest.raises(Impossible, match="only those who run"):
        await boris.inside(channel.key).says("И я")
    came, copy, edited, followed = await front.told()
    assert came["channel_post"]["sender_chat"]["title"] == "Новости"
    assert "from" not in came["channel_post"]
    assert copy["message"]["from"]["id"] == 777000
    assert copy["message"]["is_automatic_forward"]
    assert copy["message"]["forward_origin"]["message_id"] == post["message_id"]
    assert edited["edited_channel_post"]["text"] == "Собрание в восемь"
    assert followed["edited_message"]["text"] == "Собрание в восемь"


async def test_who_speaks_for_a_chat_does_not_sign_with_a_name(
    world: World, front: Front, people: People
) -> None:
    anna = people("Анна")
    crew = {BOT: "administrator", anna.id: "creator"}
    group = world.add_group(-1001, "Группа", members=crew)
    channel = world.add_channel(-1002, "Новости", members={anna.id: "creator"})
    inside = anna.inside(group.key)
    await inside.says("Тайно", speaks_for=group.key)
    await inside.says("От канала", speaks_for=channel.key)
    hidden, channelled = await messages(front)
    assert (hidden["from"]["id"], hidden["sender_chat"]["id"]) == (1087968824, -1001)
    assert (channelled["from"]["id"], channelled["sender_chat"]["id"]) == (136817688, -1002)


async def test_people_react_pin_and_join(
    world: World, front: Front, anna: Person, people: People
) -> None:
    world.bots[TOKEN].mailbox.allowed = frozenset({"message_reaction", "message", "chat_member"})
    said = await front.does("sendMessage", chat_id=anna.id, text="Как дела?")
    await anna.reacts("👍", message=said)
    await anna.pins(said)
    group = world.add_group(-1001, "Группа", members={BOT: "administrator"})
    link = await front.does("createChatInviteLink", chat_id=group.id)
    assert await anna.joins(link["invite_link"]) == group.key
    kinds = [next(key for key in update if key != "update_id") for update in await front.told()]
    assert kinds == ["message_reaction", "message", "message", "chat_member"]
    await front.does("banChatMember", chat_id=group.id, user_id=anna.id)
    with pytest.raises(Impossible, match="is banned"):
        await anna.joins(link["invite_link"])
