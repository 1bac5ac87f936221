"""Whatever comes in: kept aside, cleaned or refused, and never in anybody's way."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.app import App
from keyboards import requests as requests_kb
from models.mail import DeadLetter, Dialog, Owed, Received
from models.person import Person as PersonRow
from sandbox.people import Person
from sandbox.plugin import Clock
from sandbox.world import World
from tests.applying import rows
from tests.backstage import audited
from tests.odd_house import House, Json, build_odd, said

pytestmark = pytest.mark.usefixtures("log")

TROUBLE = "Что-то сломалось у нас"
# One past what a column holds, and far beyond.
HUGE = (2**63, 10**30)


@pytest.fixture
def house(app: App, world: World, clock: Clock) -> House:
    return build_odd(app, world, clock)


@pytest.mark.parametrize(
    "rubbish",
    [
        {"message": {"message_id": "x", "chat": 5}},
        {"message": {"text": "/do"}},
        {"message": "text"},
        {"callback_query": {"id": 5}},
        {"my_chat_member": []},
        said(0, HUGE[1], "/do"),
    ],
)
async def test_what_cannot_be_understood_is_kept_aside_once(
    app: App, house: House, rubbish: Json
) -> None:
    for _ in range(3):
        await app.ingest({"update_id": 7} | rubbish | {"update_id": 7})
    assert [letter.update_id for letter in await rows(app, DeadLetter)] == [7]
    assert await audited(app, "odd.") == []
    assert len([row for row in await rows(app, Owed) if row.notice == "system-trouble"]) == 1


async def test_whoever_sent_it_is_told_as_far_as_they_can_be_known(
    app: App, people: Callable[..., Person], house: House
) -> None:
    anna = people("Анна")
    await anna.says("привет")
    await app.ingest(said(7, anna.id, "/do", entities="rubbish"))
    await app.courier.drain()
    assert TROUBLE in anna.history[-1]


@pytest.mark.parametrize(
    "kind", ["edited_message", "poll_answer", "message_reaction", "kind_of_the_future"]
)
async def test_kinds_not_asked_for_are_remembered_and_ignored(
    app: App, house: House, kind: str
) -> None:
    event = said(1, 5, "/do")["message"] if kind == "edited_message" else None
    await app.ingest({"update_id": 8, kind: event})
    assert [row.update_id for row in await rows(app, Received)] == [8]
    assert await rows(app, DeadLetter) == []
    assert await audited(app, "odd.") == []


async def test_nul_and_lone_surrogates_go_no_further(app: App, house: House) -> None:
    await app.ingest(said(1, 5, "а\0б\ud83dв", sender={"username": "ли\0за\udc00"}))
    assert house.seen == ["абв", "абв."]
    assert "лиза" in [row.username for row in await rows(app, PersonRow)]
    assert [row.data for row in await rows(app, Dialog)] == [{"said": "абв"}]


@pytest.mark.parametrize("number", HUGE)
async def test_huge_numbers_do_no_harm(
    app: App, house: House, number: int, people: Callable[..., Person]
) -> None:
    await app.ingest(said(number, 5, "привет"))
    await app.ingest(said(1, number, "привет"))
    await app.ingest(said(2, 6, "привет", chat={"id": number, "type": "private"}))
    await people("Анна").says("привет")
    assert await audited(app, "odd.") == []


@pytest.mark.parametrize("number", HUGE)
async def test_a_forged_button_with_a_huge_number_is_refused_politely(
    app: App, people: Callable[..., Person], number: int
) -> None:
    anna = people("Анна")
    await anna.says("/start")
    await anna.taps_data(await anna.sees("Сила"), f"{requests_kb.Open.__prefix__}:{number}")
    assert anna.toast == "Этого больше нет. Откройте раздел заново."
    assert await rows(app, DeadLetter) == []


async def test_deep_nesting_is_kept_aside(app: App, house: House) -> None:
    deep: Any = "дно"
    for _ in range(600):
        deep = [deep]
    await app.ingest(said(3, 5, "привет") | {"extra": deep})
    assert len(await rows(app, DeadLetter)) == 1


async def test_what_cannot_be_read_is_not_read_again(
    app: App, house: House, log: list[Any]
) -> None:
    await app.ingest({"update_id": 7, "message": {"message_id": "x", "chat": 5}})
    assert [line["event"] for line in log] == ["update failed"]
    assert [letter.error for letter in await rows(app, DeadLetter)] == ["ValidationError"]


async def test_a_message_of_nobody_is_remembered_and_ignored(app: App, house: House) -> None:
    nameless = said(9, 5, "/do")
    del nameless["message"]["from"]
    await app.ingest(nameless)
    assert [row.update_id for row in await rows(app, Received)] == [9]
    assert await rows(app, DeadLetter) == []
    assert house.seen == []
