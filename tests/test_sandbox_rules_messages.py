"""Messages, keyboards and edits: one row per rule, tried over HTTP and in process."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiogram import Bot
from aiogram.methods import (
    AnswerCallbackQuery,
    CopyMessage,
    DeleteMessage,
    EditMessageCaption,
    EditMessageMedia,
    EditMessageReplyMarkup,
    EditMessageText,
    ForwardMessage,
    SendMessage,
)
from aiogram.types import (
    CallbackGame,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaLivePhoto,
    KeyboardButton,
    KeyboardButtonPollType,
    ReplyKeyboardMarkup,
    ReplyParameters,
    WebAppInfo,
)

from sandbox.world import World
from tests.sandbox_front import (
    ANNA,
    BLOCKER,
    CLOSED,
    FORUM,
    FRONTS,
    GONE,
    KICKED,
    LEFT,
    MUTED,
    NOBODY,
    OPEN,
    OWN,
    PHOTO,
    PLAIN,
    PYOTR,
    SECRET,
    STALE,
    START,
    Rule,
    bot_over,
    broken,
    furnish_town,
)

UNMODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


def inline(*buttons: dict[str, Any]) -> InlineKeyboardMarkup:
    keys = [InlineKeyboardButton(**{"text": "Да", **button}) for button in buttons]
    return InlineKeyboardMarkup(inline_keyboard=[keys])


def key(**wish: Any) -> ReplyKeyboardMarkup:
    return ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="Да", **wish)]])


def say(text: str = "а", chat: int = ANNA, **more: Any) -> SendMessage:
    return SendMessage(chat_id=chat, text=text, **more)


RULES: list[Rule] = [
    (say("x" * 4097), "message is too long"),
    (say("<b>" + "я" * 16_384 + "</b>", parse_mode="HTML"), "text is too long"),
    (say(""), "message text is empty"),
    (say(" \n "), "text must be non-empty"),
    (say("<b> </b>", parse_mode="HTML"), "text must be non-empty"),
    (say(parse_mode="BBCode"), "unsupported parse_mode"),
    (
        say("<b>а", parse_mode="HTML"),
        "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
    ),
    (say(reply_markup=inline({"callback_data": "ф" * 33})), "BUTTON_DATA_INVALID"),
    (
        say(reply_markup=inline({})),
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    (say(reply_markup=inline(*[{"callback_data": "x"}] * 101)), "reply markup is too long"),
    (
        say(reply_markup=inline(*[{"text": "я" * 3000, "callback_data": "x"}] * 2)),
        "reply markup is too long",
    ),
    (
        say(reply_markup=inline({"url": "не адрес"})),
        "inline keyboard button URL 'не адрес' is invalid: Wrong HTTP URL",
    ),
    (
        say(chat=PLAIN, reply_markup=inline({"web_app": WebAppInfo(url="https://a.ru")})),
        "BUTTON_TYPE_INVALID",
    ),
    (say(reply_markup=inline({"pay": True})), "BUTTON_TYPE_INVALID"),
    (say(reply_markup=inline({"callback_game": CallbackGame()})), "BUTTON_TYPE_INVALID"),
    (
        say(reply_markup=inline({"copy_text": CopyTextButton(text="я" * 257)})),
        "BUTTON_COPY_TEXT_INVALID",
    ),
    (
        say(reply_parameters=ReplyParameters(message_id=OWN, quote="привет!")),
        "QUOTE_TEXT_INVALID",
    ),
    (
        say(
            reply_parameters=ReplyParameters(
                message_id=OWN, quote="<b>привет", quote_parse_mode="HTML"
            )
        ),
        "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
    ),
    (
        say(chat=PLAIN, reply_markup=key(request_contact=True)),
        "phone number can be requested in private chats only",
    ),
    (
        say(chat=PLAIN, reply_markup=key(request_location=True)),
        "location can be requested in private chats only",
    ),
    (
        say(chat=PLAIN, reply_markup=key(request_poll=KeyboardButtonPollType())),
        "poll can be requested in private chats only",
    ),
    (
        say(chat=PLAIN, reply_markup=key(web_app=WebAppInfo(url="https://a.ru"))),
        "web App buttons can be used in private chats only",
    ),
    (say(reply_parameters=ReplyParameters(message_id=77)), "message to be replied not found"),
    (say(chat=NOBODY), "chat not found"),
    (say(chat=-5), "chat not found"),
    (SendMessage(chat_id="@somebody", text="а"), "chat not found"),
    (SendMessage(chat_id="", text="а"), "chat_id is empty"),
    (say(chat=PYOTR), "Forbidden: bot can't initiate conversation with a user"),
    (say(chat=BLOCKER), "Forbidden: bot was blocked by the user"),
    (say(chat=GONE), "Forbidden: user is deactivated"),
    (say(chat=KICKED), "Forbidden: bot was kicked from the supergroup chat"),
    (say(chat=LEFT), "Forbidden: bot is not a member of the group chat"),
    (say(chat=MUTED), "not enough rights to send text messages to the chat"),
    (EditMessageText(chat_id=ANNA, message_id=OWN, text="привет"), UNMODIFIED),
    (EditMessageText(chat_id=ANNA, message_id=77, text="а"), "message to edit not found"),
    (EditMessageText(chat_id=ANNA, message_id=START, text="а"), "message can't be edited"),
    (
        EditMessageText(chat_id=ANNA, message_id=PHOTO, text="а"),
        "there is no text in the message to edit",
    ),
    (
        EditMessageText(chat_id=BLOCKER, message_id=1, text="а"),
        "Forbidden: bot was blocked by the user",
    ),
    (EditMessageText(chat_id=ANNA, message_id=OWN, text="x" * 4097), "message is too long"),
    (
        EditMessageCaption(chat_id=ANNA, message_id=OWN, caption="а"),
        "there is no caption in the message to edit",
    ),
    (EditMessageCaption(chat_id=ANNA, message_id=PHOTO, caption="вид"), UNMODIFIED),
    (EditMessageReplyMarkup(chat_id=ANNA, message_id=OWN), UNMODIFIED),
    (
        EditMessageMedia(
            chat_id=ANNA,
            message_id=PHOTO,
            media=InputMediaLivePhoto(media="а", photo="б"),
        ),
        'can\'t parse InputMedia: type "live_photo" is unsupported',
    ),
    (DeleteMessage(chat_id=ANNA, message_id=77), "message to delete not found"),
    (DeleteMessage(chat_id=ANNA, message_id=START), "message can't be deleted for everyone"),
    (DeleteMessage(chat_id=PLAIN, message_id=2), "message can't be deleted"),
    (CopyMessage(chat_id=ANNA, from_chat_id=ANNA, message_id=77), "message to copy not found"),
    (
        CopyMessage(chat_id=ANNA, from_chat_id=FORUM, message_id=OPEN),
        "the message can't be copied",
    ),
    (
        ForwardMessage(chat_id=ANNA, from_chat_id=ANNA, message_id=77),
        "message to forward not found",
    ),
    (
        ForwardMessage(chat_id=ANNA, from_chat_id=ANNA, message_id=SECRET),
        "message has protected content and can't be forwarded",
    ),
    (
        ForwardMessage(chat_id=ANNA, from_chat_id=FORUM, message_id=OPEN),
        "the message can't be forwarded",
    ),
    (DeleteMessage(chat_id=ANNA, message_id=0), "message identifier is not specified"),
    (AnswerCallbackQuery(callback_query_id="1"), STALE),
    (AnswerCallbackQuery(callback_query_id="1", text="x" * 201), "MESSAGE_TOO_LONG"),
    (say(chat=FORUM, message_thread_id=77), "message thread not found"),
    (say(chat=FORUM, message_thread_id=1), "message thread not found"),
    (say(chat=PLAIN, message_thread_id=2), "message thread not found"),
    (say(chat=FORUM, message_thread_id=CLOSED), "TOPIC_CLOSED"),
]


@pytest.fixture(params=FRONTS)
async def bot(request: pytest.FixtureRequest, world: World) -> AsyncIterator[Bot]:
    async with bot_over(request.param, world) as bot:
        await furnish_town(bot, world)
        yield bot


async def test_messages_are_refused_in_telegrams_words(bot: Bot) -> None:
    broken_rules = await broken(bot, RULES)
    assert not broken_rules, "\n".join(broken_rules)
