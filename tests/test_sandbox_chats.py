"""Members, invitations, topics, pins and reactions when nothing is wrong, on both fronts."""

from collections.abc import AsyncIterator

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError
from aiogram.types import (
    ChatMemberAdministrator,
    ChatMemberRestricted,
    ChatPermissions,
    ReactionTypeEmoji,
    ReactionTypeUnion,
)

from sandbox.plugin import TOKEN, Clock
from sandbox.world import Impossible, World
from tests.sandbox_front import (
    ANNA,
    ANNAS,
    BOT,
    FORUM,
    FRONTS,
    NEWS,
    OPEN,
    OWN,
    OWNED,
    OWNER,
    PLAIN,
    PYOTR,
    START,
    TALK,
    bot_over,
    furnish_town,
    pending,
    picture,
    upload,
)

GROUP = f"g:{OWNED}"
ALL = dict.fromkeys(ChatPermissions.model_fields, True)


@pytest.fixture(params=FRONTS)
async def bot(request: pytest.FixtureRequest, world: World) -> AsyncIterator[Bot]:
    async with bot_over(request.param, world) as bot:
        await furnish_town(bot, world)
        world.bots[TOKEN].mailbox.parcels.clear()
        yield bot


async def status(bot: Bot, user: int = PYOTR, chat: int = OWNED) -> str:
    return (await bot.get_chat_member(chat, user)).status


async def test_a_ban_ends_by_itself_or_by_an_unban(bot: Bot, world: World, clock: Clock) -> None:
    world.say(PYOTR, GROUP, "брань")
    until = int(world.clock()) + 3600
    assert await bot.ban_chat_member(OWNED, PYOTR, until_date=until)
    assert await status(bot) == "kicked"
    assert "брань" not in [m.get("text") for m in world.chat(GROUP).messages.values()]
    clock.forward(seconds=3600)
    assert await status(bot) == "left"
    await bot.ban_chat_member(OWNED, PYOTR)
    assert await bot.unban_chat_member(OWNED, PYOTR, only_if_banned=True)
    assert await status(bot) == "left"
    world.set_member(GROUP, PYOTR, "member")
    await bot.unban_chat_member(OWNED, PYOTR, only_if_banned=True)
    assert await status(bot) == "member"
    await bot.unban_chat_member(OWNED, PYOTR)
    assert await status(bot) == "left"


async def test_a_restriction_forbids_what_it_names(bot: Bot, world: World, clock: Clock) -> None:
    words = ChatPermissions(can_send_messages=True)
    await bot.restrict_chat_member(OWNED, PYOTR, words, until_date=int(world.clock()) + 60)
    member = await bot.get_chat_member(OWNED, PYOTR)
    assert isinstance(member, ChatMemberRestricted)
    assert (member.can_send_messages, member.can_send_photos) == (True, False)
    world.say(PYOTR, GROUP, "можно")
    with pytest.raises(Impossible, match="may not send"):
        world.send(PYOTR, GROUP, dice={"emoji": "🎲", "value": 1})
    clock.forward(seconds=60)
    assert await status(bot) == "member"
    await bot.restrict_chat_member(OWNED, PYOTR, words)
    await bot.restrict_chat_member(OWNED, PYOTR, ChatPermissions(**ALL))
    assert await status(bot) == "member"


async def test_permissions_of_a_group_bind_its_members(bot: Bot, world: World) -> None:
    await bot.set_chat_permissions(OWNED, ChatPermissions(can_send_photos=True))
    with pytest.raises(Impossible, match="may not send"):
        world.say(PYOTR, GROUP, "тсс")
    world.say(ANNA, GROUP, "администратору можно")
    permissions = (await bot.get_chat(OWNED)).permissions
    assert permissions
    assert (permissions.can_send_photos, permissions.can_send_messages) == (True, False)


async def test_members_rise_with_rights_and_fall(bot: Bot) -> None:
    await bot.promote_chat_member(OWNED, PYOTR, can_pin_messages=True)
    await bot.set_chat_administrator_custom_title(OWNED, PYOTR, "Староста")
    member = await bot.get_chat_member(OWNED, PYOTR)
    assert isinstance(member, ChatMemberAdministrator)
    assert (member.can_pin_messages, member.can_delete_messages) == (True, False)
    assert member.custom_title == "Староста"
    who = {one.user.id for one in await bot.get_chat_administrators(OWNED)}
    assert who == {BOT, OWNER, ANNA, PYOTR}
    assert await bot.get_chat_member_count(OWNED) == 4
    await bot.promote_chat_member(OWNED, PYOTR)
    assert await status(bot) == "member"


