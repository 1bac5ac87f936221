"""Marked up texts and keyboards: one row per rule, tried over HTTP and in process."""

from collections.abc import AsyncIterator

import pytest
from aiogram import Bot
from aiogram.methods import SendMessage, SendPhoto
from aiogram.types import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    KeyboardButtonRequestChat,
    KeyboardButtonRequestUsers,
    ReplyKeyboardMarkup,
    WebAppInfo,
)

from sandbox.world import World
from tests.sandbox_front import (
    ANNA,
    FRONTS,
    PLAIN,
    Front,
    Rule,
    bot_over,
    broken,
    furnish_town,
    picture,
    settle_town,
    upload,
)
from tests.test_sandbox_markup import (
    DETAILS,
    FOUND,
    HTML_ENTITIES,
    HTML_ERRORS,
    LEGACY_ENTITIES,
    MARKDOWN_ENTITIES,
    MARKDOWN_ERRORS,
    short,
)

UNSAFE = WebAppInfo(url="http://example.com")
CHAT = KeyboardButtonRequestChat(request_id=1, chat_is_channel=False)


def marked(text: str, mode: str) -> SendMessage:
    return SendMessage(chat_id=ANNA, text=text, parse_mode=mode)


def keyed(button: KeyboardButton, chat: int = PLAIN) -> SendMessage:
    keyboard = ReplyKeyboardMarkup(keyboard=[[button]])
    return SendMessage(chat_id=chat, text="а", reply_markup=keyboard)


def inline(button: InlineKeyboardButton) -> SendMessage:
    markup = InlineKeyboardMarkup(inline_keyboard=[[button]])
    return SendMessage(chat_id=ANNA, text="а", reply_markup=markup)


ENTITIES = "can't parse entities: {}"
NOT_SAFE = "{} Web App URL 'http://example.com' is invalid: Only HTTPS links are allowed"

RULES: list[Rule] = [
    *((marked(text, "HTML"), ENTITIES.format(error)) for text, error in HTML_ERRORS),
    *((marked(text, "MarkdownV2"), ENTITIES.format(error)) for text, error in MARKDOWN_ERRORS),
    (
        marked("*а", "Markdown"),
        ENTITIES.format("Can't find end of the entity starting at byte offset 0"),
    ),
    (
        SendPhoto(chat_id=ANNA, photo=upload(picture()), caption="<b>", parse_mode="HTML"),
        ENTITIES.format('Can\'t find end tag corresponding to start tag "b"'),
    ),
    (
        keyed(KeyboardButton(text="а", request_users=KeyboardButtonRequestUsers(request_id=1))),
        "users can be requested in private chats only",
    ),
    (
        keyed(KeyboardButton(text="а", request_chat=CHAT)),
        "chats can be requested in private chats only",
    ),
    (
        inline(InlineKeyboardButton(text="а", web_app=UNSAFE)),
        NOT_SAFE.format("inline keyboard button"),
    ),
    (keyed(KeyboardButton(text="а", web_app=UNSAFE), ANNA), NOT_SAFE.format("keyboard button")),
]


@pytest.fixture(params=FRONTS)
async def bot(request: pytest.FixtureRequest, world: World) -> AsyncIterator[Bot]:
    async with bot_over(request.param, world) as bot:
        await furnish_town(bot, world)
        yield bot


async def test_markup_is_refused_in_telegrams_words(bot: Bot) -> None:
    broken_rules = await broken(bot, RULES)
    assert not broken_rules, "\n".join(broken_rules)


async def test_a_marked_up_text_becomes_text_and_entities(front: Front) -> None:
    settle_town(front.world)
    plainly = [(text, text, entities) for text, entities in FOUND]
    for mode, table in (
        ("html", HTML_ENTITIES),
        ("MarkdownV2", MARKDOWN_ENTITIES),
        ("Markdown", LEGACY_ENTITIES),
        ("", plainly),
    ):
        for source, plain, entities in table:
            sent = await front.does("sendMessage", chat_id=ANNA, text=source, parse_mode=mode)
            assert (sent["text"], short(sent.get("entities", []))) == (plain, entities)
    for source, details in DETAILS:
        sent = await front.does("sendMessage", chat_id=ANNA, text=source, parse_mode="HTML")
        [entity] = sent["entities"]
        assert entity | details == entity
