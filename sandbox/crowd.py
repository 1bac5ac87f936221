"""What people do."""

import itertools
import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qs, urlsplit

from sandbox import guesses
from sandbox.accounts import Chat, PersonAccount
from sandbox.channels import signature
from sandbox.entities import finished
from sandbox.inline import Inline
from sandbox.post import (
    CONTENT,
    Query,
    copied,
    grouped,
    origin,
    quoted,
    topic_fields,
    topic_of,
)
from sandbox.presence import Impossible, refuse
from sandbox.reply_markup import inline_buttons
from sandbox.wire import Wire, present

# Beyond 2**53: a bot that keeps the ids of taps as floats is found out here.
_query_ids = itertools.count(10**17 + 1)


__all__ = ["Crowd", "Impossible"]


class Crowd(Inline):
    def say(
        self,
        person_id: int,
        chat_key: str,
        text: str,
        *,
        reply_to: int | None = None,
        thread: int | None = None,
        speaks_for: str | None = None,
    ) -> Wire:
        read = finished(text, [])
        content = present(text=read.plain, entities=read.entities)
        aim: dict[str, Any] = {"reply_to": reply_to, "thread": thread, "speaks_for": speaks_for}
        return self.send(person_id, chat_key, **aim, **content)

    def send(
        self,
        person_id: int,
        chat_key: str,
        *,
        reply_to: int | None = None,
        thread: int | None = None,
        speaks_for: str | None = None,
        **content: object,
    ) -> Wire:
        """`speaks_for` is the chat in whose name it is said: the group itself or a channel."""
        chat, person = self.inside(person_id, chat_key)
        if chat.channel and not chat.may(person_id, "can_post_messages"):
            refuse(f"only those who run {chat_key} post there")
        if not chat.channel and not all(
            chat.may_send(person_id, k) for k in CONTENT if k in content
        ):
            refuse(f"person {person_id} may not send that to {chat_key}")
        sign = self._sign(chat, person_id, speaks_for) if speaks_for else {}
        replied = self.message_in(chat, reply_to) if reply_to else None
        thread = thread or topic_of(replied)
        _check_topic(chat, person, thread)
        self._start(chat)
        place = _reply(chat, replied) | topic_fields(thread)
        message = self.post(chat, person.user, **sign, **content, **place)
        self.tell_bots(chat, "message", message)
        self.pass_on(chat, message)
        return message

    def send_album(
        self, person_id: int, chat_key: str, contents: Sequence[Wire], **aim: Any
    ) -> list[Wire]:
        return [
            self.send(person_id, chat_key, **aim, **content, **group)
            for content, group in grouped(contents)
        ]

    def forward(self, person_id: int, chat_key: str, message_id: int, to: str) -> Wire:
        """Hands a message on into another chat of this person."""
        chat, _ = self.inside(person_id, chat_key)
        message = self.message_in(chat, message_id)
        if message.get("has_protected_content") or not copied(message):
            refuse(f"message {message_id} of {chat_key} cannot be handed on")
        return self.send(person_id, to, forward_origin=origin(message), **copied(message))

    def share_contact(self, person_id: int, chat_key: str, *, of: int | None = None) -> Wire:
        owner = self.people.get(of or person_id)
        if owner is None or not owner.phone:
            refuse(f"person {of or person_id} has no phone")
        contact = present(
            phone_number=owner.phone,
            first_name=owner.user["first_name"],
            last_name=owner.user.get("last_name"),
            user_id=owner.id,
        )
        return self.send(person_id, chat_key, contact=contact)

    def open(self, person_id: int, link: str, group: str = "") -> str:
        """Follows `https://t.me/<bot>?start=<code>`; answers the key of the chat it leads to.

        `?startgroup=<code>` leads into a group of the person's choice and brings the bot there.
        """
        parts = urlsplit(link)
        username = parts.path.strip("/").lower()
        bot = next((bot for bot in self.bots.values() if bot.username.lower() == username), None)
        if parts.netloc != "t.me" or bot is None:
            refuse(f"{link} leads to no bot here")
        code = parse_qs(parts.query).get("startgroup" if group else "start", [""])[0]
        if not re.fullmatch(r"[A-Za-z0-9_-]{0,64}", code):
            refuse(f"{code!r} cannot be what a link carries")
        chat = self.chat(group) if group else self.private_chat(bot, person_id)
        if group and not chat.has(bot.id):
            self.set_member(group, bot.id, "member", by=person_id)
        command = f"/start@{bot.username}" if group else "/start"
        self.say(person_id, chat.key, f"{command} {code}".rstrip())
        return chat.key

    def edit(self, person_id: int, chat_key: str, message_id: int, text: str) -> Wire:
        chat, _ = self.inside(person_id, chat_key)
        old = self.message_in(chat, message_id)
        if chat.authors[message_id] != person_id:
            refuse("only one's own message can be edited")
        read = finished(text, [])
        kept = {key: value for key, value in old.items() if not key.endswith("entities")}
        name = "text" if "text" in old else "caption"
        marks = "entities" if name == "text" else "caption_entities"
        new = {name: read.plain} | present(**{marks: read.entities}) | {"edit_date": self.now}
        message = self.put(chat, kept | new)
        self.tell_bots(chat, "edited_message", message)
        self.follow(chat, message)
        return message

    def pin_up(self, person_id: int, chat_key: str, message_id: int) -> None:
        chat, person = self._pinning(person_id, chat_key)
        self.pin(chat, self.message_in(chat, message_id), person.user)

    def take_down(self, person_id: int, chat_key: str, message_id: int) -> None:
        chat, _ = self._pinning(person_id, chat_key)
        chat.pinned = [one for one in chat.pinned if one != message_id]
        self.changed(chat)

    def tap(
        self, person_id: int, chat_key: str, message_id: int, data: str, *, forged: bool = False
    ) -> str:
        """Presses a button of that message. A forged press needs none: a program can send any."""
        chat, person = self.inside(person_id, chat_key)
        message = self.message_in(chat, message_id)
        bot = self.bot_with_id(message.get("via_bot", {}).get("id") or chat.authors[message_id])
        if bot is None:
            refuse("the message is not a bot's")
        if not forged and data not in [b.get("callback_data") for b in inline_buttons(message)]:
            refuse(f"no button with {data!r} on that message")
        query_id, inline_id = str(next(_query_ids)), self.inline_id_of(chat, message)
        lifetime = float(guesses.TAP_SECONDS)
        self.queries[query_id] = Query(person_id, chat_key, self.clock() + lifetime, bot.id)
        query = {
            "id": query_id,
            "from": person.user,
            **({"inline_message_id": inline_id} if inline_id else {"message": message}),
            "chat_instance": str(chat.id * 7919),
            "data": data,
        }
        self.push(bot, "callback_query", query, about=person_id, lifetime=lifetime)
        return query_id

    def block(self, person_id: int, chat_key: str) -> None:
        self.set_blocked(self._private(person_id, chat_key), blocked=True)

    def unblock(self, person_id: int, chat_key: str) -> None:
        self.set_blocked(self._private(person_id, chat_key), blocked=False)

    def _pinning(self, person_id: int, chat_key: str) -> tuple[Chat, PersonAccount]:
        chat, person = self.inside(person_id, chat_key)
        if not chat.may(person_id, "can_edit_messages" if chat.channel else "can_pin_messages"):
            refuse(f"person {person_id} may not pin in {chat_key}")
        return chat, person

    def _sign(self, chat: Chat, person_id: int, speaks_for: str) -> Wire:
        speaker = self.chats.get(speaks_for)
        if speaker is None or not speaker.runs(person_id):
            refuse(f"person {person_id} does not speak for {speaks_for}")
        if speaker.id in chat.barred:
            refuse(f"{speaks_for} is banned in {chat.key}")
        return signature(chat, speaker)

    def _private(self, person_id: int, chat_key: str) -> Chat:
        chat, _ = self.inside(person_id, chat_key)
        if not chat.private:
            refuse("only a bot's private chat can be blocked")
        return chat

    def _start(self, chat: Chat) -> None:
        if chat.blocked:
            self.set_blocked(chat, blocked=False)
        chat.started = True


def _reply(chat: Chat, replied: Wire | None) -> Wire:
    if replied is None:
        return {}
    # Clients make a thread of every reply in a supergroup: the bot must not take it for a topic.
    root = replied.get("message_thread_id", replied["message_id"])
    thread = {"message_thread_id": root} if chat.kind == "supergroup" else {}
    return thread | {"reply_to_message": quoted(replied)}


def _check_topic(chat: Chat, person: PersonAccount, thread: int | None) -> None:
    if thread is not None and thread not in chat.topics:
        refuse(f"no topic {thread} in {chat.key}")
    topic = chat.topics[thread] if thread else chat.general
    if topic.closed and not chat.runs(person.id):
        refuse(f"the topic {topic.name} is closed")
