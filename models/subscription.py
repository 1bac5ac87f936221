"""What a member wants to hear of, how often and when."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Column, ForeignKey, Index, String, Table
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, RowId, words

# What a person does not want to hear of: `rubric:3`, `news`, `events`, `polls`, `reminders`.
mutes = Table(
    "mutes",
    Base.metadata,
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("kind", String(20), primary_key=True),
    Index("ix_mutes_kind", "kind", "person_id"),
)


class Frequency(StrEnum):
    DAILY = "daily"
    WORKDAYS = "workdays"
    WEEKLY = "weekly"
    OFF = "off"


class Slot(Base):
    """«Каждый день в 18:00 по Екатеринбургу»: those who chose it get their digests together.

    The posts of a round are those published after `told_up_to`; while it lasts, up to `up_to`.
    """

    __tablename__ = "slots"
    __table_args__ = (
        Index("uq_slots_zone", "zone", "frequency", "hour", unique=True),
        Index("ix_slots_due", "next_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    zone: Mapped[str] = mapped_column(String(50))
    frequency: Mapped[Frequency] = mapped_column(words(Frequency))
    hour: Mapped[int]
    next_at: Mapped[datetime | None]  # none: never
    told_up_to: Mapped[datetime]
    up_to: Mapped[datetime | None]  # a round is under way
    reached: Mapped[int] = mapped_column(RowId, default=0)  # the last person it has come to


class Subscription(Base):
    """When a member gets the digest."""

    __tablename__ = "subscriptions"
    __table_args__ = (Index("ix_subscriptions_slot", "slot_id", "person_id"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    slot_id: Mapped[int] = mapped_column(ForeignKey("slots.id"))
    # Until then this one has been told; none: as everybody in the slot.
    since: Mapped[datetime | None]
