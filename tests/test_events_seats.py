"""Seats: the last one goes to one person, the line is never overtaken, what is free is offered."""

import asyncio
import shutil
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import insert, select
from sqlalchemy.event import listen

from bot.app import App
from bot.database import Database
from locales import Translator
from models.base import Session
from models.event import Answer, Event, Reply, State
from models.mail import Owed
from models.member import Member
from models.organisation import Organisation
from models.person import Person as Account
from sandbox.people import Person
from sandbox.plugin import START, Clock
from sandbox.world import World
from services import access, events_seats
from services.events_seats import FewerThanTaken
from tests.applying import Holds, Make, applies, clock_ticks, restarted, rows
from tests.backstage import SINCE
from tests.conftest import share_what_is_compiled, wait_for_no_disk
from tests.gatherings import (
    TITLE,
    Hold,
    answer_of,
    answers,
    changed,
    event_of,
    goes,
    had_answered,
    hold,
    id_of,
    now_of,
    opens,
    publish_event,
    vera,
    waits,
)
from tests.newsroom import anna, boris
from tests.rough import FULL

FIXTURES = (hold, anna, boris, vera)

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
async def test_a_line_that_was_closed_goes_on_when_it_is_opened_again(
    app: App, hold: Hold, anna: Person, boris: Person, vera: Person, clock: Clock
) -> None:
    number = await hold(seats=1, answer_by=START + timedelta(days=1))
    await goes(anna)
    await waits(boris)
    await waits(vera)
    clock.forward(hours=23, minutes=50)
    await anna.taps("Не пойду")
    await boris.sees("Освободилось место", "до 24 ноября, 14:00")  # shorter, and not beyond
    clock.forward(minutes=10)
    await clock_ticks(app, clock)
    await boris.sees("не ответили вовремя", "Ответы больше не принимаются")
    await vera.sees_nothing_of("Освободилось")
    await opens(vera)
    await vera.sees("так и не освободилось")
    await changed(app, number, answer_by=START + timedelta(days=2))
    await clock_ticks(app, clock)
    await vera.sees("Освободилось место", "до 25 ноября, 02:00")
    assert (await event_of(app, number)).taken == 1


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
def test_an_offer_is_shorter_near_the_end_of_answers(left: timedelta, lasts: timedelta) -> None:
    event = Event(starts_at=START + left, answer_by=None)
    assert events_seats.offered_until(event, START) == START + lasts
    event = Event(starts_at=START + timedelta(days=30), answer_by=START + left)
    assert events_seats.offered_until(event, START) == START + lasts


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
            await events_seats.sweep_offers(session, now=now_of(clock))

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


async def members_of(session: Session, size: int) -> list[int]:
    home = (await session.scalars(select(Organisation).filter_by(code="TMN-1"))).one()
    found = []
    for number in range(size):
        account = Account(telegram_id=500_000 + number, language="ru", met_at=SINCE)
        session.add(account)
        found.append(account)
    await session.flush()
    about = {"organisation_id": home.id, "joined_at": SINCE, "phone_verified": True}
    about |= {"born_on": SINCE.date().replace(year=1990), "phone": "+7", "left_at": None}
    await session.execute(
        insert(Member),
        [
            about
            | {"person_id": one.id, "number": f"9{one.id:05}", "name": "Ян", "name_key": "ян"}
            for one in found
        ],
    )
    return [one.id for one in found]


# Whatever people do, in whatever order

SAYINGS = st.sampled_from([Answer.GOING, Answer.MAYBE, Answer.NO, Answer.WAITING])


class Held(NamedTuple):
    """The event and all answers, as one transaction left them."""

    event: Event
    replies: list[Reply]

    @property
    def standing(self) -> dict[int, Answer]:
        return {reply.person_id: reply.answer for reply in self.replies}

    def standing_as(self, answer: Answer) -> list[int]:
        return [one for one, said in self.standing.items() if said is answer]


Act = Callable[[Session], Awaitable[Any]]


class Table:
    """One database for all histories; each of them is of an event of its own."""

    def __init__(self, file: Path) -> None:
        self._loop = asyncio.new_event_loop()
        self._database = Database(f"sqlite+aiosqlite:///{file}")
        share_what_is_compiled(self._database)
        listen(self._database.engine.sync_engine, "connect", wait_for_no_disk)
        self.people: list[int] = self.do(lambda session: members_of(session, 6))

    def do(self, act: Act) -> Any:
        async def transact() -> Any:
            async with self._database.transaction() as session:
                return await act(session)

        return self._loop.run_until_complete(transact())

    def close(self) -> None:
        self._loop.run_until_complete(self._database.close())
        self._loop.close()


