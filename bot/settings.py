"""Settings from the environment or `.env`: the only place that reads either."""

import re
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, TypeVar
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, SecretStr, ValidationError, field_validator
from pydantic_core.core_schema import ValidationInfo
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PUBLIC_API = "https://api.telegram.org"
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")

Kind = TypeVar("Kind", bound=BaseSettings)


class BadSetting(Exception):
    """For the person at the console: a line for each setting that is wrong, never its value."""


def _shaped(pattern: str) -> AfterValidator:
    def check(value: Any) -> Any:
        text = value.get_secret_value() if isinstance(value, SecretStr) else value
        if not re.fullmatch(pattern, text):
            raise ValueError
        return value

    return AfterValidator(check)


def _address(path: str) -> AfterValidator:
    """Tokens and people's words travel there: in the open only within this machine."""

    def check(url: str) -> str:
        found = re.fullmatch(rf"(https?)://([\w.-]+|\[[\da-f:]+])(:\d{{1,5}})?{path}", url)
        if not found or (found[1] == "http" and found[2] not in LOOPBACK):
            raise ValueError
        return url

    return AfterValidator(check)


DatabaseUrl = Annotated[
    SecretStr, _shaped(r"sqlite\+aiosqlite:///(?!:memory:)[^?#]+|postgresql\+psycopg://\S*/\S+")
]
PersonId = Annotated[int, Field(gt=0, lt=2**52)]
GroupId = Annotated[int, Field(lt=0, gt=-(2**52))]


class DatabaseSettings(BaseSettings):
    """What commands that only touch the database need to know."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8-sig", extra="ignore", env_ignore_empty=True
    )

    database_url: DatabaseUrl = SecretStr("sqlite+aiosqlite:///data/sila.db")


class Settings(DatabaseSettings):
    bot_token: Annotated[SecretStr, _shaped(r"\d{1,16}:[A-Za-z0-9_-]{3,}")]
    signing_key: Annotated[SecretStr, _shaped(r"(?a)[\w+/=.~-]{32,}")]
    telegram_api_url: Annotated[str, _address("/?")] = PUBLIC_API
    telegram_proxy: Annotated[SecretStr, _shaped(r"https?://(\S+@)?[\w.-]+:\d+/?")] | None = None
    webhook_url: Annotated[str, _address(r"(/[\w./-]*)?/telegram")] | None = None
    webhook_secret: Annotated[SecretStr, _shaped("[A-Za-z0-9_-]{1,256}")] | None = Field(
        default=None, validate_default=True
    )
    web_host: Annotated[str, _shaped(r"[\w.:-]+")] = "127.0.0.1"
    web_port: int = Field(default=8080, ge=0, le=65535)
    stats_token: Annotated[SecretStr, _shaped(r"(?a)[\w+/=.~-]{16,}")] | None = None
    admin_ids: Annotated[tuple[PersonId, ...], NoDecode] = ()
    staff_chat_id: GroupId | None = None
    sos_chat_id: GroupId | None = None
    timezone: str = "Europe/Moscow"
    send_rate: float = Field(default=25, gt=0, le=1000)
    log_level: str = "INFO"

    @field_validator("webhook_secret")
    @classmethod
    def _guards_the_webhook(cls, secret: SecretStr | None, info: ValidationInfo) -> Any:
        if info.data.get("webhook_url") and secret is None:
            raise ValueError
        return secret

    @field_validator("admin_ids", mode="before")
    @classmethod
    def _ids(cls, value: Any) -> Any:
        return value.replace(",", " ").split() if isinstance(value, str) else value

    @field_validator("timezone")
    @classmethod
    def _a_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (KeyError, OSError):  # OSError: a folder of zones such as Europe
            raise ValueError from None
        return name

    @field_validator("log_level")
    @classmethod
    def _a_level(cls, level: str) -> str:
        if level.upper() not in ("DEBUG", "INFO", "WARNING", "ERROR"):
            raise ValueError
        return level.upper()

    @property
    def address(self) -> str | None:
        """Of the web part, as the world knows it: where Telegram knocks, phones can read."""
        return self.webhook_url.removesuffix("/telegram") if self.webhook_url else None

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


def load(**overrides: Any) -> Settings:
    return _read(Settings, **overrides)


def database_url() -> str:
    return _read(DatabaseSettings).database_url.get_secret_value()


def database_file(url: str) -> Path | None:
    """The file of the embedded database, or None for a server."""
    found = re.fullmatch(r"sqlite\+aiosqlite:///(.+)", url)
    return Path(found[1]) if found else None


def _read(kind: type[Kind], **overrides: Any) -> Kind:
    try:
        return kind(**overrides)
    except ValidationError as error:
        raise BadSetting(_lines(error)) from None
    except (UnicodeDecodeError, OSError):
        raise BadSetting(_needed("env-file")) from None


def _lines(error: ValidationError) -> str:
    wrong = error.errors(include_url=False, include_context=False, include_input=False)
    return "\n".join(dict.fromkeys(_needed(str(one["loc"][0])) for one in wrong))


def _needed(field: str) -> str:
    """What the setting must look like: right for a missing value as for a wrong one."""
    from locales import Translator  # only a mistake pays for the words

    return Translator().label(f"console-setting-{field.replace('_', '-')}")
