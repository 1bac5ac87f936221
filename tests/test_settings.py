import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import BadSetting, Settings, database_file, database_url, load
from tests.terminal import only

ROOT = Path(__file__).parent.parent
TOKEN = "123456789:AAcanary-token"
NEEDED = {"BOT_TOKEN": TOKEN, "SIGNING_KEY": "k" * 32}
HOOKED = {"WEBHOOK_URL": "https://bot.example.org/telegram", "WEBHOOK_SECRET": "s3cret"}
RIGHT = {
    "BOT_TOKEN": ["42:SANDBOX", TOKEN],
    "SIGNING_KEY": ["0123456789abcdef" * 4, "a+b/" * 8 + "=="],
    "TELEGRAM_API_URL": ["https://api.example.org", "http://127.0.0.1:8081/", "http://[::1]:1"],
    "TELEGRAM_PROXY": ["http://10.0.0.1:3128", "https://anna:pa%40ss@proxy.example.org:443/"],
    "DATABASE_URL": [
        "sqlite+aiosqlite:////var/lib/sila/sila.db",
        "postgresql+psycopg://sila:pass@db:5432/sila?sslmode=require",
        "postgresql+psycopg:///sila?host=/run/postgresql",
    ],
    "WEBHOOK_URL": [
        "https://bot.example.org/telegram",
        "https://bot.example.org:8443/sila/telegram",
        "http://127.0.0.1:8080/telegram",
    ],
    "WEBHOOK_SECRET": ["A-z_0", "x" * 256],
    "WEB_HOST": ["0.0.0.0", "::", "localhost"],
    "WEB_PORT": ["0", "65535"],
    "STATS_TOKEN": ["0123456789abcdef"],
    "ADMIN_IDS": ["1", "1,22, 333", "1,"],
    "STAFF_CHAT_ID": ["-1001234567890"],
    "SOS_CHAT_ID": ["-1"],
    "TIMEZONE": ["Asia/Yekaterinburg", "UTC"],
    "SEND_RATE": ["0.5", "1000"],
    "LOG_LEVEL": ["debug", "WARNING"],
}
WRONG = {
    "BOT_TOKEN": ["", "token", "123456789", "123456789:AA bb", "1:x/../y"],
    "SIGNING_KEY": ["", "k" * 31, "ключ" * 10, "four words " * 4, '"quoted"' * 5],
    "TELEGRAM_API_URL": [
        "api.example.org",
        "http://api.example.org",
        "ftp://127.0.0.1",
        "https://",
    ],
    "TELEGRAM_PROXY": ["10.0.0.1:3128", "socks5://10.0.0.1:1080", "http://10.0.0.1"],
    "DATABASE_URL": [
        "sila.db",
        "sqlite:///sila.db",
        "sqlite+aiosqlite://",
        "sqlite+aiosqlite:///:memory:",
        "postgresql://db/sila",
        "postgresql+psycopg://db",
        "mysql://db/sila",
    ],
    "WEBHOOK_URL": [
        "bot.example.org/telegram",
        "http://bot.example.org/telegram",
        "https://bot.example.org",
        "https://bot.example.org/telegram/",
        "https://bot.example.org/telegram?x=1",
    ],
    "WEBHOOK_SECRET": ["", "два слова", "x" * 257],
    "WEB_HOST": ["http://localhost", "my host"],
    "WEB_PORT": ["-1", "65536", "http", "80.5"],
    "STATS_TOKEN": ["short", "с пробелом и кириллицей", "0123456789 abcdef"],
    "ADMIN_IDS": ["@anna", "1;2", "-5", "0", "1.5", str(2**60)],
    "STAFF_CHAT_ID": ["1001234567890", "0", "@lawyers"],
    "SOS_CHAT_ID": ["5", "SOS"],
    "TIMEZONE": ["Tyumen", "Europe", "../../etc/passwd", "UTC+5"],
    "SEND_RATE": ["0", "-1", "nan", "inf", "fast"],
    "LOG_LEVEL": ["LOUD", "10"],
}


def given(patch: pytest.MonkeyPatch, **changed: str) -> Settings:
    only(NEEDED | HOOKED | changed, patch)
    return load(_env_file=None)


def test_the_tables_speak_of_every_setting() -> None:
    names = {name.upper() for name in Settings.model_fields}
    assert set(RIGHT) == set(WRONG) == names


