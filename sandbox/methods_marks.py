"""Marks on messages: what is pinned, and the reactions under them."""

from sandbox import guesses
from sandbox.accounts import Chat
from sandbox.ask import Ask
from sandbox.crowd import Crowd
from sandbox.methods import Methods
from sandbox.methods_editing import find
from sandbox.post import CONTENT, topic_of
from sandbox.refusals import bad
from sandbox.wire import Wire

methods = Methods()


@methods.add
def pin_chat_message(world: Crowd, ask: Ask) -> bool:
    chat = world.open_chat(ask.bot, ask.text("chat_id"))
    message = find(chat, ask, "message to pin")
    _check_pins(chat, ask)
    if not any(kind in message for kind in CONTENT):
        raise bad("service messages can't be pinned")
    world.pin(chat, message, ask.bot.user)
    return True


@methods.add
def unpin_chat_message(world: Crowd, ask: Ask) -> bool:
    """The one named, or else the newest."""
    chat = world.open_chat(ask.bot, ask.text("chat_id"))
    message_id = ask.number("message_id")
    if message_id:
        find(chat, ask, "message to unpin")
    _check_pins(chat, ask)
    if not message_id and not chat.pinned:
        raise bad("message to unpin not found")
    message_id = message_id or chat.pinned[-1]
    _unpin(world, chat, [message_id])
    return True


@methods.add
def unpin_all_chat_messages(world: Crowd, ask: Ask) -> bool:
    chat = world.open_chat(ask.bot, ask.text("chat_id"))
    _check_pins(chat, ask)
    _unpin(world, chat, chat.pinned)
    return True


@methods.add
def unpin_all_forum_topic_messages(world: Crowd, ask: Ask) -> bool:
    chat = world.open_chat(ask.bot, ask.text("chat_id"))
    thread = ask.number("message_thread_id")
    if not chat.forum:
        raise bad("the chat is not a forum")
    if thread not in chat.topics:
        raise bad(guesses.UNKNOWN_TOPIC)
    _check_pins(chat, ask)
    _unpin(world, chat, _pinned_in(chat, thread))
    return True


@methods.add
def unpin_all_general_forum_topic_messages(world: Crowd, ask: Ask) -> bool:
    chat = world.open_chat(ask.bot, ask.text("chat_id"))
    if not chat.forum:
        raise bad("the chat is not a forum")
    _check_pins(chat, ask)
    _unpin(world, chat, _pinned_in(chat, None))
    return True


@methods.add
def set_message_reaction(world: Crowd, ask: Ask) -> bool:
    """A bot sets one at most and pays for none."""
    reaction = [_read_reaction(one) for one in ask.value("reaction") or []]
    chat = world.known_chat(ask.bot, ask.text("chat_id"))
    message = find(chat, ask, "message to react")
    if len(reaction) > 1:
        raise bad(guesses.REACTIONS_TOO_MANY)
    world.set_reaction(chat, message["message_id"], ask.bot.user, reaction)
    return True


def _read_reaction(written: Wire) -> Wire:
    kind = written.get("type")
    if kind not in ("emoji", "custom_emoji"):
        raise bad("invalid reaction type specified")
    if kind == "emoji" and written.get("emoji") not in guesses.REACTIONS:
        raise bad(guesses.REACTION_UNKNOWN)
    return written


def _check_pins(chat: Chat, ask: Ask) -> None:
    right = "can_edit_messages" if chat.channel else "can_pin_messages"
    if not chat.may(ask.bot.id, right):
        raise bad("not enough rights to manage pinned messages in the chat")


def _unpin(world: Crowd, chat: Chat, message_ids: list[int]) -> None:
    chat.pinned = [one for one in chat.pinned if one not in message_ids]
    world.changed(chat)


def _pinned_in(chat: Chat, thread: int | None) -> list[int]:
    return [one for one in chat.pinned if topic_of(chat.messages[one]) == thread]
