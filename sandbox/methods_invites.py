"""Links into a chat, and those who ask to be let in."""

from sandbox import guesses
from sandbox.accounts import Chat, Invite
from sandbox.ask import Ask
from sandbox.crowd import Crowd
from sandbox.joining import new_link
from sandbox.methods import Methods
from sandbox.refusals import bad
from sandbox.wire import Wire

methods = Methods()


@methods.add
def create_chat_invite_link(world: Crowd, ask: Ask) -> Wire:
    chat = _inviting(world, ask)
    return _set_up(world, ask, _opened(chat, ask)).wire


@methods.add
def edit_chat_invite_link(world: Crowd, ask: Ask) -> Wire:
    invite = _own(_inviting(world, ask), ask)
    if invite.primary:
        raise bad(guesses.INVITE_FIXED)
    return _set_up(world, ask, invite).wire


@methods.add
def revoke_chat_invite_link(world: Crowd, ask: Ask) -> Wire:
    """A primary link makes way for a new one."""
    chat = _inviting(world, ask)
    invite = _own(chat, ask)
    invite.revoked = True
    if invite.primary:
        invite.primary = False
        _opened(chat, ask).primary = True
    return invite.wire


@methods.add
def export_chat_invite_link(world: Crowd, ask: Ask) -> str:
    """The primary link, always a new one."""
    chat = _inviting(world, ask)
    for old in chat.invites.values():
        if old.primary:
            old.primary, old.revoked = False, True
    invite = _opened(chat, ask)
    invite.primary = True
    return invite.link


@methods.add
def approve_chat_join_request(world: Crowd, ask: Ask) -> bool:
    chat, user_id = _asking(world, ask)
    world.let_in(chat, user_id, by=ask.bot.id)
    return True


@methods.add
def decline_chat_join_request(world: Crowd, ask: Ask) -> bool:
    chat, user_id = _asking(world, ask)
    world.turn_away(chat, user_id)
    return True


def _inviting(world: Crowd, ask: Ask) -> Chat:
    chat = world.open_chat(ask.bot, ask.text("chat_id"))
    if chat.private:
        raise bad("can't invite members to a private chat")
    _check_right(chat, ask, "invite link")
    return chat


def _check_right(chat: Chat, ask: Ask, what: str) -> None:
    if not (chat.runs(ask.bot.id) and chat.may(ask.bot.id, "can_invite_users")):
        raise bad(f"not enough rights to manage chat {what}")


def _asking(world: Crowd, ask: Ask) -> tuple[Chat, int]:
    chat = world.open_chat(ask.bot, ask.text("chat_id"))
    if chat.private:
        raise bad("the chat can't have join requests")
    _check_right(chat, ask, "join requests")
    user_id = int(world.known_user(ask.number("user_id"))["id"])
    if chat.has(user_id):
        raise bad(guesses.ALREADY_IN)
    if not world.asked_in(chat, user_id):
        raise bad(guesses.NOBODY_ASKED)
    return chat, user_id


def _opened(chat: Chat, ask: Ask) -> Invite:
    invite = Invite(new_link(), ask.bot.user)
    chat.invites[invite.link] = invite
    return invite


def _set_up(world: Crowd, ask: Ask, invite: Invite) -> Invite:
    limit, asks = ask.number("member_limit"), ask.flag("creates_join_request")
    if limit and asks:
        requiring = "links requiring administrator approval"
        raise bad(f"member limit can't be specified for {requiring}")
    if not 0 <= limit <= 99_999:
        raise bad(guesses.INVITE_LIMIT_INVALID)
    invite.name = ask.text("name")[:32]
    invite.expires, invite.limit, invite.asks = ask.number("expire_date"), limit, asks
    return invite


def _own(chat: Chat, ask: Ask) -> Invite:
    invite = chat.invites.get(ask.text("invite_link"))
    if invite is None or invite.creator["id"] != ask.bot.id:
        raise bad(guesses.UNKNOWN_INVITE)
    return invite
