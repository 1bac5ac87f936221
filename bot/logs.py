"""The log: JSON lines on stderr, or something pleasant on a terminal. No secrets, no people."""

import json
import logging
import re
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import structlog
from aiohttp.http_exceptions import HttpProcessingError
from aiohttp.web import RequestPayloadError
from pydantic import SecretStr
from structlog.typing import EventDict, Processor

from bot.settings import Settings

log = structlog.get_logger()

ROOT = f"{Path(__file__).resolve().parent.parent}/"
HIDDEN = "•••"
SHORTEST = 3  # hiding anything shorter would take the log apart
# Bytes that are no HTTP: anybody may send them to an open port, and nothing of ours has failed.
MALFORMED = (HttpProcessingError, RequestPayloadError)
# The program logs in English: what is Cyrillic, or a phone, has come from a person.
PERSONAL = r"\+\d[\d ()-]{8,}\d|[А-Яа-яЁё]+(?:[\s.,-]+[А-Яа-яЁё]+)*"


def start(settings: Settings) -> None:
    """From here on all goes one way: our words, those of libraries, a fatal error."""
    level = logging.getLevelNamesMapping()[settings.log_level]
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper("iso"),
            _name_errors,
            _rendered(),
            _scrubbed(settings),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
    )
    # Below a warning libraries tell what they do, and with it what people wrote.
    logging.basicConfig(handlers=[Foreign()], level=logging.WARNING, force=True)
    logging.captureWarnings(True)
    sys.excepthook = _fatal


class Foreign(logging.Handler):
    """What libraries log, in our form. Below their first line they like to quote."""

    def emit(self, record: logging.LogRecord) -> None:
        try:
            said = record.getMessage().partition("\n")[0]
            error = record.exc_info[1] if record.exc_info else None
            if record.name == "aiohttp.server" and isinstance(error, MALFORMED):
                log.info(said, logger=record.name, malformed=type(error).__name__)
            else:
                log.log(record.levelno, said, logger=record.name, exc_info=record.exc_info)
        except Exception:
            self.handleError(record)


def _fatal(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    log.critical("stopped", exc_info=error)


def _rendered() -> Processor:
    if sys.stderr.isatty():
        return structlog.dev.ConsoleRenderer()
    return structlog.processors.JSONRenderer(ensure_ascii=False)


def _scrubbed(settings: Settings) -> Processor:
    """Last of all, over the finished line: whatever way a secret came in, it is hidden."""
    spelled = {form for secret in _secrets(settings) for form in _spellings(secret)}
    longest_first = sorted(spelled, key=len, reverse=True)
    hidden = re.compile("|".join([*map(re.escape, longest_first), PERSONAL]))

    def scrub(_logger: Any, _method: str, line: Any) -> str:
        return hidden.sub(HIDDEN, line)

    return scrub


def _secrets(settings: Settings) -> Iterator[str]:
    for value in dict(settings).values():
        if isinstance(value, SecretStr):
            secret = value.get_secret_value()
            # Of an address only the password is secret, of a token its second half alone, too.
            whole = [secret, secret.rpartition(":")[2]]
            parts = [urlsplit(secret).password] if "://" in secret else whole
            yield from (part for part in parts if part and len(part) >= SHORTEST)


def _spellings(secret: str) -> set[str]:
    plain = unquote(secret)
    return {secret, plain, quote(plain, safe=""), json.dumps(plain, ensure_ascii=False)[1:-1]}


def _name_errors(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Errors by kind and place: their own words may repeat what a person wrote."""
    info = event.pop("exc_info", None)
    error = sys.exception() if info is True else info[1] if isinstance(info, tuple) else info
    if isinstance(error, BaseException):
        event["exception"] = "\n".join(_lines(error))
    return event


def _lines(error: BaseException) -> Iterator[str]:
    for one in _all_of(error):
        kind = type(one)
        # SQLite has one class for many troubles, and a name for each.
        name = getattr(one, "sqlite_errorname", "")
        yield f"{kind.__module__}.{kind.__qualname__} {name}".rstrip()
        for frame, line in traceback.walk_tb(one.__traceback__):
            code = frame.f_code
            yield f"  {code.co_filename.removeprefix(ROOT)}:{line} {code.co_qualname}"


def _all_of(error: BaseException) -> list[BaseException]:
    """The error, what it holds together and what it came from, each once."""
    found: list[BaseException] = []
    waiting: list[BaseException | None] = [error]
    while waiting:
        one = waiting.pop()
        if one is not None and one not in found:
            found.append(one)
            behind = None if one.__suppress_context__ else one.__context__
            held = one.exceptions if isinstance(one, BaseExceptionGroup) else ()
            waiting += [one.__cause__ or behind, *reversed(held)]
    return found
