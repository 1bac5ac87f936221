"""Polls: one poll may stand in many messages, and all of them show the same votes."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sandbox.accounts import BotAccount, Chat
from sandbox.ballots import Poll
from sandbox.channels import Channels
from sandbox.presence import refuse
from sandbox.wire import Wire


class Polls(Channels):
    def open_poll(self, poll: Poll) -> Poll:
        """The same poll under an id of its own: what is copied starts without votes."""
        poll_id = str(5 * 10**18 + len(self.polls) + 1)
        opened = self.polls[poll_id] = replace(poll, id=poll_id, votes={})
        return opened

    def vote(self, person_id: int, chat_key: str, message_id: int, options: Sequence[int]) -> Wire:
        """Chooses these options, counted from 0; none takes the vote back."""
        self.close_due_polls()
        chat, person = self.inside(person_id, chat_key)
        poll = self._poll_of(self.message_in(chat, message_id))
        _check_vote(poll, person_id, options)
        if options:
            poll.votes[person_id] = sorted(options)
        else:
            poll.votes.pop(person_id, None)
        self._tell_of_vote(poll, person.user, sorted(options))
        return chat.messages[message_id]

    def close_poll(self, poll: Poll) -> None:
        poll.closed = True
        self._show(poll)
        if bot := self.bot_with_id(poll.bot_id):
            self._push_poll(bot, poll)

    def close_due_polls(self) -> None:
        for poll in self.polls.values():
            if not poll.closed and poll.close_date and poll.close_date <= self.clock():
                self.close_poll(poll)

    def _tell_of_vote(self, poll: Poll, user: Wire, options: list[int]) -> None:
        self._show(poll)
        bot = self.bot_with_id(poll.bot_id)
        if bot is None:
            return
        if not poll.anonymous:
            answer = {
                "poll_id": poll.id,
                "user": user,
                "option_ids": options,
                "option_persistent_ids": [str(number) for number in options],
            }
            self.push(bot, "poll_answer", answer, about=int(poll.id))
        self._push_poll(bot, poll)

    def _push_poll(self, bot: BotAccount, poll: Poll) -> None:
        self.push(bot, "poll", poll.wire, about=int(poll.id))

    def _show(self, poll: Poll) -> None:
        for chat, message in list(self._places(poll)):
            self.put(chat, message | {"poll": poll.wire})

    def _places(self, poll: Poll) -> Iterator[tuple[Chat, Wire]]:
        for chat in self.chats.values():
            for message in list(chat.messages.values()):
                if message.get("poll", {}).get("id") == poll.id:
                    yield chat, message

    def _poll_of(self, message: Wire) -> Poll:
        if "poll" not in message:
            refuse(f"message {message['message_id']} is no poll")
        return self.polls[message["poll"]["id"]]


def _check_vote(poll: Poll, person_id: int, options: Sequence[int]) -> None:
    if poll.closed:
        refuse("the poll is closed")
    if any(not 0 <= number < len(poll.options) for number in options):
        refuse(f"the poll has no such options as {list(options)}")
    if len(set(options)) > 1 and not poll.multiple:
        refuse("the poll takes one answer")
    if person_id in poll.votes and not poll.revoting:
        refuse("a vote in this poll cannot be changed")
