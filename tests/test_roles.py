"""/grant and /revoke: who holds what, who may change it, and who hears of it."""

from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import func, select

from bot.app import App
from models.person import Person as Account
from models.role import Grant, Role
from sandbox.people import Person
from sandbox.plugin import START
from services import access, people, roles
from tests.backstage import audited, enrol, told
from tests.conftest import ADMIN

pytestmark = pytest.mark.usefixtures("union")

STRANGER = 555_000_777
Holds = Callable[..., Awaitable[None]]
Make = Callable[..., Person]


@pytest.fixture
async def admin(people: Make) -> Person:
    admin = people("Елена", id=ADMIN)
    await admin.says("/start")
    return admin


@pytest.fixture
async def peter(people: Make) -> Person:
    peter = people("Пётр", username="peter_orlov")
    await peter.says("/start")
    return peter


async def held(app: App, telegram_id: int) -> list[str]:
    async with app.database.transaction() as session:
        asked = select(Grant.role).join(Account, Account.id == Grant.person_id)
        return list(await session.scalars(asked.where(Account.telegram_id == telegram_id)))


async def test_a_role_is_granted_told_and_revoked(app: App, admin: Person, peter: Person) -> None:
    assert "requests" not in peter.commands
    await admin.says(f"/grant {peter.id} chair TMN-1")
    await admin.sees(
        f"Роль назначена: председатель — ППО Тюменьэнерго, @peter_orlov, ID {peter.id}"
    )
    await peter.sees("Вам назначена роль: председатель — ППО Тюменьэнерго", "/help")
    assert {"requests", "invite", "members"} <= set(peter.commands)
    await peter.says("/members")
    await peter.sees("Членов профсоюза здесь пока нет")

    await admin.says(f"/grant {peter.id} царь TMN-1")
    await admin.sees("Роли «царь» нет. Бывают: chair, organiser, lawyer, leader, admin.")
    await admin.says("/revoke @peter_orlov CHAIR tmn-1")
    await admin.sees("Роль снята: председатель — ППО Тюменьэнерго, @peter_orlov")
    await peter.sees("С вас снята роль: председатель — ППО Тюменьэнерго")
    assert "requests" not in peter.commands
    await peter.says("/members")
    await peter.sees("у вас такой роли нет")
    assert (await audited(app, "role."))[-2:] == ["role.granted", "role.revoked"]


@pytest.mark.parametrize(
    ("role", "name"),
    [
        ("chair", "председатель"),
        ("organiser", "организатор"),
        ("lawyer", "юрист"),
        ("leader", "руководство"),
        ("admin", "администратор"),
    ],
)
async def test_every_role_is_named_and_some_may_be_for_the_whole_union(
    app: App, admin: Person, peter: Person, role: str, name: str
) -> None:
    await admin.says(f"/grant {peter.id} {role}")
    if role in ("chair", "organiser"):
        await admin.sees(f"Добавьте код организации: роль «{name}»", "/orgs")
        assert await held(app, peter.id) == []
    else:
        await admin.sees(f"Роль назначена: {name} — весь союз")
    await admin.says(f"/grant {peter.id} {role} TMN")
    await admin.sees(f"Роль назначена: {name} — ТюмнМО ВЭП")


async def test_a_role_waits_for_somebody_the_bot_has_never_met(
    app: App, admin: Person, people: Make
) -> None:
    await admin.says(f"/grant {STRANGER} organiser KGD")
    await admin.sees(
        f"Роль назначена: организатор — Калининградская организация, ID {STRANGER}",
        "ещё не писал боту",
    )
    assert not await told(app, "roles-granted")
    newcomer = people("Ольга", id=STRANGER)
    await newcomer.says("/members")
    await newcomer.sees("Членов профсоюза здесь пока нет")


async def test_a_username_is_known_only_of_those_met(admin: Person, people: Make) -> None:
    people("Игорь", username="igor")
    await admin.says("/grant @igor chair TMN-1")
    await admin.sees("Не знаю человека «@igor»")


@pytest.mark.parametrize("command", ["/grant", "/revoke"])
async def test_anything_else_shows_how_it_is_written(
    app: App, admin: Person, peter: Person, command: str
) -> None:
    for words in (
        "",
        "chair",
        f"{peter.id}",
        f"{peter.id} chair TMN-1 и ещё",
        "<b>Лев & Co</b> chair",
        "\u202e\u200f",
        "😀" * 2000,
    ):
        await admin.says(f"{command} {words}")
        await admin.sees(f"{command} 123456789 chair TMN-01", "lawyer — юрист", "/orgs")
    for who in ("0", "-5", "²", "9" * 40, "@", "<b>Лев&Co</b>"):
        await admin.says(f"{command} {who} chair TMN-1")
        await admin.sees(f"Не знаю человека «{who}»")
    await admin.says(f"{command} {peter.id} chair <b>TMN</b>")
    await admin.sees("Организации с кодом «<b>TMN</b>» нет", "/orgs")
    assert await held(app, peter.id) == []


