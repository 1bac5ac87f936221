"""What the methods do when nothing is wrong, over HTTP and in process."""

import io
from collections.abc import AsyncIterator

import pytest
from aiogram import Bot
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
)
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeChatAdministrators,
    BotCommandScopeChatMember,
    BotCommandScopeUnion,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    KeyboardButton,
    LinkPreviewOptions,
    MenuButtonCommands,
    Message,
    MessageOriginUser,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)

from sandbox.plugin import Clock
from sandbox.world import World
from tests.sandbox_front import (
    ANNA,
    ANNAS,
    BOT,
    CLOSED,
    FORUM,
    FRONTS,
    MOVED,
    OPEN,
    OWN,
    PHOTO,
    PLAIN,
    PYOTR,
    SECRET,
    START,
    bot_over,
    furnish_town,
    picture,
    upload,
)

YES = InlineKeyboardButton(text="Да", callback_data="yes")


@pytest.fixture(params=FRONTS)
async def bot(request: pytest.FixtureRequest, world: World) -> AsyncIterator[Bot]:
    async with bot_over(request.param, world) as bot:
        await furnish_town(bot, world)
        yield bot


def inline(*buttons: InlineKeyboardButton) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=[list(buttons)])


def labels(message: Message) -> list[list[str]]:
    markup = message.reply_markup or inline()
    return [[button.text for button in row] for row in markup.inline_keyboard]


async def test_a_text_is_measured_in_characters_after_parsing(bot: Bot) -> None:
    sent = await bot.send_message(ANNA, f" <b>{'😀' * 4096}</b>\n", parse_mode="HTML")
    assert sent.text == "😀" * 4096
    assert sent.entities
    assert (sent.entities[0].offset, sent.entities[0].length) == (0, 8192)
    caption = f"<i>{'😀' * 1024}</i>"
    shown = await bot.send_photo(ANNA, upload(picture()), caption=caption, parse_mode="HTML")
    assert shown.caption == "😀" * 1024


async def test_a_button_carries_64_bytes_and_one_without_words_is_skipped(bot: Bot) -> None:
    wide = InlineKeyboardButton(text="Да", callback_data="ф" * 32)
    empty = InlineKeyboardButton(text="", callback_data="x")
    sent = await bot.send_message(ANNA, "а", reply_markup=inline(wide, empty))
    assert labels(sent) == [["Да"]]
    many = await bot.send_message(ANNA, "а", reply_markup=inline(*[YES] * 100))
    assert len(labels(many)[0]) == 100, "eight in a row is no rule"


async def test_a_reply_keyboard_is_cut_silently_and_can_be_removed(bot: Bot, world: World) -> None:
    wordless = [KeyboardButton(text="")]
    rows = [wordless, *([KeyboardButton(text="Да") for _ in range(13)] for _ in range(30))]
    keyboard = ReplyKeyboardMarkup(keyboard=rows, is_persistent=True, resize_keyboard=True)
    sent = await bot.send_message(ANNA, "а", reply_markup=keyboard)
    shown = world.chat(ANNAS).keyboard
    assert sent.reply_markup is None
    assert shown
    assert shown["is_persistent"] is shown["resize_keyboard"] is True
    assert [len(row) for row in shown["keyboard"]] == [12] * 25
    await bot.send_message(ANNA, "б", reply_markup=ReplyKeyboardRemove())
    assert world.chat(ANNAS).keyboard is None


async def test_a_selective_keyboard_in_a_group_is_for_the_one_replied_to(
    bot: Bot, world: World
) -> None:
    keyboard = ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="Да")]], selective=True)
    await bot.send_message(
        PLAIN, "а", reply_markup=keyboard, reply_parameters=ReplyParameters(message_id=2)
    )
    group = world.chat(f"g:{PLAIN}")
    assert group.keyboard is None
    assert group.keyboard_of(ANNA)


async def test_files_come_back_as_they_were_sent(bot: Bot) -> None:
    sent = await bot.send_document(ANNA, upload("привет".encode(), "имя файла.txt"), caption="к")
    assert sent.document
    assert (sent.document.file_name, sent.document.mime_type) == ("имя файла.txt", "text/plain")
    loaded = await bot.download(sent.document.file_id)
    assert isinstance(loaded, io.BytesIO)
    assert loaded.read().decode() == "привет"
    again = await bot.send_document(ANNA, sent.document.file_id)
    assert again.document == sent.document
    with pytest.raises(TelegramBadRequest, match="can't use file of type Document as Photo"):
        await bot.send_photo(ANNA, sent.document.file_id)
    with pytest.raises(TelegramEntityTooLarge, match="Request Entity Too Large"):
        await bot.send_document(ANNA, upload(bytes((50 << 20) + 1)))


