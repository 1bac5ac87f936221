"""Calendars that phones read: an event as a file, and the address of all one goes to."""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete, select

from models.base import Session, insert_of
from models.event import IN_LINE, Answer, Event, Feed, Reply, State
from models.member import Member
from models.person import Person
from services import audit, events, members
from services.access import Actor
from services.events import Known

ALARM = timedelta(hours=2)
KEPT = timedelta(days=60)  # what is over, in the feed
MOST = 500  # events of one feed
FOLDED = 75  # octets of a line, as RFC 5545 has it
# A calendar must hold something: where nothing is planned, the clock its times are by.
NOTHING = (
    "BEGIN:VTIMEZONE", "TZID:UTC", "BEGIN:STANDARD", "DTSTART:19700101T000000",
    "TZOFFSETFROM:+0000", "TZOFFSETTO:+0000", "END:STANDARD", "END:VTIMEZONE",
)  # fmt: skip
ESCAPED = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}


class Status(StrEnum):
    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True)
class Entry:
    """An event as a calendar shows it, in words that are ready."""

    uid: str  # the same for ever
    sequence: int
    changed_at: datetime
    starts_at: datetime
    ends_at: datetime
    status: Status
    title: str
    details: str
    place: str
    spot: tuple[float, float] | None = None


def status_of(event: Event, reply: Reply | None) -> Status:
    declined = reply is not None and reply.answer is Answer.NO  # a phone may have it since before
    if declined or event.state is State.CANCELLED:
        return Status.CANCELLED
    unsure = reply is not None and reply.answer in (Answer.MAYBE, *IN_LINE)
    return Status.TENTATIVE if unsure else Status.CONFIRMED


def sequence_of(event: Event, reply: Reply | None) -> int:
    """Grows with every change, and with every answer: nobody counts those, so by the seconds."""
    if reply is None or event.published_at is None:
        return event.sequence
    return event.sequence + max(0, int((reply.at - event.published_at).total_seconds()))


def changed_at(event: Event, reply: Reply | None) -> datetime:
    """What a calendar shows depends on the answer too."""
    return max(event.changed_at, reply.at) if reply else event.changed_at


async def get_for(
    session: Session, actor: Actor, event_id: int, *, now: datetime
) -> tuple[Known, Reply | None]:
    """An event with what this member answered."""
    known = await events.get_for(session, actor, event_id, now=now)
    reply = await session.get(Reply, (event_id, actor.id))
    return known, reply if actor.member else None


async def find_feed(session: Session, actor: Actor) -> Feed | None:
    found: Feed | None = await session.scalar(select(Feed).where(Feed.person_id == actor.id))
    return found


async def renew_feed(session: Session, actor: Actor, *, now: datetime) -> Feed:
    """A new address; whoever has the old one reads nothing more."""
    members.require_member(actor)
    row = {"token": secrets.token_urlsafe(32), "at": now}
    new = insert_of(session, Feed).values(person_id=actor.id, **row)
    new = new.on_conflict_do_update(index_elements=["person_id"], set_=row)
    audit.record(session, actor, "calendar.renewed", "person", actor, now=now)
    fresh = {"populate_existing": True}
    return (await session.scalars(new.returning(Feed), execution_options=fresh)).one()


async def close_feed(session: Session, actor: Actor, *, now: datetime) -> None:
    gone = delete(Feed).where(Feed.person_id == actor.id).returning(Feed.person_id)
    if (await session.scalars(gone)).first():
        audit.record(session, actor, "calendar.closed", "person", actor, now=now)


async def find_reader(session: Session, token: str, *, now: datetime) -> Person | None:
    """Whose address it is, while they are a member."""
    found: Person | None = await session.scalar(
        select(Person)
        .join(Feed, Feed.person_id == Person.id)
        .join(Member, (Member.person_id == Person.id) & Member.left_at.is_(None))
        .where(Feed.token == token)
    )
    return found


async def list_feed(
    session: Session, reader: Person, *, now: datetime
) -> Sequence[tuple[Known, Reply]]:
    """What somebody goes to or may go to, from sixty days ago on; the latest first."""
    since = now - KEPT
    query = (
        events.whole()
        .add_columns(Reply)
        .join(Reply, Reply.event_id == Event.id)
        .where(
            Reply.person_id == reader.id,
            Reply.answer.in_([Answer.GOING, Answer.MAYBE]),
            Event.state.in_(events.SEEN),
            Event.ends_at >= since,
        )
        .order_by(Event.starts_at.desc(), Event.id)
        .limit(MOST)
    )
    return [(Known(*row[:3]), row[3]) for row in await session.execute(query)]


def written(entries: Sequence[Entry], zone: str, *, name: str = "") -> str:
    """RFC 5545, and by whose clock it was meant; `name`: of one that is read again and again."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Sila//Events//RU", "CALSCALE:GREGORIAN"]
    lines.append(f"X-WR-TIMEZONE:{zone}")
    if name:
        lines.append(f"X-WR-CALNAME:{_text(name)}")
        lines += ["REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H"]
    for entry in entries:
        lines += _event(entry)
    lines += () if entries else NOTHING
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _event(entry: Entry) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(entry.uid)}"
    yield f"SEQUENCE:{entry.sequence}"
    yield f"DTSTAMP:{_utc(entry.changed_at)}"
    yield f"LAST-MODIFIED:{_utc(entry.changed_at)}"
    yield f"DTSTART:{_utc(entry.starts_at)}"
    yield f"DTEND:{_utc(entry.ends_at)}"
    yield f"STATUS:{entry.status}"
    yield f"SUMMARY:{_text(entry.title)}"
    yield f"DESCRIPTION:{_text(entry.details)}"
    if entry.place:
        yield f"LOCATION:{_text(entry.place)}"
    if entry.spot:
        yield "GEO:{:.6f};{:.6f}".format(*entry.spot)
    if entry.status is not Status.CANCELLED:
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_text(entry.title)}")
        yield f"TRIGGER:-PT{ALARM // timedelta(hours=1)}H"
        yield "END:VALARM"
    yield "END:VEVENT"


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    seen = words.replace("\r\n", "\n").replace("\r", "\n")
    kept = (one for one in seen if one == "\n" or (one >= " " and one != "\x7f"))
    return "".join(ESCAPED.get(one, one) for one in kept)


def _folded(line: str) -> str:
    """No line is longer than 75 octets, and no letter is cut in two."""
    done, room = [], FOLDED
    for letter in line:
        size = len(letter.encode())
        if size > room:
            done.append("\r\n ")
            room = FOLDED - 1
        done.append(letter)
        room -= size
    return "".join(done)
