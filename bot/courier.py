"""The only one who talks to Telegram: in order, at Telegram's pace, until it is settled."""

import asyncio
import heapq
from collections import defaultdict, deque
from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog

from bot.database import Database
from bot.outcomes import Outcome, judge, sent
from bot.pace import Pace
from bot.parcels import Parcel, draw, pack, ready_made
from bot.replica import Replica
from bot.telegram import Json, Telegram
from models.base import Session
from models.mail import Lane, Sending
from services import chats, outbox, people
from services.house import House
from services.outbox import Taken

log = structlog.get_logger()

FOR_SOS = 5  # of the calls on their way; a Telegram that hangs must not take the last ones
IDLE = 1.0  # seconds between looks at the clock when nobody wakes the courier
LAST_ANSWERS = 0.5  # seconds the last ones may wait for their turn when the work ends
TOGETHER = 0.02  # seconds in which results are collected, to be written down at once

Launch = Callable[[Coroutine[Any, Any, None]], object]


class Courier:
    def __init__(
        self,
        database: Database,
        telegram: Telegram,
        house: House,
        clock: Callable[[], datetime],
        pace: Pace,
    ) -> None:
        self._database = database
        self._telegram = telegram
        self._house = house
        self._clock = clock
        self._pace = pace
        self._me = Replica(database, clock)
        self._woken = asyncio.Event()
        self._stopping = False
        self._urgent = False
        self._more = False  # the last look left something behind
        self._answers: deque[Json] = deque()
        self._bag: list[Parcel] = []  # taken from the outbox; the next to leave on top
        self._outcomes: list[Outcome] = []
        self._under_way = 0
        self._held: set[int] = set()  # rows taken, and not yet known to be settled
        self._unsure = False  # whether the last look into the outbox was kept
        self._looked_at = 0.0

    def wake(self) -> None:
        """There is something new in the outbox."""
        self._urgent = True
        self._woken.set()

    def answer_tap(self, answer: Json) -> None:
        """Best effort, at once, never repeated: a tap waits for it only a few seconds."""
        self._answers.append(answer)
        self._woken.set()

    def stop(self) -> None:
        """Answers already owed still leave; the rest waits in the outbox for the next start."""
        self._stopping = True
        self.wake()

    async def run(self) -> None:
        async with asyncio.TaskGroup() as errands:
            while not self._is_done():
                self._woken.clear()
                await self._beat()
                self._say_answers(errands.create_task)
                if self._is_time():
                    await self._turn()
                self._set_off(errands.create_task)
                await self._rest()
        await self._me.leave()

    async def drain(self) -> None:
        """Does all there is to do now, one thing after another."""
        await self._beat()
        doing: list[Coroutine[Any, Any, None]] = []
        self._urgent = True
        try:
            while self._urgent or self._outcomes or self._answers:
                self._say_answers(doing.append)
                await self._turn()
                self._set_off(doing.append)
                while doing:
                    await doing.pop(0)
        finally:
            for undone in doing:
                undone.close()

    def _is_done(self) -> bool:
        busy = self._under_way or self._bag or self._outcomes or self._answers or self._urgent
        return self._stopping and not busy

    async def _beat(self) -> None:
        if self._me.is_time(_time()):
            try:
                await self._me.beat(_time())
            except Exception:
                log.exception("no sign of life left behind")
                return
            self._pace.share(self._me.alive)

    def _say_answers(self, launch: Launch) -> None:
        while self._answers:
            launch(self._answer(self._answers.popleft()))

    def _set_off(self, launch: Launch) -> None:
        """Whoever's moment has come."""
        while self._bag and not self._pace.wait(_time()):
            self._pace.leave(_time())
            self._under_way += 1
            launch(self._deliver(heapq.heappop(self._bag)))

    def _is_time(self) -> bool:
        return self._urgent or _time() >= self._looked_at + self._until_look()

    def _until_look(self) -> float:
        """Seconds from the last look into the outbox to the next."""
        if self._more and self._is_low():
            return 0.0
        if not self._outcomes:
            return min(self._pace.next_chat(_time()) or IDLE, IDLE)
        return TOGETHER if self._under_way or self._bag else 0.0

    def _is_low(self) -> bool:
        """Half of what may be taken ahead has left: time to take more."""
        seats = self._pace.seats - self._under_way - len(self._bag)
        return seats > FOR_SOS and 2 * len(self._bag) <= self._pace.ahead

    async def _rest(self) -> None:
        wait = max(0.0, self._looked_at + self._until_look() - _time())
        if self._bag:
            wait = min(wait, self._pace.wait(_time()))
        if self._urgent or self._is_done():
            wait = 0.0
        try:
            async with asyncio.timeout(min(wait, IDLE)):
                await self._woken.wait()
        except TimeoutError:
            return

    async def _turn(self) -> None:
        """Settles what came back and takes what may leave next, in one transaction."""
        self._urgent, self._looked_at = False, _time()
        outcomes, self._outcomes = [*self._outcomes, *self._given_back()], []
        self._more = False
        room, worst = self._room()
        if not (outcomes or room):
            return
        try:
            async with self._database.transaction() as session:
                now = self._clock()
                await self._settle(session, outcomes, now)
                if self._unsure:
                    await outbox.let_go(session, self._held, by=self._me.name, now=now)
                parcels = await self._claim(session, room, worst, now) if room else []
        except Exception:
            self._outcomes = outcomes + self._outcomes
            if self._stopping:
                raise
            log.exception("outbox unavailable")
            self._unsure, self._urgent = True, False
            self._looked_at = _time() + IDLE - self._until_look()  # nor will it be there at once
            return
        self._unsure = False
        self._held.difference_update(outcome.parcel.id for outcome in outcomes)
        for parcel in parcels:
            self._held.add(parcel.id)
            self._pace.book(parcel.chat_id, _time())
            heapq.heappush(self._bag, parcel)

    def _given_back(self) -> list[Outcome]:
        """At the end of work: what was taken ahead and need not, or cannot, leave any more."""
        if not self._stopping:
            return []
        late = self._pace.wait(_time()) > LAST_ANSWERS
        bag = self._bag
        self._bag = [one for one in bag if one.lane <= Lane.ANSWER and not late]
        heapq.heapify(self._bag)
        return [Outcome(one, Sending.NEW) for one in bag if one.lane > Lane.ANSWER or late]

    def _room(self) -> tuple[int, Lane]:
        """How many may be taken at this moment, and down to which lane."""
        if self._stopping and self._pace.wait(_time()) > LAST_ANSWERS:
            return 0, Lane.SOS
        seats = self._pace.seats - self._under_way - len(self._bag)
        if seats <= FOR_SOS:
            return max(0, seats), Lane.SOS
        ahead = self._pace.ahead - sum(not parcel.lane.repeats for parcel in self._bag)
        if self._stopping:
            return seats - FOR_SOS, Lane.ANSWER
        if ahead <= 0:
            return seats - FOR_SOS, Lane.CASE
        worst = Lane.BULK if self._me.sends_bulk(_time()) else Lane.REMINDER
        return min(seats - FOR_SOS, ahead), worst

    async def _claim(
        self, session: Session, room: int, worst: Lane, now: datetime
    ) -> list[Parcel]:
        resting, even_for_sos = self._pace.resting(_time())
        rows = await outbox.claim(
            session,
            now=now,
            limit=room,
            by=self._me.name,
            worst=worst,
            resting=resting,
            even_for_sos=even_for_sos,
        )
        self._more = len(rows) == room
        packed = [await self._pack(session, row, now) for row in rows]
        parcels = [parcel for parcel in packed if parcel is not None]
        self._urgent = self._urgent or len(parcels) < len(rows)
        return parcels

    async def _pack(self, session: Session, row: Taken, now: datetime) -> Parcel | None:
        if row.method is not None:
            return ready_made(row)
        packed, became, why = None, Sending.STALE, None
        try:
            async with session.begin_nested():
                packed = await pack(session, self._house, row, now)
        except Exception:
            log.exception("cannot be worded", notice=row.notice, row=row.id)
            became, why = Sending.FAILED, "not worded"
        match packed:
            case Parcel():
                return packed
            case datetime():
                await outbox.put_back(
                    session, row.id, None, by=self._me.name, again=packed, now=now
                )
            case None:
                await outbox.settle(session, [row.id], became, why, by=self._me.name, now=now)
        return None

    async def _deliver(self, parcel: Parcel) -> None:
        try:
            params, files = await draw(parcel.params)
            outcome = sent(parcel, await self._telegram(parcel.method, params, files))
        except Exception as error:
            outcome = judge(parcel, error)
        if outcome.rests:
            self._pace.pause(parcel.chat_id, _time() + outcome.again_in)
        self._outcomes.append(outcome)
        self._under_way -= 1
        self._woken.set()

    async def _answer(self, answer: Json) -> None:
        try:
            await self._telegram("answerCallbackQuery", answer)
        except Exception:
            log.info("a tap went unanswered", exc_info=True)

    async def _settle(self, session: Session, outcomes: Sequence[Outcome], now: datetime) -> None:
        plain: dict[tuple[Sending, str | None], list[int]] = defaultdict(list)
        for outcome in outcomes:
            if outcome.state is not Sending.NEW:
                plain[outcome.state, outcome.error].append(outcome.parcel.id)
            if not outcome.is_plain:
                await self._note(session, outcome, now)
        for (became, why), ids in plain.items():
            await outbox.settle(session, ids, became, why, by=self._me.name, now=now)

    async def _note(self, session: Session, outcome: Outcome, now: datetime) -> None:
        """What a call has taught besides that it is over."""
        parcel = outcome.parcel
        if outcome.state is Sending.NEW:
            again = now + timedelta(seconds=outcome.again_in)
            await outbox.put_back(
                session, parcel.id, outcome.error, by=self._me.name, again=again, now=now
            )
        if outcome.lost:
            await people.lose(session, parcel.chat_id, now=now)
        if outcome.as_new:
            await outbox.send_anew(session, parcel.id, now=now)
        if outcome.moved_to:
            await chats.move(session, parcel.chat_id, outcome.moved_to, now=now)
        if parcel.place and outcome.message_id:
            await outbox.put(session, parcel.chat_id, parcel.place, outcome.message_id, now=now)


def _time() -> float:
    return asyncio.get_running_loop().time()
