"""A bot about itself: who it is, what its menu holds, where its files lie."""

from sandbox.accounts import ScopeKey
from sandbox.ask import Ask
from sandbox.commands import read_command, read_language, read_scope
from sandbox.crowd import Crowd
from sandbox.files import DOWNLOAD_BYTES
from sandbox.guesses import DESCRIPTION_TOO_LONG
from sandbox.methods import Methods
from sandbox.refusals import bad
from sandbox.wire import Wire

methods = Methods()


@methods.add
def get_me(_world: Crowd, ask: Ask) -> Wire:
    return ask.bot.me


@methods.add
def get_file(world: Crowd, ask: Ask) -> Wire:
    stored = world.files.get(ask.text("file_id"))
    if len(stored.data) > DOWNLOAD_BYTES:
        raise bad("file is too big")
    return stored.wire | {"file_path": stored.path}


@methods.add
def set_my_commands(world: Crowd, ask: Ask) -> bool:
    commands = [read_command(written) for written in ask.value("commands") or []]
    if len(commands) > 100:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    ask.bot.commands[_place(world, ask)] = commands
    return True


@methods.add
def get_my_commands(world: Crowd, ask: Ask) -> list[Wire]:
    return ask.bot.commands.get(_place(world, ask), [])


@methods.add
def delete_my_commands(world: Crowd, ask: Ask) -> bool:
    ask.bot.commands.pop(_place(world, ask), None)
    return True


@methods.add
def set_my_description(_world: Crowd, ask: Ask) -> bool:
    return _describe(ask, "description", 512)


@methods.add
def set_my_short_description(_world: Crowd, ask: Ask) -> bool:
    return _describe(ask, "short_description", 120)


@methods.add
def set_chat_menu_button(world: Crowd, ask: Ask) -> bool:
    chat_id = ask.number("chat_id")
    if chat_id:
        world.known_chat(ask.bot, str(chat_id))
    ask.bot.menu_buttons[chat_id] = ask.value("menu_button") or {"type": "default"}
    return True


def _place(world: Crowd, ask: Ask) -> tuple[ScopeKey, str]:
    scope = read_scope(ask)
    if len(scope) > 1:
        world.known_chat(ask.bot, str(scope[1]))
    return scope, read_language(ask)


def _describe(ask: Ask, field: str, limit: int) -> bool:
    if len(ask.text(field)) > limit:
        raise bad(DESCRIPTION_TOO_LONG)
    ask.bot.texts[field, read_language(ask)] = ask.text(field)
    return True
