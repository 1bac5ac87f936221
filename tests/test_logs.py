"""What the log must never hold, whatever way it comes in."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
TOKEN = "123456789:AAcanaryTOKEN_x-1"
KEY = "canary+key/" * 4 + "=="
PASSWORD = "canary pass/word"
STATS = "canary-stats-token-0"
# Of a phone, only what no moment, line or number in a log can look like by chance.
PHONE = ("9991234567", "(999)", "123-45-67")
CANARIES = ("canary", "Смирнов", "Анна", *PHONE, "секрет", "беда")
GIVEN = {
    "BOT_TOKEN": TOKEN,
    "SIGNING_KEY": KEY,
    "STATS_TOKEN": STATS,
    "DATABASE_URL": "postgresql+psycopg://sila:canary%20pass%2Fword@db/sila",
    "TELEGRAM_PROXY": "http://u:canaryproxy@10.0.0.1:1",
}
SCRIPT = """
import asyncio, json, logging, sqlite3, warnings
from urllib.parse import quote
import structlog
from bot import logs
from bot.settings import load

settings = load(_env_file=None)
token = settings.bot_token.get_secret_value()
key = settings.signing_key.get_secret_value()
stats = settings.stats_token.get_secret_value()
logs.start(settings)
log = structlog.get_logger()
people = "Смирнова-Белова Анна, +7 (999) 123-45-67"


class Odd:
    def __repr__(self):
        return f"<{token} {people}>"


log.debug("unheard")
log.info("ready", bot="sila_bot", rows=5, address=f"https://api/bot{token}/getMe")
log.info("half", reason=token.partition(":")[2], quoted=quote(token, safe=""), id=1234567890)
log.info("deep", inside={token: [key, (stats,)]}, odd=Odd(), raw=json.dumps(json.dumps(key)))
log.info(people, phone="+79991234567", text="секрет")
log.info("settings", url=settings.database_url.get_secret_value(), all=str(settings.model_dump()))
log.info("password", plain="canary pass/word", proxy=settings.telegram_proxy.get_secret_value())


def ask():
    raise ValueError(f"bad {token} {key} {people}")


def use():
    try:
        ask()
    except ValueError as error:
        raise KeyError(people) from error


for fail in (use, lambda: sqlite3.connect(":memory:").execute("беда")):
    try:
        fail()
    except Exception:
        log.exception("failed")
        logging.getLogger("aiohttp.server").exception("Error at %s\\nand %s", token, people)


async def together():
    async with asyncio.TaskGroup() as group:
        group.create_task(asyncio.to_thread(ask))


try:
    asyncio.run(together())
except* ValueError as group:
    log.error("group", exc_info=group)
logging.getLogger("sqlalchemy.engine").info("INSERT %s", people)
warnings.warn(f"old {token}", stacklevel=1)
loop = asyncio.new_event_loop()
loop.call_exception_handler({"message": "lost", "exception": ValueError(people)})
loop.close()
use()
"""


def written(level: str = "DEBUG") -> list[dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=ROOT,
        env=os.environ | GIVEN | {"LOG_LEVEL": level},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout == ""
    for canary in CANARIES:
        assert canary not in done.stderr, done.stderr
    return [json.loads(line) for line in done.stderr.splitlines()]


def test_no_secret_and_nobodys_words_reach_the_log_and_what_helps_does() -> None:
    lines = written()
    said = [line["event"] for line in lines]
    assert said[:3] == ["unheard", "ready", "half"]
    ready, half = lines[1], lines[2]
    assert ready["bot"] == "sila_bot"
    assert ready["address"] == "https://api/bot•••/getMe"
    assert ready["timestamp"].endswith("Z")
    assert half["id"] == 1234567890
    failed = next(line for line in lines if line["event"] == "failed")["exception"].splitlines()
    assert failed[0] == "builtins.KeyError"
    assert any(line.endswith(" use") for line in failed)
    assert "builtins.ValueError" in failed
    assert any(line.endswith(" ask") for line in failed)
    broken = [line for line in lines if line["event"] == "failed"][1]["exception"]
    assert broken.startswith("sqlite3.OperationalError SQLITE_ERROR")
    grouped = next(line for line in lines if line["event"] == "group")["exception"]
    assert "builtins.ValueError" in grouped
    libraries = [line for line in lines if line.get("logger") == "aiohttp.server"]
    assert [line["event"] for line in libraries] == ["Error at •••"] * 2
    assert "INSERT" not in str(said)
    assert any("UserWarning: old" in event for event in said)
    assert lines[-1]["event"] == "stopped"
    assert lines[-1]["level"] == "critical"
    assert "builtins.KeyError" in lines[-1]["exception"]


def test_the_level_of_the_settings_is_kept() -> None:
    assert {line["level"] for line in written("ERROR")} == {"error", "critical"}
