"""Chats: what a bot may learn of them, and the topics it keeps there."""

from sandbox.accounts import Chat, Topic
from sandbox.ask import Ask
from sandbox.crowd import Crowd
from sandbox.guesses import TOPIC_UNCHANGED, UNKNOWN_TOPIC
from sandbox.membership import member_wire
from sandbox.methods import Methods
from sandbox.post import topic_fields
from sandbox.refusals import bad
from sandbox.wire import Wire

methods = Methods()

_COLOURS = (7322096, 16766590, 13338331, 9367192, 16749490, 16478047)
_GIFTS = (
    "unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription",
    "gifts_from_channels",
)  # fmt: skip


@methods.add
def get_chat(world: Crowd, ask: Ask) -> Wire:
    chat = world.known_chat(ask.bot, ask.text("chat_id"))
    always = {"accent_color_id": 0, "max_reaction_count": 11}
    return chat.wire | always | {"accepted_gift_types": dict.fromkeys(_GIFTS, True)}


@methods.add
def get_chat_member(world: Crowd, ask: Ask) -> Wire:
    chat = world.known_chat(ask.bot, ask.text("chat_id"))
    user = world.known_user(ask.number("user_id"))
    return member_wire(user, chat.status_of(user["id"]))


@methods.add
def leave_chat(world: Crowd, ask: Ask) -> bool:
    chat = world.open_chat(ask.bot, ask.text("chat_id"))
    if chat.private:
        raise bad("chat member status can't be changed in private chats")
    world.set_member(chat.key, ask.bot.id, "left")
    return True


@methods.add
def create_forum_topic(world: Crowd, ask: Ask) -> Wire:
    chat = _forum(world, ask)
    name = ask.text("name").strip()[:128]
    if not name:
        raise bad("name must be non-empty")
    colour = ask.number("icon_color") or _COLOURS[0]
    if colour not in _COLOURS:
        raise bad("invalid icon color specified")
    look = {"name": name, "icon_color": colour}
    message = world.post(chat, ask.bot.user, forum_topic_created=look)
    thread = message["message_id"]
    chat.topics[thread] = Topic(name, colour)
    world.put(chat, message | topic_fields(thread))
    return {"message_thread_id": thread} | look


@methods.add
def close_forum_topic(world: Crowd, ask: Ask) -> bool:
    return _set_closed(world, ask, closed=True)


@methods.add
def reopen_forum_topic(world: Crowd, ask: Ask) -> bool:
    return _set_closed(world, ask, closed=False)


def _forum(world: Crowd, ask: Ask) -> Chat:
    chat = world.open_chat(ask.bot, ask.text("chat_id"))
    if not chat.forum:
        raise bad("the chat is not a forum")
    if not chat.runs(ask.bot.id):
        raise bad("not enough rights to create a topic")
    return chat


def _set_closed(world: Crowd, ask: Ask, *, closed: bool) -> bool:
    chat = _forum(world, ask)
    thread = ask.number("message_thread_id")
    if thread not in chat.topics:
        raise bad(UNKNOWN_TOPIC)
    if chat.topics[thread].closed == closed:
        raise bad(TOPIC_UNCHANGED)
    chat.topics[thread].closed = closed
    event = "forum_topic_closed" if closed else "forum_topic_reopened"
    world.post(chat, ask.bot.user, **{event: {}}, **topic_fields(thread))
    return True
