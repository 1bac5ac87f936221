"""Members: who they are, throwing them out, keeping them short and raising them."""

from sandbox.accounts import Chat
from sandbox.ask import Ask
from sandbox.crowd import Crowd
from sandbox.membership import IN_CHANNELS, RIGHTS, member_wire
from sandbox.methods import Methods
from sandbox.methods_chats import read_permissions
from sandbox.refusals import bad
from sandbox.wire import Wire

methods = Methods()

_BOTH = "method is available for supergroup and channel chats only"
_SHORTEST, _LONGEST = 30, 366 * 86_400


@methods.add
def get_chat_member(world: Crowd, ask: Ask) -> Wire:
    chat = world.known_chat(ask.bot, ask.text("chat_id"))
    return member_wire(chat, world.known_user(ask.number("user_id")))


@methods.add
def get_chat_administrators(world: Crowd, ask: Ask) -> list[Wire]:
    """Without the other bots, unless they are asked for."""
    chat = world.known_chat(ask.bot, ask.text("chat_id"))
    if chat.private:
        raise bad("there are no administrators in the private chat")
    users = [world.known_user(user_id) for user_id in chat.members if chat.runs(user_id)]
    with_bots = ask.flag("return_bots")
    return [
        member_wire(chat, user)
        for user in users
        if with_bots or not user["is_bot"] or user["id"] == ask.bot.id
    ]


@methods.add
def get_chat_member_count(world: Crowd, ask: Ask) -> int:
    chat = world.known_chat(ask.bot, ask.text("chat_id"))
    return 2 if chat.private else sum(chat.has(user_id) for user_id in chat.members)


@methods.add
def ban_chat_member(world: Crowd, ask: Ask) -> bool:
    chat = world.open_chat(ask.bot, ask.text("chat_id"))
    if chat.private:
        raise bad("can't ban members in private chats")
    user_id = _restrictable(world, ask, chat)
    until = _until(world, ask)
    # In supergroups and channels everything that was said goes with who said it.
    if ask.flag("revoke_messages") or chat.kind != "group":
        _forget(world, chat, user_id)
    world.set_member(chat.key, user_id, "kicked", by=ask.bot.id, until=until)
    return True


@methods.add
def unban_chat_member(world: Crowd, ask: Ask) -> bool:
    """Who is a member is put out by it: only those banned are meant when that is said."""
    chat = world.open_chat(ask.bot, ask.text("chat_id"))
    _check_large(chat)
    user_id = _restrictable(world, ask, chat)
    banned = chat.status_of(user_id) == "kicked"
    if banned or (chat.has(user_id) and not ask.flag("only_if_banned")):
        world.set_member(chat.key, user_id, "left", by=ask.bot.id)
    return True


@methods.add
def restrict_chat_member(world: Crowd, ask: Ask) -> bool:
    permissions = read_permissions(ask)
    chat = world.open_chat(ask.bot, ask.text("chat_id"))
    if chat.kind != "supergroup":
        raise bad("method is available only for supergroups")
    user_id = _restrictable(world, ask, chat)
    until = _until(world, ask)
    if all(permissions.values()):
        world.set_member(chat.key, user_id, "member", by=ask.bot.id)
    else:
        world.set_member(
            chat.key, user_id, "restricted", by=ask.bot.id, rights=permissions, until=until
        )
    return True


@methods.add
def promote_chat_member(world: Crowd, ask: Ask) -> bool:
    """Without any right it takes the rank away."""
    chat = world.open_chat(ask.bot, ask.text("chat_id"))
    _check_large(chat)
    user = world.known_user(ask.number("user_id"))
    _check_raising(chat, ask, user["id"])
    known = (*RIGHTS, *(IN_CHANNELS if chat.channel else ()))
    rights = {name: ask.flag(name) for name in known}
    if any(rights.values()):
        rank, given = "administrator", rights | {"can_manage_chat": True}
        world.set_member(chat.key, user["id"], rank, by=ask.bot.id, rights=given)
    elif chat.runs(user["id"]):
        world.set_member(chat.key, user["id"], "member", by=ask.bot.id)
    return True


@methods.add
def set_chat_administrator_custom_title(world: Crowd, ask: Ask) -> bool:
    chat = world.open_chat(ask.bot, ask.text("chat_id"))
    if chat.private or chat.channel:
        raise bad("method is available only for groups and supergroups")
    user_id = world.known_user(ask.number("user_id"))["id"]
    if chat.status_of(user_id) == "creator":
        raise bad("only the owner can edit their custom title")
    if chat.status_of(user_id) != "administrator":
        raise bad("user is not an administrator")
    if not chat.may(ask.bot.id, "can_promote_members"):
        raise bad("not enough rights to change custom title of the user")
    title = ask.text("custom_title")[:16]
    chat.rights[user_id] = chat.rights.get(user_id, {}) | {"custom_title": title}
    return True


@methods.add
def ban_chat_sender_chat(world: Crowd, ask: Ask) -> bool:
    """Nobody speaks here in the name of that chat any more."""
    chat, speaker = _speaking(world, ask)
    chat.barred.add(speaker.id)
    return True


@methods.add
def unban_chat_sender_chat(world: Crowd, ask: Ask) -> bool:
    chat, speaker = _speaking(world, ask)
    chat.barred.discard(speaker.id)
    return True


def _speaking(world: Crowd, ask: Ask) -> tuple[Chat, Chat]:
    chat = world.open_chat(ask.bot, ask.text("chat_id"))
    _check_large(chat)
    speaker = world.chats.get(f"g:{ask.number('sender_chat_id')}")
    if speaker is None:
        raise bad("chat not found")
    if not (chat.runs(ask.bot.id) and chat.may(ask.bot.id, "can_restrict_members")):
        raise bad("not enough rights to restrict/unrestrict chat member")
    return chat, speaker


def _check_large(chat: Chat) -> None:
    if chat.kind not in ("supergroup", "channel"):
        raise bad(_BOTH)


def _check_raising(chat: Chat, ask: Ask, user_id: int) -> None:
    if chat.status_of(user_id) == "creator":
        raise bad("can't remove chat owner")
    if user_id == ask.bot.id:
        raise bad("can't promote self")
    if not (chat.runs(ask.bot.id) and chat.may(ask.bot.id, "can_promote_members")):
        raise bad("not enough rights")
    if not chat.has(user_id):
        raise bad("bots can't add new chat members")


def _restrictable(world: Crowd, ask: Ask, chat: Chat) -> int:
    user_id = int(world.known_user(ask.number("user_id"))["id"])
    if chat.status_of(user_id) == "creator":
        raise bad("can't remove chat owner")
    if user_id == ask.bot.id:
        raise bad("can't restrict self")
    if not (chat.runs(ask.bot.id) and chat.may(ask.bot.id, "can_restrict_members")):
        raise bad("not enough rights to restrict/unrestrict chat member")
    if chat.status_of(user_id) == "administrator":
        raise bad("user is an administrator of the chat")
    return user_id


def _until(world: Crowd, ask: Ask) -> int:
    """Less than half a minute or more than a year is for ever."""
    until = ask.number("until_date")
    return until if _SHORTEST <= until - world.now <= _LONGEST else 0


def _forget(world: Crowd, chat: Chat, user_id: int) -> None:
    for message_id, author in chat.authors.items():
        if author == user_id and message_id in chat.messages:
            world.remove(chat, message_id)
