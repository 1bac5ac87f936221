"""A place is a message that shows one thing: news of it redraws that message where it is."""

from collections.abc import Callable

import pytest

from bot.app import App
from keyboards import pictures
from keyboards.screen import Picture, Reader, Screen, notice
from models.base import Session
from models.mail import Sending
from sandbox.people import Person
from sandbox.world import World
from services import notices, outbox
from tests.rough import LONG_AGO, states, tell
from tests.sandbox_front import picture

pytestmark = pytest.mark.usefixtures("log")

PLACE = "дело:1"


@pytest.fixture
def anna(people: Callable[..., Person]) -> Person:
    person = people("Анна")
    person.chat.started = True
    return person


@notice("test-state")
async def state(session: Session, to: Reader, text: str) -> Screen | None:
    """Once over, it is worth a word only where it is still to be seen."""
    return None if text == "закрыто" and not to.shown else Screen(text)


@notice("test-photo")
async def photo(session: Session, to: Reader) -> Screen:
    return Screen("фото", picture=Picture("square", {}))


async def shows(app: App, person: Person, *texts: str) -> None:
    for text in texts:
        await tell(app, person, "test-state", PLACE, text=text)
        await app.courier.drain()


def count(world: World, method: str) -> int:
    return sum(call.method == method for call in world.log)


async def test_news_redraws_the_message_and_the_same_again_changes_nothing(
    app: App, world: World, anna: Person
) -> None:
    await shows(app, anna, "ждёт", "ждёт", "решено")
    assert anna.history == ["решено"]
    assert (count(world, "sendMessage"), count(world, "editMessageText")) == (1, 2)
    assert await states(app) == [Sending.SENT] * 3


async def test_each_chat_has_its_own(
    app: App, anna: Person, people: Callable[..., Person]
) -> None:
    peter = people("Пётр")
    peter.chat.started = True
    await shows(app, anna, "ждёт")
    await shows(app, peter, "ждёт", "решено")
    assert (anna.history, peter.history) == (["ждёт"], ["решено"])


async def test_what_was_deleted_comes_anew_and_is_redrawn_from_then_on(
    app: App, anna: Person
) -> None:
    await shows(app, anna, "ждёт")
    anna.world.remove(anna.chat, next(iter(anna.chat.messages)))
    await shows(app, anna, "решается")
    assert anna.history == ["решается"]
    await shows(app, anna, "решено")
    assert anna.history == ["решено"]


async def test_what_is_over_does_not_come_back_where_it_was_deleted(
    app: App, anna: Person
) -> None:
    await shows(app, anna, "ждёт")
    anna.world.remove(anna.chat, next(iter(anna.chat.messages)))
    await shows(app, anna, "закрыто")
    assert anna.history == []
    assert await states(app) == [Sending.SENT, Sending.STALE]


async def test_text_cannot_take_the_place_of_a_photo_and_comes_after_it(
    app: App, anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(pictures.DRAWINGS, "square", picture)
    await tell(app, anna, "test-photo", PLACE)
    await app.courier.drain()
    await shows(app, anna, "ждёт", "решено")
    assert anna.history == ["фото", "решено"]


async def test_renewed_it_is_news_and_comes_as_a_new_message(app: App, anna: Person) -> None:
    await shows(app, anna, "ждёт")
    async with app.database.transaction() as session:
        await notices.renew(session, PLACE, now=LONG_AGO)
    await shows(app, anna, "снова ждёт", "решено")
    assert anna.history == ["ждёт", "решено"]


async def test_a_message_that_shows_another_thing_is_no_longer_the_first(
    app: App, anna: Person
) -> None:
    """News of what it showed before does not overwrite it."""
    await shows(app, anna, "ждёт")
    message = next(iter(anna.chat.messages))
    async with app.database.transaction() as session:
        await outbox.put(session, anna.id, "дело:2", message, now=LONG_AGO)
    await tell(app, anna, "test-state", "дело:2", text="другое")
    await app.courier.drain()
    await shows(app, anna, "закрыто")  # worth a word only where it still stands
    assert anna.history == ["другое"]
