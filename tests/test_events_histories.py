"""Whatever people do with an event, in whatever order: the tables say what a list on paper would.

The list knows nothing of the code: it keeps the rules as they were asked for, and after everything
that is done the tables must hold just what it holds, and have told whom it would have told.

In CI 500 histories run on a file, and on a server as many as a minute allows, others each time;
elsewhere 60 and 15.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic
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
from sqlalchemy import delete, select, update
from sqlalchemy.event import listen

from bot.database import Database
from models.base import Session
from models.event import Answer, Attendance, Event, Reply, State
from models.mail import Owed
from models.member import Member
from models.organisation import Organisation
from models.person import Person
from models.role import Grant, Role
from sandbox.plugin import START
from services import (
    access,
    checkins_marks,
    events_changes,
    events_fields,
    events_offers,
    events_seats,
    members_leaving,
)
from services.access import Actor
from services.errors import Refusal
from tests.backstage import SINCE
from tests.conftest import planted, share_what_is_compiled, wait_for_no_disk
from tests.gatherings import members_of, publish_event
from tests.rough import FULL

OFFER, MISSED = "events-offer", "events-missed"
HOUR = timedelta(hours=1)
LASTS = 2 * HOUR
CROWD = 6
MINUTE = 60.0  # seconds

Act = Callable[[Session], Awaitable[Any]]
who = st.integers(0, CROWD - 1)
sayings = st.sampled_from([Answer.GOING, Answer.MAYBE, Answer.NO, Answer.WAITING])


class No(Exception):
    """It cannot be done: all stays as it was."""


class Day(NamedTuple):
    """When somebody is awake, by their own clock."""

    hours: range
    ahead: int  # of the world's clock

    def wakes(self, at: datetime) -> datetime:
        """The moment itself, if they are awake."""
        while (at + self.ahead * HOUR).hour not in self.hours:
            at = at.replace(minute=0, second=0, microsecond=0) + HOUR
        return at


@dataclass
class Paper:
    """Who comes, who waits behind whom, whom a seat is kept for and until when."""

    now: datetime
    starts: datetime
    closes: datetime | None  # to new answers
    seats: int | None
    days: dict[int, Day]  # everybody's
    cancelled: bool = False
    said: dict[int, Answer] = field(default_factory=dict)  # those who neither wait nor hold offers
    line: list[int] = field(default_factory=list)  # the first in front
    kept: dict[int, datetime] = field(default_factory=dict)
    sure: set[int] = field(default_factory=set)
    came: dict[int, datetime] = field(default_factory=dict)  # when they were marked
    deaf: set[int] = field(default_factory=set)  # no message reaches them
    left: set[int] = field(default_factory=set)  # the union
    told: Counter[tuple[str, int]] = field(default_factory=Counter)

    @property
    def begun(self) -> bool:
        return self.now >= self.starts

    @property
    def over(self) -> bool:
        return self.now >= self.starts + LASTS

    @property
    def here(self) -> set[int]:
        return set(self.came)

    @property
    def closed(self) -> bool:
        return self.closes is not None and self.now >= self.closes

    @property
    def taken(self) -> int:
        return len(self.kept) + list(self.said.values()).count(Answer.GOING)

    @property
    def standing(self) -> dict[int, Answer]:
        waiting = dict.fromkeys(self.line, Answer.WAITING)
        return self.said | waiting | dict.fromkeys(self.kept, Answer.OFFERED)

    def answer(self, one: int, said: Answer, *, sure: bool) -> None:
        if self.cancelled or self.begun or (one in self.left and one not in self.standing):
            raise No
        self.go_on()
        if one in self.here:
            raise No
        had = self.standing.get(one)
        if said is not Answer.NO and (one in self.left or (self.closed and said is not had)):
            in_line = had in (Answer.WAITING, Answer.OFFERED)
            if one in self.left or not in_line or said is Answer.MAYBE:
                raise No
        if said in (Answer.MAYBE, Answer.NO):
            self.put(one, said)
        else:
            self.ask_seat(one, had, said)
        is_asked = self.now >= self.starts - 24 * HOUR
        if sure and is_asked and self.said.get(one) is Answer.GOING:
            self.sure.add(one)
        self.offer()

    def ask_seat(self, one: int, had: Answer | None, said: Answer) -> None:
        if had is Answer.GOING or (had is Answer.OFFERED and said is Answer.WAITING):
            return
        if had is Answer.OFFERED or self.has_room:
            self.put(one, Answer.GOING)
        elif said is Answer.WAITING and had is not Answer.WAITING:
            self.put(one, None)
            self.line.append(one)

    def put(self, one: int, said: Answer | None) -> None:
        same = self.said.pop(one, None) is said
        self.kept.pop(one, None)
        self.line = [other for other in self.line if other != one]
        if not same:
            self.sure.discard(one)
        if said is not None:
            self.said[one] = said

    @property
    def has_room(self) -> bool:
        return self.seats is None or self.taken < self.seats

    def go_on(self) -> None:
        """Seats nobody took go on to the next in line."""
        self.expire()
        self.offer()

    def expire(self) -> None:
        for one, until in list(self.kept.items()):
            is_over = self.begun or until <= self.now
            if is_over and not self.cancelled and one not in self.here:
                del self.kept[one]
                self.told[MISSED, one] += 1

    def offer(self) -> None:
        if self.cancelled or self.begun:
            return
        for one in [other for other in self.line if other not in self.deaf | self.here]:
            if not self.has_room:
                return
            self.line.remove(one)
            self.keep(one)

    def keep(self, one: int) -> None:
        self.kept[one] = self.term(one)
        self.told[OFFER, one] += 1

    def term(self, one: int) -> datetime:
        """Twelve hours, half of what is left when that is less, never beyond the start; half an
        hour of it they are awake in one go.
        """
        until = self.now + max(HOUR / 2, min(12 * HOUR, (self.starts - self.now) / 2))
        for moment in (self.now, self.now + HOUR / 2):
            if (wakes := self.days[one].wakes(moment)) != moment:
                until = max(until, wakes + HOUR / 2)
        return min(self.starts, until)

    def seat(self, seats: int | None) -> None:
        if self.cancelled or self.over:
            raise No
        if seats == self.seats:
            return
        self.expire()
        if seats is not None and seats < self.taken:
            raise No
        self.seats = seats
        self.offer()

    def move(self, starts: datetime, closes: datetime | None) -> None:
        if self.cancelled or self.over:
            raise No
        moved, self.starts, self.closes = starts != self.starts, starts, closes
        if moved:
            opens = starts - 3 * HOUR  # whoever came before that came to the old one
            self.came = {one: at for one, at in self.came.items() if at >= opens}
            self.sure.clear()
            self.go_on()
            for one, until in list(self.kept.items()):
                if one not in self.here and (until > starts or self.term(one) > until):
                    self.kept[one] = self.term(one)  # they read it where they are told of the move

    def close(self, at: datetime | None) -> None:
        if self.cancelled or self.over or (at is not None and at > self.starts):
            raise No
        self.closes = at

    def cancel(self) -> None:
        if self.over and not self.cancelled:
            raise No
        self.cancelled = True

    def leave(self, one: int) -> None:
        """The union, and with it all they were expected at."""
        self.left.add(one)
        if not self.cancelled and self.standing.get(one, Answer.NO) is not Answer.NO:
            self.put(one, Answer.NO)
            self.go_on()

    def mark(self, one: int) -> None:
        """Who really came, whatever they had said: a seat kept for them is theirs now, and no
        other is offered to them; taken back, all is as it was.
        """
        opens, closes = self.starts - 3 * HOUR, self.starts + LASTS + 72 * HOUR
        if self.cancelled or one in self.left or not opens <= self.now <= closes:
            raise No
        self.came.setdefault(one, self.now)

    def unmark(self, one: int) -> None:
        if self.cancelled or self.now - self.came[one] > HOUR / 6:
            raise No
        del self.came[one]


class Table:
    """One database for all histories; each of them is of an event of its own."""

    def __init__(self, url: str) -> None:
        self._loop = asyncio.new_event_loop()
        self._database = Database(url)
        share_what_is_compiled(self._database)
        if self._database.embedded:
            listen(self._database.engine.sync_engine, "connect", wait_for_no_disk)
        self._loop.run_until_complete(planted(self._database))
        self.people: list[int] = self.do(lambda session: members_of(session, CROWD))
        self.organiser: int = self.do(_an_organiser)
        self.days: dict[int, Day] = self.do(self._set_clocks)

    def do(self, act: Act) -> Any:
        async def transact() -> Any:
            async with self._database.transaction() as session:
                return await act(session)

        return self._loop.run_until_complete(transact())

    async def _set_clocks(self, session: Session) -> dict[int, Day]:
        """One watches through the night, one never sleeps, one lives where it is evening."""
        usual = Day(range(8, 22), 5)
        days = dict.fromkeys(self.people, usual)
        night, never, far, *_ = [await session.get_one(Person, one) for one in self.people]
        night.notify_from, night.notify_to = 0, 14
        never.notify_from = never.notify_to = 0
        far.timezone = "Asia/Kamchatka"
        own = Day(range(14), 5), Day(range(24), 5), Day(range(8, 22), 12)
        return days | dict(zip(self.people, own, strict=False))

    def begin(self, paper: Paper) -> int:
        """Nothing else is held; everybody is a member, can be told, and has been told nothing."""

        async def act(session: Session) -> int:
            mine = Member.person_id.in_(self.people)
            await session.execute(update(Member).where(mine).values(left_at=None))
            await session.execute(update(Person).values(unreachable_since=None))
            await session.execute(delete(Owed))
            await session.execute(update(Event).values(state=State.CANCELLED))
            given = {"seats": paper.seats, "answer_by": paper.closes, "announced": False}
            ahead = paper.starts - paper.now
            return await publish_event(session, paper.now, "Сбор", "TMN", ahead, LASTS, **given)

        number: int = self.do(act)
        return number

    @property
    def embedded(self) -> bool:
        return self._database.embedded

    def close(self) -> None:
        self._loop.run_until_complete(self._database.close())
        self._loop.close()


async def _an_organiser(session: Session) -> int:
    home = (await session.scalars(select(Organisation).filter_by(code="TMN"))).one()
    account = Person(telegram_id=400_000, language="ru", met_at=SINCE)
    session.add(account)
    await session.flush()
    role = {"role": Role.ORGANISER, "organisation_id": home.id, "granted_at": SINCE}
    session.add(Grant(person_id=account.id, **role))
    return int(account.id)


class Held(NamedTuple):
    """What the tables hold of an event, and what has been owed to whom."""

    event: Event
    replies: list[Reply]
    came: set[int | None]
    told: Counter[tuple[str | None, int | None]]


class Gathering(RuleBasedStateMachine):
    table: Table

    @initialize(
        seats=st.sampled_from([1, 1, 2, 3, None]),
        days=st.integers(1, 5),
        closes=st.sampled_from([None, 2, 20]),
        crowd=st.lists(who, unique=True, min_size=2, max_size=CROWD),
    )
    def begin(self, seats: int | None, days: int, closes: int | None, crowd: list[int]) -> None:
        by = START + closes * HOUR if closes else None
        self.paper = Paper(START, START + timedelta(days=days), by, seats, self.table.days)
        self.number = self.table.begin(self.paper)
        for one in crowd:
            self.answer(one, Answer.WAITING, sure=False)

    @rule(one=who, said=sayings, sure=st.booleans())
    def answer(self, one: int, said: Answer, sure: bool) -> None:
        person = self.table.people[one]

        async def act(session: Session) -> None:
            actor = await self.actor(session, person)
            number, now = self.number, self.paper.now
            await events_seats.answer(session, actor, number, said, sure=sure, now=now)

        self.follow(act, lambda paper: paper.answer(person, said, sure=sure))

    @precondition(lambda self: self.paper.said and not self.paper.begun)
    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        """Somebody who has a seat, if anybody has."""
        going = [one for one, said in self.paper.said.items() if said is Answer.GOING]
        person = data.draw(st.sampled_from(sorted(going or self.paper.said)))
        self.answer(self.table.people.index(person), Answer.NO, sure=False)

    @precondition(lambda self: self.paper.kept and not self.paper.begun)
    @rule(data=st.data())
    def take_an_offer(self, data: st.DataObject) -> None:
        person = data.draw(st.sampled_from(sorted(self.paper.kept)))
        self.answer(self.table.people.index(person), Answer.GOING, sure=False)

    @rule(minutes=st.sampled_from([10, 60, 5 * 60, 12 * 60]), swept=st.booleans())
    def time_passes(self, minutes: int, swept: bool) -> None:
        self.until(self.paper.now + timedelta(minutes=minutes), swept)

    @precondition(lambda self: self.paper.kept)
    @rule(swept=st.booleans())
    def an_offer_runs_out(self, swept: bool) -> None:
        self.until(min(self.paper.kept.values()), swept)

    @precondition(lambda self: self.paper.closes and not self.paper.closed)
    @rule(swept=st.booleans())
    def the_time_to_answer_by_passes(self, swept: bool) -> None:
        assert self.paper.closes
        self.until(self.paper.closes, swept)

    @precondition(lambda self: self.paper.line and not self.paper.begun)
    @rule(swept=st.booleans())
    def it_is_about_to_begin(self, swept: bool) -> None:
        """When the shortest offer would outlast the start."""
        self.until(self.paper.starts - HOUR / 3, swept)

    def until(self, moment: datetime, swept: bool) -> None:
        self.paper.now = max(self.paper.now, moment)
        if swept:
            self.sweep()

    @rule()
    def sweep(self) -> None:
        self.follow(
            lambda session: events_offers.sweep(session, now=self.paper.now),
            lambda paper: paper.go_on(),
        )
        paper = self.paper
        if not (paper.cancelled or paper.begun) and paper.has_room:
            passed_over = paper.deaf | paper.here
            assert set(paper.line) <= passed_over, "a seat is free, and was not offered"

    @precondition(lambda self: not self.paper.begun)
    @rule(seats=st.sampled_from([1, 2, 3, 4, None]))
    def change_seats(self, seats: int | None) -> None:
        self.arrange(events_fields.seat, lambda paper: paper.seat(seats), seats)

    @rule(hours=st.sampled_from([5, 26, 70]))
    def move(self, hours: int) -> None:
        """The time to answer by goes with it, as its organiser has read: see its own tests."""
        starts = self.paper.now + hours * HOUR

        def on_paper(paper: Paper) -> None:
            paper.move(starts, self.held().event.answer_by)

        self.arrange(events_fields.start, on_paper, starts)

    @precondition(lambda self: not self.paper.begun)
    @rule(hours=st.sampled_from([1, 10, None]))
    def close(self, hours: int | None) -> None:
        at = self.paper.now + hours * HOUR if hours else None
        self.arrange(events_fields.answer_by, lambda paper: paper.close(at), at)

    @precondition(lambda self: len(self.paper.told) > 2)  # sooner there is little to be seen
    @rule()
    def cancel(self) -> None:
        self.arrange(events_changes.cancel, Paper.cancel, "Мороз")

    @precondition(lambda self: not self.paper.begun)
    @rule(one=who)
    def leave(self, one: int) -> None:
        person = self.table.people[one]
        if person in self.paper.left:
            return

        async def act(session: Session) -> None:
            actor = await self.actor(session, person)
            await members_leaving.leave(session, actor, now=self.paper.now)

        self.follow(act, lambda paper: paper.leave(person))

    @precondition(lambda self: not self.paper.begun)
    @rule(one=who)
    def stop_or_start_the_bot(self, one: int) -> None:
        person = self.table.people[one]
        self.paper.deaf ^= {person}
        since = self.paper.now if person in self.paper.deaf else None
        known = update(Person).where(Person.id == person).values(unreachable_since=since)
        self.table.do(lambda session: session.execute(known))

    @rule(one=who)
    def check_in(self, one: int) -> None:
        person = self.table.people[one]

        async def act(session: Session) -> None:
            actor = await self.actor(session, self.table.organiser)
            asked = select(Member.id).filter_by(person_id=person)
            member = (await session.scalars(asked)).one()
            await checkins_marks.mark(session, actor, self.number, member, now=self.paper.now)

        self.follow(act, lambda paper: paper.mark(person))

    @precondition(lambda self: self.paper.line or self.paper.kept)
    @rule(data=st.data())
    def check_in_somebody_in_line(self, data: st.DataObject) -> None:
        """At the door, if it is still ahead."""
        self.until(self.paper.starts - 2 * HOUR, swept=False)
        waiting = sorted([*self.paper.line, *self.paper.kept])
        self.check_in(self.table.people.index(data.draw(st.sampled_from(waiting))))

    @precondition(lambda self: self.paper.came)
    @rule(data=st.data())
    def take_a_mark_back(self, data: st.DataObject) -> None:
        person = data.draw(st.sampled_from(sorted(self.paper.came)))

        async def act(session: Session) -> None:
            actor = await self.actor(session, self.table.organiser)
            mine = select(Attendance.id).filter_by(event_id=self.number, person_id=person)
            mark = (await session.scalars(mine)).one()
            await checkins_marks.undo(session, actor, mark, now=self.paper.now)

        self.follow(act, lambda paper: paper.unmark(person))

    async def actor(self, session: Session, person: int) -> Actor:
        return await access.load(session, await session.get_one(Person, person))

    def arrange(
        self, how: Callable[..., Awaitable[Any]], on_paper: Callable[[Paper], None], to: Any
    ) -> None:
        """What an organiser does with the event."""

        async def act(session: Session) -> None:
            actor = await self.actor(session, self.table.organiser)
            await how(session, actor, self.number, to, now=self.paper.now)

        self.follow(act, on_paper)

    def follow(self, act: Act, on_paper: Callable[[Paper], None]) -> None:
        """Both allow it or both refuse it, and then both say the same."""
        done = self.may(lambda: self.table.do(act), Refusal)
        after = deepcopy(self.paper)
        assert self.may(lambda: on_paper(after), No) is done
        if done:
            self.paper = after
        self.compare()

    @staticmethod
    def may(act: Callable[[], Any], refusal: type[Exception]) -> bool:
        try:
            act()
        except refusal:
            return False
        return True

    def held(self) -> Held:
        async def read(session: Session) -> Held:
            mine = {"event_id": self.number}
            replies = select(Reply).filter_by(**mine).order_by(Reply.place)
            came = select(Attendance.person_id).filter_by(**mine)
            told = select(Owed.notice, Owed.person_id).where(Owed.notice.in_([OFFER, MISSED]))
            return Held(
                await session.get_one(Event, self.number),
                list(await session.scalars(replies)),
                set(await session.scalars(came)),
                Counter((notice, one) for notice, one in await session.execute(told)),
            )

        found: Held = self.table.do(read)
        return found

    def compare(self) -> None:
        paper, (event, replies, came, told) = self.paper, self.held()
        assert event.seats is None or event.taken <= event.seats
        assert (event.seats, event.taken) == (paper.seats, paper.taken)
        assert {one.person_id: one.answer for one in replies} == paper.standing
        waiting = [one.person_id for one in replies if one.answer is Answer.WAITING]
        assert waiting == paper.line
        kept = {one.person_id: one.offered_until for one in replies if one.offered_until}
        assert kept == paper.kept
        assert {one.person_id for one in replies if one.sure} == paper.sure
        assert (came, told) == (set(paper.came), paper.told)


@pytest.mark.timeout(1800)
def test_no_history_breaks_the_rules(database_url: str) -> None:
    Gathering.table = Table(database_url)
    embedded = Gathering.table.embedded
    histories = settings(
        max_examples=(500 if FULL else 60) if embedded else 15,
        stateful_step_count=30,
        deadline=None,
        derandomize=False,
        print_blob=True,
        suppress_health_check=list(HealthCheck),
    )
    ends = monotonic() + (MINUTE if FULL and not embedded else 0)
    try:
        run_state_machine_as_test(Gathering, settings=histories)
        while monotonic() < ends:
            run_state_machine_as_test(Gathering, settings=histories)
    finally:
        Gathering.table.close()
