"""The one way out: in order, at Telegram's pace, whatever the line is like."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any, NoReturn

import pytest
from sqlalchemy import select, update

from bot import courier, outcomes
from bot.app import App
from bot.settings import Settings
from keyboards import pictures
from keyboards.screen import Picture, Reader, Screen, notice
from models.base import Session
from models.mail import Lane, Owed, Sending
from models.person import Person as PersonRow
from sandbox.people import Person
from sandbox.plugin import TOKEN, Clock
from sandbox.world import World
from services import outbox
from tests.rough import Line, hold, owe, refuse, states, tell, until, wired
from tests.sandbox_front import picture

pytestmark = pytest.mark.usefixtures("log")

SENT, NEW, UNKNOWN, FAILED = Sending.SENT, Sending.NEW, Sending.UNKNOWN, Sending.FAILED
Wired = tuple[App, Line]


@pytest.fixture
def anna(people: Callable[..., Person]) -> Person:
    return met(people("Анна"))


@pytest.fixture
def peter(people: Callable[..., Person]) -> Person:
    return met(people("Пётр"))


def met(person: Person) -> Person:
    person.chat.started = True
    return person


@notice("test-note")
async def note(session: Session, to: Reader, text: str) -> Screen:
    return Screen(text)


@notice("test-drawing")
async def photo(session: Session, to: Reader) -> Screen:
    return Screen("фото", picture=Picture("slow", {}))


@notice("test-gone")
async def gone(session: Session, to: Reader) -> None:
    return None


@notice("test-broken")
async def broken(session: Session, to: Reader) -> Screen:
    raise KeyError("Смирнова")


@notice("test-twin")
async def twin(session: Session, to: Reader) -> Screen:
    session.add(PersonRow(telegram_id=to.actor.person.telegram_id, language="ru"))
    await session.flush()
    return Screen("не бывает")


@asynccontextmanager
async def running(app: App) -> AsyncIterator[None]:
    async with asyncio.TaskGroup() as group:
        group.create_task(app.courier.run())
        yield
        app.courier.stop()


async def test_each_chat_in_order_and_a_slow_one_holds_up_nobody(
    wire: Wired, people: Callable[..., Person]
) -> None:
    app, line = wire
    crowd = [met(people(f"Человек {n}")) for n in range(6)]
    slow, *others = crowd
    release = asyncio.Event()
    line.fails(hold(release), chat=slow.id)
    texts = [f"{n}" for n in range(5)]
    for person in crowd:
        await owe(app, person.id, *texts)
    async with running(app):
        await until(lambda: all(person.history == texts for person in others))
        assert (slow.history, line.count(chat=slow.id)) == ([], 1)
        release.set()
        await until(lambda: slow.history == texts)
    assert set(await states(app)) == {SENT}


async def test_what_is_urgent_overtakes_what_is_not(
    wire: Wired, world: World, anna: Person, peter: Person
) -> None:
    app, _ = wire
    for lane in (Lane.BULK, Lane.CASE, Lane.SOS):
        await owe(app, anna.id, f"анне {lane.name}", lane=lane)
    await owe(app, peter.id, "петру REMINDER", lane=Lane.REMINDER)
    await owe(app, peter.id, "петру ANSWER")
    await app.courier.drain()
    sent = [str(call.params["text"]) for call in world.log if call.method == "sendMessage"]
    assert [text for text in sent if "анне" in text] == ["анне SOS", "анне CASE", "анне BULK"]
    assert sent[:2] == ["анне SOS", "петру ANSWER"]


async def test_a_telegram_that_hangs_leaves_seats_for_sos(
    wire: Wired, people: Callable[..., Person], anna: Person
) -> None:
    app, line = wire
    release = asyncio.Event()
    line.fails(hold(release), times=20)
    for n in range(30):
        await owe(app, met(people(f"Человек {n}")).id, "всем", lane=Lane.BULK)
    async with running(app):
        await until(lambda: line.count() == 20)
        await owe(app, anna.id, "тревога", lane=Lane.SOS)
        app.courier.wake()
        await until(lambda: anna.history)
        assert line.count() == 21
        release.set()
        await until(lambda: line.count() == 31)


async def test_flood_pauses_that_chat_alone_and_loses_nothing(
    wire: Wired, clock: Clock, anna: Person, peter: Person
) -> None:
    app, line = wire
    line.fails(refuse(429, "Too Many Requests: retry after 1", retry_after=1), chat=anna.id)
    await owe(app, anna.id, "1", "2")
    await owe(app, peter.id, "1", "2")
    await app.courier.drain()
    assert (anna.history, peter.history) == ([], ["1", "2"])
    await owe(app, anna.id, "тревога", lane=Lane.SOS)
    clock.forward(seconds=1)
    await app.courier.drain()
    assert (anna.history, line.count(chat=anna.id)) == ([], 1)
    await asyncio.sleep(1.01)
    await app.courier.drain()
    assert anna.history == ["тревога", "1", "2"]


async def test_of_several_edits_of_one_message_only_the_last_is_sent(
    wire: Wired, clock: Clock, anna: Person
) -> None:
    app, line = wire
    now = datetime.fromtimestamp(clock.now, UTC)
    await owe(app, anna.id, "0")
    await app.courier.drain()
    (message_id,) = anna.chat.messages
    line.fails(refuse(429, "Too Many Requests", retry_after=1), on="editMessageText")
    for words in (["1"], ["2", "3"]):
        edits = [{"message_id": message_id, "text": text} for text in words]
        async with app.database.transaction() as session:
            rows = [outbox.owing(anna.id, "editMessageText", one, now=now) for one in edits]
            await outbox.add(session, rows, now=now)
        await app.courier.drain()
    clock.forward(seconds=1)
    await asyncio.sleep(1.01)
    await app.courier.drain()
    assert (anna.history, line.count("editMessageText")) == (["3"], 2)
    assert await states(app) == [SENT, Sending.STALE, Sending.STALE, SENT]


async def test_what_goes_to_many_comes_singly_to_each_and_answers_pass_it(
    world: World, settings: Settings, clock: Clock, anna: Person, peter: Person
) -> None:
    def is_through() -> bool:
        clock.forward(seconds=0.05)
        return len(peter.history) == 2

    async with wired(world, settings, clock, pace=200) as (app, _), running(app):
        for person in (anna, peter):
            await owe(app, person.id, "1", "2", lane=Lane.BULK)
        begun = asyncio.get_running_loop().time()
        app.courier.wake()
        await until(lambda: anna.history and peter.history)
        await owe(app, anna.id, "ответ", "и ещё")
        app.courier.wake()
        await until(is_through)
        assert asyncio.get_running_loop().time() > begun + 1
    assert anna.history[:3] == ["1", "ответ", "и ещё"]


async def test_whoever_stopped_the_bot_is_lost_until_their_next_word(
    wire: Wired, anna: Person
) -> None:
    app, _ = wire
    await tell(app, anna, "test-note", text="привет")
    await anna.blocks()
    await app.courier.drain()
    assert await states(app) == [Sending.BLOCKED]
    assert await lost(app, anna)
    await anna.says("/menu")
    for parcel in anna.world.bots[TOKEN].mailbox.parcels:
        await app.ingest(parcel.update)
    assert not await lost(app, anna)
    await app.courier.drain()
    assert "Сила в каждом" in anna.history[-1]


async def lost(app: App, person: Person) -> datetime | None:
    async with app.database.transaction() as session:
        return await session.scalar(
            select(PersonRow.unreachable_since).filter_by(telegram_id=person.id)
        )


async def test_pictures_are_drawn_while_others_use_the_database(
    wire: Wired, anna: Person, peter: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, _ = wire
    begun, finish = threading.Event(), threading.Event()

    def draw() -> bytes:
        begun.set()
        assert finish.wait(10)
        return picture()

    monkeypatch.setitem(pictures.DRAWINGS, "slow", draw)
    await tell(app, anna, "test-drawing")
    async with running(app):
        await until(begun.is_set)
        await owe(app, peter.id, "пока рисуется")
        app.courier.wake()
        await until(lambda: peter.history)
        assert anna.history == []
        finish.set()
    assert anna.history == ["фото"]


@pytest.mark.parametrize("name", ["test-broken", "test-twin", "test-unheard-of"])
async def test_what_cannot_be_worded_fails_alone(
    wire: Wired, anna: Person, peter: Person, name: str
) -> None:
    app, _ = wire
    await tell(app, anna, name)
    await tell(app, anna, "test-note", text="дальше")
    await tell(app, peter, "test-note", text="и другим")
    await app.courier.drain()
    assert (anna.history, peter.history) == (["дальше"], ["и другим"])
    assert await states(app) == [FAILED, SENT, SENT]


async def test_what_is_no_longer_true_is_dropped_and_holds_up_nothing(
    wire: Wired, anna: Person
) -> None:
    app, _ = wire
    for _ in range(5):
        await tell(app, anna, "test-gone")
    await tell(app, anna, "test-note", text="а это верно")
    await app.courier.drain()
    assert anna.history == ["а это верно"]
    assert await states(app) == [Sending.STALE] * 5 + [SENT]


async def test_a_long_pause_of_one_chat_delays_no_other(wire: Wired, anna: Person) -> None:
    app, _ = wire
    app.courier._pace.pause(-5, until=asyncio.get_running_loop().time() + 300)
    async with running(app):
        await asyncio.sleep(0.1)
        await owe(app, anna.id, "дошло")  # nobody wakes the courier: as when a due hour comes
        await until(lambda: anna.history, patience=5)


async def test_a_database_that_is_away_is_not_asked_without_a_pause(
    wire: Wired, anna: Person, log: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    app, line = wire
    release, real = asyncio.Event(), app.database.transaction
    line.fails(hold(release), chat=anna.id)
    await owe(app, anna.id, "дошло")
    async with running(app):
        await until(lambda: line.count() == 1)
        monkeypatch.setattr(app.database, "transaction", away)
        release.set()
        await until(lambda: anna.history)
        await asyncio.sleep(0.5)
        assert len([line for line in log if line["event"] == "outbox unavailable"]) == 1
        monkeypatch.setattr(app.database, "transaction", real)
    assert await states(app) == [SENT]


def away() -> NoReturn:
    raise ConnectionError


async def test_a_first_sign_of_life_that_failed_is_given_again(
    wire: Wired, anna: Person, log: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    app, _ = wire
    await owe(app, anna.id, "дошло")
    real = app.database.transaction
    async with real() as session:
        await session.execute(update(Owed).values(state=Sending.SENDING, holder=None))
    monkeypatch.setattr(app.database, "transaction", away)
    async with running(app):
        await until(lambda: any("no sign of life" in line["event"] for line in log))
        monkeypatch.setattr(app.database, "transaction", real)
        await until(lambda: anna.history)


async def test_a_commit_that_fails_is_not_tried_again_without_a_pause(
    wire: Wired, anna: Person, log: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    app, _ = wire
    real = app.database.transaction

    @asynccontextmanager
    async def torn() -> AsyncIterator[Session]:
        async with real() as session:
            yield session
            raise ConnectionError

    await tell(app, anna, "test-gone")
    await app.courier._beat()
    monkeypatch.setattr(app.database, "transaction", torn)
    async with running(app):
        await asyncio.sleep(0.5)
        assert len([line for line in log if line["event"] == "outbox unavailable"]) == 1
        monkeypatch.setattr(app.database, "transaction", real)


async def test_what_was_taken_by_a_commit_without_an_answer_is_sent_all_the_same(
    wire: Wired,
    anna: Person,
    peter: Person,
    log: list[Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app, line = wire
    release, real = asyncio.Event(), app.database.transaction
    line.fails(hold(release), chat=peter.id)

    @asynccontextmanager
    async def unheard() -> AsyncIterator[Session]:
        async with real() as session:
            yield session
        raise ConnectionError

    async with running(app):
        await owe(app, peter.id, "в пути")
        app.courier.wake()
        await until(lambda: line.count() == 1)
        await owe(app, anna.id, "дошло")
        monkeypatch.setattr(app.database, "transaction", unheard)
        app.courier.wake()
        await until(lambda: any(line["event"] == "outbox unavailable" for line in log))
        monkeypatch.setattr(app.database, "transaction", real)
        await until(lambda: anna.history)
        release.set()
    assert (anna.history, peter.history) == (["дошло"], ["в пути"])


async def test_what_arrives_while_that_is_looked_into_is_not_sent_again(
    wire: Wired, peter: Person, log: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    app, line = wire
    release, real, settle = asyncio.Event(), app.database.transaction, outcomes.settle
    line.fails(hold(release), chat=peter.id)

    async def settle_and_hear_of_it(*given: Any, **more: Any) -> None:
        await settle(*given, **more)
        if any(line["event"] == "outbox unavailable" for line in log):
            release.set()
            await until(lambda: peter.history)
            await until(lambda: not app.courier._under_way)

    async with running(app):
        await owe(app, peter.id, "в пути")
        app.courier.wake()
        await until(lambda: line.count() == 1)
        monkeypatch.setattr(courier, "settle", settle_and_hear_of_it)
        monkeypatch.setattr(app.database, "transaction", away)
        app.courier.wake()
        await until(lambda: any(line["event"] == "outbox unavailable" for line in log))
        monkeypatch.setattr(app.database, "transaction", real)
        await until(lambda: peter.history)
    assert peter.history == ["в пути"]
    assert await states(app) == [SENT]


async def test_what_was_on_its_way_when_the_process_died_is_repeated_as_its_lane_has_it(
    wire: Wired, world: World, settings: Settings, clock: Clock, people: Callable[..., Person]
) -> None:
    app, line = wire
    line.fails(hold(asyncio.Event()), times=6)
    for lane in Lane:
        await owe(app, met(people(lane.name)).id, lane.name, lane=lane)
    async with asyncio.TaskGroup() as life:
        killed = life.create_task(app.courier.run())
        await until(lambda: line.count() == 6)
        killed.cancel()
    assert await states(app) == [Sending.SENDING] * 6
    clock.forward(seconds=8)  # on a server others wait until it must be dead
    async with wired(world, settings, clock) as (born_again, line), running(born_again):
        await until(lambda: line.count() == 3)
    assert await states(app) == [SENT] * 3 + [UNKNOWN] * 3


async def test_stopping_settles_what_is_under_way_and_sends_the_last_answers(
    wire: Wired, anna: Person, peter: Person, people: Callable[..., Person]
) -> None:
    app, line = wire
    release = asyncio.Event()
    line.fails(hold(release), chat=anna.id)
    await owe(app, anna.id, "в пути")
    async with running(app):
        await until(lambda: line.count() == 1)
        app.courier.stop()
        await owe(app, peter.id, "последний ответ")
        await owe(app, met(people("Олег")).id, "новости", lane=Lane.BULK)
        app.courier.wake()
        await until(lambda: peter.history)
        release.set()
    assert await states(app) == [SENT, SENT, NEW]
