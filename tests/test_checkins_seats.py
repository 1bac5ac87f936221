"""Whoever is checked in is in the room: no seat is offered to them, nor taken from them."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.app import App
from models.base import Session
from models.event import Answer
from models.mail import Owed
from models.member import Member
from models.person import Person as Account
from sandbox.people import Person
from sandbox.plugin import Clock
from services import access, checkins_marks, events_fields, events_offers
from services.access import Actor
from tests.applying import clock_ticks, rows
from tests.backstage import audited
from tests.gatherings import (
    TITLE,
    Hold,
    answer_of,
    answers,
    came,
    comes,
    event_of,
    goes,
    hold,
    now_of,
    opens,
    vera,
    waits,
)
from tests.newsroom import anna, boris, oleg
from tests.test_events_changes import managed

FIXTURES = (hold, anna, boris, oleg, vera)
SOON, MINUTE = timedelta(hours=2), timedelta(minutes=1)

pytestmark = pytest.mark.usefixtures("union")


async def marks(oleg: Person, surname: str) -> None:
    await oleg.says("/checkin")
    await oleg.taps(next(label for label in oleg.buttons if TITLE[:30] in label))
    await oleg.taps("🔍 Найти человека")
    await oleg.says(surname)
    await oleg.taps(next(label for label in oleg.buttons if label.startswith(surname)))
    await oleg.sees(f"✅ {surname}")


async def standing_of(app: App, person: Person, number: int) -> Answer | None:
    found = await answer_of(app, person, number)
    return found.answer if found else None


async def test_a_seat_kept_for_whoever_is_checked_in_is_theirs(
    app: App, hold: Hold, oleg: Person, anna: Person, boris: Person, vera: Person, clock: Clock
) -> None:
    number = await hold(in_=SOON, seats=1)
    await goes(anna)
    await waits(boris)
    await waits(vera)
    await anna.taps("Не пойду")
    offered = await boris.sees("Освободилось место", "до 23 ноября, 15:00")
    await marks(oleg, "Быков")
    for minutes in (61, 60):  # the offer would have run out; it has begun
        clock.forward(minutes=minutes)
        await clock_ticks(app, clock)
    await boris.sees_nothing_of("не ответили вовремя")
    await vera.sees_nothing_of("Освободилось место")
    assert (await event_of(app, number)).taken == 1
    await boris.taps_data(offered, f"ev.open:{number}")
    await boris.sees("✅ Вы отмечены")


async def test_whoever_is_checked_in_is_passed_over_in_line(
    app: App, hold: Hold, oleg: Person, anna: Person, boris: Person, vera: Person, clock: Clock
) -> None:
    await hold(in_=SOON, seats=1)
    await goes(anna)
    await waits(boris)
    await waits(vera)
    await vera.sees("ваше место — 2", "в листе ожидания 2")
    await marks(oleg, "Быков")
    await opens(vera)
    await vera.sees("ваше место — 1", "в листе ожидания 1")
    await anna.taps("Не пойду")
    await vera.sees("Освободилось место")
    await boris.sees_nothing_of("Освободилось место")


async def test_a_mark_taken_back_leaves_all_as_it_was(
    app: App, hold: Hold, oleg: Person, anna: Person, boris: Person, clock: Clock
) -> None:
    number = await hold(in_=SOON, seats=1)
    await goes(anna)
    await waits(boris)
    await marks(oleg, "Быков")
    await boris.sees("✅ Вы отмечены")  # the card that stood open
    await answers(app, anna, number, clock, Answer.NO)
    await clock_ticks(app, clock)
    assert await standing_of(app, boris, number) is Answer.WAITING
    await oleg.taps("Снять отметку")
    await oleg.sees("Отметка снята: Быков Борис")
    await boris.sees("ваше место — 1")
    await clock_ticks(app, clock)
    await boris.sees("Освободилось место")
    await boris.taps("Иду")
    await boris.sees("✅ Вы идёте")


async def test_an_offer_on_its_way_is_not_told_to_whoever_is_checked_in(
    app: App, hold: Hold, anna: Person, boris: Person, clock: Clock
) -> None:
    number = await hold(in_=SOON, seats=1)
    await goes(anna)
    await waits(boris)
    await answers(app, anna, number, clock, Answer.NO)
    await comes(app, boris, number, clock)
    (owed,) = await rows(app, Owed, notice="events-offer")
    assert owed.settled_at is None
    await app.courier.drain()
    await boris.sees_nothing_of("Освободилось место")


async def test_whoever_is_checked_in_is_not_reminded_nor_asked(
    app: App, hold: Hold, oleg: Person, anna: Person, boris: Person, clock: Clock
) -> None:
    number = await hold(in_=SOON + MINUTE)
    await goes(anna)
    await goes(boris)
    await marks(oleg, "Смирнова")
    clock.forward(minutes=1)
    await clock_ticks(app, clock)
    await boris.sees("⏰ Сегодня", "Вы идёте")
    reminded = await boris.sees("⏰ Сегодня")
    await anna.sees_nothing_of("⏰ Сегодня")
    await marks(oleg, "Быков")
    for answer in ("no", "maybe", "going"):
        await boris.taps_data(reminded, f"ev.answer:{number}:{answer}")
        assert "Вы уже отмечены" in (boris.toast or "")
    assert await standing_of(app, boris, number) is Answer.GOING
    await opens(boris)
    await boris.sees("✅ Вы отмечены")
    assert boris.buttons == ["В календарь", "← К мероприятиям"]
    clock.forward(hours=4, minutes=1)
    await boris.taps_data(reminded, f"ev.open:{number}")
    await boris.sees("уже прошло, вы на нём были")


async def test_a_mark_says_nothing_of_another_day(
    app: App, hold: Hold, oleg: Person, anna: Person, boris: Person, clock: Clock
) -> None:
    """They had come, and it was put off to the day after tomorrow."""
    number = await hold(in_=SOON)
    await goes(anna)
    await marks(oleg, "Смирнова")
    await comes(app, boris, number, clock)
    await managed(oleg)
    await oleg.taps("Перенести")
    await oleg.says("послезавтра 15:00")
    await oleg.sees("Станет: ср, 25 ноября, 15:00", "Уже отмечены как пришедшие: 2")
    await oleg.taps("Да, перенести")
    await anna.sees("✅ Вы идёте", "ср, 25 ноября")  # the card that stood open
    await opens(anna)
    await anna.sees("✅ Вы идёте")
    assert await audited(app, "checkin.cleared") == ["checkin.cleared"]
    clock.forward(hours=47)  # two before it begins
    await clock_ticks(app, clock)
    await anna.sees("⏰ Сегодня", "Вы идёте")
    await oleg.says("/checkin")
    await oleg.taps(next(label for label in oleg.buttons if TITLE[:30] in label))
    await oleg.sees("Пришли: 0")
    await marks(oleg, "Смирнова")
    (mark,) = await came(app, number)
    assert mark.at == now_of(clock)


async def test_a_mark_stands_when_it_is_put_off_within_its_hours(
    app: App, hold: Hold, oleg: Person, anna: Person
) -> None:
    """Whoever stands at the door waits on; with nothing to lose nothing is asked about."""
    number = await hold(in_=SOON)
    await goes(anna)
    await marks(oleg, "Смирнова")
    await managed(oleg)
    await oleg.taps("Перенести")
    await oleg.says("сегодня 17:00")
    await oleg.sees("Перенести мероприятие")
    await oleg.sees_nothing_of("Уже отмечены")
    await oleg.taps("Да, перенести")
    assert len(await came(app, number)) == 1


async def test_whoever_is_marked_meanwhile_is_not_undone_unasked(
    app: App, hold: Hold, oleg: Person, anna: Person, boris: Person, clock: Clock
) -> None:
    number = await hold(in_=SOON)
    await managed(oleg)
    await oleg.taps("Перенести")
    await oleg.says("послезавтра 15:00")
    await comes(app, anna, number, clock)
    await oleg.taps("Да, перенести")
    assert "С тех пор всё изменилось" in (oleg.toast or "")
    await oleg.sees("Уже отмечены как пришедшие: 1")
    await comes(app, boris, number, clock)
    await oleg.taps("Да, перенести")
    assert not await came(app, number)


@pytest.mark.server
async def test_a_seat_does_not_go_on_while_its_person_is_being_marked(
    app: App, hold: Hold, oleg: Person, anna: Person, boris: Person, vera: Person, clock: Clock
) -> None:
    number = await hold(in_=SOON, seats=1)
    await goes(anna)
    await waits(boris)
    await waits(vera)
    await anna.taps("Не пойду")
    await boris.sees("Освободилось место")
    clock.forward(hours=1)  # the offer runs out

    async def sweep() -> None:
        async with app.database.transaction() as session:
            await events_offers.sweep(session, now=now_of(clock))

    async with asyncio.TaskGroup() as group, app.database.transaction() as session:
        await mark(session, oleg, boris, number, clock)
        group.create_task(sweep())
        await asyncio.sleep(0.3)
    await app.courier.drain()
    await boris.sees_nothing_of("не ответили вовремя")
    assert await standing_of(app, boris, number) is Answer.OFFERED
    assert await standing_of(app, vera, number) is Answer.WAITING


@pytest.mark.server
async def test_nobody_is_marked_for_the_day_it_is_just_moved_from(
    app: App, hold: Hold, oleg: Person, anna: Person, clock: Clock
) -> None:
    number = await hold(in_=SOON)

    async def refused() -> None:
        with pytest.raises(checkins_marks.TooEarly):
            async with app.database.transaction() as session:
                await mark(session, oleg, anna, number, clock)

    async with asyncio.TaskGroup() as group, app.database.transaction() as session:
        actor, to = await actor_of(session, oleg), now_of(clock) + timedelta(days=2)
        await events_fields.start(session, actor, number, to, now=now_of(clock))
        group.create_task(refused())
        await asyncio.sleep(0.3)
    assert not await came(app, number)


async def mark(session: Session, oleg: Person, who: Person, number: int, clock: Clock) -> None:
    """Behind the scenes."""
    asked = select(Member.id).join(Account, Account.id == Member.person_id)
    member = (await session.scalars(asked.where(Account.telegram_id == who.id))).one()
    actor = await actor_of(session, oleg)
    await checkins_marks.mark(session, actor, number, member, now=now_of(clock))


async def actor_of(session: Session, person: Person) -> Actor:
    account = (await session.scalars(select(Account).filter_by(telegram_id=person.id))).one()
    return await access.load(session, account)
