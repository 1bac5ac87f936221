"""Many at once, channels, pages, inline answers and the bot's own: one row per rule."""

from collections.abc import AsyncIterator

import pytest
from aiogram import Bot
from aiogram.methods import (
    AnswerInlineQuery,
    AnswerWebAppQuery,
    BanChatSenderChat,
    CopyMessages,
    DeleteMessages,
    EditMessageText,
    ForwardMessages,
    SendMessage,
    SetChatMenuButton,
    SetMyName,
)
from aiogram.types import (
    InlineQueryResultArticle,
    InputTextMessageContent,
    MenuButtonWebApp,
    WebAppInfo,
)

from sandbox.world import World
from tests.sandbox_front import (
    ANNA,
    FORUM,
    FRONTS,
    OPEN,
    OWN,
    OWNED,
    PLAIN,
    STALE,
    START,
    Rule,
    bot_over,
    broken,
    furnish_town,
)

CONTENT = InputTextMessageContent(message_text="а")
ARTICLE = InlineQueryResultArticle(id="1", title="а", input_message_content=CONTENT)
THROWN, NEVER, SMALL, STRANGE = -1060, -1061, -1062, -1063
MENU = MenuButtonWebApp(text="а", web_app=WebAppInfo(url="http://example.com"))


def copy(*ids: int) -> CopyMessages:
    return CopyMessages(chat_id=ANNA, from_chat_id=ANNA, message_ids=list(ids))


def forward(*ids: int, chat: int = ANNA) -> ForwardMessages:
    return ForwardMessages(chat_id=ANNA, from_chat_id=chat, message_ids=list(ids))


RULES: list[Rule] = [
    (copy(), "message identifiers are not specified"),
    (copy(*range(1, 102)), "too many message identifiers specified"),
    (copy(5, 4), "message identifiers must be in a strictly increasing order"),
    (forward(4, 4), "message identifiers must be in a strictly increasing order"),
    (copy(0), "invalid message identifier specified"),
    (copy(98, 99), "there are no messages to forward"),
    (forward(OPEN, chat=FORUM), "there are no messages to forward"),
    (
        DeleteMessages(chat_id=ANNA, message_ids=[START, OWN]),
        "message can't be deleted for everyone",
    ),
    (DeleteMessages(chat_id=PLAIN, message_ids=[2]), "message can't be deleted"),
    (SendMessage(chat_id=THROWN, text="а"), "Forbidden: bot was kicked from the channel chat"),
    (
        SendMessage(chat_id=NEVER, text="а"),
        "Forbidden: bot is not a member of the channel chat",
    ),
    (SendMessage(chat_id=SMALL, text="а"), "Forbidden: bot was kicked from the group chat"),
    (
        SendMessage(chat_id=STRANGE, text="а"),
        "Forbidden: bot is not a member of the supergroup chat",
    ),
    (SendMessage(chat_id=FORUM, text="а"), "TOPIC_CLOSED"),
    (AnswerWebAppQuery(web_app_query_id="1", result=ARTICLE), STALE),
    (AnswerInlineQuery(inline_query_id="1", results=[ARTICLE]), STALE),
    (
        AnswerInlineQuery(inline_query_id="1", results=[ARTICLE] * 51),
        "too many inline query results specified",
    ),
    (EditMessageText(inline_message_id="1", text="а"), "MESSAGE_ID_INVALID"),
    (
        SetChatMenuButton(menu_button=MENU),
        "menu button Web App URL 'http://example.com' is invalid: Only HTTPS links are allowed",
    ),
    (SetChatMenuButton(chat_id=PLAIN), "chat not found"),
    (SetMyName(name="x" * 65), "BOT_TITLE_TOO_LONG"),
    (
        BanChatSenderChat(chat_id=PLAIN, sender_chat_id=THROWN),
        "not enough rights to restrict/unrestrict chat member",
    ),
    (BanChatSenderChat(chat_id=OWNED, sender_chat_id=-99), "chat not found"),
]


@pytest.fixture(params=FRONTS)
async def bot(request: pytest.FixtureRequest, world: World) -> AsyncIterator[Bot]:
    async with bot_over(request.param, world) as bot:
        await furnish_town(bot, world)
        world.add_channel(THROWN, "Выгнали", members={bot.id: "kicked", ANNA: "creator"})
        world.add_channel(NEVER, "Не был", members={ANNA: "creator"})
        world.add_group(SMALL, "Выгнали", kind="group", members={bot.id: "kicked"})
        world.add_group(STRANGE, "Не был", members={ANNA: "creator"})
        await bot.close_general_forum_topic(FORUM)
        yield bot


async def test_the_rest_is_refused_in_telegrams_words(bot: Bot) -> None:
    broken_rules = await broken(bot, RULES)
    assert not broken_rules, "\n".join(broken_rules)
