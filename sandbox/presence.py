"""People where they are: what nobody can do is told to the test, not to a bot."""

from typing import NoReturn

from sandbox.accounts import Chat, PersonAccount
from sandbox.post import PostOffice
from sandbox.wire import Wire


class Impossible(Exception):
    """A person cannot do that: there is no such button, message or place."""


def refuse(reason: str) -> NoReturn:
    raise Impossible(reason)


class Presence(PostOffice):
    def inside(self, person_id: int, chat_key: str) -> tuple[Chat, PersonAccount]:
        chat = self.chat(chat_key)
        if not chat.holds(person_id):
            refuse(f"person {person_id} is not in {chat_key}")
        if chat.migrated_to:
            refuse(f"{chat_key} has become g:{chat.migrated_to}")
        return chat, self.people[person_id]

    def message_in(self, chat: Chat, message_id: int) -> Wire:
        if message_id not in chat.messages:
            refuse(f"no message {message_id} in {chat.key}")
        return chat.messages[message_id]
