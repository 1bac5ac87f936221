from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, RowId


class Member(Base):
    """One membership in one primary organisation, from confirmation to leaving."""

    __tablename__ = "members"
    __table_args__ = (
        Index(
            "uq_members_person_active",
            "person_id",
            unique=True,
            sqlite_where=text("left_at IS NULL"),
            postgresql_where=text("left_at IS NULL"),
        ),
        # A number outlives a membership and waits for its owner, but two never share it.
        Index(
            "uq_members_number_active",
            "number",
            unique=True,
            sqlite_where=text("left_at IS NULL"),
            postgresql_where=text("left_at IS NULL"),
        ),
        Index("ix_members_name_born", "name_key", "born_on"),
        Index("ix_members_phone", "phone"),
        # Those of today are counted without a look at their rows: by organisation and by person.
        Index(
            "ix_members_organisation",
            "organisation_id",
            "born_on",
            sqlite_where=text("left_at IS NULL"),
            postgresql_where=text("left_at IS NULL"),
        ),
        Index(
            "ix_members_person",
            "person_id",
            "born_on",
            "organisation_id",
            sqlite_where=text("left_at IS NULL"),
            postgresql_where=text("left_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    number: Mapped[str] = mapped_column(String(20), index=True)
    name: Mapped[str] = mapped_column(String(120))
    name_key: Mapped[str] = mapped_column(String(120))
    born_on: Mapped[date]
    phone: Mapped[str] = mapped_column(String(20))
    phone_verified: Mapped[bool]
    joined_at: Mapped[datetime]
    left_at: Mapped[datetime | None]


class Counter(Base):
    """The last number given out under a name."""

    __tablename__ = "counters"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[int]
