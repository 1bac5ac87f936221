"""Answers to inline queries and to pages: what a person then sends in the bot's words."""

from sandbox import guesses
from sandbox.accounts import Chat
from sandbox.ask import Ask
from sandbox.crowd import Crowd
from sandbox.markup import read_text
from sandbox.methods import Methods
from sandbox.methods_places import contact_content, location_content, venue_content
from sandbox.refusals import bad
from sandbox.reply_markup import inline_only, read_markup
from sandbox.sending import CAPTIONED, file_content
from sandbox.shapes import CONTENT, check
from sandbox.wire import Wire, present

methods = Methods()

_STALE = "query is too old and response timeout expired or query ID is invalid"
_SHAPED = {"location": location_content, "venue": venue_content, "contact": contact_content}


@methods.add
def answer_inline_query(world: Crowd, ask: Ask) -> bool:
    results = ask.value("results")
    if not isinstance(results, list):
        raise bad("expected an Array of inline query results")
    if len(results) > 50:
        raise bad("too many inline query results specified")
    query = world.inline_queries.get(ask.text("inline_query_id"))
    if query is None or query.bot_id != ask.bot.id or world.clock() > query.expires:
        raise bad(_STALE)
    chat = world.chat(query.chat_key)
    query.results = {str(one.get("id")): _read_result(world, ask, chat, one) for one in results}
    if len(query.results) < len(results):
        raise bad(guesses.SAME_RESULT_TWICE)
    return True


@methods.add
def answer_web_app_query(world: Crowd, ask: Ask) -> Wire:
    result = ask.value("result")
    if not result:
        raise bad("result isn't specified")
    asked = world.page_query(ask.bot, ask.text("web_app_query_id"))
    if asked is None:
        raise bad(_STALE)
    person, chat = asked
    content, markup = _read_result(world, ask, chat, result)
    _, inline_id = world.post_via(ask.bot, chat, person.user, content, markup)
    return {"inline_message_id": inline_id}


def _read_result(world: Crowd, ask: Ask, chat: Chat, result: object) -> tuple[Wire, Wire]:
    """What is sent of it, and its buttons."""
    if not isinstance(result, dict):
        raise bad("can't parse inline query result: Inline query result must be an object")
    shown = Ask(ask.bot, result, ask.files)
    markup = present(reply_markup=inline_only(read_markup(shown, chat)))
    if content := result.get("input_message_content"):
        check(CONTENT, content)
        return _read_content(Ask(ask.bot, content, {})), markup
    kind = str(result.get("type", ""))
    if kind in _SHAPED:
        return _SHAPED[kind](shown), markup
    if kind in (*CAPTIONED, "sticker"):
        written = shown.text(f"{kind}_file_id") or shown.text(f"{kind}_url")
        return file_content(world, shown, kind, written), markup
    raise bad("can't parse inline query result: Input message content is not specified")


def _read_content(ask: Ask) -> Wire:
    if "message_text" in ask.params:
        read = read_text(Ask(ask.bot, {**ask.params, "text": ask.text("message_text")}, {}))
        return present(text=read.plain, entities=read.entities)
    if "title" in ask.params:
        return venue_content(ask)
    return location_content(ask) if "latitude" in ask.params else contact_content(ask)