async def test_a_chat_gets_another_face(bot: Bot, world: World) -> None:
    await bot.set_chat_title(OWNED, "Новое имя")
    await bot.set_chat_description(OWNED, "О нас")
    await bot.set_chat_photo(OWNED, upload(picture()))
    chat = await bot.get_chat(OWNED)
    assert (chat.title, chat.description) == ("Новое имя", "О нас")
    assert chat.photo
    assert await bot.get_file(chat.photo.small_file_id)
    await bot.delete_chat_photo(OWNED)
    assert (await bot.get_chat(OWNED)).photo is None
    assert pending(world) == [], "a bot is not told of what it did itself"


async def test_a_link_lets_in_as_many_as_it_says(bot: Bot, world: World, clock: Clock) -> None:
    expires = int(world.clock()) + 60
    link = await bot.create_chat_invite_link(FORUM, "Для Ольги", expires, member_limit=1)
    assert (link.name, link.member_limit, link.is_primary) == ("Для Ольги", 1, False)
    world.bots[TOKEN].mailbox.allowed = frozenset({"chat_member", "message"})
    world.join(OWNER, link.invite_link)
    came, change = pending(world)
    assert came["message"]["new_chat_members"][0]["id"] == OWNER
    assert change["chat_member"]["invite_link"]["name"] == "Для Ольги"
    world.set_member(f"g:{FORUM}", OWNER, "left")
    with pytest.raises(Impossible, match="leads nowhere"):
        world.join(OWNER, link.invite_link)
    await bot.edit_chat_invite_link(FORUM, link.invite_link, member_limit=2)
    world.join(OWNER, link.invite_link)
    world.set_member(f"g:{FORUM}", OWNER, "left")
    late = await bot.create_chat_invite_link(FORUM, expire_date=expires)
    clock.forward(seconds=60)
    with pytest.raises(Impossible, match="leads nowhere"):
        world.join(OWNER, late.invite_link)


async def test_the_primary_link_is_always_the_last(bot: Bot, world: World) -> None:
    first = await bot.export_chat_invite_link(OWNED)
    second = await bot.export_chat_invite_link(OWNED)
    assert (await bot.get_chat(OWNED)).invite_link == second
    with pytest.raises(Impossible):
        world.join(1003, first)
    with pytest.raises(TelegramBadRequest, match="CHAT_INVITE_PERMANENT"):
        await bot.edit_chat_invite_link(OWNED, second, "Имя")
    revoked = await bot.revoke_chat_invite_link(OWNED, second)
    assert revoked.is_revoked
    assert (await bot.get_chat(OWNED)).invite_link not in (first, second, None)


async def test_who_asks_is_let_in_or_turned_away(bot: Bot, world: World) -> None:
    link = (await bot.create_chat_invite_link(FORUM, creates_join_request=True)).invite_link
    world.join(OWNER, link)
    [update] = pending(world)
    request = update["chat_join_request"]
    assert (request["from"]["id"], request["invite_link"]["invite_link"]) == (OWNER, link)
    assert await bot.send_message(request["user_chat_id"], "Ждите")
    assert await bot.decline_chat_join_request(FORUM, OWNER)
    with pytest.raises(TelegramForbiddenError, match="can't initiate"):
        await bot.send_message(OWNER, "Нет")
    world.join(OWNER, link)
    assert await bot.approve_chat_join_request(FORUM, OWNER)
    assert await status(bot, OWNER, FORUM) == "member"
    with pytest.raises(TelegramBadRequest, match="USER_ALREADY_PARTICIPANT"):
        await bot.approve_chat_join_request(FORUM, OWNER)


async def test_topics_are_renamed_and_deleted_with_what_was_said(bot: Bot, world: World) -> None:
    said = await bot.send_message(FORUM, "тут", message_thread_id=OPEN)
    await bot.edit_forum_topic(FORUM, OPEN, name="Иная")
    edited = max(world.chat(f"g:{FORUM}").messages.values(), key=lambda m: m["message_id"])
    assert edited["forum_topic_edited"] == {"name": "Иная"}
    assert await bot.delete_forum_topic(FORUM, OPEN)
    assert said.message_id not in world.chat(f"g:{FORUM}").messages
    with pytest.raises(TelegramBadRequest, match="message thread not found"):
        await bot.send_message(FORUM, "там", message_thread_id=OPEN)


