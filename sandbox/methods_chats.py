"""Chats: what a bot may learn of them, how they look, and leaving them."""

from sandbox.accounts import Chat
from sandbox.ask import Ask
from sandbox.crowd import Crowd
from sandbox.membership import LIBERTIES
from sandbox.methods import Methods
from sandbox.refusals import bad
from sandbox.wire import Wire, present

methods = Methods()

_GIFTS = (
    "unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription",
    "gifts_from_channels",
)  # fmt: skip


@methods.add
def get_chat(world: Crowd, ask: Ask) -> Wire:
    chat = world.known_chat(ask.bot, ask.text("chat_id"))
    always: Wire = {"accent_color_id": 0, "max_reaction_count": 11}
    always |= {"accepted_gift_types": dict.fromkeys(_GIFTS, True)}
    return chat.wire | always | _described(chat, ask.bot.id)


@methods.add
def leave_chat(world: Crowd, ask: Ask) -> bool:
    chat = world.open_chat(ask.bot, ask.text("chat_id"))
    if chat.private:
        raise bad("chat member status can't be changed in private chats")
    world.set_member(chat.key, ask.bot.id, "left")
    return True


@methods.add
def set_chat_title(world: Crowd, ask: Ask) -> bool:
    title = ask.text("title").strip()[:128]
    if not title:
        raise bad("title must be non-empty")
    chat = _changeable(world, ask, "title")
    if title != chat.title:
        chat.title = title
        world.announce(chat, ask.bot.user, new_chat_title=title)
    return True


@methods.add
def set_chat_description(world: Crowd, ask: Ask) -> bool:
    chat = _changeable(world, ask, "description")
    description = ask.text("description").strip()[:255]
    if description == chat.description:
        raise bad("chat description is not modified")
    chat.description = description
    return True


@methods.add
def set_chat_photo(world: Crowd, ask: Ask) -> bool:
    chat = _changeable(world, ask, "photo")
    if not ask.files:
        raise bad("there is no photo in the request")
    [size] = world.files.receive(ask, "photo", ask.text("photo")).content["photo"]
    chat.photo = {
        f"{kind}_file_{field}": size[f"file_{field}"]
        for kind in ("small", "big")
        for field in ("id", "unique_id")
    }
    world.announce(chat, ask.bot.user, new_chat_photo=[size])
    return True


@methods.add
def delete_chat_photo(world: Crowd, ask: Ask) -> bool:
    chat = _changeable(world, ask, "photo")
    chat.photo = {}
    world.announce(chat, ask.bot.user, delete_chat_photo=True)
    return True


@methods.add
def set_chat_permissions(world: Crowd, ask: Ask) -> bool:
    permissions = read_permissions(ask)
    chat = world.open_chat(ask.bot, ask.text("chat_id"))
    if chat.private or chat.channel:
        kind = "private" if chat.private else "channel"
        raise bad(f"can't change {kind} chat permissions")
    if not chat.may(ask.bot.id, "can_restrict_members"):
        raise bad("not enough rights to change chat permissions")
    chat.permissions = permissions
    return True


def read_permissions(ask: Ask) -> Wire:
    """What is not named is not permitted."""
    permissions = ask.value("permissions")
    if not isinstance(permissions, dict):
        raise bad("object expected as permissions")
    return {name: permissions.get(name) is True for name in LIBERTIES}


def _described(chat: Chat, bot_id: int) -> Wire:
    pinned = next((chat.messages[n] for n in chat.pinned[::-1] if n in chat.messages), None)
    primary = next((one.link for one in chat.invites.values() if one.primary), None)
    runs = not chat.private and chat.runs(bot_id)
    return present(
        description=chat.description,
        photo=chat.photo or None,
        pinned_message=pinned,
        permissions=chat.permissions or None,
        linked_chat_id=chat.linked.id if chat.linked else None,
        invite_link=primary if runs else None,
    )


def _changeable(world: Crowd, ask: Ask, what: str) -> Chat:
    chat = world.open_chat(ask.bot, ask.text("chat_id"))
    if chat.private:
        raise bad(f"can't change private chat {what}")
    if not (chat.runs(ask.bot.id) and chat.may(ask.bot.id, "can_change_info")):
        raise bad(f"not enough rights to change chat {what}")
    return chat
