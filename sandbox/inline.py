"""Inline mode: a bot is asked from any chat, and a person sends one of its answers."""

import itertools

from sandbox.accounts import BotAccount, Chat
from sandbox.post import InlineQuery
from sandbox.presence import refuse
from sandbox.web_apps import WebApps
from sandbox.wire import Wire

_ASKED_SECONDS = 30.0
_CHOSEN_SECONDS = 600.0
_ids = itertools.count(10**17 + 1)


class Inline(WebApps):
    def ask_inline(self, person_id: int, chat_key: str, query: str, *, bot_id: int = 0) -> str:
        """Types `@bot query` in a chat; answers the id of the query."""
        chat, person = self.inside(person_id, chat_key)
        asked = self.bot_with_id(bot_id) or next(self.bots_in(chat), None)
        if asked is None or not asked.me["supports_inline_queries"]:
            refuse(f"no bot in {chat_key} answers inline queries")
        number, expires = str(next(_ids)), self.clock() + _ASKED_SECONDS
        self.inline_queries[number] = InlineQuery(
            number, asked.id, person_id, chat_key, query, expires
        )
        payload: Wire = {
            "id": number,
            "from": person.user,
            "chat_type": "sender" if chat.private and chat.bot is asked else chat.kind,
            "query": query,
            "offset": "",
        }
        self.push(asked, "inline_query", payload, about=person_id, lifetime=_ASKED_SECONDS)
        return number

    def choose(self, query_id: str, result_id: str) -> Wire:
        """Sends one of the answers into the chat where it was asked for."""
        query = self.inline_queries[query_id]
        bot, found = self.bot_with_id(query.bot_id), query.results.get(result_id)
        if bot is None or found is None:
            refuse(f"the bot gave no answer {result_id!r}")
        person, chat = self.people[query.person_id], self.chat(query.chat_key)
        message, inline_id = self.post_via(bot, chat, person.user, *found)
        chosen: Wire = {"result_id": result_id, "from": person.user, "query": query.query}
        # An answer without buttons cannot be edited: it has no id of its own.
        chosen |= {"inline_message_id": inline_id} if "reply_markup" in message else {}
        self.push(bot, "chosen_inline_result", chosen, about=person.id, lifetime=_CHOSEN_SECONDS)
        return message

    def post_via(
        self, bot: BotAccount, chat: Chat, sender: Wire, content: Wire, markup: Wire
    ) -> tuple[Wire, str]:
        """What a bot wrote and a person sent; answers the id the bot may edit it by, too."""
        message = self.post(chat, sender, via_bot=bot.user, **content, **markup)
        inline_id = f"inline-{next(_ids)}"
        self.inline_messages[inline_id] = (chat.key, message["message_id"])
        self.tell_bots(chat, "message", message)
        return message, inline_id

    def inline_id_of(self, chat: Chat, message: Wire) -> str | None:
        place = (chat.key, message["message_id"])
        return next((one for one, at in self.inline_messages.items() if at == place), None)
