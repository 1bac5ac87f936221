"""Members, invitations, topics, pins and reactions: one row per rule, on both fronts."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiogram import Bot
from aiogram.methods import (
    ApproveChatJoinRequest,
    BanChatMember,
    CreateChatInviteLink,
    DeclineChatJoinRequest,
    DeleteChatPhoto,
    DeleteForumTopic,
    EditChatInviteLink,
    EditForumTopic,
    EditGeneralForumTopic,
    ExportChatInviteLink,
    GetChatAdministrators,
    HideGeneralForumTopic,
    PinChatMessage,
    PromoteChatMember,
    ReopenGeneralForumTopic,
    RestrictChatMember,
    RevokeChatInviteLink,
    SendMessage,
    SetChatAdministratorCustomTitle,
    SetChatDescription,
    SetChatPermissions,
    SetChatTitle,
    SetMessageReaction,
    TelegramMethod,
    UnbanChatMember,
    UnhideGeneralForumTopic,
    UnpinAllForumTopicMessages,
    UnpinAllGeneralForumTopicMessages,
    UnpinChatMessage,
)
from aiogram.types import ChatPermissions, ReactionTypeEmoji, ReactionTypePaid

from sandbox.world import World
from tests.sandbox_front import (
    ANNA,
    BASIC,
    BOT,
    FORUM,
    FRONTS,
    NEWS,
    NOBODY,
    OPEN,
    OWN,
    OWNED,
    OWNER,
    PLAIN,
    PYOTR,
    READ,
    Rule,
    bot_over,
    broken,
    furnish_town,
)

MUTE = ChatPermissions(can_send_messages=False)
LARGE = "method is available for supergroup and channel chats only"
RESTRICTING = "not enough rights to restrict/unrestrict chat member"


def ban(chat: int = OWNED, user: int = PYOTR) -> BanChatMember:
    return BanChatMember(chat_id=chat, user_id=user)


def restrict(chat: int = OWNED, user: int = PYOTR) -> RestrictChatMember:
    return RestrictChatMember(chat_id=chat, user_id=user, permissions=MUTE)


def promote(chat: int = OWNED, user: int = PYOTR) -> PromoteChatMember:
    return PromoteChatMember(chat_id=chat, user_id=user, can_pin_messages=True)


def title(chat: int = OWNED, user: int = PYOTR) -> SetChatAdministratorCustomTitle:
    return SetChatAdministratorCustomTitle(chat_id=chat, user_id=user, custom_title="а")


def invite(chat: int = OWNED, **more: Any) -> CreateChatInviteLink:
    return CreateChatInviteLink(chat_id=chat, **more)


def react(*emoji: str, message: int = OWN) -> SetMessageReaction:
    kinds = [ReactionTypeEmoji(emoji=one) for one in emoji]
    return SetMessageReaction.model_construct(chat_id=ANNA, message_id=message, reaction=kinds)


def links(kind: type[EditChatInviteLink | RevokeChatInviteLink]) -> TelegramMethod[Any]:
    return kind(chat_id=OWNED, invite_link="https://t.me/+чужая")


RULES: list[Rule] = [
    (ban(ANNA, ANNA), "can't ban members in private chats"),
    (ban(PLAIN), RESTRICTING),
    (ban(user=OWNER), "can't remove chat owner"),
    (ban(user=BOT), "can't restrict self"),
    (ban(user=ANNA), "user is an administrator of the chat"),
    (ban(user=NOBODY), "user not found"),
    (UnbanChatMember(chat_id=BASIC, user_id=ANNA), LARGE),
    (UnbanChatMember(chat_id=PLAIN, user_id=ANNA), RESTRICTING),
    (restrict(BASIC), "method is available only for supergroups"),
    (restrict(NEWS), "method is available only for supergroups"),
    (restrict(PLAIN), RESTRICTING),
    (restrict(user=ANNA), "user is an administrator of the chat"),
    (promote(BASIC), LARGE),
    (promote(PLAIN), "not enough rights"),
    (promote(user=OWNER), "can't remove chat owner"),
    (promote(user=BOT), "can't promote self"),
    (promote(FORUM, OWNER), "bots can't add new chat members"),
    (title(ANNA), "method is available only for groups and supergroups"),
    (title(user=OWNER), "only the owner can edit their custom title"),
    (title(), "user is not an administrator"),
    (GetChatAdministrators(chat_id=ANNA), "there are no administrators in the private chat"),
    (
        SetChatPermissions(chat_id=ANNA, permissions=MUTE),
        "can't change private chat permissions",
    ),
    (
        SetChatPermissions(chat_id=PLAIN, permissions=MUTE),
        "not enough rights to change chat permissions",
    ),
    (SetChatTitle(chat_id=ANNA, title="а"), "can't change private chat title"),
    (SetChatTitle(chat_id=PLAIN, title="а"), "not enough rights to change chat title"),
    (SetChatTitle(chat_id=OWNED, title=" "), "title must be non-empty"),
    (SetChatDescription(chat_id=OWNED, description=""), "chat description is not modified"),
    (DeleteChatPhoto(chat_id=PLAIN), "not enough rights to change chat photo"),
    (invite(ANNA), "can't invite members to a private chat"),
    (invite(PLAIN), "not enough rights to manage chat invite link"),
    (
        invite(member_limit=1, creates_join_request=True),
        "member limit can't be specified for links requiring administrator approval",
    ),
    (invite(member_limit=100_000), "USAGE_LIMIT_INVALID"),
    (links(EditChatInviteLink), "INVITE_HASH_EXPIRED"),
    (links(RevokeChatInviteLink), "INVITE_HASH_EXPIRED"),
    (ExportChatInviteLink(chat_id=PLAIN), "not enough rights to manage chat invite link"),
    (ApproveChatJoinRequest(chat_id=OWNED, user_id=ANNA), "USER_ALREADY_PARTICIPANT"),
    (DeclineChatJoinRequest(chat_id=FORUM, user_id=OWNER), "HIDE_REQUESTER_MISSING"),
    (
        ApproveChatJoinRequest(chat_id=PLAIN, user_id=OWNER),
        "not enough rights to manage chat join requests",
    ),
    (ApproveChatJoinRequest(chat_id=ANNA, user_id=ANNA), "the chat can't have join requests"),
    (DeleteForumTopic(chat_id=PLAIN, message_thread_id=2), "the chat is not a forum"),
    (DeleteForumTopic(chat_id=FORUM, message_thread_id=77), "TOPIC_ID_INVALID"),
    (
        EditForumTopic(chat_id=FORUM, message_thread_id=OPEN, name="Открытая"),
        "TOPIC_NOT_MODIFIED",
    ),
    (EditGeneralForumTopic(chat_id=FORUM, name=" "), "name must be non-empty"),
    (EditGeneralForumTopic(chat_id=FORUM, name="General"), "TOPIC_NOT_MODIFIED"),
    (ReopenGeneralForumTopic(chat_id=FORUM), "TOPIC_NOT_MODIFIED"),
    (UnhideGeneralForumTopic(chat_id=FORUM), "TOPIC_NOT_MODIFIED"),
    (HideGeneralForumTopic(chat_id=PLAIN), "the chat is not a forum"),
    (PinChatMessage(chat_id=ANNA, message_id=77), "message to pin not found"),
    (
        PinChatMessage(chat_id=PLAIN, message_id=2),
        "not enough rights to manage pinned messages in the chat",
    ),
    (PinChatMessage(chat_id=FORUM, message_id=OPEN), "service messages can't be pinned"),
    (UnpinChatMessage(chat_id=ANNA), "message to unpin not found"),
    (UnpinChatMessage(chat_id=ANNA, message_id=77), "message to unpin not found"),
    (UnpinAllForumTopicMessages(chat_id=PLAIN, message_thread_id=2), "the chat is not a forum"),
    (UnpinAllGeneralForumTopicMessages(chat_id=PLAIN), "the chat is not a forum"),
    (react("👍", message=77), "message to react not found"),
    (react("👍", "🔥"), "REACTIONS_TOO_MANY"),
    (react("🎻"), "REACTION_INVALID"),
    (
        SetMessageReaction(chat_id=ANNA, message_id=OWN, reaction=[ReactionTypePaid()]),
        "invalid reaction type specified",
    ),
    (SendMessage(chat_id=READ, text="а"), "need administrator rights in the channel chat"),
]


@pytest.fixture(params=FRONTS)
async def bot(request: pytest.FixtureRequest, world: World) -> AsyncIterator[Bot]:
    async with bot_over(request.param, world) as bot:
        await furnish_town(bot, world)
        yield bot


async def test_acts_in_chats_are_refused_in_telegrams_words(bot: Bot) -> None:
    broken_rules = await broken(bot, RULES)
    assert not broken_rules, "\n".join(broken_rules)
