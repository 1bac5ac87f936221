from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, TelegramId


class Trouble(StrEnum):
    """Why a post did not come out in a channel, or was not corrected or taken back there."""

    RIGHTS = "rights"  # the bot may not post there
    GONE = "gone"  # Telegram knows no such channel
    ELSEWHERE = "elsewhere"  # it speaks for somebody else by now
    UNSURE = "unsure"  # the line broke: perhaps it did
    DELETED = "deleted"  # by somebody there: nothing is left to correct
    OLD = "old"  # Telegram takes back nothing so old
    REFUSED = "refused"


class Channel(Base):
    """A Telegram channel the bot administers, and whose voice it is."""

    __tablename__ = "channels"

    id: Mapped[int] = mapped_column(TelegramId, primary_key=True, autoincrement=False)
    title: Mapped[str] = mapped_column(String(255))
    username: Mapped[str | None] = mapped_column(String(64))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    added_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    may_post: Mapped[bool] = mapped_column(default=True)  # the bot itself, by its rights there
    confirmed_at: Mapped[datetime | None]
    lost_at: Mapped[datetime | None]  # the bot is no longer its administrator


class Printed(Base):
    """A message in a channel that shows a post the bot has published there."""

    __tablename__ = "printed"

    channel_id: Mapped[int] = mapped_column(ForeignKey("channels.id"), primary_key=True)
    message_id: Mapped[int] = mapped_column(TelegramId, primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"), index=True)
    part: Mapped[int]
