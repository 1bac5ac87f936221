"""The whole of a small Telegram: no network, any clock."""

import inspect
import traceback
import warnings
from collections.abc import Mapping
from typing import Any

from sandbox import (
    methods_albums,
    methods_bot,
    methods_chats,
    methods_copying,
    methods_editing,
    methods_inline,
    methods_invites,
    methods_marks,
    methods_members,
    methods_places,
    methods_polls,
    methods_sending,
    methods_topics,
    methods_updates,
)
from sandbox.accounts import BotAccount, Chat, PersonAccount, Topic
from sandbox.ask import Ask
from sandbox.commands import seen_commands
from sandbox.crowd import Crowd, Impossible
from sandbox.delivery import Handler, Parcel
from sandbox.methods import find
from sandbox.post import CallRecord
from sandbox.refusals import Refused, bad
from sandbox.wire import Upload, Wire

__all__ = [
    "BotAccount",
    "CallRecord",
    "Chat",
    "Impossible",
    "PersonAccount",
    "Refused",
    "Topic",
    "Upload",
    "Wire",
    "World",
]
METHODS = (
    methods_albums.methods
    | methods_bot.methods
    | methods_chats.methods
    | methods_copying.methods
    | methods_editing.methods
    | methods_inline.methods
    | methods_invites.methods
    | methods_marks.methods
    | methods_members.methods
    | methods_places.methods
    | methods_polls.methods
    | methods_sending.methods
    | methods_topics.methods
    | methods_updates.methods
)


class Misread(UserWarning):
    """A method stumbled over its parameters, or over a fault of its own.

    The bot is refused and goes on; where warnings are errors, as in tests, nothing is hidden.
    """

    def __init__(self, method: str, error: Exception) -> None:
        *_, last = traceback.extract_tb(error.__traceback__)
        super().__init__(f"{method}: {error!r} at {last.filename}:{last.lineno}")


class World(Crowd):
    def connect(self, token: str, handler: Handler) -> None:
        """Updates go straight to the handler, as `settle` feeds them: no network in between."""
        self.bots[token].mailbox.handler = handler

    async def settle(self) -> None:
        """Feeds the connected bots one update after the other until there are none left."""
        self.pass_time()
        while waiting := self._next_direct():
            handler, parcel = waiting
            await handler(parcel.update)

    async def call(
        self,
        token: str,
        method: str,
        params: Mapping[str, object],
        files: Mapping[str, Upload] | None = None,
    ) -> tuple[int, Wire]:
        """Answers the HTTP status and the body; values may be JSON or text holding JSON."""
        self.pass_time()
        try:
            answer = find(METHODS, method)(self, Ask(self._bot(token), params, files or {}))
            result: Any = await answer if inspect.isawaitable(answer) else answer
        except Refused as refusal:
            return self._told(method, params, refusal.status, refusal.body())
        except (AttributeError, LookupError, TypeError, ValueError) as error:
            warnings.warn(Misread(method, error), stacklevel=1)
            misread = bad(f"can't parse the parameters of {method}")
            return self._told(method, params, misread.status, misread.body())
        return self._told(method, params, 200, {"ok": True, "result": result})

    def pass_time(self) -> None:
        """What ends by itself has ended: polls, bans and restrictions."""
        self.close_due_polls()
        self.lift_expired()

    def commands_for(self, bot_id: int, person_id: int, chat_key: str) -> list[Wire]:
        bot = self.bot_with_id(bot_id)
        return seen_commands(bot, self.chat(chat_key), self.people[person_id].user) if bot else []

    def _bot(self, token: str) -> BotAccount:
        if ":" not in token:
            raise Refused(401, "Unauthorized: invalid token specified")
        if token not in self.bots:
            raise Refused(401, "Unauthorized")
        return self.bots[token]

    def _next_direct(self) -> tuple[Handler, Parcel] | None:
        for mailbox in (bot.mailbox for bot in self.bots.values()):
            if mailbox.handler:
                mailbox.drop_expired(self.clock())
                if mailbox.parcels:
                    return mailbox.handler, mailbox.parcels.pop(0)
        return None

    def _told(
        self, method: str, params: Mapping[str, object], status: int, body: Wire
    ) -> tuple[int, Wire]:
        # A long poll asks all day long; it would push everything else out of the log.
        if method.lower() != "getupdates":
            description = body.get("description", "")
            self.log.append(CallRecord(method, dict(params), status, description, self.clock()))
        return status, body
