"""Every command of the menu: who may, and what the others are told."""

from collections.abc import Awaitable, Callable

import pytest

from keyboards.menu import ALL_COMMANDS, EVERYONE
from sandbox.people import Person
from sandbox.plugin import TOKEN
from sandbox.world import World
from tests.conftest import ADMIN

pytestmark = pytest.mark.usefixtures("union")

NEEDS_MEMBERSHIP = ("news", "events", "card", "profile", "settings")
NEEDS_RIGHT = (
    "requests", "invite", "members", "post", "newevent", "checkin", "channels", "grant", "revoke",
    "orgs", "audit",
)  # fmt: skip
REFUSED = {
    "requests": "Заявки рассматривают председатель",
    "invite": "Приглашать могут",
    "members": "Список членов видят",
    "post": "Новости пишут организаторы",
    "checkin": "Отмечают пришедших организаторы",
    "newevent": "Мероприятия создают организаторы",
    "channels": "Новости пишут организаторы",
    "grant": "ведут администраторы",
    "revoke": "ведут администраторы",
    "orgs": "ведут администраторы",
    "audit": "Журнал видят администраторы",
}
MAY = {
    "chair": {"requests", "invite", "members"},
    "organiser": {"invite", "members", "post", "newevent", "checkin", "channels"},
    "lawyer": set(),
    "leader": set(),
    "admin": set(NEEDS_RIGHT),
}


def test_the_table_is_complete() -> None:
    assert {*EVERYONE, *NEEDS_MEMBERSHIP, *NEEDS_RIGHT, "sos"} == set(ALL_COMMANDS)


@pytest.mark.parametrize("command", NEEDS_RIGHT)
async def test_a_guest_has_no_right_to_it(people: Callable[..., Person], command: str) -> None:
    anna = people("Анна")
    await anna.says(f"/{command}")
    await anna.sees(REFUSED[command])


@pytest.mark.parametrize("command", NEEDS_MEMBERSHIP)
async def test_a_guest_is_told_how_to_get_it(people: Callable[..., Person], command: str) -> None:
    anna = people("Анна")
    await anna.says(f"/{command}")
    await anna.sees("Вступить")


@pytest.mark.parametrize("role", MAY)
async def test_a_role_opens_its_own_commands_and_no_others(
    people: Callable[..., Person], holds: Callable[..., Awaitable[None]], role: str
) -> None:
    peter = people("Пётр")
    await holds(peter, role, "TMN-1")
    for command in NEEDS_RIGHT:
        await peter.says(f"/{command}")
        if command in MAY[role]:
            await peter.sees_nothing_of(REFUSED[command])
        else:
            await peter.sees(REFUSED[command])


@pytest.mark.parametrize("command", ALL_COMMANDS)
async def test_a_command_is_the_same_in_any_case(
    people: Callable[..., Person], world: World, command: str
) -> None:
    """Said by somebody with every right, in private and in a group."""
    bot = world.bots[TOKEN]
    admin = people("Елена", id=ADMIN)
    world.add_group(-1001, "Цех", members={admin.id: "creator", bot.id: "member"})
    group, answers = admin.inside("g:-1001"), set()
    for typed in (f"/{command}", f"/{command.title()}", f"/{command.upper()}"):
        await admin.says(typed)
        answers.add(admin.screen)
        await group.says(f"{typed}@{bot.username}")
        await group.sees("Я отвечаю в личных сообщениях")
    (same,) = answers
    assert "Не понял" not in same


async def test_a_command_in_capitals_ends_a_dialog(people: Callable[..., Person]) -> None:
    anna = people("Анна")
    await anna.says("/START")
    await anna.taps("✍️ Вступить")
    await anna.taps("Согласен")
    await anna.sees("Напишите фамилию")
    await anna.says("/MENU")
    await anna.sees("Вы начали заявку на вступление")
    await anna.says("Смирнова Анна Ивановна")
    await anna.sees("Похоже, это ответ на вопрос, который уже закрыт", "Заявка подождёт")
    await anna.taps("Продолжить")
    await anna.says("Смирнова Анна Ивановна")
    await anna.sees("Когда вы родились?")


@pytest.mark.parametrize("command", EVERYONE)
async def test_everybody_may_say_it(people: Callable[..., Person], command: str) -> None:
    anna = people("Анна")
    await anna.says(f"/{command}")
    assert anna.screen
    await anna.sees_nothing_of("у вас такой роли", "Не понял")
