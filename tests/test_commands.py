"""Every command of the menu: who may, and what the others are told."""

from collections.abc import Awaitable, Callable

import pytest

from keyboards.menu import ALL_COMMANDS, EVERYONE
from sandbox.people import Person

pytestmark = pytest.mark.usefixtures("union")

NEEDS_MEMBERSHIP = ("card", "profile")
NEEDS_RIGHT = ("requests", "invite", "members", "grant", "revoke", "orgs", "audit")
REFUSED = {
    "requests": "Заявки решают председатель",
    "invite": "Приглашать могут",
    "members": "Список членов видят",
    "grant": "ведут администраторы",
    "revoke": "ведут администраторы",
    "orgs": "ведут администраторы",
    "audit": "Журнал видят администраторы",
}
MAY = {
    "chair": {"requests", "invite", "members"},
    "organiser": {"invite", "members"},
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


@pytest.mark.parametrize("command", EVERYONE)
async def test_everybody_may_say_it(people: Callable[..., Person], command: str) -> None:
    anna = people("Анна")
    await anna.says(f"/{command}")
    assert anna.screen
    await anna.sees_nothing_of("у вас такой роли", "Не понял")
