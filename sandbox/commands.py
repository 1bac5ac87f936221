"""The command menu: which of a bot's lists a person sees in a chat."""

import re
from collections.abc import Iterator

from sandbox import guesses
from sandbox.accounts import BotAccount, Chat, ScopeKey
from sandbox.ask import Ask
from sandbox.refusals import bad
from sandbox.wire import Wire

_FIELDS: dict[str, tuple[str, ...]] = {
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}


def read_scope(ask: Ask) -> ScopeKey:
    scope = ask.value("scope", called="BotCommandScope") or {"type": "default"}
    kind = str(scope["type"])
    if kind not in _FIELDS:
        raise bad("can't parse BotCommandScope: Unsupported type specified")
    return (kind, *(Ask(ask.bot, scope, {}).number(name) for name in _FIELDS[kind]))


def read_language(ask: Ask) -> str:
    language = ask.text("language_code")
    if language and not re.fullmatch(r"[a-z]{2}", language):
        raise bad("invalid language code specified")
    return language


def read_command(written: Wire) -> Wire:
    command = str(written.get("command") or "").strip().removeprefix("/")
    description = str(written.get("description") or "").strip()
    _check_length("command", command, 32)
    _check_length("command description", description, 256)
    if not re.fullmatch(r"[a-z0-9_]+", command):
        raise bad(guesses.COMMAND_INVALID)
    return {"command": command, "description": description}


def _check_length(what: str, written: str, most: int) -> None:
    if not written:
        raise bad(f"{what} must be non-empty")
    if len(written) > most:
        raise bad(f"{what} length must not exceed {most}")


def seen_commands(bot: BotAccount, chat: Chat, user: Wire) -> list[Wire]:
    """The most specific scope that has a list wins, in it the person's language."""
    for scope in _scopes(chat, user["id"]):
        for language in (user.get("language_code", ""), ""):
            if found := bot.commands.get((scope, language)):
                return found
    return []


def _scopes(chat: Chat, user_id: int) -> Iterator[ScopeKey]:
    if chat.private:
        yield ("chat", chat.id)
        yield ("all_private_chats",)
    else:
        runs = chat.runs(user_id)
        yield ("chat_member", chat.id, user_id)
        yield from [("chat_administrators", chat.id)] if runs else []
        yield ("chat", chat.id)
        yield from [("all_chat_administrators",)] if runs else []
        yield ("all_group_chats",)
    yield ("default",)