@pytest.mark.parametrize(("name", "value"), [(n, v) for n, vs in RIGHT.items() for v in vs])
def test_a_right_value_is_taken(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert given(monkeypatch, **{name: value})


@pytest.mark.parametrize(("name", "value"), [(n, v) for n, vs in WRONG.items() for v in vs])
def test_a_wrong_value_is_one_line_that_names_the_setting(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(BadSetting) as refused:
        given(monkeypatch, **{name: value})
    line = str(refused.value)
    assert re.match(rf"{name}: \w", line)
    assert "\n" not in line


@pytest.mark.parametrize("name", sorted(WRONG))
def test_a_wrong_value_is_not_repeated(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadSetting) as refused:
        given(monkeypatch, **{name: "canary € canary"})
    assert str(refused.value).startswith(name)
    assert "canary" not in str(refused.value)


def test_several_wrong_settings_are_a_line_each(monkeypatch: pytest.MonkeyPatch) -> None:
    only({"ADMIN_IDS": "a,b", "WEB_PORT": "x"}, monkeypatch)
    with pytest.raises(BadSetting) as refused:
        load(_env_file=None)
    names = [line.partition(":")[0] for line in str(refused.value).splitlines()]
    assert sorted(names) == ["ADMIN_IDS", "BOT_TOKEN", "SIGNING_KEY", "WEB_PORT"]


def test_what_is_not_set_has_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    only(NEEDED, monkeypatch)
    settings = load(_env_file=None)
    assert database_file(settings.database_url.get_secret_value()) == Path("data/sila.db")
    assert settings.admin_ids == ()
    assert settings.webhook_url is None
    assert settings.staff_chat_id is None
    assert settings.send_rate == 25
    assert settings.zone.key == "Europe/Moscow"
    assert settings.log_level == "INFO"


def test_admins_are_numbers_however_they_are_separated(monkeypatch: pytest.MonkeyPatch) -> None:
    assert given(monkeypatch, ADMIN_IDS=" 5, 7,9 ,").admin_ids == (5, 7, 9)


def test_a_server_has_no_database_file() -> None:
    assert database_file("postgresql+psycopg://db/sila") is None


def test_secrets_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = given(monkeypatch, STATS_TOKEN="canary-canary-canary", SIGNING_KEY="canary" * 8)
    assert "canary" not in f"{settings!r} {settings}"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_the_file_is_read_as_windows_saves_it(
    encoding: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    only({}, monkeypatch)
    lines = ["BOT_TOKEN=42:SANDBOX", f"SIGNING_KEY='{'k' * 32}' # ключ", "ADMIN_IDS=1,2", ""]
    file = tmp_path / ".env"
    file.write_bytes("\r\n".join(lines).encode(encoding))
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper())
    assert load(_env_file=file).admin_ids == (1, 2)


def test_a_file_in_another_encoding_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / ".env"
    file.write_bytes("# Токен\nBOT_TOKEN=42:SANDBOX\n".encode("cp1251"))
    with pytest.raises(BadSetting, match=r"^Файл \.env не читается"):
        load(_env_file=file)


def test_the_example_lists_every_setting_with_a_comment_and_its_default(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    example = (ROOT / ".env.example").read_text("utf-8")
    blocks = [block for block in example.split("\n\n") if "=" in block]
    named = re.findall(r"^([A-Z_]+)=", example, re.MULTILINE)
    assert sorted(named) == sorted(name.upper() for name in Settings.model_fields)
    assert all(re.match(r"# .*[а-я]", block) for block in blocks[1:])
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    needed = {"bot_token": "42:SANDBOX", "signing_key": "k" * 32}
    assert load(_env_file=ROOT / ".env.example", **needed) == load(_env_file=None, **needed)


def test_commands_that_need_only_the_database_ask_for_nothing_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    only({"DATABASE_URL": "sqlite+aiosqlite:///other.db"}, monkeypatch)
    assert database_url() == "sqlite+aiosqlite:///other.db"


@pytest.mark.parametrize(
    ("arguments", "changed", "names"),
    [
        ([], {"BOT_TOKEN": "", "SIGNING_KEY": ""}, ["BOT_TOKEN", "SIGNING_KEY"]),
        ([], {"WEBHOOK_SECRET": ""}, ["WEBHOOK_SECRET"]),
        (["check"], {"LOG_LEVEL": "LOUD"}, ["LOG_LEVEL"]),
        (["migrate"], {"DATABASE_URL": "nonsense"}, ["DATABASE_URL"]),
        (["backup", "copy.db"], {"DATABASE_URL": "nonsense"}, ["DATABASE_URL"]),
    ],
)
def test_the_program_says_it_and_ends_with_2(
    arguments: list[str], changed: dict[str, str], names: list[str], tmp_path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "bot", *arguments],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | NEEDED | HOOKED | changed,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    told = [line.partition(":")[0] for line in done.stderr.splitlines()]
    assert [name for name in told if name != "import time"] == names
    assert "sqlalchemy" not in done.stderr  # at once: nothing large was loaded for it
    assert done.stdout == ""
