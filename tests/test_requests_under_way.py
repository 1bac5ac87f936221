"""A card is decided while it is still on its way to another chair."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.app import App
from bot.telegram import Files, Json, Transport
from models.mail import Owed, Place
from sandbox.people import Person
from sandbox.plugin import TOKEN, Clock
from sandbox.world import World
from tests.applying import NAME, PHONE, Holds, Make, applies, appointed, fills_in, rows

pytestmark = pytest.mark.usefixtures("union")

FLOOD = {
    "ok": False,
    "error_code": 429,
    "description": "Too Many Requests: retry after 0.05",
    "parameters": {"retry_after": 0.05},
}


@pytest.fixture
async def anna(people: Make) -> Person:
    return people("Анна", phone=PHONE)


@pytest.fixture
async def peter(people: Make, holds: Holds) -> Person:
    return await appointed(people, holds, "Пётр", "TMN-1")


@pytest.fixture
async def olga(people: Make, holds: Holds) -> Person:
    return await appointed(people, holds, "Ольга", "TMN-1")


@asynccontextmanager
async def living(app: App, world: World) -> AsyncIterator[None]:
    """The courier works by itself, as in life: nobody waits for what it sends."""

    async def hand_over(update: Json) -> None:
        await app.ingest(update)

    world.connect(TOKEN, hand_over)
    async with asyncio.TaskGroup() as life:
        life.create_task(app.courier.run())
        try:
            yield
        finally:
            app.courier.stop()


async def until_seen(person: Person, text: str) -> None:
    with person.world.watch() as changes:
        async with asyncio.timeout(10):
            while text not in person.transcript:
                await changes.get()


async def test_it_is_redrawn_as_soon_as_it_has_arrived(
    app: App,
    world: World,
    anna: Person,
    peter: Person,
    olga: Person,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Olga has the card, but the answer that says so is still under way."""
    wire, known = app.telegram._transport, asyncio.Event()

    async def slow(token: str, method: str, params: Json, files: Files) -> tuple[int, Json]:
        answer = await wire(token, method, params, files)
        if params.get("chat_id") == olga.id:
            await known.wait()
        return answer

    await fills_in(anna)
    monkeypatch.setattr(app.telegram, "_transport", slow)
    async with living(app, world):
        await anna.taps("Отправить заявку")
        await until_seen(peter, NAME)
        await until_seen(olga, NAME)
        await peter.taps("Подтвердить")
        await until_seen(peter, "Подтверждена")
        assert "Подтвердить" in olga.buttons
        known.set()
        await until_seen(olga, "Подтверждена: председатель")
    assert "Подтвердить" not in olga.buttons
    assert sum(NAME in text for text in olga.history) == 1


async def test_what_has_not_left_yet_is_not_sent_any_more(
    app: App,
    anna: Person,
    peter: Person,
    olga: Person,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Telegram asked to wait before writing to Olga."""
    wire: Transport = app.telegram._transport

    async def flooded(token: str, method: str, params: Json, files: Files) -> tuple[int, Json]:
        if params.get("chat_id") == olga.id:
            return 429, FLOOD
        return await wire(token, method, params, files)

    monkeypatch.setattr(app.telegram, "_transport", flooded)
    await applies(anna)
    await peter.taps("Подтвердить")
    monkeypatch.setattr(app.telegram, "_transport", wire)
    clock.forward(minutes=1)
    await asyncio.sleep(0.1)
    await app.courier.drain()
    await olga.sees_nothing_of(NAME)
    cards = await rows(app, Owed, chat_id=olga.id, notice="requests-card")
    assert [card.state for card in cards] == ["stale", "stale"]
    assert not await rows(app, Place, chat_id=olga.id)


async def test_a_card_the_chair_has_deleted_is_not_sent_again(
    app: App, anna: Person, peter: Person, olga: Person
) -> None:
    await applies(anna)
    card = await olga.sees(NAME)
    olga.world.remove(olga.chat, card["message_id"])
    await peter.taps("Подтвердить")
    assert not any(NAME in text for text in olga.history)
    await anna.sees("добро пожаловать")
