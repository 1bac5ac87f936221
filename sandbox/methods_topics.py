"""Topics of a forum: the ones it opens, and General, which every forum has."""

from sandbox.accounts import Chat, Topic
from sandbox.ask import Ask
from sandbox.crowd import Crowd
from sandbox.guesses import TOPIC_UNCHANGED, UNKNOWN_TOPIC
from sandbox.methods import Methods
from sandbox.post import topic_fields, topic_of
from sandbox.refusals import bad
from sandbox.wire import Wire, present

methods = Methods()

_COLOURS = (7322096, 16766590, 13338331, 9367192, 16749490, 16478047)


@methods.add
def create_forum_topic(world: Crowd, ask: Ask) -> Wire:
    chat = _forum(world, ask)
    name = ask.text("name").strip()[:128]
    if not name:
        raise bad("name must be non-empty")
    colour = ask.number("icon_color") or _COLOURS[0]
    if colour not in _COLOURS:
        raise bad("invalid icon color specified")
    icon = ask.text("icon_custom_emoji_id")
    look = {"name": name, "icon_color": colour} | present(icon_custom_emoji_id=icon)
    message = world.post(chat, ask.bot.user, forum_topic_created=look)
    thread = message["message_id"]
    chat.topics[thread] = Topic(name, colour, icon=icon)
    world.put(chat, message | topic_fields(thread))
    return {"message_thread_id": thread} | look


@methods.add
def edit_forum_topic(world: Crowd, ask: Ask) -> bool:
    """An absent name or icon stays; an empty icon goes."""
    chat, thread, topic = _topic(world, ask)
    name = ask.text("name").strip()[:128] or topic.name
    icon = ask.text("icon_custom_emoji_id")
    if "icon_custom_emoji_id" not in ask.params:
        icon = topic.icon
    if (name, icon) == (topic.name, topic.icon):
        raise bad(TOPIC_UNCHANGED)
    change = present(name=name if name != topic.name else None)
    change |= {"icon_custom_emoji_id": icon} if icon != topic.icon else {}
    topic.name, topic.icon = name, icon
    world.post(chat, ask.bot.user, forum_topic_edited=change, **topic_fields(thread))
    return True


@methods.add
def close_forum_topic(world: Crowd, ask: Ask) -> bool:
    return _set_closed(world, ask, *_topic(world, ask), closed=True)


@methods.add
def reopen_forum_topic(world: Crowd, ask: Ask) -> bool:
    return _set_closed(world, ask, *_topic(world, ask), closed=False)


@methods.add
def delete_forum_topic(world: Crowd, ask: Ask) -> bool:
    """With all that was said there."""
    chat, thread, _ = _topic(world, ask)
    del chat.topics[thread]
    for message in list(chat.messages.values()):
        if topic_of(message) == thread:
            world.remove(chat, message["message_id"])
    return True


@methods.add
def edit_general_forum_topic(world: Crowd, ask: Ask) -> bool:
    chat = _forum(world, ask)
    name = ask.text("name").strip()[:128]
    if not name:
        raise bad("name must be non-empty")
    if name == chat.general.name:
        raise bad(TOPIC_UNCHANGED)
    chat.general.name = name
    world.post(chat, ask.bot.user, forum_topic_edited={"name": name})
    return True


@methods.add
def close_general_forum_topic(world: Crowd, ask: Ask) -> bool:
    chat = _forum(world, ask)
    return _set_closed(world, ask, chat, None, chat.general, closed=True)


@methods.add
def reopen_general_forum_topic(world: Crowd, ask: Ask) -> bool:
    """Opened again it is seen again, too."""
    chat = _forum(world, ask)
    _set_closed(world, ask, chat, None, chat.general, closed=False)
    return not chat.general.hidden or _set_hidden(world, ask, chat, hidden=False)


@methods.add
def hide_general_forum_topic(world: Crowd, ask: Ask) -> bool:
    """Hidden it is closed, too."""
    chat = _forum(world, ask)
    if not chat.general.closed:
        _set_closed(world, ask, chat, None, chat.general, closed=True)
    return _set_hidden(world, ask, chat, hidden=True)


@methods.add
def unhide_general_forum_topic(world: Crowd, ask: Ask) -> bool:
    return _set_hidden(world, ask, _forum(world, ask), hidden=False)


@methods.add
def get_forum_topic_icon_stickers(_world: Crowd, _ask: Ask) -> list[Wire]:
    """There are no custom emoji here."""
    return []


def _forum(world: Crowd, ask: Ask) -> Chat:
    chat = world.open_chat(ask.bot, ask.text("chat_id"))
    if not chat.forum:
        raise bad("the chat is not a forum")
    if not (chat.runs(ask.bot.id) and chat.may(ask.bot.id, "can_manage_topics")):
        raise bad("not enough rights to create a topic")
    return chat


def _topic(world: Crowd, ask: Ask) -> tuple[Chat, int, Topic]:
    chat = _forum(world, ask)
    thread = ask.number("message_thread_id")
    if thread not in chat.topics:
        raise bad(UNKNOWN_TOPIC)
    return chat, thread, chat.topics[thread]


def _set_closed(
    world: Crowd, ask: Ask, chat: Chat, thread: int | None, topic: Topic, *, closed: bool
) -> bool:
    if topic.closed == closed:
        raise bad(TOPIC_UNCHANGED)
    topic.closed = closed
    event = "forum_topic_closed" if closed else "forum_topic_reopened"
    world.post(chat, ask.bot.user, **{event: {}}, **topic_fields(thread))
    return True


def _set_hidden(world: Crowd, ask: Ask, chat: Chat, *, hidden: bool) -> bool:
    if chat.general.hidden == hidden:
        raise bad(TOPIC_UNCHANGED)
    chat.general.hidden = hidden
    event = "general_forum_topic_hidden" if hidden else "general_forum_topic_unhidden"
    world.post(chat, ask.bot.user, **{event: {}})
    return True
