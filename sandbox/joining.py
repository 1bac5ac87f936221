"""Ways into a chat: links, and asking to be let in."""

import secrets

from sandbox.accounts import Chat, Invite
from sandbox.membership import Membership
from sandbox.presence import refuse
from sandbox.wire import Wire

# While a request waits the bot may write to who asked, for so many seconds.
_ASKING_SECONDS = 300.0


def new_link() -> str:
    return f"https://t.me/+{secrets.token_urlsafe(12)}"


class Joining(Membership):
    def join(self, person_id: int, link: str) -> str:
        """Follows a link into a chat, or asks to be let in; answers the key of the chat."""
        chat, invite = self._invited(link)
        if chat.status_of(person_id) == "kicked":
            refuse(f"person {person_id} is banned in {chat.key}")
        if chat.has(person_id):
            refuse(f"person {person_id} is in {chat.key} already")
        if invite.asks:
            self._ask_in(chat, invite, person_id)
        else:
            invite.joined += 1
            self.set_member(chat.key, person_id, "member", invite_link=invite.wire)
        return chat.key

    def let_in(self, chat: Chat, person_id: int, *, by: int) -> None:
        invite = self._settled(chat, person_id)
        invite.joined += 1
        link = invite.wire
        self.set_member(
            chat.key, person_id, "member", by=by, invite_link=link, via_join_request=True
        )

    def turn_away(self, chat: Chat, person_id: int) -> None:
        self._settled(chat, person_id)

    def asked_in(self, chat: Chat, person_id: int) -> bool:
        return any(person_id in invite.waiting for invite in chat.invites.values())

    def _ask_in(self, chat: Chat, invite: Invite, person_id: int) -> None:
        invite.waiting.add(person_id)
        for bot in self.bots_in(chat):
            if chat.runs(bot.id) and chat.may(bot.id, "can_invite_users"):
                self.private_chat(bot, person_id).open_until = self.clock() + _ASKING_SECONDS
                request: Wire = {
                    "chat": chat.wire,
                    "from": self.people[person_id].user,
                    "user_chat_id": person_id,
                    "date": self.now,
                    "invite_link": invite.wire,
                }
                self.push(bot, "chat_join_request", request, about=person_id)

    def _settled(self, chat: Chat, person_id: int) -> Invite:
        invite = next(one for one in chat.invites.values() if person_id in one.waiting)
        invite.waiting.discard(person_id)
        for bot in self.bots_in(chat):
            self.private_chat(bot, person_id).open_until = 0.0
        return invite

    def _invited(self, link: str) -> tuple[Chat, Invite]:
        for chat in self.chats.values():
            if invite := chat.invites.get(link):
                spent = invite.limit and invite.joined >= invite.limit
                late = invite.expires and invite.expires <= self.clock()
                if invite.revoked or spent or late:
                    refuse(f"the link {link} leads nowhere any more")
                return chat, invite
        return refuse(f"{link} leads into no chat here")
