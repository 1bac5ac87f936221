"""The only one who talks to Telegram: in order, at Telegram's pace, until it is settled."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Coroutine
from datetime import datetime, timedelta
from typing import Any

import structlog

from bot.database import Database
from bot.outcomes import Outcome, judge, sent
from bot.pace import Pace
from bot.parcels import Parcel, draw, pack
from bot.telegram import Json, Telegram
from models.base import Session
from models.mail import Lane, Owed, Sending
from services import outbox, people
from services.house import House

log = structlog.get_logger()

SEATS = 25  # calls on their way at once
FOR_SOS = 5  # of these; a Telegram that hangs must not take the last ones
IDLE = 1.0  # seconds between looks at the clock when nobody wakes the courier


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
        self._woken = asyncio.Event()
        self._stopping = False
        self._answers: deque[Json] = deque()
        self._outcomes: list[Outcome] = []
        self._under_way = 0

    def wake(self) -> None:
        self._woken.set()

    def answer_tap(self, answer: Json) -> None:
        """Best effort, at once, never repeated: a tap waits for it only a few seconds."""
        self._answers.append(answer)
        self.wake()

    def stop(self) -> None:
        """Answers already owed still leave; the rest waits in the outbox for the next start."""
        self._stopping = True
        self.wake()

    async def run(self) -> None:
        await self._recover()
        async with asyncio.TaskGroup() as errands:
            while True:
                self._woken.clear()
                async for errand in self._errands():
                    errands.create_task(errand)
                if self._stopping and not (self._under_way or self._woken.is_set()):
                    return
                await self._rest()

    async def _recover(self) -> None:
        while not self._stopping:
            try:
                async with self._database.transaction() as session:
                    return await outbox.recover(session, now=self._clock())
            except Exception:
                log.exception("outbox unavailable")
                await asyncio.sleep(IDLE)

    async def drain(self) -> None:
        """Does all there is to do now, one thing after another."""
        self.wake()
        while self._woken.is_set():
            self._woken.clear()
            async for errand in self._errands():
                await errand

    async def _errands(self) -> AsyncIterator[Coroutine[Any, Any, None]]:
        while self._answers:
            yield self._answer(self._answers.popleft())
        for parcel in await self._turn():
            self._under_way += 1
            self._pace.book(parcel.chat_id, _time())
            yield self._deliver(parcel)

    async def _rest(self) -> None:
        wait = self._pace.next_room(_time()) or IDLE
        try:
            async with asyncio.timeout(min(wait, IDLE)):
                await self._woken.wait()
        except TimeoutError:
            return

    async def _turn(self) -> list[Parcel]:
        """Settles what came back and takes what may leave next, in one transaction."""
        outcomes, self._outcomes = self._outcomes, []
        room, worst = self._room()
        if not (outcomes or room):
            return []
        now = self._clock()
        try:
            async with self._database.transaction() as session:
                for outcome in outcomes:
                    await self._settle(session, outcome, now)
                return await self._claim(session, room, worst, now) if room else []
        except Exception:
            self._outcomes = outcomes + self._outcomes
            if self._stopping:
                raise
            log.exception("outbox unavailable")
            return []

    def _room(self) -> tuple[int, Lane]:
        """How many may leave at this moment, and down to which lane."""
        seats = SEATS - self._under_way
        if seats <= FOR_SOS:
            return self._pace.room(_time(), seats), Lane.SOS
        worst = Lane.ANSWER if self._stopping else Lane.BULK
        return self._pace.room(_time(), seats - FOR_SOS), worst

    async def _claim(
        self, session: Session, room: int, worst: Lane, now: datetime
    ) -> list[Parcel]:
        resting = self._pace.resting(_time())
        rows = await outbox.claim(session, now=now, limit=room, worst=worst, resting=resting)
        packed = [await self._pack(session, row, now) for row in rows]
        parcels = [parcel for parcel in packed if parcel is not None]
        if len(parcels) < len(rows):
            self.wake()  # room is left for others
        return parcels

    async def _pack(self, session: Session, row: Owed, now: datetime) -> Parcel | None:
        try:
            async with session.begin_nested():
                parcel = await pack(session, self._house, row, now)
        except Exception:
            log.exception("cannot be worded", notice=row.notice, row=row.id)
            row.state, row.settled_at, row.error = Sending.FAILED, now, "not worded"
            return None
        if parcel is None:
            row.state, row.settled_at = Sending.STALE, now
        return parcel

    async def _deliver(self, parcel: Parcel) -> None:
        try:
            params, files = await draw(parcel.params)
            outcome = sent(parcel, await self._telegram(parcel.method, params, files))
        except Exception as error:
            outcome = judge(parcel, error)
        self._outcomes.append(outcome)
        self._under_way -= 1
        self.wake()

    async def _answer(self, answer: Json) -> None:
        try:
            await self._telegram("answerCallbackQuery", answer)
        except Exception:
            log.info("a tap went unanswered", exc_info=True)

    async def _settle(self, session: Session, outcome: Outcome, now: datetime) -> None:
        parcel = outcome.parcel
        row = await session.get(Owed, parcel.id)
        if row is None:
            return
        row.state, row.error = outcome.state, outcome.error
        if outcome.state is Sending.NEW:
            row.due_at = now + timedelta(seconds=outcome.again_in)
        else:
            row.settled_at = now
        if outcome.rests:
            self._pace.pause(parcel.chat_id, _time() + outcome.again_in)
        if outcome.lost:
            await people.lose(session, parcel.chat_id, now=now)
        if outcome.as_new:
            await outbox.send_anew(session, row, now=now)
        if parcel.place and outcome.message_id:
            await outbox.put(session, parcel.chat_id, parcel.place, outcome.message_id, now=now)


def _time() -> float:
    return asyncio.get_running_loop().time()
