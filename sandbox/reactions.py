"""Reactions: who put what under a message, and who is told of it."""

from collections import Counter

from sandbox.accounts import Chat
from sandbox.joining import Joining
from sandbox.wire import Wire


def emoji(*written: str) -> list[Wire]:
    return [{"type": "emoji", "emoji": one} for one in written]


class Reactions(Joining):
    def react(self, person_id: int, chat_key: str, message_id: int, *written: str) -> None:
        """These and no others; none takes all of them back."""
        chat, person = self.inside(person_id, chat_key)
        self.message_in(chat, message_id)
        self.set_reaction(chat, message_id, person.user, emoji(*written))

    def set_reaction(self, chat: Chat, message_id: int, user: Wire, reaction: list[Wire]) -> None:
        under = chat.reactions.setdefault(message_id, {})
        old = under.pop(user["id"], [])
        if reaction:
            under[user["id"]] = reaction
        self.changed(chat)
        if old != reaction:
            self._tell_of_reaction(chat, message_id, user, (old, reaction))

    def counted(self, chat: Chat, message_id: int) -> list[Wire]:
        under = chat.reactions.get(message_id, {})
        counts = Counter(tuple(sorted(one.items())) for given in under.values() for one in given)
        return [{"type": dict(one), "total_count": count} for one, count in counts.most_common()]

    def _tell_of_reaction(
        self, chat: Chat, message_id: int, user: Wire, change: tuple[list[Wire], list[Wire]]
    ) -> None:
        """Of one person's reaction, or in a channel, where nobody is named, of their number."""
        told: Wire = {"chat": chat.wire, "message_id": message_id, "date": self.now}
        kind, more = "message_reaction", _change(user, *change)
        if chat.channel:
            kind, more = "message_reaction_count", {"reactions": self.counted(chat, message_id)}
        for bot in self.bots_in(chat):
            # A bot hears of no other bot's reactions, its own included.
            if not user["is_bot"] and (chat.private or chat.runs(bot.id)):
                self.push(bot, kind, told | more, about=chat.id)


def _change(user: Wire, old: list[Wire], new: list[Wire]) -> Wire:
    return {"user": user, "old_reaction": old, "new_reaction": new}
