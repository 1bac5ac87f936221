"""The only one who talks to Telegram: in order, at Telegram's pace, until it is settled."""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog

from bot.database import Database
from bot.pace import Pace
from bot.replies import body, new_message
from bot.telegram import Doubtful, Files, Json, Telegram, TelegramError, Unreached, Upload
from keyboards import pictures
from keyboards.screen import Call, Reader, Screen, Worded, word
from locales import Translator
from models.base import Session
from models.mail import Lane, Owed, Sending
from models.person import Person
from services import access, outbox, people
from services.house import House

log = structlog.get_logger()

BATCH = 20
IDLE = 1.0  # seconds between looks at the clock when nobody wakes the courier
GIVE_UP = 40
DRAWINGS: dict[str, Callable[..., bytes]] = {
    "membership_card": pictures.membership_card,
    "invitation": pictures.invitation,
}
EDIT_LOST = ("message to edit not found", "message can't be edited", "there is no text in the")


@dataclass(frozen=True)
class Parcel:
    """One claimed row, ready to leave: no database behind it any more."""

    id: int
    chat_id: int
    lane: Lane
    attempts: int
    method: str
    params: Json
    place: str | None


@dataclass(frozen=True)
class Outcome:
    parcel: Parcel
    state: Sending
    message_id: int | None = None
    again_in: float = 0.0
    error: str | None = None
    lost: bool = False  # the person cannot be reached
    as_new: bool = False  # the message to redraw is gone: send it anew


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
        self._outcomes: list[Outcome] = []
        self._answers: deque[Json] = deque()
        self._under_way = 0

    def wake(self) -> None:
        self._woken.set()

    def answer_tap(self, answer: Json) -> None:
        """Best effort, at once, never repeated: a tap waits for it only a few seconds."""
        self._answers.append(answer)
        self.wake()

    def stop(self) -> None:
        self._stopping = True
        self.wake()

    async def run(self) -> None:
        async with self._database.transaction() as session:
            await outbox.recover(session, now=self._clock())
        async with asyncio.TaskGroup() as couriers:
            while not (self._stopping and not self._under_way and not self._outcomes):
                self._woken.clear()
                while self._answers:
                    couriers.create_task(self._answer(self._answers.popleft()))
                for parcel in await self._turn():
                    couriers.create_task(self._deliver(parcel))
                await self._rest()

    async def drain(self) -> None:
        """Sends everything due now, one after another; for tests and for the last moments."""
        while True:
            while self._answers:
                await self._answer(self._answers.popleft())
            parcels = await self._turn()
            for parcel in parcels:
                await self._deliver(parcel)
            if not (parcels or self._outcomes or self._answers):
                return

    async def _rest(self) -> None:
        wait = self._pace.next_room(asyncio.get_running_loop().time()) or IDLE
        try:
            async with asyncio.timeout(min(wait, IDLE)):
                await self._woken.wait()
        except TimeoutError:
            return

    async def _turn(self) -> list[Parcel]:
        """Settles what came back and takes what may leave next, in one transaction."""
        outcomes, self._outcomes = self._outcomes, []
        loop_time = asyncio.get_running_loop().time()
        room = 0 if self._stopping else self._pace.room(loop_time, BATCH - self._under_way)
        now = self._clock()
        try:
            async with self._database.transaction() as session:
                for outcome in outcomes:
                    await self._settle(session, outcome, now)
                parcels = await self._claim(session, room, loop_time, now) if room > 0 else []
        except Exception:
            self._outcomes = outcomes + self._outcomes
            log.exception("outbox unavailable")
            await asyncio.sleep(IDLE)
            return []
        for parcel in parcels:
            self._pace.book(parcel.chat_id, loop_time)
        self._under_way += len(parcels)
        return parcels

    async def _claim(
        self, session: Session, room: int, loop_time: float, now: datetime
    ) -> list[Parcel]:
        rows = await outbox.claim(
            session, now=now, limit=room, resting=self._pace.resting(loop_time)
        )
        ready = [await self._prepare(session, row, now) for row in rows]
        return [parcel for parcel in ready if parcel is not None]

    async def _prepare(self, session: Session, row: Owed, now: datetime) -> Parcel | None:
        try:
            call = await self._word(session, row, now)
        except Exception:
            log.exception("notice cannot be worded", notice=row.notice, row=row.id)
            row.state, row.settled_at, row.error = Sending.FAILED, now, "not worded"
            return None
        if call is None:
            row.state, row.settled_at = Sending.STALE, now
            return None
        method, params = call
        return Parcel(row.id, row.chat_id, Lane(row.lane), row.attempts, method, params, row.place)

    async def _word(self, session: Session, row: Owed, now: datetime) -> tuple[str, Json] | None:
        if row.method is not None:
            return row.method, {"chat_id": row.chat_id} | (row.payload or {})
        message_id = (
            await outbox.find_message(session, row.chat_id, row.place, now=now)
            if row.place
            else None
        )
        person = await session.get_one(Person, row.person_id)
        reader = await self._reader(session, person, now, shown=message_id is not None)
        worded = await word(session, reader, row.notice or "", row.details or {})
        return _call(worded, row.chat_id, message_id)

    async def _reader(
        self, session: Session, person: Person, now: datetime, *, shown: bool
    ) -> Reader:
        actor = await access.load(session, person)
        t = Translator(person.language, access.zone_of(actor, self._house.zone))
        return Reader(actor, t, now, self._house, shown)

    async def _deliver(self, parcel: Parcel) -> None:
        try:
            params, files = await _draw(parcel.params)
            result = await self._telegram(parcel.method, params, files)
            outcome = Outcome(parcel, Sending.SENT, _message_id(result))
        except TelegramError as error:
            outcome = judge(parcel, error)
        except Unreached:
            outcome = _again(parcel, "unreached")
        except Doubtful as doubt:
            outcome = _doubtful(parcel, str(doubt))
        except Exception as error:
            log.exception("cannot be sent", method=parcel.method, row=parcel.id)
            outcome = Outcome(parcel, Sending.FAILED, error=type(error).__name__)
        self._outcomes.append(outcome)
        self._under_way -= 1
        self.wake()

    async def _answer(self, answer: Json) -> None:
        try:
            await self._telegram("answerCallbackQuery", answer)
        except (TelegramError, Unreached, Doubtful) as error:
            log.info("a tap went unanswered", reason=str(error))

    async def _settle(self, session: Session, outcome: Outcome, now: datetime) -> None:
        parcel = outcome.parcel
        row = await session.get(Owed, parcel.id)
        if row is None:
            return
        row.state, row.error = outcome.state, outcome.error
        if outcome.state is Sending.NEW:
            row.due_at = now + timedelta(seconds=outcome.again_in)
            self._pause(parcel, outcome)
        else:
            row.settled_at = now
        if outcome.lost:
            await people.lose(session, parcel.chat_id, now=now)
        if outcome.as_new:
            await self._send_anew(session, row, now)
        if parcel.place and outcome.message_id:
            await outbox.put(session, parcel.chat_id, parcel.place, outcome.message_id, now=now)

    def _pause(self, parcel: Parcel, outcome: Outcome) -> None:
        if outcome.again_in:
            until = asyncio.get_running_loop().time() + outcome.again_in
            self._pace.pause(parcel.chat_id, until)

    async def _send_anew(self, session: Session, row: Owed, now: datetime) -> None:
        if row.place:
            await outbox.forget_place(session, row.chat_id, row.place, now=now)
        if row.payload:
            row.method = "sendMessage"
            row.payload = {k: v for k, v in row.payload.items() if k != "message_id"}


