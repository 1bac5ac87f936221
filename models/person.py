from datetime import datetime

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, RowId, TelegramId

UNREACHABLE = text("unreachable_since IS NOT NULL OR met_at IS NULL")


class Person(Base):
    """Anyone the bot has met or was told of: a Telegram account and how to speak to it."""

    __tablename__ = "people"
    __table_args__ = (
        Index("ix_people_username", "username"),
        Index(
            "ix_people_unreachable",
            "id",
            sqlite_where=UNREACHABLE,
            postgresql_where=UNREACHABLE,
        ),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    telegram_id: Mapped[int] = mapped_column(TelegramId, unique=True)
    username: Mapped[str | None] = mapped_column(String(64))
    language: Mapped[str] = mapped_column(String(8), default="ru")
    timezone: Mapped[str | None] = mapped_column(String(50))
    notify_from: Mapped[int] = mapped_column(default=8)
    notify_to: Mapped[int] = mapped_column(default=22)
    met_at: Mapped[datetime | None]
    seen_at: Mapped[datetime | None]
    unreachable_since: Mapped[datetime | None]

    @property
    def is_reachable(self) -> bool:
        """A bot may write only to those who have spoken to it and have not stopped it since."""
        return self.met_at is not None and self.unreachable_since is None


class Interest(Base):
    """A rubric people follow; the list is kept by admins."""

    __tablename__ = "interests"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(60), unique=True)
    retired: Mapped[bool] = mapped_column(Boolean, default=False)


person_interests = Table(
    "person_interests",
    Base.metadata,
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column("interest_id", Integer, ForeignKey("interests.id"), primary_key=True),
    Index("ix_person_interests_interest", "interest_id", "person_id"),
)
