"""What becomes of a call when the line is bad: repeated or let go, as its lane has it."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from bot.app import App
from bot.outcomes import GIVE_UP, judge
from bot.parcels import Parcel
from bot.settings import Settings
from bot.telegram import Doubtful, TelegramError, Unreached
from models.mail import Lane, Sending
from sandbox.people import Person
from sandbox.plugin import Clock
from sandbox.world import World
from tests.rough import (
    Fault,
    Line,
    cut_after,
    cut_before,
    fail_after,
    owe,
    page,
    refuse,
    states,
    until,
    wired,
)

pytestmark = pytest.mark.usefixtures("log")

SENT, NEW, UNKNOWN, FAILED = Sending.SENT, Sending.NEW, Sending.UNKNOWN, Sending.FAILED
Wired = tuple[App, Line]


@pytest.fixture
def anna(people: Callable[..., Person]) -> Person:
    person = people("Анна")
    person.chat.started = True
    return person


@pytest.mark.parametrize(
    ("fault", "arrives"),
    [
        (refuse(500, "Internal Server Error"), 0),
        (page(502), 0),
        (page(302), 0),
        (page(200), 0),
        (cut_before, 0),
        (cut_after, 1),
        (fail_after, 1),
    ],
)
async def test_where_it_may_have_arrived_cases_are_repeated_and_news_are_not(
    wire: Wired, clock: Clock, anna: Person, fault: Fault, arrives: int
) -> None:
    app, line = wire
    line.fails(fault)
    await owe(app, anna.id, "дело", lane=Lane.CASE)
    await app.courier.drain()
    assert await states(app) == [NEW]
    clock.forward(seconds=2)
    await app.courier.drain()
    assert anna.history == ["дело"] * (arrives + 1)
    line.fails(fault)
    await owe(app, anna.id, "новость", lane=Lane.BULK)
    await app.courier.drain()
    clock.forward(hours=1)
    await app.courier.drain()
    assert await states(app) == [SENT, UNKNOWN]
    assert anna.history.count("новость") == arrives


@pytest.mark.parametrize("lane", Lane)
async def test_what_never_left_is_repeated_whatever_it_is(
    world: World, settings: Settings, clock: Clock, anna: Person, lane: Lane
) -> None:
    async with wired(world, settings, clock, address="http://127.0.0.1:1") as (app, _):
        await owe(app, anna.id, "1", "2", lane=lane)
        for _ in range(3):
            await app.courier.drain()
            clock.forward(minutes=1)
        assert await states(app) == [NEW, NEW]
    async with wired(world, settings, clock) as (app, _):
        await app.courier.drain()
    assert anna.history == ["1", "2"]


async def test_an_edit_is_repeated_in_any_lane_for_twice_is_once() -> None:
    for lane in Lane:
        assert judge(parcel("editMessageText", lane), Doubtful()).state is NEW


def test_what_telegram_refuses_for_good_fails_and_is_logged(log: list[Any]) -> None:
    outcome = judge(parcel(), TelegramError(400, "Bad Request: message text is empty"))
    assert outcome.state is FAILED
    assert log[0]["log_level"] == "error"


def test_a_day_of_attempts_is_enough() -> None:
    pauses = [judge(parcel(attempts=n), Unreached()).again_in for n in range(GIVE_UP)]
    assert pauses == sorted(pauses)
    assert sum(pauses) >= 24 * 3600
    assert judge(parcel(attempts=GIVE_UP), Unreached()).state is FAILED


@pytest.mark.parametrize("parameters", [{"retry_after": 30}, {}])
def test_flood_is_waited_out_even_when_telegram_forgets_to_say_how_long(
    parameters: dict[str, int],
) -> None:
    outcome = judge(parcel(attempts=GIVE_UP), TelegramError(429, "Too Many Requests", parameters))
    assert (outcome.state, outcome.rests) == (NEW, True)
    assert outcome.again_in >= parameters.get("retry_after", 1)


def test_a_revoked_token_costs_no_message() -> None:
    assert judge(parcel(), TelegramError(401, "Unauthorized")).state is NEW


def parcel(method: str = "sendMessage", lane: Lane = Lane.ANSWER, attempts: int = 1) -> Parcel:
    return Parcel(1, 5, lane, attempts, method, {"chat_id": 5}, None)


@pytest.mark.parametrize("fault", [refuse(400, "query is too old"), refuse(500), cut_before])
async def test_a_tap_that_cannot_be_answered_harms_nothing(
    wire: Wired, anna: Person, fault: Fault
) -> None:
    app, line = wire
    line.fails(fault, on="answerCallbackQuery")
    app.courier.answer_tap({"callback_query_id": "1"})
    await owe(app, anna.id, "дальше")
    await app.courier.drain()
    assert line.count("answerCallbackQuery") == 1
    assert anna.history == ["дальше"]


async def test_taps_are_answered_however_throttled_messages_are(
    world: World, settings: Settings, clock: Clock, anna: Person
) -> None:
    async with wired(world, settings, clock, pace=0.01) as (app, line):
        await owe(app, anna.id, *"123456789")
        async with asyncio.TaskGroup() as life:
            life.create_task(app.courier.run())
            await until(lambda: line.count() == 1)
            app.courier.answer_tap({"callback_query_id": "1"})
            await until(lambda: line.count("answerCallbackQuery"))
            app.courier.stop()
        assert line.count() < 9
