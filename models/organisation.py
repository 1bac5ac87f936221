from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Bytewise, words

ROOT = "/"


def day_in(zone: str, at: datetime) -> date:
    return at.astimezone(ZoneInfo(zone)).date()


class Level(StrEnum):
    UNION = "union"
    TERRITORIAL = "territorial"
    PRIMARY = "primary"


class Organisation(Base):
    """A node of the union's tree; `path` lists the ids from the root: `/1/5/12/`."""

    __tablename__ = "organisations"
    __table_args__ = (Index("ix_organisations_path", "path", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    sort_key: Mapped[str] = mapped_column(Bytewise)  # of the name: `services.parsing.sort_key`
    level: Mapped[Level] = mapped_column(words(Level))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    path: Mapped[str] = mapped_column(Bytewise)
    timezone: Mapped[str] = mapped_column(String(50))

    @property
    def lineage(self) -> list[int]:
        """Ids from this organisation up to the root."""
        return [int(part) for part in reversed(self.path.strip("/").split("/"))]

    def day_of(self, at: datetime) -> date:
        """By its own clock: the same day whoever reads of it."""
        return day_in(self.timezone, at)
