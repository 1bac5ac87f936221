"""The only one who talks to Telegram: in order, at Telegram's pace, until it is settled."""

import asyncio
import heapq
from collections import deque
from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog

from bot.database import Database
from bot.outcomes import Outcome, judge, sent, settle, unsent
from bot.pace import Pace
from bot.parcels import Packed, Parcel, draw, pack, pack_alike, ready_made
from bot.replica import Replica
from bot.telegram import Json, Telegram
from models.base import Session
from models.mail import Lane, Sending
from services import outbox
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
        self._under_way: set[int] = set()  # rows
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
            parcel = heapq.heappop(self._bag)
            self._pace.leave(parcel.chat_id, _time())
            self._under_way.add(parcel.id)
            launch(self._deliver(parcel))

    def _is_time(self) -> bool:
        return self._urgent or _time() >= self._looked_at + self._until_look()

    def _until_look(self) -> float:
        """Seconds from the last look into the outbox to the next."""
        if self._unsure:
            return IDLE  # the database will not be there at once
        if self._more and self._is_low():
            return 0.0
        if not self._outcomes:
            return min(self._pace.next_chat(_time()) or IDLE, IDLE)
        return TOGETHER if self._under_way or self._bag else 0.0

    def _is_low(self) -> bool:
        """Half of what may be taken ahead has left: time to take more."""
        seats = self._pace.seats - len(self._under_way) - len(self._bag)
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
                await settle(session, outcomes, by=self._me.name, now=now)
                if self._unsure:
                    await outbox.let_go(session, self._in_hand(), by=self._me.name, now=now)
                taken = await self._claim(session, room, worst, now) if room else []
        except Exception:
            self._outcomes = outcomes + self._outcomes
            if self._stopping:
                raise
            log.exception("outbox unavailable")
            self._unsure, self._urgent = True, False
            return
        self._unsure = False
        for one in taken:
            if isinstance(one, Outcome):
                self._outcomes.append(one)
            else:
                heapq.heappush(self._bag, one)

    def _in_hand(self) -> set[int]:
        """Rows taken and not settled, as far as one knows."""
        parcels = [*self._bag, *(outcome.parcel for outcome in self._outcomes)]
        return self._under_way.union(parcel.id for parcel in parcels)

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
        seats = self._pace.seats - len(self._under_way) - len(self._bag)
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
    ) -> list[Parcel | Outcome]:
        """What may leave, and what need not: that is settled in a turn of its own.

        Whoever stops a mailing has it and wants its rows; so nobody may have rows and want it.
        """
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
        # Too soon for their chat: back they go, and an answer may pass them meanwhile.
        waits = ((row.id, self._pace.early(row.chat_id, row.lane, _time())) for row in rows)
        found: dict[int, Packed] = {row: now + timedelta(seconds=s) for row, s in waits if s}
        found |= await self._pack_alike(session, [row for row in rows if row.id not in found], now)
        packed = [
            await self._sort_out(session, row, found[row.id], now)
            if row.id in found
            else await self._pack(session, row, now)
            for row in rows
        ]
        self._urgent = self._urgent or not all(isinstance(one, Parcel) for one in packed)
        return [one for one in packed if one is not None]

    async def _pack_alike(
        self, session: Session, rows: Sequence[Taken], now: datetime
    ) -> dict[int, Packed]:
        """What many get in the same words."""
        try:
            async with session.begin_nested():
                return await pack_alike(session, self._house, rows, now)
        except Exception:
            log.exception("many cannot be worded")
            return {}

    async def _pack(self, session: Session, row: Taken, now: datetime) -> Parcel | Outcome | None:
        if row.method is not None:
            return ready_made(row)
        try:
            async with session.begin_nested():
                packed = await pack(session, self._house, row, now)
        except Exception:
            log.exception("cannot be worded", notice=row.notice, row=row.id)
            return unsent(row, Sending.FAILED, "not worded")
        return await self._sort_out(session, row, packed, now)

    async def _sort_out(
        self, session: Session, row: Taken, packed: Packed, now: datetime
    ) -> Parcel | Outcome | None:
        if packed is None:
            return unsent(row, Sending.STALE)
        if isinstance(packed, Parcel):
            return packed
        await outbox.put_back(session, row.id, None, by=self._me.name, again=packed, now=now)
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
        self._under_way.remove(parcel.id)
        self._woken.set()

    async def _answer(self, answer: Json) -> None:
        try:
            await self._telegram("answerCallbackQuery", answer)
        except Exception:
            log.info("a tap went unanswered", exc_info=True)


def _time() -> float:
    return asyncio.get_running_loop().time()
