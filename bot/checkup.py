"""`python -m bot check`: what works and what does not, a line each, before members find out."""

from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import click

from bot.console import opened, standing, t
from bot.settings import BadSetting, Settings, database_file
from bot.telegram import Doubtful, Http, Json, Telegram, TelegramError, Unreached
from locales import Value
from services import holders

FINE, WRONG, LATER = "✓", "✗", "!"  # LATER: the bot works without it


class Trouble(Exception):
    """What is wrong, and what to do about it."""

    def __init__(self, text_id: str, mark: str = WRONG, **values: Value) -> None:
        super().__init__(t.label(text_id, **values))
        self.mark = mark


async def examine(settings: Settings) -> bool:
    """Says a line for each thing looked at; true when the bot can go to work."""
    click.echo(f"{FINE} {t.label('console-check-settings')}")
    kept = await _tell(_database(settings))
    led = await _tell(_admins(settings, kept=kept))
    async with _talking(settings) as telegram:
        heard = await _tell(_telegram(telegram))
        if heard:
            hooked = await _tell(_webhook(telegram, settings.webhook_url))
            staffed = await _tell(_staff(telegram, settings.staff_chat_id))
            heard = hooked and staffed
    return kept and led and heard


async def _tell(look: Awaitable[str]) -> bool:
    try:
        mark, line = FINE, await look
    except Trouble as trouble:
        mark, line = trouble.mark, str(trouble)
    except BadSetting as bad:
        mark, line = WRONG, str(bad)
    except (Unreached, Doubtful):
        mark, line = WRONG, t.label("console-telegram-away")
    except TelegramError as refused:
        mark, line = WRONG, t.label("console-telegram-refused", reason=str(refused))
    click.echo(f"{mark} {line}")
    return mark != WRONG


@asynccontextmanager
async def _talking(settings: Settings) -> AsyncIterator[Telegram]:
    proxy = settings.telegram_proxy
    http = Http(settings.telegram_api_url, proxy.get_secret_value() if proxy else None)
    try:
        yield Telegram(settings.bot_token.get_secret_value(), http)
    finally:
        await http.close()


async def _database(settings: Settings) -> str:
    url = settings.database_url.get_secret_value()
    file = database_file(url)
    if file and not file.exists():  # to open it would be to create it
        raise Trouble("console-database-behind")
    async with opened(url) as database:
        state = await standing(database)
    if state != "current":
        raise Trouble(f"console-database-{state}")
    return t.label("console-check-database")


async def _admins(settings: Settings, *, kept: bool) -> str:
    """Named in the settings, or by an admin since."""
    count = len(settings.admin_ids)
    if not count and kept:
        url = settings.database_url.get_secret_value()
        async with opened(url) as database, database.transaction() as session:
            count = await holders.count_admins(session, now=datetime.now(UTC))
    if not count:
        raise Trouble("console-check-admins-none")
    return t.label("console-check-admins", count=count)


async def _telegram(telegram: Telegram) -> str:
    try:
        me = await telegram("getMe", {})
    except TelegramError as refused:
        if refused.code in (401, 404):
            raise Trouble("console-token-refused") from None
        raise
    return t.label("console-check-telegram", bot=me["username"])


async def _webhook(telegram: Telegram, wanted: str | None) -> str:
    found: Json = await telegram("getWebhookInfo", {})
    if found["url"] != (wanted or ""):
        raise Trouble(
            "console-check-webhook-later" if wanted else "console-check-webhook-stray", LATER
        )
    waiting, error = found["pending_update_count"], found.get("last_error_message")
    if waiting and error:
        raise Trouble("console-check-webhook-fails", reason=error, count=waiting)
    return t.label("console-check-webhook-set" if wanted else "console-check-polling")


async def _staff(telegram: Telegram, chat_id: int | None) -> str:
    if chat_id is None:
        raise Trouble("console-check-staff-none", LATER)
    chat = await _chat(telegram, chat_id)
    if not chat.get("is_forum"):
        raise Trouble("console-check-staff-topics")
    me = await telegram("getMe", {})
    held = await telegram("getChatMember", {"chat_id": chat_id, "user_id": me["id"]})
    if held["status"] != "administrator":
        raise Trouble("console-check-staff-admin")
    if not held.get("can_manage_topics"):
        raise Trouble("console-check-staff-right")
    return t.label("console-check-staff", title=chat.get("title", ""))


async def _chat(telegram: Telegram, chat_id: int) -> Json:
    try:
        # Reading a group that has become a supergroup succeeds; only writing tells its new id.
        await telegram("sendChatAction", {"chat_id": chat_id, "action": "typing"})
        chat: Json = await telegram("getChat", {"chat_id": chat_id})
    except TelegramError as refused:
        if moved := refused.parameters.get("migrate_to_chat_id"):
            raise Trouble("console-check-staff-moved", id=str(moved)) from None
        raise Trouble("console-check-staff-away", reason=refused.description) from None
    return chat
