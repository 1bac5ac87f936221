"""Events: what is held when and where, who answered, who came, and what they thought of it."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, RowId, words
from models.post import ALBUM


class State(StrEnum):
    DRAFT = "draft"
    OPEN = "open"  # published; whether it is still ahead is a question to the clock
    CANCELLED = "cancelled"
    DISCARDED = "discarded"  # never published


class Answer(StrEnum):
    GOING = "going"  # has a seat
    MAYBE = "maybe"
    NO = "no"
    WAITING = "waiting"  # in line for a seat
    OFFERED = "offered"  # a seat is kept until `offered_until`

    @property
    def takes_seat(self) -> bool:
        return self in (Answer.GOING, Answer.OFFERED)


IN_LINE = (Answer.WAITING, Answer.OFFERED)


class Call(StrEnum):
    """What the clock says to those who answered, each once for each beginning."""

    WEEK = "week"
    DAY = "day"  # and asks «Придёте?»
    SOON = "soon"  # two hours before
    RATE = "rate"  # afterwards, to those who came


class Event(Base):
    """Whose it is, whom it is for, what it says and shows: its post; here is what makes it one."""

    __tablename__ = "events"
    __table_args__ = (Index("ix_events_starts", "state", "starts_at"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"), unique=True)
    state: Mapped[State] = mapped_column(words(State), default=State.DRAFT)
    title: Mapped[str] = mapped_column(String(120), default="")
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    zone: Mapped[str] = mapped_column(String(50))  # by whose clock it is held
    address: Mapped[str | None] = mapped_column(String(200))
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    link: Mapped[str | None] = mapped_column(String(300))  # only for those who go
    seats: Mapped[int | None]  # none: for everybody
    taken: Mapped[int] = mapped_column(default=0)  # by those who go and by offers
    line: Mapped[int] = mapped_column(default=0)  # the last place in line that was given
    answer_by: Mapped[datetime | None]
    host_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # who is responsible
    contact: Mapped[str | None] = mapped_column(String(120))  # and how they are reached
    announced: Mapped[bool] = mapped_column(default=True)  # its post goes out as news
    sequence: Mapped[int] = mapped_column(default=0)  # grows with every change, as calendars ask
    changed_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    reason: Mapped[str | None] = mapped_column(String(400))  # why it is cancelled

    @property
    def closes_at(self) -> datetime:
        """Until then one may answer anew; take an offer, or give up a seat, until it begins."""
        assert self.starts_at
        return min(self.starts_at, self.answer_by or self.starts_at)

    @property
    def over_at(self) -> datetime:
        """Nothing is published without its end."""
        assert self.ends_at
        return self.ends_at

    def has_begun(self, now: datetime) -> bool:
        return self.starts_at is None or self.starts_at <= now

    def is_over(self, now: datetime) -> bool:
        return self.over_at <= now

    @property
    def is_full(self) -> bool:
        return self.seats is not None and self.taken >= self.seats


class Change(Base):
    """What an event was before it was changed, for those who had answered by then."""

    __tablename__ = "event_changes"

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), primary_key=True)
    sequence: Mapped[int] = mapped_column(primary_key=True)  # the event's since then
    before: Mapped[dict[str, Any]]  # values by column; moments as ISO texts
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]


class Reply(Base):
    """What one member answered; the last word counts."""

    __tablename__ = "event_replies"
    __table_args__ = (
        Index("ix_event_replies_line", "event_id", "answer", "place"),
        Index("ix_event_replies_person", "person_id", "answer"),
        Index("ix_event_replies_offers", "answer", "offered_until"),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    answer: Mapped[Answer] = mapped_column(words(Answer))
    at: Mapped[datetime]
    place: Mapped[int | None]  # in line; kept while an offer lasts
    offered_until: Mapped[datetime | None]
    sure: Mapped[bool] = mapped_column(default=False)  # said «Приду» when asked the day before


class Calling(Base):
    """One round of telling those who answered: how far it has come."""

    __tablename__ = "event_callings"

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), primary_key=True)
    call: Mapped[Call] = mapped_column(words(Call), primary_key=True)
    starts_at: Mapped[datetime] = mapped_column(primary_key=True)  # a moved event calls again
    reached: Mapped[int] = mapped_column(RowId, default=0)
    over: Mapped[bool] = mapped_column(default=False)


class Attendance(Base):
    """Somebody really came: a member, or a guest by name."""

    __tablename__ = "attendances"
    __table_args__ = (
        Index("uq_attendances_person", "event_id", "person_id", unique=True),
        Index("ix_attendances_person", "person_id", "at"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    guest: Mapped[str | None] = mapped_column(String(120))
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))  # oneself, at the door's QR
    organisation_id: Mapped[int | None]  # of the member then
    young: Mapped[bool] = mapped_column(default=False)


class Rating(Base):
    """What somebody who came thought of it."""

    __tablename__ = "event_ratings"

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    stars: Mapped[int]
    words: Mapped[str | None] = mapped_column(String(500))
    at: Mapped[datetime]


class Report(Base):
    """How it was, by its organiser; it may become news."""

    __tablename__ = "event_reports"

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), primary_key=True)
    came: Mapped[int | None]  # as its organiser has it; None: as the check-in has it
    html: Mapped[str] = mapped_column(default="")
    plain: Mapped[str] = mapped_column(default="")
    media: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    album: Mapped[str | None] = mapped_column(String(ALBUM))
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
    post_id: Mapped[int | None] = mapped_column(ForeignKey("posts.id"))  # the news made of it


class Feed(Base):
    """A calendar address of one person, which their phone reads; a new one ends the old."""

    __tablename__ = "feeds"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    token: Mapped[str] = mapped_column(String(64), unique=True)
    at: Mapped[datetime]
