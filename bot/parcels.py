"""From a row of the outbox to a call that is ready to leave."""

import asyncio
from dataclasses import dataclass
from datetime import datetime

from bot.replies import body, new_message
from bot.telegram import Files, Json, Upload
from keyboards.pictures import DRAWINGS
from keyboards.screen import Call, Reader, Screen, Worded, word
from locales import Translator
from models.base import Session
from models.mail import Lane
from models.person import Person
from services import access, hours, outbox
from services.house import House
from services.outbox import Taken


@dataclass(frozen=True)
class Parcel:
    """One row taken from the outbox, ready to leave: no database behind it any more."""

    id: int
    chat_id: int
    lane: Lane
    attempts: int
    method: str
    params: Json
    place: str | None

    def __lt__(self, other: "Parcel") -> bool:
        """Which of two leaves first."""
        return (self.lane, self.id) < (other.lane, other.id)


def ready_made(row: Taken) -> Parcel:
    return _parcel(row, Call(row.method or "", {"chat_id": row.chat_id} | (row.payload or {})))


async def pack(
    session: Session, house: House, row: Taken, now: datetime
) -> Parcel | datetime | None:
    """Words a notice as things stand now; None when it is no longer true.

    A moment: until then the reader wants to hear of nothing like it.
    """
    shown = (
        await outbox.find_message(session, row.chat_id, row.place, now=now) if row.place else None
    )
    person = await session.get_one(Person, row.person_id)
    actor = await access.load(session, person)
    zone, lane = access.zone_of(actor, house.zone), Lane(row.lane)
    quiet = hours.quiet_until(person, zone, now) if lane.is_quiet else None
    if quiet and lane.waits:
        return quiet
    t = Translator(person.language, zone)
    reader = Reader(actor, t, now, house, shown=shown is not None)
    worded = await word(session, reader, row.notice or "", row.details or {})
    call = _call(worded, row.chat_id, shown, quiet=quiet is not None)
    return _parcel(row, call) if call else None


def _parcel(row: Taken, call: Call) -> Parcel:
    return Parcel(row.id, row.chat_id, Lane(row.lane), row.attempts, *call, place=row.place)


def _call(worded: Worded, chat_id: int, shown: int | None, *, quiet: bool) -> Call | None:
    if not isinstance(worded, Screen):
        return worded
    if shown is not None and worded.redraws:
        return Call("editMessageText", {"chat_id": chat_id, "message_id": shown} | body(worded))
    method, params = new_message(worded)
    hushed = {"disable_notification": True} if quiet else {}
    return Call(method, {"chat_id": chat_id} | params | hushed)


async def draw(params: Json) -> tuple[Json, Files]:
    """Draws the picture a call asks for: here, outside any transaction and off the loop."""
    photo = params.get("photo")
    if not isinstance(photo, dict):
        return params, {}
    data = await asyncio.to_thread(DRAWINGS[photo["drawing"]], **photo["words"])
    rest = {name: value for name, value in params.items() if name != "photo"}
    return rest, {"photo": Upload("picture.png", data, "image/png")}
