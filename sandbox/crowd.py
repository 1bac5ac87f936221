"""What people do."""

import itertools
import re
from typing import NoReturn
from urllib.parse import parse_qs, urlsplit

from sandbox import guesses
from sandbox.accounts import Chat, PersonAccount
from sandbox.entities import finished
from sandbox.membership import Membership
from sandbox.post import Query, quoted, topic_fields, topic_of
from sandbox.reply_markup import inline_buttons
from sandbox.wire import Wire, present

# Beyond 2**53: a bot that keeps the ids of taps as floats is found out here.
_query_ids = itertools.count(10**17 + 1)


class Impossible(Exception):
    """A person cannot do that: there is no such button, message or place."""


class Crowd(Membership):
    def say(
        self,
        person_id: int,
        chat_key: str,
        text: str,
        *,
        reply_to: int | None = None,
        thread: int | None = None,
    ) -> Wire:
        read = finished(text, [])
        content = present(text=read.plain, entities=read.entities)
        return self.send(person_id, chat_key, reply_to=reply_to, thread=thread, **content)

    def send(
        self,
        person_id: int,
        chat_key: str,
        *,
        reply_to: int | None = None,
        thread: int | None = None,
        **content: object,
    ) -> Wire:
        chat, person = self._inside(person_id, chat_key)
        replied = _message(chat, reply_to) if reply_to else None
        thread = thread or topic_of(replied)
        _check_topic(chat, person, thread)
        self._start(chat)
        message = self.post(
            chat, person.user, **content, **_reply(chat, replied), **topic_fields(thread)
        )
        self.tell_bots(chat, "message", message)
        return message

    def share_contact(self, person_id: int, chat_key: str, *, of: int | None = None) -> Wire:
        owner = self.people[of or person_id]
        if not owner.phone:
            _refuse(f"{owner.name} has no phone")
        contact = present(
            phone_number=owner.phone,
            first_name=owner.user["first_name"],
            last_name=owner.user.get("last_name"),
            user_id=owner.id,
        )
        return self.send(person_id, chat_key, contact=contact)

    def open(self, person_id: int, link: str) -> str:
        """Follows `https://t.me/<bot>?start=<code>`; answers the key of the chat it leads to."""
        parts = urlsplit(link)
        username = parts.path.strip("/").lower()
        bot = next((bot for bot in self.bots.values() if bot.username.lower() == username), None)
        if parts.netloc != "t.me" or bot is None:
            _refuse(f"{link} leads to no bot here")
        code = parse_qs(parts.query).get("start", [""])[0]
        if not re.fullmatch(r"[A-Za-z0-9_-]{0,64}", code):
            _refuse(f"{code!r} cannot be what a link carries")
        chat = self.private_chat(bot, person_id)
        self.say(person_id, chat.key, f"/start {code}".rstrip())
        return chat.key

    def edit(self, person_id: int, chat_key: str, message_id: int, text: str) -> Wire:
        chat, _ = self._inside(person_id, chat_key)
        old = _message(chat, message_id)
        if old["from"]["id"] != person_id:
            _refuse("only one's own message can be edited")
        read = finished(text, [])
        kept = {key: value for key, value in old.items() if key != "entities"}
        new = present(text=read.plain, entities=read.entities, edit_date=self.now)
        message = self.put(chat, kept | new)
        self.tell_bots(chat, "edited_message", message)
        return message

    def tap(
        self, person_id: int, chat_key: str, message_id: int, data: str, *, forged: bool = False
    ) -> str:
        """Presses a button of that message. A forged press needs none: a program can send any."""
        chat, person = self._inside(person_id, chat_key)
        message = _message(chat, message_id)
        bot = self.bot_with_id(message["from"]["id"])
        if bot is None:
            _refuse("the message is not a bot's")
        if not forged and data not in [b.get("callback_data") for b in inline_buttons(message)]:
            _refuse(f"no button with {data!r} on that message")
        query_id = str(next(_query_ids))
        lifetime = float(guesses.TAP_SECONDS)
        self.queries[query_id] = Query(person_id, chat_key, self.clock() + lifetime, bot.id)
        query = {
            "id": query_id,
            "from": person.user,
            "message": message,
            "chat_instance": str(chat.id * 7919),
            "data": data,
        }
        self.push(bot, "callback_query", query, about=person_id, lifetime=lifetime)
        return query_id

    def block(self, person_id: int, chat_key: str) -> None:
        self.set_blocked(self._private(person_id, chat_key), blocked=True)

    def unblock(self, person_id: int, chat_key: str) -> None:
        self.set_blocked(self._private(person_id, chat_key), blocked=False)

    def _inside(self, person_id: int, chat_key: str) -> tuple[Chat, PersonAccount]:
        chat = self.chat(chat_key)
        if not chat.holds(person_id):
            _refuse(f"person {person_id} is not in {chat_key}")
        if chat.migrated_to:
            _refuse(f"{chat_key} has become g:{chat.migrated_to}")
        return chat, self.people[person_id]

    def _private(self, person_id: int, chat_key: str) -> Chat:
        chat, _ = self._inside(person_id, chat_key)
        if not chat.private:
            _refuse("only a bot's private chat can be blocked")
        return chat

    def _start(self, chat: Chat) -> None:
        if chat.blocked:
            self.set_blocked(chat, blocked=False)
        chat.started = True


def _message(chat: Chat, message_id: int) -> Wire:
    if message_id not in chat.messages:
        _refuse(f"no message {message_id} in {chat.key}")
    return chat.messages[message_id]


def _reply(chat: Chat, replied: Wire | None) -> Wire:
    if replied is None:
        return {}
    # Clients make a thread of every reply in a supergroup: the bot must not take it for a topic.
    root = replied.get("message_thread_id", replied["message_id"])
    thread = {"message_thread_id": root} if chat.kind == "supergroup" else {}
    return thread | {"reply_to_message": quoted(replied)}


def _check_topic(chat: Chat, person: PersonAccount, thread: int | None) -> None:
    if thread is None:
        return
    if thread not in chat.topics:
        _refuse(f"no topic {thread} in {chat.key}")
    if chat.topics[thread].closed and not chat.runs(person.id):
        _refuse(f"the topic {chat.topics[thread].name} is closed")


def _refuse(reason: str) -> NoReturn:
    raise Impossible(reason)
