"""Settings from the environment or `.env`: the only place that reads either."""

import re
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PUBLIC_API = "https://api.telegram.org"
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class BadSetting(Exception):
    """One line for the person at the console: which setting, and what is wrong with it."""


class Settings(BaseSettings):
    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", extra="ignore", env_ignore_empty=True
    )

    bot_token: SecretStr
    signing_key: SecretStr = Field(min_length=32)
    telegram_api_url: str = PUBLIC_API
    telegram_proxy: SecretStr | None = None
    database_url: SecretStr = SecretStr("sqlite+aiosqlite:///data/sila.db")
    webhook_url: str | None = None
    webhook_secret: SecretStr | None = None
    web_host: str = "127.0.0.1"
    web_port: int = Field(default=8080, ge=0, le=65535)
    stats_token: SecretStr | None = None
    admin_ids: Annotated[tuple[int, ...], NoDecode] = ()
    staff_chat_id: int | None = None
    sos_chat_id: int | None = None
    timezone: str = "Europe/Moscow"
    send_rate: float = Field(default=25, gt=0, le=1000)
    log_level: str = "INFO"

    @field_validator("bot_token")
    @classmethod
    def _a_token(cls, token: SecretStr) -> SecretStr:
        if not re.fullmatch(r"\d{1,16}:[A-Za-z0-9_-]{3,}", token.get_secret_value()):
            raise ValueError("does not look like a token from BotFather")
        return token

    @field_validator("admin_ids", mode="before")
    @classmethod
    def _ids(cls, value: Any) -> Any:
        return [part.strip() for part in value.split(",")] if isinstance(value, str) else value

    @field_validator("timezone")
    @classmethod
    def _a_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError):
            raise ValueError("is not a time zone such as Europe/Moscow") from None
        return name

    @field_validator("telegram_api_url")
    @classmethod
    def _safe_api(cls, url: str) -> str:
        found = re.fullmatch(r"(https?)://([^/:@]+|\[[^]]+\])(:\d+)?/?", url)
        if not found:
            raise ValueError("must look like https://host or http://127.0.0.1:port")
        if found[1] == "http" and found[2].strip("[]") not in LOOPBACK:
            raise ValueError("may be plain http only on this machine")
        return url

    @field_validator("log_level")
    @classmethod
    def _a_level(cls, level: str) -> str:
        if level.upper() not in ("DEBUG", "INFO", "WARNING", "ERROR"):
            raise ValueError("must be DEBUG, INFO, WARNING or ERROR")
        return level.upper()

    @model_validator(mode="after")
    def _webhook_is_guarded(self) -> "Settings":
        if self.webhook_url and not self.webhook_secret:
            raise ValueError("WEBHOOK_SECRET must be set when WEBHOOK_URL is")
        return self

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


def load(**overrides: Any) -> Settings:
    """Raises BadSetting with one line that names the setting; the value itself is not repeated."""
    try:
        return Settings(**overrides)
    except ValidationError as error:
        raise BadSetting(_line(error)) from None


class DatabaseSettings(BaseSettings):
    """What commands that only touch the database need to know."""

    model_config = Settings.model_config

    database_url: SecretStr = SecretStr("sqlite+aiosqlite:///data/sila.db")


def database_url() -> str:
    return DatabaseSettings().database_url.get_secret_value()


def database_file(url: str) -> Path | None:
    """The file of the embedded database, or None for a server."""
    found = re.fullmatch(r"sqlite(?:\+aiosqlite)?:///(.+)", url)
    return Path(found[1]) if found else None


def _line(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    name = ".".join(str(part) for part in first["loc"][:1]).upper()
    if first["type"] == "missing":
        return f"{name} is not set (see .env.example)"
    reason = first["msg"].removeprefix("Value error, ")
    return f"{name} {reason}" if name else reason
