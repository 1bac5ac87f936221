"""The bot at work; what keeps it from starting is said in a line."""

import errno
from socket import gaierror

import click

from bot import logs
from bot.console import ready, t
from bot.settings import BadSetting, Settings
from bot.telegram import Doubtful, TelegramError, Unreached
from bot.thrift import import_aiogram

UNBOUND = (errno.EADDRINUSE, errno.EADDRNOTAVAIL, errno.EACCES)


async def run(settings: Settings) -> None:
    logs.start(settings)
    async with ready(settings.database_url.get_secret_value()):
        pass
    import_aiogram()  # seconds that no other command should wait
    from bot.app import serve

    failed: Exception | None = None
    try:
        await serve(settings)
    except* (TelegramError, Unreached, Doubtful, OSError) as group:
        failed = _first(group)
    if failed is not None:
        raise _explained(failed) from None


def _first(error: Exception) -> Exception:
    while isinstance(error, ExceptionGroup):
        error = error.exceptions[0]
    return error


def _explained(error: Exception) -> Exception:
    match error:
        case TelegramError(code=401 | 404):
            return BadSetting(t.label("console-token-refused"))
        case TelegramError() if error.says("webhook"):
            reason = error.description
            return BadSetting(t.label("console-webhook-refused", reason=reason))
        case TelegramError():
            return click.ClickException(t.label("console-telegram-refused", reason=str(error)))
        case Unreached() | Doubtful():
            return click.ClickException(t.label("console-telegram-away"))
        case OSError() if isinstance(error, gaierror) or error.errno in UNBOUND:
            return BadSetting(t.label("console-address-taken"))
    return error
