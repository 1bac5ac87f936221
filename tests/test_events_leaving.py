"""Whoever leaves the union keeps no seat, no link, no reminder and no list of names."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.app import App
from models.event import Answer, Attendance, State
from models.person import Person as Account
from sandbox.people import Person
from sandbox.plugin import Clock
from services import events_changes
from tests.applying import clock_ticks
from tests.backstage import told
from tests.gatherings import (
    TITLE,
    Hold,
    answer_of,
    changed,
    event_of,
    goes,
    hold,
    now_of,
    opens,
    vera,
    waits,
)
from tests.newsroom import anna, boris

FIXTURES = (hold, anna, boris, vera)
pytestmark = pytest.mark.usefixtures("union")
LINK = "https://meet.example/room"


async def leaves(person: Person) -> None:
    await person.says("👤 Профиль")
    for label in ("Выйти из профсоюза", "Всё равно выйти", "Да, выйти"):
        await person.taps(label)


async def said(app: App, person: Person, event_id: int) -> Answer:
    found = await answer_of(app, person, event_id)
    assert found
    return found.answer


async def test_a_seat_goes_on_to_the_next_in_line(
    app: App, hold: Hold, anna: Person, boris: Person, clock: Clock
) -> None:
    number = await hold(seats=1)
    await goes(anna)
    await waits(boris)
    await leaves(anna)
    await boris.sees(f"Освободилось место: {TITLE}")
    assert await said(app, anna, number) is Answer.NO
    assert await said(app, boris, number) is Answer.OFFERED
    assert (await event_of(app, number)).taken == 1
    clock.forward(days=2)
    await clock_ticks(app, clock)
    assert anna.id not in await told(app, "events-call")


async def test_a_place_in_line_and_an_offer_are_given_up(
    app: App, hold: Hold, anna: Person, boris: Person, vera: Person
) -> None:
    """Who waits is offered nothing; what was offered already is offered to the next."""
    number, other = await hold(seats=1), await hold("Турслёт", seats=1)
    for title in (TITLE, "Турслёт"):
        await goes(anna, title)
        await waits(boris, title)
        await waits(vera, title)
    await anna.taps("Не пойду")  # of the second: now Boris is offered a seat there
    assert await said(app, boris, other) is Answer.OFFERED
    await leaves(boris)
    assert await said(app, vera, other) is Answer.OFFERED
    await opens(anna)
    await anna.taps("Не пойду")
    assert await said(app, boris, number) is Answer.NO
    assert await said(app, vera, number) is Answer.OFFERED
    assert (await event_of(app, number)).taken == (await event_of(app, other)).taken == 1


async def test_the_link_is_not_for_those_who_left(
    app: App, hold: Hold, anna: Person, clock: Clock
) -> None:
    """Not even while it is held: that they meant to come stays written, as it was."""
    number = await hold(in_=timedelta(hours=1), link=LINK)
    await goes(anna)
    await anna.sees(LINK)
    clock.forward(hours=1, minutes=5)
    await leaves(anna)
    assert await said(app, anna, number) is Answer.GOING
    await anna.taps_data(await anna.sees(), f"ev.open:{number}")
    assert LINK not in (await anna.sees(TITLE, "Онлайн"))["text"]
    await anna.taps_data(await anna.sees(), f"ev.ics:{number}")
    document = anna.newest("document")["document"]
    assert LINK.encode() not in anna.world.files.get(document["file_id"]).data


async def test_what_was_cancelled_is_still_read(app: App, hold: Hold, anna: Person) -> None:
    number = await hold(link=LINK)
    await goes(anna)
    await changed(app, number, state=State.CANCELLED, reason="Мороз")
    await leaves(anna)
    await anna.taps_data(await anna.sees(), f"ev.open:{number}")
    assert LINK not in (await anna.sees("❌", "Мороз"))["text"]


async def test_nobody_who_left_is_told_of_changes_or_asked_afterwards(
    app: App, hold: Hold, anna: Person, boris: Person, clock: Clock
) -> None:
    number = await hold(in_=timedelta(hours=1))
    for person in (anna, boris):
        await goes(person)
    clock.forward(hours=1)
    async with app.database.transaction() as session:
        accounts = (await session.scalars(select(Account.id).order_by(Account.id))).all()
        for one in accounts:
            came = Attendance(event_id=number, person_id=one, by_id=one, at=now_of(clock))
            session.add(came)
    await leaves(anna)
    async with app.database.transaction() as session:
        assert await events_changes.count_told(session, number, now=now_of(clock)) == 1
    clock.forward(hours=3)
    await clock_ticks(app, clock)
    assert await told(app, "events-rate") == [boris.id]
