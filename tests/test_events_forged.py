"""Buttons that are forged or have aged are refused politely, and nothing breaks."""

from datetime import timedelta

import pytest

from bot.app import App
from locales import Translator
from models.event import Attendance, Rating
from models.mail import DeadLetter
from sandbox.people import Person
from sandbox.plugin import Clock
from tests.applying import Holds, Make, appointed, rows
from tests.gatherings import Hold, event_of, hold, now_of
from tests.making import begins
from tests.newsroom import anna
from tests.test_events_hosts import id_of

FIXTURES = (hold, anna)
pytestmark = pytest.mark.usefixtures("union")
NUMBERS = (-1, 0, 1, 3652059, 3652060, 10**18)  # the last day there is, and beyond


async def test_days_and_hours_that_there_are_not(app: App, people: Make, holds: Holds) -> None:
    oleg = await appointed(people, holds, "Олег", "TMN", "organiser")
    await begins(oleg)
    card = await oleg.sees()
    for kind in ("em.day", "em.month"):
        for number in NUMBERS:
            await oleg.taps_data(card, f"{kind}:1:{number}")
            assert oleg.toast == Translator().label("error-not-found"), (kind, number)
    assert not await rows(app, DeadLetter)


async def test_a_draft_without_a_beginning_has_no_card(
    app: App, people: Make, holds: Holds
) -> None:
    oleg = await appointed(people, holds, "Олег", "TMN", "organiser")
    await begins(oleg)
    card = await oleg.sees()
    for kind in ("ev.open", "ev.ics", "ev.where"):
        await oleg.taps_data(card, f"{kind}:1")
        assert oleg.toast == Translator().label("events-gone"), kind
    assert not await rows(app, DeadLetter)


async def test_nothing_is_rated_before_it_is_over(
    app: App, hold: Hold, anna: Person, clock: Clock
) -> None:
    number, me = await hold(in_=timedelta(minutes=-30)), await id_of(app, anna)
    async with app.database.transaction() as session:
        session.add(Attendance(event_id=number, person_id=me, by_id=me, at=now_of(clock)))
    card = await anna.sees()
    await anna.taps_data(card, f"ev.rate:{number}:5")
    assert anna.toast == Translator().label("events-rating-early")
    assert not await rows(app, Rating)
    clock.forward(hours=1, minutes=30)  # just over
    assert (await event_of(app, number)).ends_at == now_of(clock)
    await anna.taps_data(card, f"ev.rate:{number}:5")
    await anna.sees("ваша оценка 5")