async def test_nobody_without_the_right_changes_roles(
    app: App, peter: Person, people: Make, holds: Holds
) -> None:
    guest = people("Гость")
    await enrol(app, peter, "TMN-1", "Орлов Пётр")
    for role in ("chair", "organiser", "lawyer", "leader"):
        await holds(peter, role, "TMN-1")
    for person in (peter, guest):
        for command in ("/grant", "/revoke"):
            for words in ("", f" {guest.id} admin", f" {peter.id} chair TMN-1"):
                await person.says(command + words)
                await person.sees("Роли и организации ведут администраторы")
    assert len(await held(app, peter.id)) == 4
    assert await held(app, guest.id) == []


async def test_a_territorial_admin_grants_in_the_territory_and_below(
    app: App, admin: Person, peter: Person, holds: Holds
) -> None:
    await holds(peter, "admin", "TMN")
    await admin.says(f"/grant {STRANGER} chair KGD-1")
    for code in ("TMN", "TMN-1"):
        await peter.says(f"/grant {STRANGER} chair {code}")
        await peter.sees("Роль назначена: председатель")
    for command in ("/grant", "/revoke"):
        for code in ("", " VEP", " KGD", " KGD-1"):
            await peter.says(f"{command} {STRANGER} chair{code}")
            await peter.sees("Вы администратор не во всём союзе", "/orgs")
    assert await held(app, STRANGER) == ["chair"] * 3
    await peter.says(f"/revoke {STRANGER} chair TMN-1")
    await peter.sees("Роль снята")


async def test_granting_or_revoking_twice_is_refused_kindly(
    app: App, admin: Person, peter: Person
) -> None:
    await admin.says(f"/grant {peter.id} lawyer")
    await admin.says(f"/grant {peter.id} lawyer")
    await admin.sees("роль «юрист» здесь у этого человека уже есть")
    await admin.says(f"/revoke {peter.id} lawyer TMN")
    await admin.sees("Роли «юрист» здесь у этого человека нет")
    await admin.says(f"/revoke {peter.id} lawyer")
    await admin.says(f"/revoke {peter.id} lawyer")
    await admin.sees("Роли «юрист» здесь у этого человека нет")
    assert await told(app, "roles-granted") == [peter.id]
    assert await told(app, "roles-revoked") == [peter.id]


async def test_a_refused_revoke_remembers_nobody(app: App, admin: Person) -> None:
    await admin.says(f"/revoke {STRANGER} chair TMN-1")
    await admin.sees("Роли «председатель» здесь у этого человека нет")
    async with app.database.transaction() as session:
        known = select(func.count()).where(Account.telegram_id == STRANGER)
        assert await session.scalar(known) == 0


async def test_an_admin_named_in_the_settings_stays(
    app: App, admin: Person, peter: Person
) -> None:
    await admin.says(f"/grant {peter.id} admin")
    assert {"grant", "revoke", "orgs", "audit"} <= set(peter.commands)
    for person in (admin, peter):
        await person.says(f"/revoke {ADMIN} admin")
        await person.sees("указан в настройках сервера (ADMIN_IDS)")
    assert await held(app, ADMIN) == ["admin"]


async def test_what_changes_for_oneself_is_not_told_twice(
    app: App, admin: Person, peter: Person
) -> None:
    await admin.says(f"/grant {peter.id} admin")
    await peter.says(f"/grant {peter.id} chair TMN-1")
    await peter.sees("Роль назначена")
    assert "requests" in peter.commands
    await peter.says(f"/revoke {peter.id} admin")
    await peter.sees("Роль снята: администратор — весь союз")
    assert "grant" not in peter.commands
    assert await told(app, "roles-granted") == [peter.id]
    assert not await told(app, "roles-revoked")


