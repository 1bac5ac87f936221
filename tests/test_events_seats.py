"""Seats: the last one goes to one person, the line is never overtaken, what is free is offered."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.app import App
from locales import Translator
from models.event import Answer, Event, Reply, State
from models.mail import Owed
from models.person import Person as Account
from sandbox.people import Person
from sandbox.plugin import START, Clock
from sandbox.world import World
from services import access, events_fields, events_offers, events_seats
from services.events_seats import FewerThanTaken
from tests.applying import Holds, Make, applies, clock_ticks, restarted, rows
from tests.gatherings import (
    TITLE,
    Hold,
    answer_of,
    answers,
    by_clock,
    changed,
    event_of,
    goes,
    had_answered,
    hold,
    id_of,
    members_of,
    now_of,
    opens,
    vera,
    waits,
)
from tests.making import makes, only
from tests.newsroom import anna, boris, oleg
from tests.test_events_changes import behind, moves

FIXTURES = (hold, anna, boris, oleg, vera)

AtOnce = Callable[[Sequence[int], int, Answer], Awaitable[list[Answer | None]]]
union = pytest.mark.usefixtures("union")


@union
async def test_the_last_seat_goes_to_one_and_the_rest_stand_in_line(
    app: App, hold: Hold, anna: Person, boris: Person, vera: Person
) -> None:
    number = await hold(seats=1)
    await opens(boris)
    await boris.sees("Мест: 1, свободно 1.")
    await goes(anna)
    await anna.sees("Мест: 1, все заняты.", "✅ Вы идёте")
    await boris.taps("Иду")  # of a card that has aged
    await boris.sees("Свободных мест нет", "все заняты")
    assert await answer_of(app, boris, number) is None
    assert "Иду" not in boris.buttons
    await boris.taps("В лист ожидания")
    await boris.sees("ваше место — 1", "в листе ожидания 1")
    await boris.sees_nothing_of("Вы идёте")
    await waits(vera)
    await vera.sees("ваше место — 2", "в листе ожидания 2")
    await vera.taps("✓ В листе ожидания")
    await vera.sees("Вы в листе ожидания")
    event = await event_of(app, number)
    assert (event.taken, event.line) == (1, 2)


@union
async def test_a_freed_seat_is_offered_in_order_and_goes_on_unanswered(
    app: App, hold: Hold, anna: Person, boris: Person, vera: Person, clock: Clock
) -> None:
    number = await hold(seats=1)
    await goes(anna)
    await waits(boris)
    await waits(vera)
    await anna.taps("Не пойду")
    await anna.sees("Вы не идёте")
    await boris.sees(f"Освободилось место: {TITLE}", "до 24 ноября, 02:00")
    await vera.sees_nothing_of("Освободилось")
    await anna.taps_data(await anna.sees(), f"ev.answer:{number}:going")  # of an old card
    await anna.sees("Свободных мест нет")
    clock.forward(hours=11, minutes=59)
    await clock_ticks(app, clock)
    await vera.sees_nothing_of("Освободилось")
    clock.forward(minutes=1)
    await clock_ticks(app, clock)
    await boris.sees("не ответили вовремя", "встаньте в лист ожидания снова")
    await vera.sees("Освободилось место")
    assert await answer_of(app, boris, number) is None
    await boris.taps("В лист ожидания")
    await boris.sees("ваше место — 1")
    await vera.taps("Иду")
    await vera.sees("✅ Вы идёте")
    await clock_ticks(app, clock)
    assert (await event_of(app, number)).taken == 1
    assert len(await rows(app, Owed, notice="events-offer")) == 2


@union
async def test_an_offer_may_be_declined_and_is_late_without_the_clock(
    app: App, hold: Hold, anna: Person, boris: Person, vera: Person, clock: Clock
) -> None:
    number = await hold(seats=1)
    await goes(anna)
    await waits(boris)
    await waits(vera)
    await anna.taps("Не пойду")
    offered = await boris.sees("Освободилось место")
    await boris.taps("Не пойду")
    await boris.sees("Вы не идёте")
    await vera.sees("Освободилось место")
    await boris.taps_data(offered, f"ev.answer:{number}:offered")  # forged
    assert boris.toast == Translator().label("error-not-found")
    clock.forward(hours=13)  # nobody has swept yet
    await vera.taps("Иду")
    await vera.sees("✅ Вы идёте")  # nobody else waited, so it was still free
    assert (await event_of(app, number)).taken == 1


@union
async def test_whoever_comes_late_to_an_offer_others_wait_for_finds_it_gone(
    app: App, hold: Hold, anna: Person, boris: Person, vera: Person, clock: Clock
) -> None:
    number = await hold(seats=1)
    await goes(anna)
    await waits(boris)
    await waits(vera)
    await anna.taps("Не пойду")
    await boris.sees("Освободилось место")
    clock.forward(hours=12)
    await boris.taps("Иду")
    await boris.sees("Свободных мест нет")
    await vera.sees("Освободилось место")
    found = await answer_of(app, vera, number)
    assert found
    assert found.answer is Answer.OFFERED


@union
async def test_more_seats_are_offered_to_as_many(
    app: App, hold: Hold, anna: Person, boris: Person, vera: Person, clock: Clock
) -> None:
    number = await hold(seats=1)
    await goes(anna)
    await waits(boris)
    await waits(vera)

    async def widen(seats: int | None) -> None:
        async with app.database.transaction() as session:
            event = await session.get_one(Event, number)
            await events_seats.widen(session, event, seats, now=now_of(clock))
        await app.courier.drain()

    await widen(2)
    await boris.sees("Освободилось место")
    await vera.sees_nothing_of("Освободилось")
    with pytest.raises(FewerThanTaken):
        await widen(1)
    await widen(None)
    await vera.sees("Освободилось место")
    assert (await event_of(app, number)).taken == 3


@union
async def test_whoever_cannot_be_told_is_passed_over_and_keeps_their_place(
    app: App, hold: Hold, anna: Person, boris: Person, vera: Person, clock: Clock
) -> None:
    number = await hold(seats=1)
    await goes(anna)
    await waits(boris)
    await waits(vera)
    await boris.blocks()
    await anna.taps("Не пойду")
    await vera.sees("Освободилось место")
    await vera.taps("Не пойду")
    await clock_ticks(app, clock)
    found, event = await answer_of(app, boris, number), await event_of(app, number)
    assert found
    assert (found.answer, found.place, event.taken) == (Answer.WAITING, 1, 0)
    await boris.unblocks()
    await boris.says("/start")
    await clock_ticks(app, clock)
    await boris.sees("Освободилось место")
    assert (await event_of(app, number)).taken == 1


@union
async def test_who_would_rather_not_say_yet_frees_the_seat_and_leaves_the_line(
    app: App, hold: Hold, anna: Person, boris: Person
) -> None:
    number = await hold(seats=1)
    await goes(anna)
    await waits(boris)
    await boris.taps("Возможно")
    await boris.sees("Вы ответили «Возможно»")
    await anna.taps("Возможно")
    assert (await event_of(app, number)).taken == 0
    assert not await rows(app, Owed, notice="events-offer")


@union
async def test_two_accounts_of_one_person_keep_one_answer(
    app: App, hold: Hold, people: Make, holds: Holds, anna: Person, boris: Person, clock: Clock
) -> None:
    """The later one; a seat that is free by it goes to the next in line."""
    number, other = await hold(seats=1), await hold("Кросс", seats=1)
    again, peter = people("Анна", phone="+79990000001"), people("Пётр")
    await holds(peter, "chair", "TMN-1")
    for person in (again, peter):
        await person.says("/start")
    await had_answered(app, again, other, clock, Answer.NO)
    clock.forward(minutes=1)
    for event_id in (number, other):
        await answers(app, anna, event_id, clock)
        await answers(app, boris, event_id, clock, Answer.WAITING)
    clock.forward(minutes=1)
    await had_answered(app, again, number, clock, Answer.NO)
    await applies(again, name="Смирнова Анна", born="15.03.1998")
    await peter.taps("Тот же человек — перенести профбилет")
    await peter.taps("Да, перенести")
    await boris.sees("Освободилось место", TITLE)
    new, next_ = await id_of(app, again), await id_of(app, boris)
    assert {(one.event_id, one.person_id, one.answer) for one in await rows(app, Reply)} == {
        (number, new, Answer.NO),
        (number, next_, Answer.OFFERED),
        (other, new, Answer.GOING),
        (other, next_, Answer.WAITING),
    }
    for event_id in (number, other):
        assert (await event_of(app, event_id)).taken == 1


@union
async def test_what_is_over_or_closed_takes_no_answers(
    app: App, hold: Hold, anna: Person, boris: Person, clock: Clock
) -> None:
    number = await hold(seats=1, answer_by=START + timedelta(days=1))
    await opens(boris)
    await boris.sees("Ответить нужно до: вт, 24 ноября, 14:00")
    await goes(anna)
    clock.forward(days=1)
    await boris.taps("Возможно")
    assert "уже не принимаются" in (boris.toast or "")
    await opens(boris)
    await boris.sees("Ответы принимали до")
    assert boris.buttons == ["В календарь", "← К мероприятиям"]
    await opens(anna)
    await anna.taps("Не пойду")  # who cannot come after all is heard
    assert (await event_of(app, number)).taken == 0
    clock.forward(days=2)
    await answers_raise(app, anna, number, clock, events_seats.Begun)
    await changed(app, number, state=State.CANCELLED, reason="Мороз")
    await answers_raise(app, anna, number, clock, events_seats.Cancelled)


@union
async def test_the_line_goes_on_after_the_time_to_answer_by(
    app: App, hold: Hold, anna: Person, boris: Person, vera: Person, clock: Clock
) -> None:
    """It closes answers to newcomers; those in line have answered."""
    number = await hold(seats=1, answer_by=START + timedelta(days=1))
    await goes(anna)
    await waits(boris)
    await waits(vera)
    clock.forward(days=1, hours=1)
    await opens(anna)
    assert anna.buttons == ["Не пойду", "В календарь", "← К мероприятиям"]
    await anna.taps("Не пойду")
    await boris.sees("Освободилось место", "до 25 ноября, 03:00")
    await anna.taps_data(await anna.sees(), f"ev.answer:{number}:waiting")  # of an old card
    assert "уже не принимаются" in (anna.toast or "")
    await opens(vera)
    await vera.sees("ваше место — 1")
    assert vera.buttons[0] == "Не пойду"
    clock.forward(hours=12)
    await clock_ticks(app, clock)
    await boris.sees("не ответили вовремя", "Ответы больше не принимаются")
    await opens(vera)
    await vera.sees("держим место")
    assert vera.buttons[:2] == ["Иду", "Не пойду"]
    await vera.taps("Иду")
    await vera.sees("✅ Вы идёте")
    assert (await event_of(app, number)).taken == 1


@union
async def test_seats_added_after_the_time_to_answer_by_are_for_those_in_line(
    app: App, hold: Hold, anna: Person, boris: Person, vera: Person, clock: Clock
) -> None:
    number = await hold(seats=1, answer_by=START + timedelta(days=1))
    await goes(anna)
    await waits(boris)
    clock.forward(days=1)
    async with app.database.transaction() as session:
        event = await session.get_one(Event, number)
        await events_seats.widen(session, event, 3, now=now_of(clock))
    await app.courier.drain()
    await boris.sees("Освободилось место", "до 25 ноября, 02:00")
    await opens(vera)
    await vera.sees("свободно 1", "Ответы принимали до")
    assert vera.buttons == ["В календарь", "← К мероприятиям"]
    await boris.taps("Иду")
    await boris.sees("✅ Вы идёте")


@union
async def test_when_it_begins_whoever_still_waits_is_told_so_on_the_card(
    hold: Hold, anna: Person, boris: Person, clock: Clock
) -> None:
    await hold(seats=1)
    await goes(anna)
    await waits(boris)
    clock.forward(days=3)
    await opens(boris)
    await boris.sees("так и не освободилось")


@union
async def test_moved_nearer_an_offer_ends_by_the_new_beginning(
    app: App, hold: Hold, anna: Person, boris: Person, vera: Person, holds: Holds, clock: Clock
) -> None:
    number = await hold(seats=1)
    await goes(anna)
    await waits(boris)
    await anna.taps("Не пойду")
    await boris.sees("до 24 ноября, 02:00")
    await holds(vera, "organiser", "TMN")
    async with app.database.transaction() as session:
        account = (await session.scalars(select(Account).filter_by(telegram_id=vera.id))).one()
        actor = await access.load(session, account)
        at = START + timedelta(hours=6)
        await events_fields.start(session, actor, number, at, now=now_of(clock))
    await app.courier.drain()
    await boris.sees("Перенесено", "Освободилось место", "до 23 ноября, 17:00")
    clock.forward(hours=3)
    await clock_ticks(app, clock)
    await boris.sees("не ответили вовремя")


@union
async def test_an_offer_ends_when_an_event_that_was_moved_begins(
    app: App, hold: Hold, anna: Person, boris: Person, clock: Clock
) -> None:
    number = await hold(seats=1)
    await goes(anna)
    await waits(boris)
    await anna.taps("Не пойду")
    await changed(app, number, starts_at=START + timedelta(hours=1))
    clock.forward(hours=1)
    await boris.taps("Иду")
    assert "уже началось" in (boris.toast or "")
    await clock_ticks(app, clock)
    assert await answer_of(app, boris, number) is None
    assert (await event_of(app, number)).taken == 0


@union
async def test_an_offer_outlives_a_restart(
    app: App, hold: Hold, anna: Person, boris: Person, vera: Person, world: World, clock: Clock
) -> None:
    await hold(seats=1)
    await goes(anna)
    await waits(boris)
    await waits(vera)
    await anna.taps("Не пойду")
    async with restarted(app, world, clock) as again:
        clock.forward(hours=12)
        await clock_ticks(again, clock)
        await boris.sees("не ответили вовремя")
        await vera.sees("Освободилось место")
        await vera.taps("Иду")
        await vera.sees("✅ Вы идёте")


@union
async def test_a_seat_nobody_else_waits_for_is_free_again(
    app: App, hold: Hold, anna: Person, boris: Person, clock: Clock
) -> None:
    await hold(seats=1)
    await goes(anna)
    await waits(boris)
    await anna.taps("Не пойду")
    clock.forward(hours=12)
    await clock_ticks(app, clock)
    await boris.sees("не ответили вовремя", "Оно пока свободно")
    await boris.taps("Иду")
    await boris.sees("✅ Вы идёте")


@union
async def test_whoever_cannot_be_reached_holds_nobody_up_for_ever(
    app: App, hold: Hold, anna: Person, boris: Person, vera: Person, clock: Clock
) -> None:
    await hold(seats=1)
    await goes(anna)
    await waits(boris)
    await waits(vera)
    await anna.taps("Не пойду")
    await boris.sees("Освободилось место")
    await boris.blocks()
    await clock_ticks(app, clock)
    await vera.sees_nothing_of("Освободилось")
    clock.forward(hours=12)
    await clock_ticks(app, clock)
    await vera.sees("Освободилось место")


async def answers_raise(
    app: App, person: Person, number: int, clock: Clock, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        await answers(app, person, number, clock, Answer.NO)


@union
async def test_moved_while_a_seat_is_kept_it_is_kept_as_long_as_it_would_be_now(
    app: App, oleg: Person, anna: Person, boris: Person, clock: Clock
) -> None:
    """What tells of the move says so, and can be answered there."""
    await makes(oleg, start="завтра 18:00–20:00", seats="1")
    await goes(anna)
    await waits(boris)
    await opens(anna)
    await anna.taps("Не пойду")
    await boris.sees("Освободилось место", "до 24 ноября, 02:00")
    clock.forward(hours=3)
    for moved, until in (
        ("25 декабря 18:00", "24 ноября, 05:00"),
        ("сегодня 20:00", "23 ноября, 18:30"),  # never beyond the start
        ("сегодня 19:30", "23 ноября, 18:30"),  # what was promised stands
    ):
        await moves(oleg, moved)
        await boris.sees("Перенесено", f"держим место до {until}")
        assert boris.buttons == ["Иду", "Не смогу", "Подробнее"]
    assert sum("Освободилось место" in line for line in boris.history) == 1
    await boris.taps("Иду")
    await boris.sees("✅ Вы идёте")


@union
async def test_an_offer_that_waits_to_be_sent_says_what_a_move_has_made_of_it(
    app: App, oleg: Person, anna: Person, boris: Person, clock: Clock
) -> None:
    await makes(oleg, start="завтра 18:00–20:00", seats="1")
    await goes(anna)
    await waits(boris)
    event = await only(app)
    assert event.starts_at
    await answers(app, anna, event.id, clock, Answer.NO)
    await behind(app, clock, oleg, start=event.starts_at - timedelta(days=1))
    await behind(app, clock, oleg, start=event.starts_at)
    await app.courier.drain()
    await boris.sees("Освободилось место", "до 24 ноября, 02:00")
    await boris.sees_nothing_of("Перенесено")


@union
async def test_an_offer_that_comes_at_night_is_kept_until_they_have_read_it(
    app: App, hold: Hold, anna: Person, boris: Person, vera: Person, clock: Clock
) -> None:
    by_clock(clock, "2026-11-23 23:30")
    number = await hold(in_=timedelta(hours=10, minutes=30), seats=1)
    await goes(anna)
    await waits(boris)
    await waits(vera)
    await vera.says("👤 Профиль")
    await vera.taps("Часы уведомлений")
    await vera.taps("Круглосуточно")
    await opens(anna)
    await anna.taps("Не пойду")
    await boris.sees("Освободилось место", "до 24 ноября, 08:30")
    by_clock(clock, "2026-11-24 08:25")
    await clock_ticks(app, clock)
    await vera.sees_nothing_of("Освободилось")
    await boris.taps_data(await boris.sees("Освободилось"), f"ev.answer:{number}:no")
    await vera.sees("Освободилось место", "до 24 ноября, 09:12")


@pytest.mark.parametrize(
    ("now", "starts", "until"),
    [
        ("23 23:30", "24 10:00", "24 08:30"),  # not 04:45, nor longer than that
        ("23 21:45", "24 10:00", "24 08:30"),  # they are about to fall asleep
        ("23 21:15", "24 04:00", "24 00:37:30"),  # and were told in good time
        ("24 07:50", "24 09:00", "24 08:30"),
        ("24 01:00", "24 07:00", "24 07:00"),  # never beyond the start
        ("23 23:00", "25 10:00", "24 11:00"),
    ],
)
def test_half_an_hour_of_an_offer_is_not_slept_through(now: str, starts: str, until: str) -> None:
    zone = ZoneInfo("Asia/Yekaterinburg")
    told, begins, over = (
        datetime.fromisoformat(f"2026-11-{at}").replace(tzinfo=zone) for at in (now, starts, until)
    )
    event, who = Event(starts_at=begins), Account(telegram_id=1, notify_from=8, notify_to=22)
    assert events_offers.offered_until(event, who, zone, told) == over


@pytest.mark.parametrize(
    ("left", "lasts"),
    [
        (timedelta(days=9), timedelta(hours=12)),
        (timedelta(hours=24), timedelta(hours=12)),
        (timedelta(hours=10), timedelta(hours=5)),
        (timedelta(minutes=50), timedelta(minutes=30)),
        (timedelta(minutes=20), timedelta(minutes=20)),
    ],
)
def test_an_offer_is_shorter_near_the_start(left: timedelta, lasts: timedelta) -> None:
    event = Event(starts_at=START + left, answer_by=None)
    who, zone = Account(telegram_id=1, notify_from=8, notify_to=22), ZoneInfo("Asia/Yekaterinburg")
    assert events_offers.offered_until(event, who, zone, START) == START + lasts
    event.answer_by = START + left / 2  # is of no account to those in line
    assert events_offers.offered_until(event, who, zone, START) == START + lasts


# A crowd at one door

AT_ONCE = 15  # connections a bot has to PostgreSQL; the others wait for one


@pytest.fixture
def at_once(app: App, clock: Clock) -> AtOnce:
    """`await at_once(people, number, Answer.GOING)`: what each came to, in no order."""
    room = asyncio.Semaphore(AT_ONCE)

    async def one(person_id: int, number: int, said: Answer) -> Answer | None:
        async with room, app.database.transaction() as session:
            actor = await access.load(session, await session.get_one(Account, person_id))
            return await events_seats.answer(session, actor, number, said, now=now_of(clock))

    async def all_of(those: Sequence[int], number: int, said: Answer) -> list[Answer | None]:
        return await asyncio.gather(*(one(person_id, number, said) for person_id in those))

    return all_of


@union
async def test_a_thousand_answers_for_the_last_seat(
    app: App, hold: Hold, clock: Clock, anna: Person, boris: Person, at_once: AtOnce
) -> None:
    number = await hold(seats=3)
    for person in (anna, boris):
        await answers(app, person, number, clock, Answer.GOING)
    outcomes = await at_once(await a_crowd(app, 1000), number, Answer.GOING)
    assert (outcomes.count(Answer.GOING), outcomes.count(None)) == (1, 999)
    assert (await event_of(app, number)).taken == 3
    assert len(await rows(app, Reply, event_id=number)) == 3


@union
async def test_a_thousand_who_found_no_seat_stand_in_line_one_behind_another(
    app: App, hold: Hold, clock: Clock, anna: Person, at_once: AtOnce
) -> None:
    number = await hold(seats=1)
    await answers(app, anna, number, clock, Answer.GOING)
    crowd = await a_crowd(app, 1000)
    assert await at_once(crowd, number, Answer.WAITING) == [Answer.WAITING] * 1000
    line = {one.person_id: one.place for one in await rows(app, Reply, answer=Answer.WAITING)}
    assert (set(line), sorted(line.values())) == (set(crowd), list(range(1, 1001)))
    event = await event_of(app, number)
    assert (event.taken, event.line) == (1, 1000)


@union
async def test_many_in_line_and_many_leaving_at_once(
    app: App, hold: Hold, at_once: AtOnce
) -> None:
    number = await hold(seats=20)
    await at_once(await a_crowd(app, 100), number, Answer.WAITING)
    seated = [reply.person_id for reply in await rows(app, Reply, answer=Answer.GOING)]
    line = sorted(await rows(app, Reply, answer=Answer.WAITING), key=lambda one: one.place)
    assert (len(seated), [one.place for one in line]) == (20, list(range(1, 81)))
    await asyncio.gather(
        at_once(seated[:15], number, Answer.NO),
        at_once([line[0].person_id, line[40].person_id], number, Answer.MAYBE),
    )
    # Whoever left the line may have been offered a seat before: then it went on.
    offered = [reply.place for reply in await rows(app, Reply, answer=Answer.OFFERED)]
    assert sorted(offered) == list(range(2, 17))
    assert (await event_of(app, number)).taken == 20


@union
async def test_offers_run_out_while_those_who_have_them_answer(
    app: App, hold: Hold, clock: Clock, at_once: AtOnce
) -> None:
    number = await hold(seats=5)
    crowd = await a_crowd(app, 30)
    await at_once(crowd, number, Answer.WAITING)
    seated = [reply.person_id for reply in await rows(app, Reply, answer=Answer.GOING)]
    await at_once(seated, number, Answer.NO)
    offered = [reply.person_id for reply in await rows(app, Reply, answer=Answer.OFFERED)]
    clock.forward(hours=12)

    async def sweep() -> None:
        async with app.database.transaction() as session:
            await events_offers.sweep(session, now=now_of(clock))

    came, *_ = await asyncio.gather(
        at_once(offered, number, Answer.GOING), *(sweep() for _ in range(5))
    )
    assert came == [None] * 5  # the line goes on, whoever was first to notice
    standing = [reply.answer for reply in await rows(app, Reply, event_id=number)]
    assert standing.count(Answer.OFFERED) == (await event_of(app, number)).taken == 5
    assert standing.count(Answer.WAITING) == 15
    told = await rows(app, Owed, notice="events-missed")
    assert len({one.person_id for one in told}) == len(told) == 5


async def a_crowd(app: App, size: int) -> list[int]:
    """Accounts of so many members of one organisation."""
    async with app.database.transaction() as session:
        return await members_of(session, size)