async def test_only_files_up_to_20_megabytes_are_downloaded(bot: Bot, world: World) -> None:
    big = world.files.store(bytes((20 << 20) + 1), "a.bin", "", "document")
    with pytest.raises(TelegramBadRequest, match="file is too big"):
        await bot.get_file(big)


async def test_a_photo_has_its_real_size(bot: Bot) -> None:
    sent = await bot.send_photo(ANNA, upload(picture(64, 48)))
    assert sent.photo
    assert (sent.photo[-1].width, sent.photo[-1].height) == (64, 48)


async def test_an_edit_replaces_text_and_buttons_together(bot: Bot, world: World) -> None:
    await bot.edit_message_text("новое", chat_id=ANNA, message_id=OWN, reply_markup=inline(YES))
    buttoned = world.chat(ANNAS).messages[OWN]
    await bot.edit_message_text("иное", chat_id=ANNA, message_id=OWN)
    bare = world.chat(ANNAS).messages[OWN]
    await bot.edit_message_reply_markup(chat_id=ANNA, message_id=OWN, reply_markup=inline(YES))
    again = world.chat(ANNAS).messages[OWN]
    assert [edit["text"] for edit in (buttoned, bare, again)] == ["новое", "иное", "иное"]
    assert ["reply_markup" in edit for edit in (buttoned, bare, again)] == [True, False, True]
    assert again["edit_date"] == world.now


async def test_a_photo_gets_another_caption_or_another_picture(bot: Bot, world: World) -> None:
    before = world.chat(ANNAS).messages[PHOTO]
    await bot.edit_message_caption(chat_id=ANNA, message_id=PHOTO, caption="*иной*")
    new = InputMediaPhoto(media=upload(picture(5, 6)), caption="<b>б</b>", parse_mode="HTML")
    await bot.edit_message_media(new, chat_id=ANNA, message_id=PHOTO)
    after = world.chat(ANNAS).messages[PHOTO]
    assert (before["caption"], after["caption"]) == ("вид", "б")
    assert after["caption_entities"] == [{"type": "bold", "offset": 0, "length": 1}]
    assert (after["photo"][0]["width"], after["photo"][0]["height"]) == (5, 6)


async def test_own_and_incoming_messages_can_be_deleted(bot: Bot, world: World) -> None:
    said = world.say(ANNA, ANNAS, "ой")["message_id"]
    assert await bot.delete_message(ANNA, OWN)
    assert await bot.delete_message(ANNA, said)
    assert not world.chat(ANNAS).messages.keys() & {OWN, said}


async def test_a_copy_hides_its_origin_and_a_forward_names_it(bot: Bot, world: World) -> None:
    copied = await bot.copy_message(ANNA, ANNA, SECRET)
    pictured = await bot.copy_message(ANNA, ANNA, PHOTO, caption="иное")
    forward = await bot.forward_message(ANNA, PLAIN, 2)
    messages = world.chat(ANNAS).messages
    assert messages[copied.message_id]["text"] == "тайна"
    assert messages[pictured.message_id]["caption"] == "иное"
    assert "forward_origin" not in messages[copied.message_id]
    assert forward.text == "чужое"
    assert isinstance(forward.forward_origin, MessageOriginUser)
    assert forward.forward_origin.sender_user.id == ANNA


async def test_a_reply_shows_what_it_answers_or_goes_without(bot: Bot) -> None:
    reply = await bot.send_message(ANNA, "а", reply_parameters=ReplyParameters(message_id=START))
    lost = ReplyParameters(message_id=77, allow_sending_without_reply=True)
    alone = await bot.send_message(ANNA, "а", reply_parameters=lost)
    assert reply.reply_to_message
    assert reply.reply_to_message.text == "/start"
    assert alone.reply_to_message is None


async def test_a_topic_is_written_to_closed_and_opened_again(bot: Bot, world: World) -> None:
    sent = await bot.send_message(FORUM, "а", message_thread_id=OPEN)
    general = await bot.send_message(FORUM, "а")
    assert (sent.message_thread_id, sent.is_topic_message) == (OPEN, True)
    assert (general.message_thread_id, general.is_topic_message) == (None, None)
    assert (await bot.create_forum_topic(FORUM, "я" * 129)).name == "я" * 128
    answer = ReplyParameters(message_id=sent.message_id)
    assert (await bot.send_message(FORUM, "б", reply_parameters=answer)).is_topic_message
    assert await bot.reopen_forum_topic(FORUM, CLOSED)
    assert await bot.send_message(FORUM, "а", message_thread_id=CLOSED)
    world.chat(f"g:{FORUM}").members[BOT] = "member"
    with pytest.raises(TelegramBadRequest, match="not enough rights to create a topic"):
        await bot.create_forum_topic(FORUM, "а")