async def test_the_union_keeps_an_admin_who_is_really_there(
    app: App, admin: Person, peter: Person, people: Make
) -> None:
    await admin.says(f"/grant {peter.id} admin")
    await admin.says(f"/grant {peter.id} admin TMN")
    await appoint(app)
    await peter.says(f"/grant {STRANGER} admin")
    await peter.says(f"/revoke {peter.id} admin")
    await peter.sees("Это последний администратор всего союза")
    await peter.says(f"/revoke {peter.id} admin TMN")
    await peter.sees("Роль снята: администратор — ТюмнМО ВЭП")
    olga = people("Ольга", id=STRANGER)
    await olga.says("/start")
    await olga.blocks()
    await peter.says(f"/revoke {peter.id} admin")
    await peter.sees("Это последний администратор всего союза")
    await olga.unblocks()
    await peter.says(f"/revoke {peter.id} admin")
    await peter.sees("Роль снята: администратор — весь союз")


async def test_the_settings_decide_who_are_the_first_admins(
    app: App, admin: Person, peter: Person
) -> None:
    await admin.says(f"/grant {peter.id} admin")
    await appoint(app, peter.id)
    assert await held(app, ADMIN) == []
    await app.courier.drain()
    await admin.sees("С вас снята роль: администратор — весь союз")
    assert "grant" not in admin.commands
    await peter.says(f"/revoke {peter.id} admin")
    await peter.sees("указан в настройках сервера")
    await appoint(app, peter.id, peter.id)
    assert await held(app, peter.id) == ["admin"]


async def appoint(app: App, *telegram_ids: int) -> None:
    async with app.database.transaction() as session:
        await roles.appoint_from_settings(session, telegram_ids, now=START)


async def test_news_that_is_no_longer_true_is_not_told(
    app: App, admin: Person, peter: Person
) -> None:
    now = START
    async with app.database.transaction() as session:
        helen = await access.load(session, await people.expect(session, str(ADMIN), now=now))
        change = (session, helen, str(peter.id), Role.CHAIR, "TMN-1")
        await roles.grant(*change, now=now)
        await roles.revoke(*change, now=now)
    await app.courier.drain()
    await peter.sees_nothing_of("назначена")
    await peter.sees("С вас снята роль")


async def test_the_person_concerned_reads_their_own_language(admin: Person, people: Make) -> None:
    john = people("John", language="en")
    await john.says("/start")
    await admin.says(f"/grant {john.id} leader KGD")
    await john.sees("You have been given a role: leader — Калининградская организация")


@pytest.mark.parametrize("words", ["на-проверку", "на проверку", "НА ПРОВЕРКУ", "review"])
async def test_an_organisers_news_may_be_for_others_to_approve(
    app: App, admin: Person, peter: Person, words: str
) -> None:
    await admin.says(f"/grant {peter.id} organiser TMN-1 {words}")
    await admin.sees("Роль назначена: организатор — ППО Тюменьэнерго", "Новости — на проверку.")
    await peter.sees("Вам назначена роль: организатор", "выйдут после проверки")
    assert "post" in peter.commands
    assert "channels" not in peter.commands
    await admin.says(f"/grant {peter.id} organiser TMN-1 {words}")
    await admin.sees("Ничего менять не нужно")
    await admin.says("/audit")
    await admin.sees("назначена роль «организатор» (новости на проверку) — TMN-1")

    await admin.says(f"/grant {peter.id} organiser TMN-1")
    await admin.sees("Роль назначена: организатор — ППО Тюменьэнерго")
    await admin.sees_nothing_of("на проверку")
    assert "Новости вы теперь публикуете сами." in peter.history[-1]
    assert "channels" in peter.commands
    assert await held(app, peter.id) == ["organiser"]
    await admin.says(f"/revoke {peter.id} organiser TMN-1 {words}")
    await admin.sees("Роль снята: организатор")


async def test_only_an_organisers_news_and_only_somewhere(
    app: App, admin: Person, peter: Person
) -> None:
    await admin.says(f"/grant {peter.id} organiser на проверку")
    await admin.sees("Добавьте код организации: роль «организатор»")
    for words in ("chair TMN-1 на-проверку", "lawyer TMN на проверку", "organiser TMN-1 сразу"):
        await admin.says(f"/grant {peter.id} {words}")
        await admin.sees("/grant 123456789 chair TMN-01", "organiser TMN-01 на проверку")
    assert await held(app, peter.id) == []


async def test_what_has_changed_again_meanwhile_is_told_once(
    app: App, admin: Person, peter: Person
) -> None:
    async with app.database.transaction() as session:
        helen = await access.load(session, await people.expect(session, str(ADMIN), now=START))
        asked = (session, helen, str(peter.id), Role.ORGANISER, "TMN-1")
        await roles.grant(*asked, drafts_only=True, now=START)
        await roles.grant(*asked, now=START)
    await app.courier.drain()
    assert sum("Вам назначена роль" in line for line in peter.history) == 1
    assert not any("проверки" in line for line in peter.history)
