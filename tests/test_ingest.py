"""The one way in: once, in order, whole or not at all; and nobody's trouble stops the others."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.app import App
from bot.dialogs import dialog_of
from bot.settings import Settings
from models.mail import DeadLetter, Dialog, Owed
from models.person import Person as PersonRow
from sandbox.people import Person
from sandbox.plugin import Clock
from sandbox.world import World
from tests.applying import rows
from tests.backstage import audited
from tests.odd_house import House, build_odd, said
from tests.rough import away

pytestmark = pytest.mark.usefixtures("log")

TROUBLE = "Что-то сломалось у нас"
ADMIN = 900


@pytest.fixture
def house(app: App, world: World, clock: Clock) -> House:
    return build_odd(app, world, clock)


async def test_the_same_update_five_times_acts_once(
    app: App, people: Callable[..., Person], house: House
) -> None:
    anna = people("Анна")
    await anna.says("/do")
    await asyncio.gather(*(app.ingest(house.came[0]) for _ in range(4)))
    await app.courier.drain()
    assert await audited(app, "odd.") == ["odd.done"]
    assert anna.history == ["/do", "сделано"]


async def test_what_always_fails_is_tried_thrice_and_kept_aside_and_the_person_is_told(
    app: App, house: House, people: Callable[..., Person]
) -> None:
    anna, head = people("Анна"), people("Елена", id=ADMIN)
    await head.says("/buttons")
    await anna.says("/break")
    assert house.seen == ["crash"] * 3
    await anna.sees(TROUBLE)
    assert await audited(app, "odd.") == []
    (letter,) = await rows(app, DeadLetter)
    assert (letter.error, letter.update_id) == ("KeyError", house.came[-1]["update_id"])
    assert "/break" in letter.payload
    await app.ingest(house.came[-1])
    assert len(house.seen) == 3
    assert len(await rows(app, DeadLetter)) == 1


async def test_a_tap_that_fails_is_told_in_an_alert(
    people: Callable[..., Person], house: House
) -> None:
    anna = people("Анна")
    await anna.says("/buttons")
    await anna.taps("Сломать")
    assert anna.toast
    assert TROUBLE in anna.toast
    assert anna.history == ["/buttons", "кнопки"]


async def test_admins_are_told_once_a_day(
    people: Callable[..., Person], house: House, clock: Clock
) -> None:
    anna, head = people("Анна"), people("Елена", id=ADMIN)
    await head.says("привет")
    for expected in (1, 1, 2, 2):
        await anna.says("/break")
        assert sum("не смог обработать" in line for line in head.history) == expected
        clock.forward(hours=8)


async def test_a_failure_does_not_delay_other_people(app: App, house: House) -> None:
    await asyncio.gather(*(app.ingest(said(i, 50 + i, "/break")) for i in range(3)))
    house.seen.clear()
    await asyncio.gather(app.ingest(said(10, 60, "/break")), app.ingest(said(11, 61, "привет")))
    assert "привет." in house.seen[:-2]
    assert house.seen.count("crash") == 3


async def test_one_chat_in_order_though_others_go_ahead(app: App, house: House) -> None:
    mine = [said(n, 5, text) for n, text in enumerate(["не сразу 1", "2", "не сразу 3", "4"])]
    other = said(9, 6, "чужое")
    await asyncio.gather(*map(app.ingest, [*mine, other]))
    done = [seen for seen in house.seen if seen.endswith(".")]
    assert done == ["чужое.", "не сразу 1.", "2.", "не сразу 3.", "4."]


@pytest.mark.parametrize("who", [1087968824, 136817688, 777000])
async def test_anonymous_admins_channels_and_linked_posts_are_nobody(
    app: App, house: House, who: int
) -> None:
    group = {"id": -5, "type": "supergroup", "title": "Г"}
    await app.ingest(said(1, who, "/do", chat=group))
    await app.ingest(said(2, who, "/do"))
    await app.ingest(said(3, 70, "/do", sender={"is_bot": True}))
    assert house.seen == []
    assert [row.telegram_id for row in await rows(app, PersonRow)] == [ADMIN]


async def test_what_people_say_to_each_other_in_a_group_is_theirs(app: App, house: House) -> None:
    group = {"id": -5, "type": "supergroup", "title": "Г"}
    await app.ingest(said(1, 5, "привет", chat=group))
    await app.ingest(said(2, 5, "", chat=group, new_chat_member={"id": 6}))
    assert house.seen == []
    assert [row.telegram_id for row in await rows(app, PersonRow)] == [ADMIN]
    await app.ingest(said(3, 5, "/do", chat=group))
    assert await audited(app, "odd.") == ["odd.done"]


async def test_with_the_database_away_nothing_is_lost_and_no_update_is_blamed(
    app: App,
    settings: Settings,
    people: Callable[..., Person],
    house: House,
    log: list[Any],
) -> None:
    anna = people("Анна")
    await anna.says("/buttons")
    later = said(5000, anna.id, "/do")
    async with away(app.database, settings):
        for _ in range(2):
            with pytest.raises(
                Exception, match=r"unable to open|not currently accepting|terminating"
            ):
                await app.ingest(later)
    assert log == []
    await app.ingest(later)
    await app.ingest(later)
    await app.courier.drain()
    assert await audited(app, "odd.") == ["odd.done"]
    assert anna.history[-1] == "сделано"
    assert await rows(app, DeadLetter) == []


async def test_a_refusal_undoes_everything_and_only_the_words_remain(
    app: App, people: Callable[..., Person], house: House
) -> None:
    anna = people("Анна")
    await anna.says("/buttons")
    await anna.taps("Нельзя")
    assert anna.toast == "У вас нет права на это действие."
    await anna.says("/refuse")
    await anna.sees("У вас нет права")
    assert await audited(app, "odd.") == []
    assert await state_of(app, anna) is None
    assert [row.notice for row in await rows(app, Owed)] == [None] * 2
    await app.ingest(house.came[-1])
    await app.courier.drain()
    assert len(anna.history) == 4


async def test_dialog_state_is_committed_with_the_effect_or_not_at_all(
    app: App, people: Callable[..., Person], house: House
) -> None:
    anna = people("Анна")
    await anna.says("/break")
    assert await rows(app, Dialog) == []
    await anna.says("/do")
    for _ in range(2):
        assert await state_of(app, anna) == "odd:asked"
        await anna.says("сломайся")
        await anna.sees(TROUBLE)


async def state_of(app: App, person: Person) -> str | None:
    async with app.database.transaction() as session:
        now = datetime.now(UTC)
        row = await session.get(Dialog, Dialog.name(person.id, person.id))
        return await dialog_of(session, now, person.id, person.id, row).get_state()
