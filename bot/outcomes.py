"""What became of a call: sent, to be sent again, or settled unsent; and how that is recorded."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.parcels import Parcel, ready_made
from bot.telegram import Doubtful, TelegramError, Unreached
from models.base import Session
from models.mail import Sending
from services import chats, deliveries, outbox, people
from services.deliveries import Delivered
from services.outbox import Taken

log = structlog.get_logger()

LONGEST_PAUSE = 60.0
GIVE_UP = 1500  # attempts: a day of longest pauses
EDITS = ("editMessageText", "editMessageCaption")


@dataclass(frozen=True)
class Outcome:
    parcel: Parcel
    state: Sending
    message_ids: Sequence[int] = ()  # of an album, several
    again_in: float = 0.0
    error: str | None = None
    rests: bool = False  # the whole chat must wait, not only this row
    lost: bool = False  # the person cannot be reached
    as_new: bool = False  # the message to redraw is gone: send it anew
    moved_to: int | None = None  # the group has become a supergroup

    @property
    def is_plain(self) -> bool:
        """Over, with nothing else to be written down."""
        shown = self.parcel.place and self.message_ids
        return self.state is not Sending.NEW and not (self.lost or shown)


def unsent(row: Taken, became: Sending, why: str | None = None) -> Outcome:
    """Of a row that is over without anything being sent."""
    return Outcome(ready_made(row), became, error=why)


def sent(parcel: Parcel, result: object) -> Outcome:
    told = result if isinstance(result, list) else [result]
    ids = [one["message_id"] for one in told if isinstance(one, dict) and "message_id" in one]
    return Outcome(parcel, Sending.SENT, ids)


def judge(parcel: Parcel, error: Exception) -> Outcome:
    match error:
        case TelegramError():
            return _refused(parcel, error)
        case Unreached():
            return _again(parcel, str(error))
        case Doubtful():
            return _doubtful(parcel, str(error))
    log.error("cannot be sent", method=parcel.method, row=parcel.id, exc_info=error)
    return Outcome(parcel, Sending.FAILED, error=type(error).__name__)


def _refused(parcel: Parcel, error: TelegramError) -> Outcome:
    reason = error.description[:300]
    if error.retry_after is not None:
        return Outcome(parcel, Sending.NEW, again_in=error.retry_after, error="flood", rests=True)
    if moved_to := error.parameters.get("migrate_to_chat_id"):
        return Outcome(parcel, Sending.NEW, error=reason, moved_to=moved_to)
    if error.unreachable:
        return Outcome(parcel, Sending.BLOCKED, error=reason, lost=True)
    if error.server_fault:
        return _doubtful(parcel, reason)
    if error.code == 401:
        return _again(parcel, reason)
    if error.says("message is not modified"):
        return sent(parcel, parcel.params)
    if parcel.method in EDITS and (parcel.ready_made or parcel.place):
        return Outcome(parcel, Sending.NEW, error=reason, as_new=True)
    log.error("refused", method=parcel.method, row=parcel.id, reason=reason)
    return Outcome(parcel, Sending.FAILED, error=reason)


def _again(parcel: Parcel, reason: str) -> Outcome:
    if parcel.attempts >= GIVE_UP:
        return Outcome(parcel, Sending.FAILED, error=reason)
    pause = min(LONGEST_PAUSE, 0.5 * 2 ** min(parcel.attempts, 10))
    return Outcome(parcel, Sending.NEW, again_in=pause, error=reason)


def _doubtful(parcel: Parcel, reason: str) -> Outcome:
    """It may have arrived. An edit said twice is said once."""
    if parcel.lane.repeats or parcel.method.startswith(("edit", "set", "delete")):
        return _again(parcel, reason)
    return Outcome(parcel, Sending.UNKNOWN, error=reason)


async def settle(session: Session, outcomes: Sequence[Outcome], *, by: str, now: datetime) -> None:
    """Writes down what came back, those alike together."""
    plain: dict[tuple[Sending, str | None], list[int]] = defaultdict(list)
    carrying = [one for one in outcomes if one.parcel.carried]
    mine = await outbox.list_held(session, [one.parcel.id for one in carrying], by=by, now=now)
    for outcome in outcomes:
        if outcome.state is not Sending.NEW:
            plain[outcome.state, outcome.error].append(outcome.parcel.id)
        if not outcome.is_plain:
            await _note(session, outcome, by, now)
    for (became, why), ids in plain.items():
        await outbox.settle(session, ids, became, why, by=by, now=now)
    over = [outcome for outcome in outcomes if outcome.state is not Sending.NEW]
    receipts = [
        Delivered(outcome.parcel.receipt, outcome.state, outcome.message_ids, outcome.error)
        for outcome in over
        if outcome.parcel.receipt
    ]
    carried = [
        (one.parcel.carried, one.state)
        for one in over
        if one.parcel.carried and one.parcel.id in mine
    ]
    await deliveries.record(session, receipts, carried, now=now)


async def _note(session: Session, outcome: Outcome, by: str, now: datetime) -> None:
    """What a call has taught besides that it is over."""
    parcel = outcome.parcel
    if outcome.state is Sending.NEW:
        again = now + timedelta(seconds=outcome.again_in)
        await outbox.put_back(session, parcel.id, outcome.error, by=by, again=again, now=now)
    if outcome.lost:
        await people.lose(session, parcel.chat_id, now=now)
    if outcome.as_new:
        await outbox.send_anew(session, parcel.id, now=now)
    if outcome.moved_to:
        await chats.move(session, parcel.chat_id, outcome.moved_to, now=now)
    if parcel.place and outcome.message_ids:
        shown = outcome.message_ids[0]
        await outbox.put(session, parcel.chat_id, parcel.place, shown, now=now)
