"""/audit: who did what, when, in plain words."""

import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.app import App
from models.audit import AuditRecord
from models.member import Member
from models.person import Person as Account
from sandbox.people import Person
from sandbox.plugin import START
from services import access, audit
from services.access import Actor
from tests.backstage import enrol
from tests.conftest import ADMIN

pytestmark = pytest.mark.usefixtures("union")

ROOT = Path(__file__).parent.parent
Holds = Callable[..., Awaitable[None]]
Make = Callable[..., Person]


@pytest.fixture
def admin(people: Make) -> Person:
    return people("Елена", id=ADMIN)


async def apply(anna: Person) -> None:
    await anna.says("/start")
    for label in ("✍️ Вступить", "Согласен"):
        await anna.taps(label)
    for answer in ("Смирнова Анна", "15.03.1998"):
        await anna.says(answer)
    for label in ("📱 Отправить мой номер", "ТюмнМО ВЭП", "ППО Тюменьэнерго", "Отправить заявку"):
        await anna.taps(label)


async def record(app: App, action: str, times: int, by: Person | None = None) -> None:
    async with app.database.transaction() as session:
        known = select(Account).filter_by(telegram_id=by.id if by else 0)
        who = (await session.scalars(known)).one_or_none()
        actor = await access.load(session, who) if who else None
        for n in range(times):
            audit.record(session, actor, action, "test", n, now=START + timedelta(minutes=n))


async def test_a_way_into_the_union_reads_in_plain_words(
    app: App, admin: Person, people: Make
) -> None:
    anna, peter = people("Анна", phone="+79991234567"), people("Пётр")
    await enrol(app, peter, "TMN-1", "<b>Лев & Co</b>")
    await admin.says(f"/grant {peter.id} chair TMN-1")
    await apply(anna)
    await peter.taps("Подтвердить")
    await admin.says("/audit")
    shown = await admin.sees("Журнал действий")
    lines = shown["text"].split("\n\n")[1:]
    at = "23 ноября, 12:00 · "  # no membership, no zone of her own: the house's
    assert lines[:5] == [
        f"{at}<b>Лев & Co</b>: в профсоюз принят новый член: Смирнова Анна",
        f"{at}<b>Лев & Co</b>: подтверждена заявка: Смирнова Анна",
        f"{at}ID {anna.id}: отправлена заявка: Смирнова Анна",
        f"{at}ID {anna.id}: дано согласие на обработку персональных данных",
        f"{at}ID {ADMIN}: назначена роль «председатель» — TMN-1; кому: <b>Лев & Co</b>",
    ]
    assert lines[-1].endswith(
        f"система: назначена роль «администратор» — весь союз; кому: ID {ADMIN}"
    )


async def test_moments_are_in_the_readers_own_zone(app: App, people: Make, holds: Holds) -> None:
    reader = people("Ольга")
    await enrol(app, reader, "TMN-1", "Орлова Ольга")
    await holds(reader, "admin")
    await record(app, "member.left", 1, by=reader)
    await reader.says("/audit")
    await reader.sees("23 ноября, 14:00 · Орлова Ольга: выход из профсоюза: —")


async def test_another_year_is_named(app: App, admin: Person) -> None:
    async with app.database.transaction() as session:
        then = datetime(2024, 12, 31, 22, 30, tzinfo=UTC)
        audit.record(session, None, "member.left", "test", 1, now=then)
    await admin.says("/audit")
    await admin.sees("1 января 2025, 01:30 · система")


