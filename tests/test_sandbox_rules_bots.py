"""Files, chats, topics, commands: one row per rule, tried over HTTP and in process."""

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiogram import Bot
from aiogram.methods import (
    CloseForumTopic,
    CreateForumTopic,
    EditMessageMedia,
    GetChat,
    GetChatMember,
    GetFile,
    LeaveChat,
    ReopenForumTopic,
    SendChatAction,
    SendDocument,
    SendGame,
    SendPhoto,
    SetMyCommands,
    SetMyDescription,
    SetMyShortDescription,
    SetWebhook,
)
from aiogram.types import BotCommand, BotCommandScopeChat, InputMediaPhoto

from sandbox import guesses
from sandbox.world import World
from tests.sandbox_front import (
    ANNA,
    BLOCKER,
    CLOSED,
    FORUM,
    FRONTS,
    MUTED,
    NOBODY,
    OPEN,
    PLAIN,
    Rule,
    bot_over,
    broken,
    furnish_town,
    picture,
    upload,
)


def photo(data: bytes, **more: Any) -> SendPhoto:
    return SendPhoto(chat_id=ANNA, photo=upload(data), **more)


def commands(command: str = "start", description: str = "Начать", count: int = 1) -> SetMyCommands:
    one = BotCommand.model_construct(command=command, description=description)
    return SetMyCommands(commands=[one] * count)


RULES: list[Rule] = [
    (photo(picture(), caption="x" * 1025), "message caption is too long"),
    (
        SendPhoto(chat_id=MUTED, photo=upload(picture())),
        "not enough rights to send photos to the chat",
    ),
    (
        EditMessageMedia(
            chat_id=ANNA, message_id=77, media=InputMediaPhoto(media=upload(picture()))
        ),
        "message to edit not found",
    ),
    (GetFile(file_id="нет"), "wrong file_id or the file is temporarily unavailable"),
    (GetFile(file_id=""), "file_id not specified"),
    (photo(b"no picture"), "IMAGE_PROCESS_FAILED"),
    (photo(picture(2100, 100)), "PHOTO_INVALID_DIMENSIONS"),
    (photo(picture(9_000, 1_001)), "PHOTO_INVALID_DIMENSIONS"),
    (photo(b""), "file must be non-empty"),
    (
        photo(bytes(10_485_761)),
        "file of size 10485761 bytes is too big for a photo; the maximum size is 10485760 bytes",
    ),
    (SendPhoto(chat_id=ANNA, photo=""), "there is no photo in the request"),
    (
        SendPhoto(chat_id=ANNA, photo="нет"),
        "wrong remote file identifier specified: Wrong string length",
    ),
    (SendDocument(chat_id=ANNA, document="https://a.ru/1.pdf"), "failed to get HTTP URL content"),
    (SendChatAction(chat_id=ANNA, action="sing"), "wrong parameter action in request"),
    (SendChatAction(chat_id=BLOCKER, action="typing"), "Forbidden: bot was blocked by the user"),
    (GetChat(chat_id=NOBODY), "chat not found"),
    (GetChatMember(chat_id=PLAIN, user_id=NOBODY), "user not found"),
    (LeaveChat(chat_id=ANNA), "chat member status can't be changed in private chats"),
    (CreateForumTopic(chat_id=PLAIN, name="а"), "the chat is not a forum"),
    (CreateForumTopic(chat_id=FORUM, name=" "), "name must be non-empty"),
    (CreateForumTopic(chat_id=FORUM, name="а", icon_color=1), "invalid icon color specified"),
    (CloseForumTopic(chat_id=FORUM, message_thread_id=CLOSED), "TOPIC_NOT_MODIFIED"),
    (ReopenForumTopic(chat_id=FORUM, message_thread_id=OPEN), "TOPIC_NOT_MODIFIED"),
    (CloseForumTopic(chat_id=FORUM, message_thread_id=77), "TOPIC_ID_INVALID"),
    (commands("Start"), "BOT_COMMAND_INVALID"),
    (commands("старт"), "BOT_COMMAND_INVALID"),
    (commands("x" * 33), "command length must not exceed 32"),
    (commands(""), "command must be non-empty"),
    (commands(description=""), "command description must be non-empty"),
    (commands(description="я" * 257), "command description length must not exceed 256"),
    (commands(count=101), "BOT_COMMANDS_TOO_MUCH"),
    (SetMyCommands(commands=[], scope=BotCommandScopeChat(chat_id=NOBODY)), "chat not found"),
    (SetMyCommands(commands=[], language_code="rus"), "invalid language code specified"),
    (SetMyDescription(description="x" * 513), "BOT_DESCRIPTION_TOO_LONG"),
    (SetMyShortDescription(short_description="x" * 121), "BOT_DESCRIPTION_TOO_LONG"),
    (
        SetWebhook(url="http://example.com/"),
        "bad webhook: An HTTPS URL must be provided for webhook",
    ),
    (
        SetWebhook(url="https://example.com:444/"),
        "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
    ),
    (SetWebhook(url="https://:443/"), "invalid webhook URL specified"),
    (SetWebhook(url="https://a.ru:99999/"), "invalid webhook URL specified"),
    (SetWebhook(url="https://a.ru", secret_token="x" * 257), "secret token is too long"),
    (
        SetWebhook(url="https://a.ru", secret_token="а"),
        "secret token contains unallowed characters",
    ),
    (
        SendGame(chat_id=ANNA, game_short_name="a"),
        "Not Implemented: the sandbox has no method sendGame",
    ),
]


@pytest.fixture(params=FRONTS)
async def bot(request: pytest.FixtureRequest, world: World) -> AsyncIterator[Bot]:
    async with bot_over(request.param, world) as bot:
        await furnish_town(bot, world)
        yield bot


async def test_everything_else_is_refused_in_telegrams_words(bot: Bot) -> None:
    broken_rules = await broken(bot, RULES)
    assert not broken_rules, "\n".join(broken_rules)


def test_what_the_closed_server_says_stands_among_the_guesses() -> None:
    """Its codes are known from reports alone: each has its source there."""
    for file in Path(guesses.__file__).parent.glob("*.py"):
        codes = re.findall(r'"[A-Z]+(?:_[A-Z]+)+"', file.read_text("utf-8"))
        assert bool(codes) == (file.name == "guesses.py"), f"{file}: {codes}"
