"""The common way of all messages a bot sends: the place, the right, the pace, the post."""

from collections.abc import Sequence
from dataclasses import dataclass

from sandbox import guesses
from sandbox.accounts import Chat, Topic
from sandbox.ask import Ask
from sandbox.crowd import Crowd
from sandbox.entities import units
from sandbox.files import FILES
from sandbox.markup import read_caption, read_part
from sandbox.post import CONTENT, quoted, topic_fields, topic_of
from sandbox.refusals import bad
from sandbox.reply_markup import inline_only, read_markup, show_keyboard
from sandbox.wire import Wire, present

CAPTIONED = ("photo", "animation", "document", "voice", "audio", "video")
# What a right is called when it is missing; the other kinds of content by their own plural.
_CALLED = {
    "text": "text messages", "audio": "music", "voice": "voice notes", "video_note": "video notes",
    "dice": "dice",
}  # fmt: skip


@dataclass(frozen=True)
class Place:
    chat: Chat
    thread: int | None
    replied: Wire | None
    quote: Wire | None
    markup: Wire | None


def deliver(world: Crowd, ask: Ask, content: Wire) -> Wire:
    return put_down(world, ask, find_place(world, ask, [content]), content)


def find_place(world: Crowd, ask: Ask, contents: Sequence[Wire]) -> Place:
    """Where these may go at all: nothing has been sent yet when one of them is refused."""
    chat = world.open_chat(ask.bot, ask.text("chat_id"))
    for content in contents:
        _check_rights(chat, ask.bot.id, content)
    replied = _replied(chat, ask)
    thread = _thread(chat, ask, replied)
    quote = _quote(ask, replied) if replied else None
    markup = read_markup(ask, chat)
    # Counted last: what is refused for another reason does not use up the pace.
    for _ in contents:
        world.pace.count(ask.bot, chat, world.clock(), paid=ask.flag("allow_paid_broadcast"))
    return Place(chat, thread, replied, quote, markup)


def put_down(world: Crowd, ask: Ask, place: Place, content: Wire) -> Wire:
    chat = place.chat
    extras = present(
        reply_markup=inline_only(place.markup),
        reply_to_message=place.replied and quoted(place.replied),
        quote=place.quote,
        has_protected_content=ask.flag("protect_content") or None,
    )
    message = world.post(chat, ask.bot.user, **content, **extras, **topic_fields(place.thread))
    show_keyboard(chat, place.markup, _addressees(message))
    chat.last_bot = ask.bot.id
    world.pass_on(chat, message)
    return message


def caption_fields(ask: Ask) -> Wire:
    read = read_caption(ask)
    return present(
        caption=read.plain,
        caption_entities=read.entities,
        show_caption_above_media=ask.flag("show_caption_above_media") or None,
    )


def file_content(world: Crowd, ask: Ask, kind: str, written: str) -> Wire:
    """A file with everything said about it, whether it comes alone or in an album."""
    caption = caption_fields(ask) if kind in CAPTIONED else {}
    spoiler = present(has_media_spoiler=ask.flag("has_spoiler") or None)
    return world.files.receive(ask, kind, written).content | caption | spoiler


def media_content(world: Crowd, ask: Ask, media: object) -> tuple[str, Wire]:
    """One InputMedia: its kind and what a message with it holds."""
    if not isinstance(media, dict):
        raise bad("can't parse InputMedia: expected an Object")
    kind = str(media.get("type", ""))
    if kind not in FILES or kind not in CAPTIONED or kind == "voice":
        raise bad(f'can\'t parse InputMedia: type "{kind}" is unsupported')
    written = str(media.get("media") or "")
    return kind, file_content(world, Ask(ask.bot, media, ask.files), kind, written)


def kind_of(content: Wire) -> str:
    return next(kind for kind in CONTENT if kind in content)


def _check_rights(chat: Chat, bot_id: int, content: Wire) -> None:
    if chat.channel and not chat.may(bot_id, "can_post_messages"):
        raise bad("need administrator rights in the channel chat")
    kind = kind_of(content)
    if not chat.channel and not chat.may_send(bot_id, kind):
        raise bad(f"not enough rights to send {_CALLED.get(kind, f'{kind}s')} to the chat")


def _replied(chat: Chat, ask: Ask) -> Wire | None:
    reply = ask.value("reply_parameters") or {}
    message_id = int(reply.get("message_id") or ask.number("reply_to_message_id"))
    if not message_id:
        return None
    lenient = reply.get("allow_sending_without_reply") or ask.flag("allow_sending_without_reply")
    if message_id not in chat.messages and not lenient:
        raise bad("message to be replied not found")
    return chat.messages.get(message_id)


def _quote(ask: Ask, replied: Wire) -> Wire | None:
    """A part of the message replied to, word for word."""
    reply = ask.value("reply_parameters") or {}
    read = read_part(Ask(ask.bot, reply, {}), "quote")
    if not read.plain:
        return None
    text = str(replied.get("text") or replied.get("caption") or "")
    before, found, _ = text.partition(read.plain)
    if not found:
        raise bad(guesses.QUOTE_INVALID)
    place = {"text": read.plain, "position": units(before), "is_manual": True}
    return place | present(entities=read.entities)


def _thread(chat: Chat, ask: Ask, replied: Wire | None) -> int | None:
    """General is the absence of a thread: naming it by its number 1 is refused."""
    thread = ask.number("message_thread_id") or topic_of(replied)
    if not thread:
        _check_open(chat, chat.general, ask.bot.id)
        return None
    if not chat.forum or thread not in chat.topics:
        raise bad("message thread not found")
    _check_open(chat, chat.topics[thread], ask.bot.id)
    return thread


def _check_open(chat: Chat, topic: Topic, bot_id: int) -> None:
    exempt = chat.runs(bot_id) and not guesses.CLOSED_TOPIC_STOPS_ADMINISTRATORS
    if topic.closed and not exempt:
        raise bad(guesses.TOPIC_CLOSED)


def _addressees(message: Wire) -> list[int]:
    mentioned = [mark["user"]["id"] for mark in message.get("entities", []) if "user" in mark]
    replied = message.get("reply_to_message", {}).get("from", {}).get("id")
    return [*mentioned, *([replied] if replied else [])]