async def test_pages_go_back_and_forth_without_a_gap(app: App, admin: Person) -> None:
    async with app.database.transaction() as session:
        for row in await session.scalars(select(AuditRecord)):
            await session.delete(row)
    await admin.says("/audit")
    await admin.sees("пока ничего нет")
    assert not admin.buttons
    await record(app, "test.some", 25)
    await admin.says("/audit")
    shown = await admin.sees("12:24")
    assert admin.buttons == ["Раньше"]
    await admin.sees_nothing_of("12:14")
    await admin.taps("Раньше")
    assert (await admin.sees("12:14", "12:05"))["message_id"] == shown["message_id"]
    await record(app, "test.later", 3)
    assert admin.buttons == ["Раньше", "К последним"]
    await admin.taps("Раньше")
    await admin.sees("12:04", "12:00")
    assert admin.buttons == ["К последним"]
    await admin.taps("К последним")
    await admin.sees("test.later")
    await admin.taps_data(shown, "au.earlier:0")
    await admin.sees("пока ничего нет")


async def test_an_unknown_action_keeps_its_code(app: App, admin: Person) -> None:
    await record(app, "polls.<b>opened", 1)
    await admin.says("/audit")
    await admin.sees("система: polls.<b>opened")


async def test_every_action_recorded_has_its_words(app: App, admin: Person) -> None:
    written = "".join(file.read_text("utf-8") for file in (ROOT / "services").glob("*.py"))
    actions = set(re.findall(r"audit\.record\(\s*session,\s*\w+,\s*\"([a-z.]+)\"", written))
    assert {"consent.given", "member.left", "invitation.created"} <= actions
    for action in actions:
        await record(app, action, 1)
        await admin.says("/audit")
        first = (await admin.sees())["text"].split("\n\n")[1]
        assert action not in first


async def test_nobody_but_an_admin_reads_it(people: Make, holds: Holds) -> None:
    peter, guest = people("Пётр"), people("Гость")
    for role in ("chair", "organiser", "lawyer", "leader"):
        await holds(peter, role)
    for person in (peter, guest):
        await person.says("/audit")
        refused = await person.sees("Журнал видят администраторы")
        for old in ("au.latest", "au.earlier:999"):
            await person.taps_data(refused, old)
            await person.sees("Журнал видят администраторы")


async def test_a_territorial_admin_reads_of_the_territory_only(
    app: App, admin: Person, people: Make, holds: Holds
) -> None:
    reader, anna, igor = people("Ольга"), people("Анна", phone="+79991234567"), people("Игорь")
    await enrol(app, igor, "TMN-2", "Ёлкин Игорь")
    await apply(anna)
    await admin.says(f"/grant {igor.id} lawyer TMN-2")
    await admin.says(f"/grant {igor.id} leader KGD")
    await admin.says(f"/grant {igor.id} organiser")
    await igor.says("/profile")
    for label in ("Выйти из профсоюза", "Всё равно выйти", "Да, выйти"):
        await igor.taps(label)
    await holds(reader, "admin", "TMN")
    await reader.says("/audit")
    await reader.sees("отправлена заявка: Смирнова Анна", "«юрист» — TMN-2", "Ёлкин Игорь")
    await reader.sees_nothing_of("руководство", "организатор", "KGD", "VEP", "согласие")
    async with app.database.transaction() as session:
        for one in await session.scalars(select(AuditRecord)):
            await session.delete(one)
    await holds(igor, "admin", "KGD")
    await record(app, "registry.imported", 1)
    await igor.says("/audit")
    await igor.sees("пока ничего нет")


async def test_the_longest_journal_fits(app: App, admin: Person, people: Make) -> None:
    anna = people("Анна")
    await enrol(app, anna, "TMN-1", "Ы" * 120)
    async with app.database.transaction() as session:
        member = (await session.scalars(select(Member))).one()
        known = (await session.scalars(select(Account).filter_by(telegram_id=anna.id))).one()
        actor = await access.load(session, known)
        for _ in range(10):
            about: tuple[tuple[str, int | Actor], ...] = ("member", member.id), ("person", actor)
            for subject, which in about:
                details = {"role": "organiser", "code": "T" * 20}
                audit.record(session, actor, "role.granted", subject, which, now=START, **details)
    await admin.says("/audit")
    shown = await admin.sees("Журнал действий")
    assert shown["text"].count("Ы" * 120) == 20
