from sandbox import guesses
from sandbox.accounts import Chat
from sandbox.ask import Ask
from sandbox.crowd import Crowd
from sandbox.markup import read_text
from sandbox.methods import Methods
from sandbox.methods_sending import caption_fields
from sandbox.refusals import bad
from sandbox.reply_markup import read_inline
from sandbox.wire import Wire, present

methods = Methods()

_DELETABLE_SECONDS = 48 * 3600
_UNMODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
_CAPTION = ("caption", "caption_entities", "show_caption_above_media")


@methods.add
def edit_message_text(world: Crowd, ask: Ask) -> Wire:
    read = read_text(ask)
    chat, old = _editable(world, ask)
    if "text" not in old:
        raise bad("there is no text in the message to edit")
    options = ask.value("link_preview_options")
    new = present(text=read.plain, entities=read.entities, link_preview_options=options)
    return _replace(world, ask, chat, old, ("text", "entities", "link_preview_options"), new)


@methods.add
def edit_message_caption(world: Crowd, ask: Ask) -> Wire:
    new = caption_fields(ask)
    chat, old = _editable(world, ask)
    if not old.keys() & {"photo", "document"}:
        raise bad("there is no caption in the message to edit")
    return _replace(world, ask, chat, old, _CAPTION, new)


@methods.add
def edit_message_media(world: Crowd, ask: Ask) -> Wire:
    media = ask.value("media", called="input media")
    if not isinstance(media, dict):
        raise bad("can't parse InputMedia: expected an Object")
    kind = media.get("type", "")
    if kind not in ("photo", "document"):
        raise bad(f'can\'t parse InputMedia: type "{kind}" is unsupported')
    caption = caption_fields(Ask(ask.bot, media, ask.files))
    stored = world.files.receive(ask, kind, str(media.get("media", "")))
    chat, old = _editable(world, ask)
    replaced = (*_CAPTION, "text", "entities", "photo", "document")
    return _replace(world, ask, chat, old, replaced, stored.content | caption)


@methods.add
def edit_message_reply_markup(world: Crowd, ask: Ask) -> Wire:
    chat, old = _editable(world, ask)
    return _replace(world, ask, chat, old, (), {})


@methods.add
def delete_message(world: Crowd, ask: Ask) -> bool:
    chat = world.open_chat(ask.bot, ask.text("chat_id"))
    message = _find(chat, ask, "delete")
    if world.clock() - message["date"] > _DELETABLE_SECONDS:
        raise bad("message can't be deleted for everyone")
    own = message["from"]["id"] == ask.bot.id
    if not (own or chat.private or chat.runs(ask.bot.id)):
        raise bad("message can't be deleted")
    world.remove(chat, message["message_id"])
    return True


@methods.add
def answer_callback_query(world: Crowd, ask: Ask) -> bool:
    if len(ask.text("text")) > 200:
        raise bad("MESSAGE_TOO_LONG")
    query = world.queries.get(ask.text("callback_query_id"))
    stale = query is None or query.bot_id != ask.bot.id or world.clock() > query.expires
    if query is None or stale or (query.answer and guesses.ONE_ANSWER_PER_TAP):
        raise bad("query is too old and response timeout expired or query ID is invalid")
    query.answer = {
        "text": ask.text("text") or None,
        "show_alert": ask.flag("show_alert"),
        "url": ask.text("url") or None,
    }
    world.changed(world.chat(query.chat_key))
    return True


def _find(chat: Chat, ask: Ask, verb: str) -> Wire:
    if not ask.number("message_id"):
        raise bad("message identifier is not specified")
    message = chat.messages.get(ask.number("message_id"))
    if message is None:
        raise bad(f"message to {verb} not found")
    return message


def _editable(world: Crowd, ask: Ask) -> tuple[Chat, Wire]:
    chat = world.open_chat(ask.bot, ask.text("chat_id"))
    message = _find(chat, ask, "edit")
    if message["from"]["id"] != ask.bot.id or "forward_origin" in message:
        raise bad("message can't be edited")
    return chat, message


def _replace(
    world: Crowd, ask: Ask, chat: Chat, old: Wire, replaced: tuple[str, ...], new: Wire
) -> Wire:
    """The fields of `replaced` go, those of `new` come; so does the keyboard, even when absent."""
    gone = {*replaced, "reply_markup"}
    kept = {key: value for key, value in old.items() if key not in gone}
    message = kept | new | present(reply_markup=read_inline(ask, chat))
    if message == old:
        raise bad(_UNMODIFIED)
    return world.put(chat, message | {"edit_date": world.now})