async def test_an_upgraded_group_tells_its_new_number(bot: Bot) -> None:
    with pytest.raises(TelegramMigrateToChat) as moved:
        await bot.send_message(MOVED, "а")
    sent = await bot.send_message(moved.value.migrate_to_chat_id, "а")
    assert sent.message_id == 3, "2 told of the move: a supergroup counts for itself"


async def test_chats_and_members_are_described(bot: Bot, world: World) -> None:
    group = await bot.get_chat(FORUM)
    assert (group.type, group.title, group.is_forum) == ("supergroup", "Юристы", True)
    assert (await bot.get_chat(ANNA)).first_name == "Анна"
    world.chat(f"g:{FORUM}").members[PYOTR] = "creator"
    statuses = [(await bot.get_chat_member(FORUM, who)).status for who in (ANNA, BOT, PYOTR)]
    assert statuses == ["member", "administrator", "creator"]
    assert await bot.leave_chat(PLAIN)
    with pytest.raises(TelegramForbiddenError, match="bot is not a member of the supergroup chat"):
        await bot.send_message(PLAIN, "а")


@pytest.mark.parametrize(
    ("scope", "language", "rank"),
    [
        (None, "", "member"),
        (None, "ru", "member"),
        (BotCommandScopeChat(chat_id=FORUM), "", "member"),
        (BotCommandScopeChatAdministrators(chat_id=FORUM), "", "administrator"),
        (BotCommandScopeChatMember(chat_id=FORUM, user_id=ANNA), "", "administrator"),
    ],
)
async def test_the_most_specific_command_menu_is_shown(
    bot: Bot, world: World, scope: BotCommandScopeUnion | None, language: str, rank: str
) -> None:
    wider, exact = ([BotCommand(command=name, description="а")] for name in ("wide", "exact"))
    world.chat(f"g:{FORUM}").members[ANNA] = rank
    await bot.set_my_commands(wider)
    await bot.set_my_commands(wider, BotCommandScopeAllPrivateChats(), "ru")
    await bot.set_my_commands(exact, scope, language)
    assert [one.command for one in await bot.get_my_commands(scope, language)] == ["exact"]
    assert world.commands_for(BOT, ANNA, f"g:{FORUM}") == [
        {"command": "exact", "description": "а"}
    ]
    await bot.delete_my_commands(scope, language)
    left = [one["command"] for one in world.commands_for(BOT, ANNA, f"g:{FORUM}")]
    assert left == (["wide"] if scope or language else [])


async def test_a_menu_for_administrators_is_theirs_alone(bot: Bot, world: World) -> None:
    menu = [BotCommand(command="rule", description="а")]
    for scope in (
        BotCommandScopeChatAdministrators(chat_id=FORUM),
        BotCommandScopeAllChatAdministrators(),
    ):
        await bot.set_my_commands(menu, scope)
        for rank, seen in (("member", 0), ("administrator", 1)):
            world.chat(f"g:{FORUM}").members[ANNA] = rank
            assert len(world.commands_for(BOT, ANNA, f"g:{FORUM}")) == seen
        await bot.delete_my_commands(scope)


async def test_a_tap_is_answered_once_and_in_time(bot: Bot, world: World, clock: Clock) -> None:
    sent = await bot.send_message(ANNA, "а", reply_markup=inline(YES))
    first, late = (world.tap(ANNA, ANNAS, sent.message_id, "yes") for _ in range(2))
    assert await bot.answer_callback_query(first, "Готово", show_alert=True)
    assert world.queries[first].answer == {"text": "Готово", "show_alert": True, "url": None}
    clock.forward(seconds=151)
    for query in (first, late):
        with pytest.raises(TelegramBadRequest, match="query is too old"):
            await bot.answer_callback_query(query)


async def test_settings_of_the_bot_are_taken(bot: Bot) -> None:
    assert await bot.set_my_description("Союз", "ru")
    assert await bot.set_my_short_description("Союз")
    assert await bot.set_chat_menu_button(ANNA, MenuButtonCommands())
    assert await bot.send_chat_action(ANNA, "typing")
    me = await bot.get_me()
    assert (me.id, me.username) == (BOT, "sila_sandbox_bot")
    options = LinkPreviewOptions(is_disabled=True)
    sent = await bot.send_message(ANNA, "a.ru", link_preview_options=options)
    assert sent.link_preview_options
    assert sent.link_preview_options.is_disabled
