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
from tests.applying import Holds, Make, applies, clock_ticks
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
from tests.making import says
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


@pytest.mark.parametrize("leaving", [True, False])
async def test_a_reminder_shows_the_link_no_more_to_whoever_does_not_go(
    app: App, hold: Hold, anna: Person, clock: Clock, leaving: bool
) -> None:
    """They said so on the card, or left the union; what it reminded of is still read there."""
    await hold(in_=timedelta(days=8), link=LINK)
    await goes(anna)
    reminders = []
    for days, said in ((1, "Через неделю"), (6, "Завтра")):
        clock.forward(days=days)
        await clock_ticks(app, clock)
        reminders.append(await anna.sees(said, LINK))
    await opens(anna)
    card = await anna.sees("✅ Вы идёте")
    await (leaves(anna) if leaving else anna.taps("Не пойду"))
    await app.courier.drain()
    assert len({one["message_id"] for one in (*reminders, card)}) == 3
    for one in (*reminders, card):
        text = anna.chat.messages[one["message_id"]]["text"]
        assert TITLE in text
        assert LINK not in text


async def test_a_reminder_stays_one_while_its_person_goes(
    app: App, hold: Hold, anna: Person, clock: Clock
) -> None:
    await hold(in_=timedelta(days=2), link=LINK)
    await goes(anna)
    clock.forward(days=1)
    await clock_ticks(app, clock)
    day = await anna.sees("Завтра", LINK)
    await opens(anna)
    await anna.taps("✓ Иду")
    await app.courier.drain()
    text = anna.chat.messages[day["message_id"]]["text"]
    assert "Придёте?" in text
    assert LINK in text


async def test_the_card_they_have_shows_the_link_no_more(
    app: App, hold: Hold, anna: Person
) -> None:
    """Nor a way to it, for they can answer no more."""
    number = await hold(link=LINK)
    await goes(anna)
    card = await anna.sees(LINK)
    await leaves(anna)
    await app.courier.drain()
    text = anna.chat.messages[card["message_id"]]["text"]
    assert TITLE in text
    assert "💻 Онлайн\n" in text
    assert not [label for label in anna.buttons if "Иду" in label]
    await anna.taps_data(card, f"ev.answer:{number}:going")
    assert not [one for one in anna.chat.messages.values() if LINK in str(one)]


async def test_the_old_account_keeps_no_link_either(
    app: App, hold: Hold, people: Make, holds: Holds, anna: Person, boris: Person
) -> None:
    await hold(link=LINK)
    await goes(anna)
    await anna.sees(LINK)
    await holds(boris, "chair", "TMN-1")
    new = people("Анна", phone="+79990000001")
    await applies(new, name="Смирнова Анна", born="15.03.1998")
    await boris.taps("Тот же человек — перенести профбилет")
    await boris.taps("Да, перенести")
    await app.courier.drain()
    assert not [one for one in anna.chat.messages.values() if LINK in str(one)]
    await opens(new)
    await new.sees(LINK)


@pytest.mark.parametrize("label", ["Возможно", "Не пойду"])
async def test_the_link_goes_with_the_answer(
    app: App, hold: Hold, anna: Person, label: str
) -> None:
    number = await hold(link=LINK)
    await goes(anna)
    await anna.sees(LINK)
    await anna.taps(label)
    await anna.sees("Ссылка появится здесь, когда вы ответите «Иду»")
    await anna.taps_data(await anna.sees(), f"ev.ics:{number}")
    document = anna.newest("document")["document"]
    assert LINK.encode() not in anna.world.files.get(document["file_id"]).data
    assert not [one for one in anna.chat.messages.values() if LINK in str(one)]


async def test_a_reminder_shows_the_link_to_those_who_go(
    app: App, hold: Hold, anna: Person, boris: Person, vera: Person, clock: Clock
) -> None:
    """Whoever waits, or is offered a seat, reads how it will come to them."""
    await hold(link=LINK, seats=1)
    await goes(anna)
    await waits(boris)
    await boris.sees("Ссылка появится здесь, когда для вас найдётся место")
    await says(vera, "Возможно")
    await vera.sees("Ссылка появится здесь, когда для вас найдётся место")
    clock.forward(days=2)
    await clock_ticks(app, clock)
    await anna.sees("Завтра", LINK)
    await vera.sees("Завтра", "💻 Онлайн")
    await anna.taps("Не смогу")
    await anna.sees(TITLE, "Ссылка появится здесь")
    await boris.sees("Освободилось место")
    await boris.taps("Подробнее")
    await boris.sees("Ссылка появится здесь, когда вы ответите «Иду»")
    for person in (anna, boris, vera):
        assert not [one for one in person.chat.messages.values() if LINK in str(one)]
    await boris.taps("Иду")
    await boris.sees(LINK)


async def test_what_can_be_answered_no_more_promises_no_link(
    app: App, hold: Hold, anna: Person, clock: Clock
) -> None:
    number = await hold(link=LINK)
    await changed(app, number, answer_by=now_of(clock) - timedelta(minutes=1))
    await opens(anna)
    assert "появится" not in (await anna.sees("💻 Онлайн"))["text"]


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
