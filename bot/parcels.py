"""From a row of the outbox to a call that is ready to leave."""

import asyncio
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.replies import edit, new_message
from bot.telegram import Files, Json, Upload
from keyboards.documents import DOCUMENTS, MIMES
from keyboards.pictures import DRAWINGS
from keyboards.screen import ALIKE, Alike, Board, Call, Reader, Redraw, Screen, Worded, word
from locales import Translator
from models.base import Session
from models.mail import Lane
from models.person import Person
from services import access, hours, outbox, preferences
from services.deliveries import Carried, Receipt, receipt_of
from services.house import House
from services.outbox import Taken

DRAWN = ("photo", "document")


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
    receipt: Receipt | None = None  # whose part of which post it is
    carried: Carried | None = None  # the posts it tells of
    ready_made: bool = False  # it reads the same however often it is taken

    def __lt__(self, other: "Parcel") -> bool:
        """Which of two leaves first."""
        return (self.lane, self.id) < (other.lane, other.id)


# A moment: until then the reader wants to hear of nothing like it. None: no longer true.
Packed = Parcel | datetime | None


def ready_made(row: Taken) -> Parcel:
    call = Call(row.method or "", {"chat_id": row.chat_id} | (row.payload or {}))
    return replace(_parcel(row, call), ready_made=True)


async def pack(session: Session, house: House, row: Taken, now: datetime) -> Packed:
    """Words a notice as things stand now."""
    if row.notice in ALIKE:
        return (await pack_alike(session, house, [row], now))[row.id]
    if row.person_id is None:
        board = Board(row.chat_id, Translator(zone=house.zone), now, house)
        worded = await word(session, board, row.notice or "", row.details or {})
        call = _call(worded, row.chat_id, None, quiet=False)
        return _parcel(row, call) if call else None
    shown = (
        await outbox.find_message(session, row.chat_id, row.place, now=now) if row.place else None
    )
    person = await session.get_one(Person, row.person_id)
    actor = await access.load(session, person)
    zone, lane = access.zone_of(actor, house.zone), Lane(row.lane)
    quiet = hours.quiet_until(person, zone, now) if lane.is_quiet else None
    if quiet and lane.waits:
        return quiet
    if lane is Lane.REMINDER and await preferences.is_unwanted(
        session, person.id, row.notice, now=now
    ):
        return None
    t = Translator(person.language, zone)
    reader = Reader(actor, t, now, house, shown=shown is not None)
    worded = await word(session, reader, row.notice or "", row.details or {})
    call = _call(worded, row.chat_id, shown, quiet=quiet is not None)
    return _parcel(row, call) if call else None


async def pack_alike(
    session: Session, house: House, rows: Sequence[Taken], now: datetime
) -> dict[int, Packed]:
    """By row: those that many are told alike, as `pack` would have them."""
    packed: dict[int, Packed] = {}
    for notice in {row.notice for row in rows} & ALIKE.keys():
        assert notice
        for details in _distinct(row.details for row in rows if row.notice == notice):
            those = [row for row in rows if (row.notice, row.details) == (notice, details)]
            packed |= await _pack_those(session, house, ALIKE[notice], those, now)
    return packed


async def _pack_those(
    session: Session, house: House, how: Alike, rows: Sequence[Taken], now: datetime
) -> dict[int, Packed]:
    details = rows[0].details or {}
    ids = [row.person_id for row in rows if row.person_id is not None]
    told = await how.told(session, ids, now=now, **details)
    people = await access.list_zones(session, ids, house.zone, now=now)
    screens: dict[tuple[str, Hashable], Screen] = {}
    packed: dict[int, Packed] = {}
    for row in rows:
        who = row.person_id or 0  # a notice to many is never to a group
        person, zone = people[who]
        lane = Lane(row.lane)
        quiet = hours.quiet_until(person, zone, now) if lane.waits else None
        if who not in told:
            packed[row.id] = None
        elif quiet:
            packed[row.id] = quiet
        else:
            t = Translator(person.language, zone)
            what = told[who]
            if (t.language, what) not in screens:
                screens[t.language, what] = await how.word(session, t, house, what, now=now)
            screen = screens[t.language, what]
            call = _call(screen, row.chat_id, None, quiet=False)
            packed[row.id] = _parcel(row, call, screen.tells) if call else None
    return packed


def _distinct(details: Iterable[Json | None]) -> list[Json | None]:
    found: list[Json | None] = []
    for one in details:
        if one not in found:
            found.append(one)
    return found


def _parcel(row: Taken, call: Call, tells: Sequence[int] = ()) -> Parcel:
    lane, receipt = Lane(row.lane), receipt_of(row)
    carried = Carried(row.person_id, tells) if tells and row.person_id is not None else None
    return Parcel(row.id, row.chat_id, lane, row.attempts, *call, row.place, receipt, carried)


def _call(worded: Worded, chat_id: int, shown: int | None, *, quiet: bool) -> Call | None:
    match worded:
        case Redraw(screen, message_id, captioned):
            method, params = edit(screen, message_id, captioned=captioned)
        case Screen() if shown is not None and worded.redraws:
            method, params = edit(worded, shown)
        case Screen():
            method, params = new_message(worded)
        case _:
            return worded
    hushed = {"disable_notification": True} if quiet else {}
    return Call(method, {"chat_id": chat_id} | params | hushed)


async def draw(params: Json) -> tuple[Json, Files]:
    """Makes the picture or file a call asks for: outside any transaction and off the loop."""
    kind = next((one for one in DRAWN if isinstance(params.get(one), dict)), None)
    if kind is None:
        return params, {}
    asked = params[kind]
    make = DRAWINGS.get(asked["drawing"]) or DOCUMENTS[asked["drawing"]]
    data = await asyncio.to_thread(make, **asked["words"])
    name = asked.get("name", "picture.png")
    rest = {one: value for one, value in params.items() if one != kind}
    return rest, {kind: Upload(name, data, MIMES[name.rpartition(".")[2]])}
