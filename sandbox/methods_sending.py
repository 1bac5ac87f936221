from sandbox import guesses
from sandbox.accounts import Chat
from sandbox.ask import Ask
from sandbox.crowd import Crowd
from sandbox.markup import read_caption, read_text
from sandbox.methods import Methods
from sandbox.post import CONTENT, quoted, topic_fields, topic_of
from sandbox.refusals import bad
from sandbox.reply_markup import inline_only, read_markup, show_keyboard
from sandbox.wire import Wire, present

methods = Methods()

_ACTIONS = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
    "upload_document", "choose_sticker", "find_location", "record_video_note",
    "upload_video_note",
}  # fmt: skip
_COPIED = (*CONTENT, "entities", "caption", "caption_entities", "show_caption_above_media")


@methods.add
def send_message(world: Crowd, ask: Ask) -> Wire:
    read = read_text(ask)
    options = ask.value("link_preview_options")
    content = present(text=read.plain, entities=read.entities, link_preview_options=options)
    return deliver(world, ask, content)


@methods.add
def send_photo(world: Crowd, ask: Ask) -> Wire:
    return _send_file(world, ask, "photo")


@methods.add
def send_document(world: Crowd, ask: Ask) -> Wire:
    return _send_file(world, ask, "document")


@methods.add
def send_chat_action(world: Crowd, ask: Ask) -> bool:
    world.open_chat(ask.bot, ask.text("chat_id"))
    if ask.text("action") not in _ACTIONS:
        raise bad("wrong parameter action in request")
    return True


@methods.add
def copy_message(world: Crowd, ask: Ask) -> Wire:
    content = _content(_source(world, ask, "copy"))
    if not content:
        raise bad("the message can't be copied")
    if "caption" in ask.params:
        content = {key: content[key] for key in content if not key.startswith("caption")}
        content |= caption_fields(ask)
    return {"message_id": deliver(world, ask, content)["message_id"]}


@methods.add
def forward_message(world: Crowd, ask: Ask) -> Wire:
    source = _source(world, ask, "forward")
    if source.get("has_protected_content"):
        raise bad("message has protected content and can't be forwarded")
    content = _content(source)
    if not content:
        raise bad("the message can't be forwarded")
    origin = {"type": "user", "date": source["date"], "sender_user": source["from"]}
    return deliver(world, ask, content | {"forward_origin": source.get("forward_origin", origin)})


def caption_fields(ask: Ask) -> Wire:
    read = read_caption(ask)
    return present(
        caption=read.plain,
        caption_entities=read.entities,
        show_caption_above_media=ask.flag("show_caption_above_media") or None,
    )


def deliver(world: Crowd, ask: Ask, content: Wire) -> Wire:
    """The common way of all messages a bot sends: the place, the right, the pace, the post."""
    chat = world.open_chat(ask.bot, ask.text("chat_id"))
    _check_rights(chat, ask.bot.id, content)
    replied = _replied(chat, ask)
    thread = _thread(chat, ask, replied)
    markup = read_markup(ask, chat)
    # Counted last: what is refused for another reason does not use up the pace.
    world.pace.count(ask.bot, chat, world.clock(), paid=ask.flag("allow_paid_broadcast"))
    extras = present(
        reply_markup=inline_only(markup),
        reply_to_message=replied and quoted(replied),
        has_protected_content=ask.flag("protect_content") or None,
    )
    message = world.post(chat, ask.bot.user, **content, **extras, **topic_fields(thread))
    show_keyboard(chat, markup, _addressees(message))
    chat.last_bot = ask.bot.id
    return message


def _send_file(world: Crowd, ask: Ask, kind: str) -> Wire:
    caption = caption_fields(ask)
    stored = world.files.receive(ask, kind, ask.text(kind))
    return deliver(world, ask, stored.content | caption)


def _source(world: Crowd, ask: Ask, verb: str) -> Wire:
    chat = world.known_chat(ask.bot, ask.text("from_chat_id"))
    message = chat.messages.get(ask.number("message_id"))
    if message is None:
        raise bad(f"message to {verb} not found")
    return message


def _content(message: Wire) -> Wire:
    return {key: message[key] for key in _COPIED if key in message}


def _check_rights(chat: Chat, bot_id: int, content: Wire) -> None:
    if chat.status_of(bot_id) == "restricted":
        kind = next(kind for kind in CONTENT if kind in content)
        what = {"text": "text messages"}.get(kind, f"{kind}s")
        raise bad(f"not enough rights to send {what} to the chat")


def _replied(chat: Chat, ask: Ask) -> Wire | None:
    reply = ask.value("reply_parameters") or {}
    message_id = int(reply.get("message_id") or ask.number("reply_to_message_id"))
    if not message_id:
        return None
    lenient = reply.get("allow_sending_without_reply") or ask.flag("allow_sending_without_reply")
    if message_id not in chat.messages and not lenient:
        raise bad("message to be replied not found")
    return chat.messages.get(message_id)


def _thread(chat: Chat, ask: Ask, replied: Wire | None) -> int | None:
    """General is the absence of a thread: naming it by its number 1 is refused."""
    thread = ask.number("message_thread_id") or topic_of(replied)
    if not thread:
        return None
    if not chat.forum or thread not in chat.topics:
        raise bad("message thread not found")
    exempt = chat.runs(ask.bot.id) and not guesses.CLOSED_TOPIC_STOPS_ADMINISTRATORS
    if chat.topics[thread].closed and not exempt:
        raise bad("TOPIC_CLOSED")
    return thread


def _addressees(message: Wire) -> list[int]:
    mentioned = [mark["user"]["id"] for mark in message.get("entities", []) if "user" in mark]
    replied = message.get("reply_to_message", {}).get("from", {}).get("id")
    return [*mentioned, *([replied] if replied else [])]
