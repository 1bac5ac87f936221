"""The two ends of every conversation: what came in, and what is owed to go out."""

from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any

from sqlalchemy import Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, RowId, TelegramId, words

# Not by state: what an index does not look at may change without touching the index.
WAITING = text("settled_at IS NULL")
SETTLED = text("settled_at IS NOT NULL")
KEYED = text("key IS NOT NULL")


class Lane(IntEnum):
    SOS = 0
    ANSWER = 1
    CASE = 2
    REMINDER = 3
    URGENT = 4  # news that cannot wait, to many
    BULK = 5

    @property
    def repeats(self) -> bool:
        """When nobody can know whether it arrived: sent again rather than perhaps never."""
        return self <= Lane.CASE

    @property
    def waits(self) -> bool:
        """For the hours in which the reader wants to hear of things."""
        return self >= Lane.REMINDER and self is not Lane.URGENT

    @property
    def is_quiet(self) -> bool:
        """Outside those hours it comes without a sound."""
        return self >= Lane.CASE and self is not Lane.URGENT


class Sending(StrEnum):
    NEW = "new"
    SENDING = "sending"
    SENT = "sent"
    STALE = "stale"  # no longer true when its turn came
    BLOCKED = "blocked"  # the person stopped the bot
    UNKNOWN = "unknown"  # may have arrived; not worth saying twice
    FAILED = "failed"  # Telegram refused it for good


class Received(Base):
    """An update that was handled; the same one delivered again changes nothing."""

    __tablename__ = "inbox"

    update_id: Mapped[int] = mapped_column(TelegramId, primary_key=True, autoincrement=False)
    received_at: Mapped[datetime] = mapped_column(index=True)


class DeadLetter(Base):
    """An update nobody could handle, kept three days for its cause to be found."""

    __tablename__ = "dead_letters"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    update_id: Mapped[int | None] = mapped_column(TelegramId)
    payload: Mapped[str]
    error: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(index=True)


class Owed(Base):
    """One call owed to Telegram: ready-made (`payload`), or a notice worded when it is sent."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index(
            "ix_outbox_waiting",
            "chat_id",
            "lane",
            "id",
            sqlite_where=WAITING,
            postgresql_where=WAITING,
        ),
        Index("ix_outbox_queue", "lane", "id", sqlite_where=WAITING, postgresql_where=WAITING),
        Index("ix_outbox_settled", "settled_at", sqlite_where=SETTLED, postgresql_where=SETTLED),
        # Most rows have no key: they cost nothing here.
        Index("uq_outbox_key", "key", unique=True, sqlite_where=KEYED, postgresql_where=KEYED),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    chat_id: Mapped[int] = mapped_column(TelegramId)
    # No foreign key: it would be two thirds of the cost of a row, and people are never deleted.
    person_id: Mapped[int | None] = mapped_column(RowId)
    lane: Mapped[int]
    method: Mapped[str | None] = mapped_column(String(40))
    payload: Mapped[dict[str, Any] | None]
    notice: Mapped[str | None] = mapped_column(String(60))
    details: Mapped[dict[str, Any] | None]
    place: Mapped[str | None] = mapped_column(String(80))
    redraws: Mapped[int | None] = mapped_column(TelegramId)  # the message a ready-made edit is of
    key: Mapped[str | None] = mapped_column(String(120))
    state: Mapped[Sending] = mapped_column(
        words(Sending),
        default=Sending.NEW,
    )
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    holder: Mapped[str | None] = mapped_column(String(40))  # the process that has it on its way
    settled_at: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(String(300))


class Lease(Base):
    """Something only one process may do at a time, and until when it is the holder's."""

    __tablename__ = "leases"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    holder: Mapped[str] = mapped_column(String(40))
    until: Mapped[datetime]


class Move(Base):
    """A group that became a supergroup lives on under another id."""

    __tablename__ = "moves"

    old_id: Mapped[int] = mapped_column(TelegramId, primary_key=True, autoincrement=False)
    new_id: Mapped[int] = mapped_column(TelegramId)


class Place(Base):
    """The message that shows one thing in one chat, so that news of it redraws that message."""

    __tablename__ = "places"

    chat_id: Mapped[int] = mapped_column(TelegramId, primary_key=True, autoincrement=False)
    place: Mapped[str] = mapped_column(String(80), primary_key=True)
    message_id: Mapped[int] = mapped_column(TelegramId)
    shown_at: Mapped[datetime]


class Dialog(Base):
    """Where somebody stands in a conversation of several steps."""

    __tablename__ = "dialogs"

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    state: Mapped[str | None] = mapped_column(String(80))
    data: Mapped[dict[str, Any]]
    changed_at: Mapped[datetime] = mapped_column(index=True)

    @staticmethod
    def name(chat_id: int, person: int) -> str:
        """The key: one conversation for each person and chat, both by Telegram id."""
        return f"{chat_id}:{person}"