def judge(parcel: Parcel, error: TelegramError) -> Outcome:
    """What a refusal of Telegram means for this row."""
    if error.retry_after is not None:
        return Outcome(parcel, Sending.NEW, again_in=error.retry_after, error="flood")
    if error.unreachable:
        return Outcome(parcel, Sending.BLOCKED, error=error.description[:300], lost=True)
    if error.server_fault:
        return _doubtful(parcel, error.description[:300])
    if error.code == 401:
        return _again(parcel, "unauthorised")
    if error.says("message is not modified"):
        return Outcome(parcel, Sending.SENT, parcel.params.get("message_id"))
    if parcel.method == "editMessageText" and any(error.says(words) for words in EDIT_LOST):
        return Outcome(parcel, Sending.NEW, as_new=True, error="message to redraw is gone")
    log.error("refused", method=parcel.method, row=parcel.id, reason=error.description)
    return Outcome(parcel, Sending.FAILED, error=error.description[:300])


def _again(parcel: Parcel, reason: str) -> Outcome:
    if parcel.attempts >= GIVE_UP:
        return Outcome(parcel, Sending.FAILED, error=reason)
    return Outcome(
        parcel, Sending.NEW, again_in=min(60.0, 0.5 * 2.0**parcel.attempts), error=reason
    )


def _doubtful(parcel: Parcel, reason: str) -> Outcome:
    if parcel.lane.repeats:
        return _again(parcel, reason)
    return Outcome(parcel, Sending.UNKNOWN, error=reason)


def _call(worded: Worded, chat_id: int, message_id: int | None) -> tuple[str, Json] | None:
    match worded:
        case Screen() if message_id is not None and worded.redraws:
            edit = {"chat_id": chat_id, "message_id": message_id}
            return "editMessageText", edit | body(worded)
        case Screen():
            method, params = new_message(worded)
            return method, {"chat_id": chat_id} | params
        case Call(method, params):
            return method, params
    return None


async def _draw(params: Json) -> tuple[Json, Files]:
    """Draws the picture a call asks for: here, outside any transaction and off the loop."""
    photo = params.get("photo")
    if not isinstance(photo, dict):
        return params, {}
    draw = DRAWINGS[photo["drawing"]]
    data = await asyncio.to_thread(draw, **photo["words"])
    rest = {name: value for name, value in params.items() if name != "photo"}
    return rest, {"photo": Upload("picture.png", data, "image/png")}


def _message_id(result: Any) -> int | None:
    return result.get("message_id") if isinstance(result, dict) else None
