"""`python -m bot check` against a Telegram over real HTTP."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot import migrating
from bot.checkup import examine
from bot.database import Database
from bot.settings import Settings, load
from models.person import Person
from models.role import Grant, Role
from sandbox.plugin import TOKEN
from sandbox.server import serving
from sandbox.world import World

ROOT = Path(__file__).parent.parent
BOT, STAFF = 42, -1001234567890
HOOK = "http://127.0.0.1:1/telegram"  # nobody listens there
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
RUNNING: dict[str, Any] = {"members": {BOT: "administrator"}, "forum": True}

Look = Callable[..., Awaitable[tuple[bool, list[str]]]]


@pytest.fixture
async def api(world: World) -> AsyncIterator[str]:
    async with serving(world) as address:
        yield address


@pytest.fixture
def look(api: str, settings: Settings, capsys: pytest.CaptureFixture[str]) -> Look:
    """`fine, lines = await look(admin_ids=())`: the settings of a healthy bot but for these."""

    async def check(**changed: Any) -> tuple[bool, list[str]]:
        healthy = {"telegram_api_url": api, "staff_chat_id": STAFF}
        given = dict(settings) | healthy | changed
        fine = await examine(load(_env_file=None, **given))
        return fine, capsys.readouterr().out.splitlines()

    return check


async def test_a_healthy_bot_is_fine_in_every_line(world: World, look: Look) -> None:
    world.add_group(STAFF, "Юристы <b>", **RUNNING)
    fine, lines = await look()
    assert fine
    assert lines == [
        "✓ Настройки в порядке.",
        "✓ База данных в порядке.",
        "✓ Назначен 1 администратор.",
        f"✓ Telegram отвечает, бот @{world.bots[TOKEN].username}.",
        "✓ Бот сам спрашивает Telegram, вебхук не нужен.",
        "✓ Группа «Юристы <b>» готова, бот управляет темами.",
    ]


async def test_lawyers_may_come_later(look: Look) -> None:
    fine, lines = await look(staff_chat_id=None)
    assert fine
    assert lines[-1].startswith("! Группы юристов пока нет.")


@pytest.mark.parametrize(
    ("group", "reason"),
    [
        (None, "✗ Группа юристов недоступна (Bad Request: chat not found)."),
        ({"members": {BOT: "kicked"}, "forum": True}, "✗ Группа юристов недоступна (Forbidden"),
        ({"members": {BOT: "administrator"}}, "✗ В группе юристов нет тем."),
        ({"members": {BOT: "member"}, "forum": True}, "✗ Бот в группе юристов не администратор."),
    ],
    ids=["unknown", "thrown out", "no topics", "no administrator"],
)
async def test_what_the_staff_group_lacks_is_said(
    world: World, look: Look, group: dict[str, Any] | None, reason: str
) -> None:
    if group is not None:
        world.add_group(STAFF, "Юристы", **group)
    fine, lines = await look()
    assert not fine
    assert lines[-1].startswith(reason)


async def test_an_administrator_needs_the_right_to_manage_topics(world: World, look: Look) -> None:
    group = world.add_group(STAFF, "Юристы", **RUNNING)
    world.set_member(group.key, BOT, "administrator", rights={"can_manage_topics": False})
    fine, lines = await look()
    assert not fine
    assert "не хватает права управлять темами" in lines[-1]


async def test_a_group_that_became_a_supergroup_is_named_by_its_new_id(
    world: World, look: Look
) -> None:
    world.add_person(1, "Анна")
    group = world.add_group(-77, "Юристы", kind="group", members={BOT: "member", 1: "creator"})
    world.migrate(group.key, STAFF)
    fine, lines = await look(staff_chat_id=-77)
    assert not fine
    assert str(STAFF) in lines[-1]


async def test_somebody_must_be_admin(look: Look, settings: Settings) -> None:
    fine, lines = await look(admin_ids=(), staff_chat_id=None)
    assert not fine
    assert "✗ Администраторов нет. Впишите свой Telegram ID в ADMIN_IDS." in lines
    database = Database(settings.database_url.get_secret_value())
    async with database.transaction() as session:
        person = Person(telegram_id=5)
        session.add(person)
        await session.flush()
        session.add(Grant(person_id=person.id, role=Role.ADMIN, granted_at=NOW))
    await database.close()
    fine, lines = await look(admin_ids=(), staff_chat_id=None)
    assert fine
    assert "✓ Назначен 1 администратор." in lines


async def test_the_database_must_be_there_and_as_new_as_the_program(
    look: Look, tmp_path: Path
) -> None:
    file = tmp_path / "fresh.db"
    url = f"sqlite+aiosqlite:///{file}"
    behind = "✗ База данных не готова к этой версии программы. Выполните: python -m bot migrate"
    fine, lines = await look(database_url=url)
    assert not fine
    assert behind in lines
    assert not file.exists()
    database = Database(url)
    await migrating.migrate(database)
    await migrating.rewind(database)
    await database.close()
    assert behind in (await look(database_url=url))[1]
    file.write_bytes(b"rubbish" * 1000)
    assert any(line.startswith("✗ DATABASE_URL: ") for line in (await look(database_url=url))[1])


async def test_a_refused_token_and_a_silent_telegram_are_told_apart(look: Look) -> None:
    fine, lines = await look(bot_token="43:FOREIGN")
    assert not fine
    assert lines[-1].startswith("✗ BOT_TOKEN: Telegram не узнаёт этот токен.")
    fine, lines = await look(telegram_api_url="http://127.0.0.1:1")
    assert not fine
    assert lines[-1].startswith("✗ Telegram не отвечает.")


async def test_the_webhook_is_compared_with_the_settings(world: World, look: Look) -> None:
    hooked = {"webhook_url": HOOK, "webhook_secret": "s3cret", "staff_chat_id": None}
    fine, lines = await look(**hooked)
    assert fine
    assert "! Вебхук установится при запуске бота." in lines
    await world.call(TOKEN, "setWebhook", {"url": HOOK})
    fine, lines = await look(**hooked)
    assert fine
    assert "✓ Вебхук установлен." in lines
    fine, lines = await look(staff_chat_id=None)
    assert fine
    assert any(line.startswith("! У Telegram записан чужой вебхук") for line in lines)


async def test_a_webhook_nobody_answers_is_found_out(world: World, look: Look) -> None:
    await world.call(TOKEN, "setWebhook", {"url": HOOK})
    world.add_person(1, "Анна")
    world.say(1, f"p:{BOT}:1", "/start")
    webhook = world.bots[TOKEN].mailbox.webhook
    assert webhook
    for _ in range(500):
        await asyncio.sleep(0 if webhook.error else 0.01)
    fine, lines = await look(webhook_url=HOOK, webhook_secret="s3cret")
    assert not fine
    assert any(line.startswith("✗ Вебхук не работает, ждут сообщений: 1") for line in lines)


@pytest.mark.parametrize(("admins", "code"), [("900", 0), ("", 1)])
async def test_the_program_ends_with_0_only_if_all_is_well(
    api: str, settings: Settings, admins: str, code: int
) -> None:
    given = {
        "BOT_TOKEN": TOKEN,
        "SIGNING_KEY": "k" * 32,
        "TELEGRAM_API_URL": api,
        "DATABASE_URL": settings.database_url.get_secret_value(),
        "ADMIN_IDS": admins,
    }
    done = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "check",
        cwd=ROOT, env=os.environ | given, stdout=-1, stderr=-1,
    )  # fmt: skip
    out, err = await done.communicate()
    assert (done.returncode, err) == (code, b"")
    assert ("✗" in out.decode()) == bool(code)
