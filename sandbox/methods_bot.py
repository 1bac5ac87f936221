"""A bot about itself: who it is, what its menu holds, where its files lie."""

from sandbox import guesses
from sandbox.accounts import ScopeKey
from sandbox.ask import Ask
from sandbox.commands import read_command, read_language, read_scope
from sandbox.crowd import Crowd
from sandbox.files import DOWNLOAD_BYTES
from sandbox.guesses import DESCRIPTION_TOO_LONG, NAME_TOO_LONG
from sandbox.membership import IN_CHANNELS, RIGHTS
from sandbox.methods import Methods
from sandbox.refusals import bad
from sandbox.reply_markup import check_page
from sandbox.shapes import MENU_PAGE, check
from sandbox.wire import Wire

methods = Methods()

_MENU_BUTTONS = ("default", "commands", "web_app")


@methods.add
def get_me(_world: Crowd, ask: Ask) -> Wire:
    return ask.bot.me


@methods.add
def get_file(world: Crowd, ask: Ask) -> Wire:
    stored = world.files.get(ask.text("file_id"))
    if len(stored.data) > DOWNLOAD_BYTES:
        raise bad("file is too big")
    return stored.wire | {"file_path": world.files.link(stored, world.clock())}


@methods.add
def set_my_commands(world: Crowd, ask: Ask) -> bool:
    commands = [read_command(written) for written in ask.value("commands") or []]
    if len(commands) > 100:
        raise bad(guesses.COMMANDS_TOO_MANY)
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
def set_my_name(_world: Crowd, ask: Ask) -> bool:
    return _describe(ask, "name", 64)


@methods.add
def get_my_name(_world: Crowd, ask: Ask) -> Wire:
    return {"name": _described(ask, "name") or ask.bot.me["first_name"]}


@methods.add
def set_my_description(_world: Crowd, ask: Ask) -> bool:
    return _describe(ask, "description", 512)


@methods.add
def get_my_description(_world: Crowd, ask: Ask) -> Wire:
    return {"description": _described(ask, "description")}


@methods.add
def set_my_short_description(_world: Crowd, ask: Ask) -> bool:
    return _describe(ask, "short_description", 120)


@methods.add
def get_my_short_description(_world: Crowd, ask: Ask) -> Wire:
    return {"short_description": _described(ask, "short_description")}


@methods.add
def set_my_default_administrator_rights(_world: Crowd, ask: Ask) -> bool:
    """What a group or a channel is asked for when the bot is made its administrator."""
    ask.bot.default_rights[ask.flag("for_channels")] = ask.value("rights") or {}
    return True


@methods.add
def get_my_default_administrator_rights(_world: Crowd, ask: Ask) -> Wire:
    channels = ask.flag("for_channels")
    every = (*RIGHTS, *IN_CHANNELS) if channels else RIGHTS
    return dict.fromkeys(every, False) | ask.bot.default_rights.get(channels, {})


@methods.add
def set_chat_menu_button(world: Crowd, ask: Ask) -> bool:
    """Without a chat it is the one of all chats that have none of their own."""
    button = ask.value("menu_button") or {"type": "default"}
    if button["type"] not in _MENU_BUTTONS:
        raise bad("can't parse menu button: MenuButton has unsupported type")
    if button["type"] == "web_app":
        check(MENU_PAGE, button)
        check_page(button["web_app"]["url"], "menu button Web App")
    ask.bot.menu_buttons[_menu_of(world, ask)] = button
    return True


@methods.add
def get_chat_menu_button(world: Crowd, ask: Ask) -> Wire:
    return ask.bot.menu_buttons.get(_menu_of(world, ask), {"type": "default"})


@methods.add
def get_user_profile_photos(world: Crowd, ask: Ask) -> Wire:
    """The newest first, each in its sizes."""
    user = world.known_user(ask.number("user_id"))
    portraits = world.portraits.get(user["id"], [])[::-1]
    start, limit = ask.number("offset"), min(max(ask.number("limit") or 100, 1), 100)
    shown = [world.files.get(one).content["photo"] for one in portraits[start : start + limit]]
    return {"total_count": len(portraits), "photos": shown}


def _menu_of(world: Crowd, ask: Ask) -> int:
    chat_id = ask.number("chat_id")
    if chat_id and not world.known_chat(ask.bot, str(chat_id)).private:
        raise bad("chat not found")
    return chat_id


def _place(world: Crowd, ask: Ask) -> tuple[ScopeKey, str]:
    scope = read_scope(ask)
    if len(scope) > 1:
        world.known_chat(ask.bot, str(scope[1]))
    return scope, read_language(ask)


def _describe(ask: Ask, field: str, limit: int) -> bool:
    if len(ask.text(field)) > limit:
        raise bad(NAME_TOO_LONG if field == "name" else DESCRIPTION_TOO_LONG)
    ask.bot.texts[field, read_language(ask)] = ask.text(field)
    return True


def _described(ask: Ask, field: str) -> str:
    """In the language asked for, or else in none."""
    language = read_language(ask)
    return ask.bot.texts.get((field, language)) or ask.bot.texts.get((field, ""), "")
