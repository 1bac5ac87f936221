from sandbox import guesses
from sandbox.accounts import Chat
from sandbox.ask import Ask
from sandbox.crowd import Crowd
from sandbox.markup import read_text
from sandbox.methods import Methods
from sandbox.refusals import bad
from sandbox.reply_markup import read_inline
from sandbox.sending import CAPTIONED, caption_fields, media_content
from sandbox.wire import Wire, present

methods = Methods()

_DELETABLE_SECONDS = 48 * 3600
_UNMODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
_CAPTION = (
    "caption", "caption_entities", "show_caption_above_media",
)  # fmt: skip


@methods.add
def edit_message_text(world: Crowd, ask: Ask) -> Wire | bool:
    read = read_text(ask)
    chat, old = editable(world, ask)
    if "text" not in old:
        raise bad("there is no text in the message to edit")
    options = ask.value("link_preview_options")
    new = present(text=read.plain, entities=read.entities, link_preview_options=options)
    return replace(world, ask, chat, old, ("text", "entities", "link_preview_options"), new)


@methods.add
def edit_message_caption(world: Crowd, ask: Ask) -> Wire | bool:
    new = caption_fields(ask)
    chat, old = editable(world, ask)
    if not old.keys() & set(CAPTIONED):
        raise bad("there is no caption in the message to edit")
    return replace(world, ask, chat, old, _CAPTION, new)


@methods.add
def edit_message_media(world: Crowd, ask: Ask) -> Wire | bool:
    _, new = media_content(world, ask, ask.value("media", called="input media"))
    chat, old = editable(world, ask)
    if not old.keys() & {*CAPTIONED, "text"}:
        raise bad("there is no media in the message to edit")
    replaced = (*_CAPTION, *CAPTIONED, "text", "entities", "link_preview_options")
    return replace(world, ask, chat, old, replaced, new)


@methods.add
def edit_message_reply_markup(world: Crowd, ask: Ask) -> Wire | bool:
    chat, old = editable(world, ask)
    return replace(world, ask, chat, old, (), {})


@methods.add
def delete_message(world: Crowd, ask: Ask) -> bool:
    chat = world.open_chat(ask.bot, ask.text("chat_id"))
    message = find(chat, ask, "message to delete")
    check_deletable(world, chat, ask, message["message_id"])
    world.remove(chat, message["message_id"])
    return True


def check_deletable(world: Crowd, chat: Chat, ask: Ask, number: int) -> None:
    if world.clock() - chat.messages[number]["date"] > _DELETABLE_SECONDS:
        raise bad("message can't be deleted for everyone")
    runs = chat.runs(ask.bot.id) and chat.may(ask.bot.id, "can_delete_messages")
    if not (chat.authors[number] == ask.bot.id or chat.private or runs):
        raise bad("message can't be deleted")


@methods.add
def answer_callback_query(world: Crowd, ask: Ask) -> bool:
    if len(ask.text("text")) > 200:
        raise bad(guesses.TAP_ANSWER_TOO_LONG)
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


def find(chat: Chat, ask: Ask, what: str) -> Wire:
    if not ask.number("message_id"):
        raise bad("message identifier is not specified")
    message = chat.messages.get(ask.number("message_id"))
    if message is None:
        raise bad(f"{what} not found")
    return message


def editable(world: Crowd, ask: Ask) -> tuple[Chat, Wire]:
    if inline_id := ask.text("inline_message_id"):
        return _sent_by_another(world, ask, inline_id)
    chat = world.open_chat(ask.bot, ask.text("chat_id"))
    message = find(chat, ask, "message to edit")
    own = chat.authors[message["message_id"]] == ask.bot.id
    if not (own or (chat.channel and chat.may(ask.bot.id, "can_edit_messages"))):
        raise bad("message can't be edited")
    if "forward_origin" in message:
        raise bad("message can't be edited")
    return chat, message


def _sent_by_another(world: Crowd, ask: Ask, inline_id: str) -> tuple[Chat, Wire]:
    key, number = world.inline_messages.get(inline_id, ("", 0))
    message = world.chat(key).messages.get(number) if key else None
    if message is None or message["via_bot"]["id"] != ask.bot.id:
        raise bad(guesses.UNKNOWN_INLINE_MESSAGE)
    return world.chat(key), message


def replace(
    world: Crowd, ask: Ask, chat: Chat, old: Wire, replaced: tuple[str, ...], new: Wire
) -> Wire | bool:
    """The fields of `replaced` go, those of `new` come; so does the keyboard, even when absent."""
    gone = {*replaced, "reply_markup"}
    kept = {key: value for key, value in old.items() if key not in gone}
    message = kept | new | present(reply_markup=read_inline(ask, chat))
    if message == old:
        raise bad(_UNMODIFIED)
    edited = world.put(chat, message | {"edit_date": world.now})
    world.follow(chat, edited)
    return True if ask.text("inline_message_id") else edited