async def test_general_is_hidden_closed_and_opened(bot: Bot, world: World) -> None:
    assert await bot.hide_general_forum_topic(FORUM)
    with pytest.raises(TelegramBadRequest, match="TOPIC_CLOSED"):
        await bot.send_message(FORUM, "тут")
    with pytest.raises(Impossible, match="General is closed"):
        world.say(ANNA, f"g:{FORUM}", "и тут")
    assert await bot.reopen_general_forum_topic(FORUM)
    assert await bot.send_message(FORUM, "тут")
    assert await bot.edit_general_forum_topic(FORUM, "Обо всём")
    events = [
        next(key for key in message if "forum_topic" in key)
        for message in world.chat(f"g:{FORUM}").messages.values()
        if any("forum_topic" in key for key in message)
    ]
    assert events[-5:] == [
        "forum_topic_closed",
        "general_forum_topic_hidden",
        "forum_topic_reopened",
        "general_forum_topic_unhidden",
        "forum_topic_edited",
    ]


async def test_pins_are_told_and_taken_off(bot: Bot, world: World) -> None:
    await bot.pin_chat_message(ANNA, OWN)
    await bot.pin_chat_message(ANNA, START)
    pinned = (await bot.get_chat(ANNA)).pinned_message
    assert pinned
    assert pinned.message_id == START
    await bot.unpin_chat_message(ANNA)
    assert world.chat(ANNAS).pinned == [OWN]
    await bot.unpin_all_chat_messages(ANNA)
    world.pin_up(ANNA, ANNAS, START)
    [update] = pending(world)
    assert update["message"]["pinned_message"]["message_id"] == START
    with pytest.raises(Impossible, match="may not pin"):
        world.pin_up(ANNA, f"g:{PLAIN}", 2)


async def test_pins_of_a_topic_go_alone(bot: Bot, world: World) -> None:
    inside = await bot.send_message(FORUM, "а", message_thread_id=OPEN)
    general = await bot.send_message(FORUM, "б")
    for message in (inside, general):
        await bot.pin_chat_message(FORUM, message.message_id)
    told = list(world.chat(f"g:{FORUM}").messages.values())[-2:]
    assert [one["pinned_message"]["text"] for one in told] == ["а", "б"]
    assert [one.get("message_thread_id") for one in told] == [OPEN, None]
    await bot.unpin_all_forum_topic_messages(FORUM, OPEN)
    assert world.chat(f"g:{FORUM}").pinned == [general.message_id]
    await bot.unpin_all_general_forum_topic_messages(FORUM)
    assert world.chat(f"g:{FORUM}").pinned == []


async def test_reactions_are_told_to_those_who_ask(bot: Bot, world: World) -> None:
    thumb: list[ReactionTypeUnion] = [ReactionTypeEmoji(emoji="👍")]
    assert await bot.set_message_reaction(ANNA, START, thumb)
    world.react(ANNA, ANNAS, OWN, "🔥")
    assert pending(world) == [], "nobody is told without asking"
    kinds = frozenset({"message_reaction", "message_reaction_count"})
    world.bots[TOKEN].mailbox.allowed = kinds
    world.react(ANNA, ANNAS, OWN, "👍")
    world.react(ANNA, f"g:{PLAIN}", 2, "👍")
    post = await bot.send_message(NEWS, "Новость")
    world.react(ANNA, f"g:{NEWS}", post.message_id, "👍")
    world.react(PYOTR, f"g:{NEWS}", post.message_id, "👍")
    private, one, two = pending(world)
    change = private["message_reaction"]
    assert (change["old_reaction"][0]["emoji"], change["new_reaction"][0]["emoji"]) == ("🔥", "👍")
    counts = [u["message_reaction_count"]["reactions"][0]["total_count"] for u in (one, two)]
    assert counts == [1, 2]


async def test_a_bots_post_is_talked_over_in_the_linked_group(bot: Bot, world: World) -> None:
    post = await bot.send_message("@sila_news", "Новость")
    assert post.from_user is None
    assert post.sender_chat
    [copy] = world.chat(f"g:{TALK}").messages.values()
    assert (copy["text"], copy["is_automatic_forward"]) == ("Новость", True)
    await bot.edit_message_text("Поправка", chat_id=NEWS, message_id=post.message_id)
    [copy] = world.chat(f"g:{TALK}").messages.values()
    assert copy["text"] == "Поправка"
    assert (await bot.get_chat(NEWS)).linked_chat_id == TALK