class Gathering(RuleBasedStateMachine):
    """The line as it should be, kept beside the one in the tables."""

    table: Table

    @initialize(
        seats=st.integers(1, 3),
        days=st.integers(2, 9),
        hours=st.sampled_from([None, None, 40]),
        crowd=st.lists(st.integers(0, 5), unique=True, max_size=6),
    )
    def begin(self, seats: int, days: int, hours: int | None, crowd: list[int]) -> None:
        self.now, starts = START, START + timedelta(days=days)
        self.closes = START + timedelta(hours=hours) if hours else starts
        self.line: list[int] = []  # who waits, the first in front
        held = {"seats": seats, "answer_by": self.closes if hours else None}
        self.number: int = self.table.do(
            lambda session: publish_event(
                session, START, "Сбор", "TMN", starts - START, timedelta(hours=2), **held
            )
        )
        self.held = self.after(None)
        for who in crowd:
            self.answer(who, Answer.WAITING, sure=False)

    @rule(who=st.integers(0, 5), said=SAYINGS, sure=st.booleans())
    def answer(self, who: int, said: Answer, sure: bool) -> None:
        person_id, before = self.table.people[who], self.held.standing
        became: list[Answer | None] = []

        async def say(session: Session) -> None:
            actor = await access.load(session, await session.get_one(Account, person_id))
            became.append(
                await events_seats.answer(
                    session, actor, self.number, said, sure=sure, now=self.now
                )
            )

        try:
            self.held = self.after(say)
        except (events_seats.Begun, events_seats.Closed):
            assert self.now >= self.closes
            return
        came, had = self.held.standing.get(person_id), before.get(person_id)
        assert became == [came]
        if said in (Answer.MAYBE, Answer.NO):
            assert came is said
        if came is Answer.GOING and had not in (Answer.GOING, Answer.OFFERED):
            # An offer that lapsed unseen may have come to them in the same breath.
            place = self.line.index(person_id) if had is Answer.WAITING else len(self.line)
            ahead = set(self.line[:place])
            assert not ahead.intersection(self.waiting), "somebody was overtaken"
        if came is Answer.WAITING and person_id not in self.line:
            self.line.append(person_id)
        self.follow()

    @rule(minutes=st.sampled_from([10, 60, 11 * 60, 12 * 60]), swept=st.booleans())
    def time_passes(self, minutes: int, swept: bool) -> None:
        self.now += timedelta(minutes=minutes)
        if swept:
            self.sweep()

    @precondition(lambda self: self.held.standing_as(Answer.OFFERED))
    @rule(swept=st.booleans())
    def nobody_takes_an_offer(self, swept: bool) -> None:
        """Until the first of them has run out."""
        until = [one.offered_until for one in self.held.replies if one.offered_until]
        self.now = max(self.now, min(until))
        if swept:
            self.sweep()

    @rule()
    def sweep(self) -> None:
        self.held = self.after(lambda session: events_seats.sweep_offers(session, now=self.now))
        self.follow()
        for reply in self.held.replies:
            if reply.answer is Answer.OFFERED:
                assert reply.offered_until
                assert self.now < reply.offered_until <= self.closes

    @rule(seats=st.integers(0, 6))
    def change_seats(self, seats: int) -> None:
        """None at all: for everybody."""

        async def change(session: Session) -> None:
            event = await session.get_one(Event, self.number)
            await events_seats.widen(session, event, seats or None, now=self.now)

        try:
            self.held = self.after(change)
        except FewerThanTaken:
            assert self.held.event.taken > seats
        else:
            assert self.held.event.seats == (seats or None)
        self.follow()

    @property
    def waiting(self) -> list[int]:
        waiting = [one for one in self.held.replies if one.answer is Answer.WAITING]
        return [one.person_id for one in sorted(waiting, key=lambda one: one.place or 0)]

    def follow(self) -> None:
        """Whatever was done, these hold at the end of it."""
        event, standing = self.held.event, self.held.standing
        assert event.taken == sum(one.takes_seat for one in standing.values())
        assert event.seats is None or event.taken <= event.seats
        got = [one for one in self.line if standing.get(one) is Answer.OFFERED]
        stayed = [
            one for one in self.line if standing.get(one) in (Answer.WAITING, Answer.OFFERED)
        ]
        assert stayed[: len(got)] == got, "somebody in line was skipped"
        self.line = stayed[len(got) :]
        assert self.waiting == self.line
        if self.now < self.closes and self.line:
            assert event.taken == event.seats, "a seat is free, and nobody was offered it"

    def after(self, act: Act | None) -> Held:
        async def read(session: Session) -> Held:
            if act:
                await act(session)
            session.expire_all()
            asked = select(Reply).filter_by(event_id=self.number)
            event = await session.get_one(Event, self.number)
            return Held(event, list(await session.scalars(asked)))

        held: Held = self.table.do(read)
        return held


@pytest.mark.timeout(600)
def test_no_history_breaks_the_rules(files: dict[str, Path], tmp_path: Path) -> None:
    Gathering.table = Table(Path(shutil.copy(files["union"], tmp_path / "sila.db")))
    histories = settings(
        max_examples=500 if FULL else 60,
        stateful_step_count=25,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    try:
        run_state_machine_as_test(Gathering, settings=histories)
    finally:
        Gathering.table.close()
